import type { AddressInfo } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DAY_MS } from '../src-shared/lib/office-time.ts';
import { serverFingerprint } from '../src-node/sync-engine/server-fingerprint.ts';
import { composeServer, type CentralServer } from './compose-server.ts';
import { openPostgresServerDb } from './db/postgres-server-db.ts';
import type { ServerDb } from './db/server-db.ts';
import { openSqliteServerDb } from './db/sqlite-server-db.ts';
import { makeAdmissionCode } from './features/admissions/admit-office.ts';
import { printAdmission } from './features/admissions/print-admission.ts';
import { listStoppedDesks, openRescueWindow } from './features/rescue/rescue-window.ts';
import { readAddress, writeAddress } from './features/identity/server-identity.ts';
import { isLoopback } from './http/loopback.ts';

/** Entry of the central server; USAGE says how. */
const USAGE = `npm run server -- [--data DIR] [--host IP] [--port N] [--tls] [--address URL] [--name TEXT] [--admit] [--stopped] [--rescue DESK --days N]
  --data DIR     where the embedded database lies (DATABASE_URL=postgres://… uses PostgreSQL instead)
  --host IP      where it listens; 127.0.0.1 unless said otherwise. Anything but this machine is by TLS alone
  --port N       4870 unless said otherwise
  --tls          by TLS on this machine too
  --address URL  what desks are told to connect to, where that is another name or a gate before this machine
  --name TEXT    what desks show, kept from the first start
  --admit        prints a code that admits one office, as text and QR, and ends
  --stopped      lists the desks that their offices have stopped, and ends
  --rescue DESK  lets this stopped desk hand up what it still has for --days (7), without handing it anything; ends`;

const OPTIONS = {
  data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '4870' }, tls: { type: 'boolean', default: false }, address: { type: 'string' },
  name: { type: 'string', default: 'Máy chủ tuyến trên' }, admit: { type: 'boolean', default: false }, stopped: { type: 'boolean', default: false }, rescue: { type: 'string' }, days: { type: 'string', default: '7' },
} as const;

async function main(): Promise<number | undefined> {
  const words = readWords();
  if (!words) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const db = await openDb(path.resolve(words.data ?? path.join(homedir(), '.motcua-server')));
  if (db === undefined) return 1;
  const server = await composeServer({ db, name: words.name, nowMs: () => Date.now(), logTo: process.stderr, isTls: words.isTls });
  if (words.admit || words.stopped || words.rescue !== undefined) {
    const code = words.admit ? await admit(db, server, words.address ?? (await readAddress(db)) ?? addressOf(words)) : words.stopped ? await printStopped(db) : await rescue(db, words.rescue!, words.days);
    await server.close();
    return code;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
  try {
    await server.http.listen({ host: words.host, port: words.port });
  } catch (error) {
    const { code: why } = error as NodeJS.ErrnoException;
    await server.close();
    return complain(why === 'EADDRINUSE' ? `port ${words.port} is taken; name another one by --port` : `cannot listen on ${words.host}:${words.port} (${String(why)})`);
  }
  const address = words.address ?? addressOf({ ...words, port: (server.http.server.address() as AddressInfo).port });
  await writeAddress(db, address);
  process.stdout.write(`${server.identity.name}: ${address}\nFingerprint to compare: ${fingerprintOf(server)}\n`);
  if (server.isNew) await admit(db, server, address);
  return undefined;
}

function readWords() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    const [port, days] = [Number(values.port), Number(values.days)];
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || !Number.isInteger(days) || days < 1 || days > RESCUE_DAYS_MAX) return undefined;
    return { ...values, port, days, isTls: values.tls || !isLoopback(values.host) };
  } catch {
    // An option that there is none of.
    return undefined;
  }
}

const RESCUE_DAYS_MAX = 90;

function addressOf({ isTls, host, port }: { readonly isTls: boolean; readonly host: string; readonly port: number }): string {
  return `${isTls ? 'https' : 'http'}://${reachedBy(host)}:${port}`;
}

/** An address of this machine where it listens on all of them. */
function reachedBy(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host.includes(':') ? `[${host}]` : host;
  return Object.values(networkInterfaces()).flatMap((list) => list ?? []).find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? 'localhost';
}

function fingerprintOf({ identity }: CentralServer): string {
  return serverFingerprint(identity.publicKey) ?? '';
}

async function admit(db: ServerDb, server: CentralServer, address: string): Promise<number> {
  const code = await makeAdmissionCode(db, Date.now());
  process.stdout.write(`${await printAdmission({ address, code, fingerprint: fingerprintOf(server) }, process.stdout.isTTY)}Admits one office, within 14 days. The code: ${code}\n`);
  return 0;
}

async function printStopped(db: ServerDb): Promise<number> {
  for (const { desk, name, officeName, until } of await listStoppedDesks(db)) {
    process.stdout.write(`${desk}  ${name}, ${officeName}${until === null || until <= Date.now() ? '' : `, may hand up until ${new Date(until).toISOString()}`}\n`);
  }
  return 0;
}

async function rescue(db: ServerDb, desk: string, days: number): Promise<number> {
  const stopped = (await listStoppedDesks(db)).find((one) => one.desk === desk);
  if (!stopped) return complain(`no office has stopped a desk ${desk}; --stopped lists them`);
  const untilMs = Date.now() + days * DAY_MS;
  await openRescueWindow(db, stopped.office, stopped.desk, untilMs);
  process.stdout.write(`${stopped.name}, ${stopped.officeName}: may hand up what it has until ${new Date(untilMs).toISOString()}\n`);
  return 0;
}

async function openDb(folder: string): Promise<ServerDb | undefined> {
  const url = process.env['DATABASE_URL'];
  if (url !== undefined && url !== '') {
    try {
      return await openPostgresServerDb(url);
    } catch (error) {
      // Its address may hold a password, and is not repeated.
      complain(`the database of DATABASE_URL does not answer: ${(error as Error).message}`);
      return undefined;
    }
  }
  const opened = openSqliteServerDb(folder);
  if (opened.ok) return opened.value;
  complain(`${opened.error.code}: ${opened.error.detail} (${folder})`);
  return undefined;
}

function complain(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

const code = await main();
if (code !== undefined) process.exitCode = code;

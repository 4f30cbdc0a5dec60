import type { AddressInfo } from 'node:net';
import { homedir, networkInterfaces } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serverFingerprint } from '../src-node/sync-engine/server-fingerprint.ts';
import { CONSOLE_PAGE_DIR } from './console/console-page.ts';
import { admit } from './commands/admission-commands.ts';
import type { CommandDep } from './commands/command-dep.ts';
import { printSetUpCode } from './commands/print-set-up-code.ts';
import { COMMANDS_USAGE, runCommand, type CommandWords } from './commands/run-command.ts';
import { composeServer, type CentralServer } from './compose-server.ts';
import { openPostgresServerDb } from './db/postgres-server-db.ts';
import type { ServerDb } from './db/server-db.ts';
import { openSqliteServerDb } from './db/sqlite-server-db.ts';
import { needsSetUp } from './features/administrators/administrator-queries.ts';
import { readAddress, writeAddress } from './features/identity/server-identity.ts';
import { isLoopback } from './http/loopback.ts';

/** Entry of the central server and of the commands about its database. */
const USAGE = `npm run server -- [--data DIR] [--host IP] [--port N] [--tls] [--address URL] [--admin-port N] [--console-port N] [--console-origin URL] [--name TEXT]
  --data DIR     where the embedded database lies (DATABASE_URL=postgres://… uses PostgreSQL instead)
  --host IP      where it listens; 127.0.0.1 unless said otherwise. Anything but this machine is by TLS alone
  --port N       4870 unless said otherwise
  --tls          by TLS on this machine too
  --address URL  what desks are told to connect to, where that is another name or a gate before this machine
  --admin-port N 4871 unless said otherwise; metrics and health, on this machine alone
  --console-port N  4872 unless said otherwise; the upper tier's page, on this machine alone
  --console-origin URL  https://… where browsers see that page, when a gate that speaks TLS stands before it
  --name TEXT    what desks show, kept from the first start
${COMMANDS_USAGE}`;

const OPTIONS = {
  data: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string', default: '4870' }, tls: { type: 'boolean', default: false }, address: { type: 'string' },
  'console-port': { type: 'string' }, 'console-origin': { type: 'string' }, 'admin-port': { type: 'string', default: '4871' }, name: { type: 'string', default: 'Máy chủ tuyến trên' }, office: { type: 'string' }, days: { type: 'string', default: '7' },
} as const;
const ADMIN_HOST = '127.0.0.1';
const CONSOLE_PORT = 4872;
const RESCUE_DAYS_MAX = 90;

type Words = NonNullable<ReturnType<typeof readWords>>;

async function main(): Promise<number | undefined> {
  const words = readWords();
  if (!words) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const db = await openDb(path.resolve(words.data ?? path.join(homedir(), '.motcua-server')));
  if (db === undefined) return 1;
  const dep: CommandDep = { db, nowMs: () => Date.now(), say: (line) => void process.stdout.write(`${line}\n`) };
  return words.command.length > 0 ? runOneCommand(dep, words) : serve(dep, words);
}

function readWords() {
  try {
    const { values, positionals: command } = parseArgs({ allowPositionals: true, options: OPTIONS });
    const [port, adminPort, consolePort, days] = [Number(values.port), Number(values['admin-port']), Number(values['console-port'] ?? CONSOLE_PORT), Number(values.days)];
    const origin = values['console-origin'];
    const isSound = [port, adminPort, consolePort].every((one) => Number.isInteger(one) && one >= 0 && one <= 65_535) && Number.isInteger(days) && days >= 1 && days <= RESCUE_DAYS_MAX;
    if (!isSound || (origin !== undefined && !/^https:\/\/[^/?#@]+$/.test(origin)) || (values.office !== undefined && command.length === 0)) return undefined;
    return { ...values, office: values.office, command, port, adminPort, consolePort, isConsolePortNamed: values['console-port'] !== undefined, origin, days, isTls: values.tls || !isLoopback(values.host) };
  } catch {
    // An option that there is none of.
    return undefined;
  }
}

async function serve(dep: CommandDep, words: Words): Promise<number | undefined> {
  const { db } = dep;
  const server = await composeServer({ db, name: words.name, nowMs: dep.nowMs, logTo: process.stderr, isTls: words.isTls, console: { pageDir: CONSOLE_PAGE_DIR, origin: words.origin } });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
  try {
    await server.http.listen({ host: words.host, port: words.port });
    await server.admin.listen({ host: ADMIN_HOST, port: words.adminPort });
    await listenForConsole(server, words);
  } catch (error) {
    const { code: why, port: taken } = error as NodeJS.ErrnoException & { readonly port?: number };
    await server.close();
    return complain(why === 'EADDRINUSE' ? `port ${taken} is taken; name another one by --port, --admin-port or --console-port` : `cannot listen on ${words.host}:${words.port} (${String(why)})`);
  }
  const address = words.address ?? urlOf({ ...words, port: (server.http.server.address() as AddressInfo).port });
  await writeAddress(db, address);
  server.projection.start();
  dep.say(`${server.identity.name}: ${address}\nFingerprint to compare: ${serverFingerprint(server.identity.publicKey) ?? ''}`);
  dep.say(consoleWords(server, words));
  if (await needsSetUp(db)) await printSetUpCode(dep, null);
  if (server.isNew) await admit(dep, { identity: server.identity, address, isTerminal: process.stdout.isTTY });
  return undefined;
}

/** One page is enough for all processes of a machine: a port that nobody named may be another's. */
async function listenForConsole(server: CentralServer, { consolePort, isConsolePortNamed }: Words): Promise<void> {
  try {
    await server.console.listen({ host: ADMIN_HOST, port: consolePort });
  } catch (error) {
    if (isConsolePortNamed || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
}

function consoleWords(server: CentralServer, { origin, consolePort }: Words): string {
  const place = server.console.server.address() as AddressInfo | null;
  if (place === null) return `Page of the upper tier: not by this process, port ${consolePort} is taken (--console-port names another)`;
  return `Page of the upper tier: ${origin ?? `http://${ADMIN_HOST}:${place.port}`}${CONSOLE_PAGE_DIR === null ? ' (not built yet: npm run build)' : ''}`;
}

async function runOneCommand(dep: CommandDep, words: Words): Promise<number> {
  const addressOf = async (db: ServerDb) => words.address ?? (await readAddress(db)) ?? urlOf(words);
  const commandWords: CommandWords = { ...words, addressOf, isTerminal: process.stdout.isTTY };
  try {
    const code = await runCommand(dep, commandWords);
    if (code === 2) process.stderr.write(`${USAGE}\n`);
    return code;
  } catch (error) {
    return complain((error as Error).message);
  } finally {
    await dep.db.close();
  }
}

function urlOf({ isTls, host, port }: Pick<Words, 'isTls' | 'host' | 'port'>): string {
  return `${isTls ? 'https' : 'http'}://${reachedBy(host)}:${port}`;
}

/** An address of this machine where it listens on all of them. */
function reachedBy(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host.includes(':') ? `[${host}]` : host;
  return Object.values(networkInterfaces()).flatMap((list) => list ?? []).find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? 'localhost';
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

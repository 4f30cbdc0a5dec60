import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serverFingerprint } from '../src-node/sync-engine/server-fingerprint.ts';
import { composeServer } from './compose-server.ts';
import { openPostgresServerDb } from './db/postgres-server-db.ts';
import type { ServerDb } from './db/server-db.ts';
import { openSqliteServerDb } from './db/sqlite-server-db.ts';
import { makeAdmissionCode } from './features/admissions/admit-office.ts';

/** Entry of the central server: `npm run server -- [--data DIR] [--port N] [--name TEXT] [--admit]`. */
const USAGE = `npm run server -- [--data DIR] [--port N] [--name TEXT] [--admit]
  --data DIR   where the embedded database lies (DATABASE_URL=postgres://… uses PostgreSQL instead)
  --port N     4870 unless said otherwise; plain HTTP, on this machine alone
  --name TEXT  what desks show, kept from the first start
  --admit      prints a code that admits one office, and ends`;
const HOST = '127.0.0.1';

async function main(): Promise<number | undefined> {
  let words;
  try {
    words = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '4870' }, name: { type: 'string', default: 'Máy chủ tuyến trên' }, admit: { type: 'boolean', default: false } } }).values;
  } catch {
    // An option that there is none of.
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const port = Number(words.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const db = await openDb(path.resolve(words.data ?? path.join(homedir(), '.motcua-server')));
  if (db === undefined) return 1;
  const server = await composeServer({ db, name: words.name, nowMs: () => Date.now(), logTo: process.stderr });
  if (words.admit || server.isNew) process.stdout.write(`Admission code, for one office, good for 14 days: ${await makeAdmissionCode(db, Date.now())}\n`);
  if (words.admit) {
    await server.close();
    return 0;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
  let address: string;
  try {
    address = await server.http.listen({ host: HOST, port });
  } catch (error) {
    const { code: why } = error as NodeJS.ErrnoException;
    await server.close();
    return complain(why === 'EADDRINUSE' ? `port ${port} is taken; name another one by --port` : `cannot listen on ${HOST}:${port} (${String(why)})`);
  }
  process.stdout.write(`${server.identity.name}: ${address}\nFingerprint to compare: ${serverFingerprint(server.identity.publicKey) ?? ''}\n`);
  return undefined;
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

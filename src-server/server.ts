import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serverFingerprint } from '../src-node/sync-engine/server-fingerprint.ts';
import { COMMANDS_USAGE, runCommand, type CommandWords } from './commands/run-command.ts';
import { composeServer } from './compose-server.ts';
import { openPostgresServerDb } from './db/postgres-server-db.ts';
import type { ServerDb } from './db/server-db.ts';
import { openSqliteServerDb } from './db/sqlite-server-db.ts';
import { makeAdmissionCode } from './features/admissions/admit-office.ts';

/** Entry of the central server and of the commands about its database. */
const USAGE = `npm run server -- [--data DIR] [--port N] [--admin-port N] [--name TEXT] [--admit]
  --data DIR   where the embedded database lies (DATABASE_URL=postgres://… uses PostgreSQL instead)
  --port N     4870 unless said otherwise; plain HTTP, on this machine alone
  --admin-port N  4871 unless said otherwise; metrics and health, on this machine alone
  --name TEXT  what desks show, kept from the first start
  --admit      prints a code that admits one office, and ends
${COMMANDS_USAGE}`;
const HOST = '127.0.0.1';

async function main(): Promise<number | undefined> {
  let words;
  let command: readonly string[];
  try {
    ({ values: words, positionals: command } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, office: { type: 'string' }, port: { type: 'string', default: '4870' }, 'admin-port': { type: 'string', default: '4871' }, name: { type: 'string', default: 'Máy chủ tuyến trên' }, admit: { type: 'boolean', default: false } } }));
  } catch {
    // An option that there is none of.
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const [port, adminPort] = [Number(words.port), Number(words['admin-port'])];
  if (![port, adminPort].every((one) => Number.isInteger(one) && one >= 0 && one <= 65_535) || (words.office !== undefined && command.length === 0)) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const db = await openDb(path.resolve(words.data ?? path.join(homedir(), '.motcua-server')));
  if (db === undefined) return 1;
  if (command.length > 0) return runOneCommand(db, { command, office: words.office });
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
    await server.admin.listen({ host: HOST, port: adminPort });
  } catch (error) {
    const { code: why, port: taken } = error as NodeJS.ErrnoException & { readonly port?: number };
    await server.close();
    return complain(why === 'EADDRINUSE' ? `port ${taken} is taken; name another one by --port or --admin-port` : `cannot listen on ${HOST} (${String(why)})`);
  }
  server.projection.start();
  process.stdout.write(`${server.identity.name}: ${address}\nFingerprint to compare: ${serverFingerprint(server.identity.publicKey) ?? ''}\n`);
  return undefined;
}

async function runOneCommand(db: ServerDb, words: CommandWords): Promise<number> {
  try {
    const code = await runCommand({ db, nowMs: () => Date.now(), say: (line) => void process.stdout.write(`${line}\n`) }, words);
    if (code === 2) process.stderr.write(`${USAGE}\n`);
    return code;
  } catch (error) {
    return complain((error as Error).message);
  } finally {
    await db.close();
  }
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

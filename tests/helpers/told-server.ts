/** The central server as a process whose clock a test sets: `told-server.ts {"url", "name", "isTls", "nowMs"}`; each line it reads is the new time. */
import readline from 'node:readline';
import { composeServer } from '../../src-server/compose-server.ts';
import { openPostgresServerDb } from '../../src-server/db/postgres-server-db.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';
import { portOf, type ToldPorts } from './told-ports.ts';

interface Told {
  readonly url: string;
  readonly name: string;
  readonly isTls: boolean;
  readonly nowMs: number;
}

const { url, name, isTls, nowMs } = JSON.parse(process.argv[2] ?? '') as Told;
let toldMs = nowMs;
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  toldMs = Number(line);
});
const server = await composeServer({ db: await openPostgresServerDb(url), name, nowMs: () => toldMs, logTo: process.stderr, isTls, console: { passwordParameters: QUICK_PASSWORDS } });
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
await server.http.listen({ host: '127.0.0.1', port: 0 });
await server.console.listen({ host: '127.0.0.1', port: 0 });
server.projection.start();
process.stdout.write(`${JSON.stringify({ port: portOf(server.http.server), consolePort: portOf(server.console.server) } satisfies ToldPorts)}\n`);

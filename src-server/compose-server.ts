import type { FastifyInstance } from 'fastify';
import type { ServerDb } from './db/server-db.ts';
import { readIdentity, type ServerIdentity } from './features/identity/server-identity.ts';
import { followConnections } from './http/close-gracefully.ts';
import { createHttpServer } from './http/http-server.ts';

export interface ServerOptions {
  readonly db: ServerDb;
  /** What people call it, on its first start. */
  readonly name: string;
  readonly nowMs: () => number;
  readonly logTo: { write(line: string): void };
  /** Without it the server is for loopback alone. */
  readonly isTls?: boolean;
}

export interface CentralServer {
  readonly http: FastifyInstance;
  readonly identity: ServerIdentity;
  /** This very start made its keys. */
  readonly isNew: boolean;
  /** Requests under way are answered, other connections go at once; then the database is closed. */
  close(): Promise<void>;
}

/** Puts the server together. Processes on one database are one server. */
export async function composeServer({ db, name, nowMs, logTo, isTls = false }: ServerOptions): Promise<CentralServer> {
  const { identity, isNew } = await readIdentity(db, name);
  const http = createHttpServer({ db, identity, nowMs, logTo, isTls });
  const letGo = followConnections(http.server);
  return {
    http, identity, isNew,
    close: async () => {
      letGo();
      await http.close();
      await db.close();
    },
  };
}

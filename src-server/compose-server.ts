import type { FastifyInstance } from 'fastify';
import { DEFAULT_PASSWORD_PARAMETERS, type PasswordParameters } from '../src-node/crypto/password-wrap.ts';
import { createConsoleDispatch } from './console/console-dispatch.ts';
import type { ServerDb } from './db/server-db.ts';
import { readIdentity, type ServerIdentity } from './features/identity/server-identity.ts';
import { Turns } from './exchange/turns.ts';
import { createAdminServer } from './http/admin-server.ts';
import { followConnections } from './http/close-gracefully.ts';
import { createConsoleServer } from './http/console-server.ts';
import { createHttpServer } from './http/http-server.ts';
import { readinessOf } from './http/readiness.ts';
import { createMetrics } from './http/server-metrics.ts';
import { createProjectionJob, type ProjectionJob } from './jobs/projection-job.ts';
import { faultWords } from './log/fault-words.ts';

export interface ServerOptions {
  readonly db: ServerDb;
  /** What people call it, on its first start. */
  readonly name: string;
  readonly nowMs: () => number;
  readonly logTo: { write(line: string): void };
  /** Without it the server is for loopback alone. */
  readonly isTls?: boolean;
  readonly console?: ConsoleOptions;
  /** From how many operations on an office has a snapshot; left out: the default. Tests have few. */
  readonly snapshotFrom?: number | undefined;
}

export interface ConsoleOptions {
  /** The built page; without it its calls alone are served. */
  readonly pageDir?: string | null;
  /** `https://…` where a gate stands before it. */
  readonly origin?: string | undefined;
  readonly passwordParameters?: PasswordParameters;
}

export interface CentralServer {
  readonly http: FastifyInstance;
  /** Metrics and health, for this machine alone. */
  readonly admin: FastifyInstance;
  /** The upper tier's page, for browsers. */
  readonly console: FastifyInstance;
  readonly identity: ServerIdentity;
  /** Folds what was acknowledged; does nothing until it is started. */
  readonly projection: ProjectionJob;
  /** This very start made its keys. */
  readonly isNew: boolean;
  /** Requests under way are answered, other connections go at once; then the database is closed. */
  close(): Promise<void>;
}

/** Puts the server together. Processes on one database are one server. */
export async function composeServer({ db, name, nowMs, logTo, isTls = false, console: page = {}, snapshotFrom }: ServerOptions): Promise<CentralServer> {
  const { identity, isNew } = await readIdentity(db, name);
  let isClosing = false;
  const readiness = () => readinessOf(db, isClosing);
  const http = createHttpServer({ db, identity, nowMs, snapshotFrom, logTo, isTls, readiness, turns: new Turns() });
  const letGo = followConnections(http.server);
  const metrics = createMetrics(db, nowMs);
  metrics.watch(http);
  const admin = createAdminServer({ metrics, readiness });
  const dispatch = createConsoleDispatch({ db, identity, nowMs, passwordParameters: page.passwordParameters ?? DEFAULT_PASSWORD_PARAMETERS });
  const console = createConsoleServer({ dispatch, pageDir: page.pageDir ?? null, origin: page.origin, logTo });
  const projection = createProjectionJob({ db, nowMs, onFailure: (error) => http.log.error({ fault: faultWords(error) }, 'folding stopped until the next try') });
  return {
    http, admin, console, identity, projection, isNew,
    close: async () => {
      isClosing = true;
      letGo();
      await http.close();
      await projection.stop();
      await admin.close();
      await console.close();
      await db.close();
    },
  };
}

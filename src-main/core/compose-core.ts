import type { FastifyInstance } from 'fastify';
import { randomBytes, randomInt } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { createExchangeClient } from '../../src-node/sync-engine/exchange-client.ts';
import type { PasswordParameters } from '../../src-node/crypto/password-wrap.ts';
import type { StorageError } from '../../src-node/db/storage-error.ts';
import { stateFolderOf } from '../../src-shared/lib/state-folder.ts';
import { createDispatch, type Dispatch } from './calls/dispatch.ts';
import { createSessions, type Session } from './calls/sessions.ts';
import { composeFeatures } from './compose-features.ts';
import { holdDesk, type DeskHolder } from './desk/desk-holder.ts';
import { demoAccounts } from './demo/demo-accounts.ts';
import type { SyncWorker } from './features/sync/sync-worker.ts';
import { settlePapersOnArrival } from './features/printing/papers-on-arrival.ts';
import { createEventHub } from './http/event-hub.ts';
import { createHttpServer } from './http/http-server.ts';
import { listenOnLoopback, listenOnSocket, type PortTaken, type SocketRefused } from './http/listen.ts';
import { createSecretDoor } from './http/secret-door.ts';
import { createLogger, type Logger } from './platform/logger.ts';
import { PROGRAM_BUILT_AT_MS } from './platform/program-info.ts';
import { announceRunning, findRunning, forgetRunning } from './platform/running-core.ts';
import { newSocketAddress, removeSocketAddress } from './platform/socket-address.ts';
import { systemClock } from './platform/system-clock.ts';
import { watchNetwork } from './platform/network-watch.ts';
import { systemTimer, type Timer } from './platform/system-timer.ts';

export interface CoreOptions {
  readonly dataDir: string;
  readonly demo: boolean;
  /** The built screens; null serves the calls alone. */
  readonly rendererDir: string | null;
  readonly clock?: Clock;
  readonly stateDir?: string;
  readonly builtAtMs?: number;
  readonly log?: Logger;
  /** See OpenDeskDep. */
  readonly passwordParameters?: PasswordParameters;
  /** What the sync worker waits by. */
  readonly timer?: Timer;
}

export interface Core {
  readonly dispatch: Dispatch;
  readonly sessionOf: (token: string) => Session | undefined;
  readonly holder: DeskHolder;
  readonly server: FastifyInstance;
  readonly sync: SyncWorker;
  /** Listens on loopback and answers the address. */
  listen(port: number | undefined): Promise<Result<string, PortTaken>>;
  /** Listens on a socket or pipe of its own, for who knows the secret, and answers where it is. */
  listenOnSocket(secret: string): Promise<Result<string, SocketRefused>>;
  close(): Promise<void>;
}

/** How often the clock's anchor and the head's signature are written while nothing else forces it. */
const CHECKPOINT_EVERY_MS = 300_000;

/** Puts the core together on one data folder. The only file that knows every part. */
export function composeCore(options: CoreOptions): Result<Core, StorageError | { readonly code: 'desk.alreadyOpen' | 'state.insideData' }> {
  const { dataDir, demo, clock = systemClock, builtAtMs = PROGRAM_BUILT_AT_MS, log = createLogger() } = options;
  const stateDir = options.stateDir ?? stateFolderOf({ platform: process.platform, environment: process.env, homeFolder: homedir() }, path);
  if (isWithin(dataDir, stateDir)) return err({ code: 'state.insideData' });
  const held = holdDesk({ dataDir, stateDir, clock, builtAtMs, passwordParameters: options.passwordParameters, onArrival: settlePapersOnArrival });
  if (!held.ok) return held;
  const holder = held.value;
  const sessions = createSessions();
  const events = createEventHub();
  const { handlers, sync } = composeFeatures({
    holder, sessions, log,
    announce: events.announce,
    demoAccounts: () => (demo ? demoAccounts() : null),
    sync: { client: createExchangeClient({ monotonicMs: () => performance.now() }), timer: options.timer ?? systemTimer, seed: randomInt(2 ** 32) },
  });
  events.listen((event) => sync.heard(event));
  const unwatch = watchNetwork(systemTimer, () => sync.reachable());
  const dispatch = createDispatch({ handlers, desk: holder.desk, log });
  const door = createSecretDoor();
  const server = createHttpServer({ dispatch, sessions, events, log, door, rendererDir: options.rendererDir });
  let socket: string | undefined;
  const checkpoints = setInterval(() => keepAnchors(holder, log), CHECKPOINT_EVERY_MS);
  checkpoints.unref();
  return ok({
    dispatch, holder, server, sync,
    sessionOf: sessions.find,
    listen: async (port) => {
      const listening = await listenOnLoopback(server, port);
      if (listening.ok) announceRunning(stateDir, dataDir, { url: listening.value, token: sessions.openFor('maintenance').token });
      return listening;
    },
    listenOnSocket: async (secret) => {
      // The folder is ours, so whoever listened for it before is dead, and may have left its socket.
      const left = findRunning(stateDir, dataDir);
      if (left !== undefined && 'socket' in left) removeSocketAddress(left.socket);
      // The window's secret is never written down; tools of the same user find one of their own.
      const tool = randomBytes(32).toString('base64url');
      door.lock({ window: secret, tool });
      socket = newSocketAddress({ platform: process.platform, environment: process.env, temporaryFolder: tmpdir() });
      const listening = await listenOnSocket(server, socket);
      if (!listening.ok) return listening;
      announceRunning(stateDir, dataDir, { socket, secret: tool, token: sessions.openFor('maintenance').token });
      return ok(socket);
    },
    close: async () => {
      clearInterval(checkpoints);
      unwatch();
      sync.stop();
      forgetRunning(stateDir, dataDir);
      server.server.closeAllConnections();
      await server.close();
      if (socket !== undefined) removeSocketAddress(socket);
      holder.close();
    },
  });
}

/** This machine's own state would be copied with the data, and the copy would take itself for this machine's desk. */
function isWithin(dir: string, inner: string): boolean {
  const way = path.relative(path.resolve(dir), path.resolve(inner));
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}

function keepAnchors(holder: DeskHolder, log: Logger): void {
  const kept = holder.desk()?.checkpoint();
  if (kept && !kept.ok) log.warn('checkpoint failed', { code: kept.error.code });
}

import type { SyncStatus } from '../../../../src-shared/contract/sync.api.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import { MINUTE_MS } from '../../../../src-shared/lib/office-time.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { WritableDb } from '../../../../src-node/db/sqlite.ts';
import { writeFact } from '../../../../src-node/operations/desk-facts.ts';
import type { ExchangeClient } from '../../../../src-node/sync-engine/exchange-client.ts';
import { serverFingerprint } from '../../../../src-node/sync-engine/server-fingerprint.ts';
import type { Handlers, OfficerContext } from '../../calls/handlers.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { connectServer, lookAtServer } from './connect-server.ts';
import { readDayBudget, readSpentToday, writeDayBudget } from './day-budget.ts';
import { countWaiting, getAcknowledged, listQuarantine, readContactAt, readLink, readPaused, readServer, rereadAfterDamage, type QuarantineRow } from './sync-queries.ts';
import { readOlder } from './snapshot-queries.ts';
import type { SyncWorker } from './sync-worker.ts';
import { asideSentence, failureSentence } from './sync-words.ts';

export interface SyncHandlersDep {
  readonly worker: SyncWorker;
  readonly client: ExchangeClient;
}

/** What an officer sees and wishes of the exchange with the upper tier; the worker does it. */
export function createSyncHandlers({ worker, client }: SyncHandlersDep): Handlers<'sync.status' | 'sync.look' | 'sync.connect' | 'sync.now' | 'sync.pause' | 'sync.resume' | 'sync.setBudget'> {
  return {
    'sync.status': (_input, { desk }) => ok(statusOf(worker, desk)),
    'sync.look': async ({ address }, { desk }) => {
      const found = await lookAtServer(client, desk, address);
      return found.ok ? ok({ name: found.value.view.name, address, fingerprint: found.value.fingerprint }) : found;
    },
    'sync.connect': async (input, { desk }) => {
      const connected = await connectServer(client, desk, input);
      if (!connected.ok) return connected;
      worker.start(desk, connected.value);
      return ok(connected.value.server);
    },
    'sync.now': (_input, { desk }) => {
      if (!readServer(desk.db)) return err(wireError('sync.notConnected'));
      if (readPaused(desk.db)) return err(wireError('sync.paused'));
      const written = writeFacts(desk, rereadAfterDamage);
      if (!written.ok) return written;
      worker.wish();
      return ok({});
    },
    'sync.setBudget': ({ bytesPerDay }, { desk }) => {
      if (!readServer(desk.db)) return err(wireError('sync.notConnected'));
      const written = writeFacts(desk, (db) => writeDayBudget(db, bytesPerDay));
      if (!written.ok) return written;
      worker.reachable();
      return ok({});
    },
    'sync.pause': (_input, context) => setPaused(worker, context, true),
    'sync.resume': (_input, context) => setPaused(worker, context, false),
  };
}

function setPaused(worker: SyncWorker, { desk }: OfficerContext, isPaused: boolean) {
  if (!readServer(desk.db)) return err(wireError('sync.notConnected'));
  const written = writeFacts(desk, (db) => writeFact(db, FACT.syncPaused, isPaused));
  if (!written.ok) return written;
  if (isPaused) worker.pause();
  else worker.resume();
  return ok({});
}

function writeFacts(desk: OpenDesk, write: (db: WritableDb) => void) {
  const written = desk.log.write<undefined>(({ db }) => {
    write(db);
    return ok(undefined);
  });
  return written.ok ? written : err(storageToWire(written.error));
}

function statusOf(worker: SyncWorker, desk: OpenDesk): SyncStatus {
  const { phase, code: workerCode, nextTryMs, bytesPerMs } = worker.view();
  const code = desk.office().training ? 'sync.training' : workerCode;
  const server = readServer(desk.db);
  const { operations, dossiers, bytes, oldestAt } = countWaiting(desk);
  const speed = bytesPerMs ?? readLink(desk.db).bytesPerMs;
  return {
    state: phase, code,
    sentence: code === null ? null : failureSentence(code),
    nextTryMs: nextTryMs === null ? null : Math.round(nextTryMs),
    server: server ? { name: server.name, address: server.address, fingerprint: serverFingerprint(server.publicKey) ?? '' } : null,
    waiting: { operations, dossiers, bytes, oldestAgeMs: oldestAt === null ? null : Math.max(0, Math.round(desk.clock.nowMs() - oldestAt)) },
    minutesLeft: speed === null || speed <= 0 ? null : bytes / speed / MINUTE_MS,
    budget: { bytesPerDay: readDayBudget(desk.db), bytesToday: readSpentToday(desk) },
    older: server ? readOlder(desk.db, speed) : null,
    lastContactAt: readContactAt(desk.db),
    acknowledged: { operations: getAcknowledged(desk), of: desk.log.head().seq },
    quarantined: listQuarantine(desk.db).map((row) => quarantineView(desk, row)),
  };
}

function quarantineView(desk: OpenDesk, { direction, device, code, at_ms }: QuarantineRow): SyncStatus['quarantined'][number] {
  const { devices, desks } = desk.office();
  const owner = devices.get(device as DeviceId)?.desk;
  return { direction, device, deskName: (owner && desks.get(owner)?.name) ?? null, code, sentence: asideSentence(code), at: at_ms };
}

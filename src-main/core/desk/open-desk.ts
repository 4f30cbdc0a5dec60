import { randomUUID } from 'node:crypto';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { incarnationText } from '../../../src-shared/domain/office/office-proofs.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { Clock } from '../../../src-shared/lib/clock.ts';
import type { DeskId, DeviceId, OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair, signText } from '../../../src-node/crypto/keys.ts';
import type { PasswordParameters } from '../../../src-node/crypto/password-wrap.ts';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import { transaction } from '../../../src-node/db/transaction.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';
import { beginIncarnation, resumeIncarnation, type IncarnationMarker, type NewIncarnationReason } from '../../../src-node/incarnation/incarnation-marker.ts';
import { noteMachineTokens, readMachineTokens } from '../../../src-node/incarnation/machine-tokens.ts';
import { arrivalSlices, type OnArrival } from '../../../src-node/operations/arrival.ts';
import { readFact, writeFact } from '../../../src-node/operations/desk-facts.ts';
import { createLog, listHeadStamps, readHead, readLastHlc, signStoredHead, type Log } from '../../../src-node/operations/log.ts';
import { SNAPSHOT_UNDER_WAY } from '../../../src-node/operations/log-tops.ts';
import { createNames } from '../../../src-node/operations/names.ts';
import { createOfficeClock, type ClockAnchor, type OfficeClock } from '../../../src-node/operations/office-clock.ts';
import { officeSubject, readOffice } from '../../../src-node/operations/office-projection.ts';
import { isRebuildUnfinished, rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { dataFolder, migrationsFolder } from './data-folder.ts';
import { finishErasures } from './erasures.ts';

/** An unlocked desk: its database, log, clock and the office as folded now. Everything the features work on. */
export interface OpenDesk {
  readonly dataDir: string;
  readonly db: WritableDb;
  readonly log: Log;
  readonly clock: OfficeClock;
  readonly deskId: DeskId;
  readonly device: DeviceId;
  /** Clear after use is not possible while open: officers who are added later need it sealed to them. */
  readonly databaseKey: Buffer;
  /** Why this start became a new device, to be told on the screen. */
  readonly newIncarnation: NewIncarnationReason | null;
  office(): Office;
  /** Folds the office anew after operations about it were written. */
  reloadOffice(): Office;
  /** What the next operation about the office names in its `after`. */
  officeHeads(): Operation['header']['after'];
  readonly officeSubject: SubjectId;
  /** Tells the marker how far the chain has come. To be called after each commit. */
  noteCommit(): Result<undefined, StorageError>;
  /** Folds what was taken in from other desks and is not in the lists yet, slice by slice. The desk may serve in between. */
  foldArrivals(subjectsPerSlice?: number): Generator<Result<unknown, StorageError>, void>;
  /** False once it was closed: long work that gave others their turn looks before it goes on. */
  isOpen(): boolean;
  /** Keeps the clock's anchor and signs the head, then closes the database. */
  close(): void;
  /** Writes the clock's anchor and the head's signature, from time to time. */
  checkpoint(): Result<void, StorageError>;
}

export interface OpenDeskDep {
  readonly dataDir: string;
  readonly stateDir: string;
  readonly clock: Clock;
  readonly builtAtMs: number;
  /** What new passwords and join codes cost to try; left out: the default. Simulations of many desks take less. */
  readonly passwordParameters?: PasswordParameters | undefined;
  /** What else is due here when a dossier changes by acts that arrived. */
  readonly onArrival?: OnArrival | undefined;
}

/** Nobody waits yet for a turn in between; fewer commits end sooner. */
const SUBJECTS_PER_SLICE_AT_OPEN = 2_000;

/** Names of the facts that only this desk keeps. */
export const FACT = {
  office: 'office',
  desk: 'desk',
  device: 'device',
  devicePrivateKey: 'devicePrivateKey',
  officePrivateKey: 'officePrivateKey',
  nonce: 'nonce',
  clock: 'clock',
  bufferSecret: 'bufferSecret',
  demo: 'demo',
  syncServer: 'syncServer',
  syncCursor: 'syncCursor',
  syncPaused: 'syncPaused',
  syncContactAt: 'syncContactAt',
  syncLink: 'syncLink',
  syncDayBudget: 'syncDayBudget',
  syncSpent: 'syncSpent',
  syncSnapshot: SNAPSHOT_UNDER_WAY,
  syncFill: 'syncFill',
  packsKnown: 'packsKnown',
  packsTold: 'packsTold',
  printer: 'printer',
} as const;

/**
 * Opens the database with its key, brings it to the newest schema and goes on as the device it was, or, when the folder was
 * copied or restored, becomes a new incarnation at once with the desk's next reserve (design §1, rule 4).
 */
export function openDesk(dep: OpenDeskDep, databaseKey: Buffer): Result<OpenDesk, StorageError> {
  const folder = dataFolder(dep.dataDir);
  const opened = openDatabase({ file: folder.databaseFile, key: databaseKey, mode: 'write' });
  if (!opened.ok) return opened;
  try {
    return openOn(opened.value, dep, databaseKey);
  } catch (error) {
    // A page that cannot be read shows wherever it is first needed. The file must be free for a good copy to be put in place.
    closeDatabase(opened.value);
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}

function openOn(db: WritableDb, dep: OpenDeskDep, databaseKey: Buffer): Result<OpenDesk, StorageError> {
  const migrated = runMigrations(db, migrationsFolder());
  if (!migrated.ok) return closing(db, migrated);
  const resumed = resumeIncarnation({ stateFolder: dep.stateDir, dataFolder: dep.dataDir }, incarnationDatabase(db));
  if (!resumed.ok) return closing(db, resumed);
  const reason = resumed.value.kind === 'newIncarnation' ? resumed.value.reason : null;
  const marker = resumed.value.kind === 'same' ? ok(resumed.value.marker) : becomeNewIncarnation(dep, db, resumed.value.reason);
  if (!marker.ok) return closing(db, marker);
  const desk = closingMarker(marker.value, () => deskOver(dep, db, databaseKey, marker.value, reason));
  // What a power cut ended is done to its end before anybody sees half a list.
  for (const slice of desk.foldArrivals(SUBJECTS_PER_SLICE_AT_OPEN)) {
    if (slice.ok) continue;
    desk.close();
    return slice;
  }
  tryErasures(db, desk.log, desk.office());
  return ok(desk);
}

/** Work goes on when a full disk or a reader is in the way: `verify` tells what is left, and the next checkpoint tries again. */
function tryErasures(db: WritableDb, log: Log, office: Office): void {
  const finished = finishErasures(db, log.names, office);
  if (!finished.ok) process.emitWarning(`erasure not finished: ${finished.error.code}`);
}

/** The marker's file is held from here on by the desk; when there is none, by nobody. */
function closingMarker(marker: IncarnationMarker, make: () => OpenDesk): OpenDesk {
  try {
    return make();
  } catch (error) {
    marker.close();
    throw error;
  }
}

function closing(db: WritableDb, failure: { readonly ok: false; readonly error: StorageError }) {
  closeDatabase(db);
  return failure;
}

function incarnationDatabase(db: WritableDb) {
  const names = createNames(db);
  return {
    read: () => {
      const device = requireFact<DeviceId>(db, FACT.device);
      return { device, nonce: readFact<string>(db, FACT.nonce), lastSeq: readHead(db, names, device).seq };
    },
    writeNonce: (nonce: string) =>
      transaction(db, () => {
        writeFact(db, FACT.nonce, nonce);
        return ok(undefined);
      }),
  };
}

function requireFact<T>(db: WritableDb, name: string): T {
  const value = readFact<T>(db, name);
  assert(value !== undefined, `the database lacks the fact ${name}`);
  return value;
}

/** A new device of the same desk: own key, own chain, own number series, signed by the device it follows. */
function becomeNewIncarnation(dep: OpenDeskDep, db: WritableDb, reason: NewIncarnationReason): Result<IncarnationMarker, StorageError> {
  const names = createNames(db);
  const officeId = requireFact<OfficeId>(db, FACT.office);
  const desk = requireFact<DeskId>(db, FACT.desk);
  const previousDevice = requireFact<DeviceId>(db, FACT.device);
  const previousKey = requireFact<SigningPrivateKey>(db, FACT.devicePrivateKey);
  const previousSeq = readHead(db, names, previousDevice).seq;
  const office = readOffice(db, names, officeId);
  const keys = generateSigningKeyPair();
  const device = randomUUID() as string as DeviceId;
  const token = nextReserve(dep, office, desk);
  if (!token.ok) return token;
  const begun = beginIncarnation({ stateFolder: dep.stateDir, dataFolder: dep.dataDir }, device);
  if (!begun.ok) return begun;

  const clock = clockOver(dep, db, previousDevice);
  const log = createLog(db, { office: officeId, device, privateKey: keys.privateKey }, clock);
  const proof = { office: officeId, desk, device, publicKey: keys.publicKey, previousDevice, previousSeq };
  const written = log.write(({ append }) => {
    // Its key is about to go: what a power cut left unsigned would never reach anybody.
    signStoredHead(db, names, { office: officeId, device: previousDevice, privateKey: previousKey });
    append({
      kind: 'desk.incarnated',
      version: 1,
      subject: officeSubject(officeId),
      actor: null,
      after: office.heads.map(parseOperationId),
      body: {
        desk, previousDevice, previousSeq, reason,
        device: { device, publicKey: keys.publicKey },
        token: token.value,
        signature: signText(previousKey, incarnationText(proof)),
      },
    });
    writeFact(db, FACT.device, device);
    writeFact(db, FACT.devicePrivateKey, keys.privateKey);
    writeFact(db, FACT.nonce, begun.value.nonce);
    return ok(undefined);
  });
  if (!written.ok) {
    begun.value.marker.close();
    return err(written.error as StorageError);
  }
  const noted = begun.value.marker.noteSeq(log.head().seq);
  const remembered = noted.ok && token.value !== null ? noteMachineTokens(dep.stateDir, officeId, [token.value], clock.businessDate()) : noted;
  if (remembered.ok) return ok(begun.value.marker);
  begun.value.marker.close();
  return remembered;
}

/** The desk's next reserve, and not one that this machine took before the folder was set back (rule 4). Null when none is left. */
function nextReserve({ stateDir }: OpenDeskDep, office: Office, desk: DeskId): Result<string | null, StorageError> {
  const taken = readMachineTokens(stateDir, office.id);
  if (!taken.ok) return taken;
  const token = office.desks.get(desk)?.reserves.find((reserve) => !taken.value.has(reserve)) ?? null;
  return ok(token);
}

function clockOver(dep: OpenDeskDep, db: WritableDb, device: DeviceId): OfficeClock {
  const names = createNames(db);
  const no = names.find(device);
  const lastBusinessDate = no === undefined ? undefined : db.value<string>('SELECT business_date FROM operations WHERE device = ? ORDER BY seq DESC LIMIT 1', no);
  const clock = createOfficeClock({
    clock: dep.clock,
    anchor: requireFact<ClockAnchor>(db, FACT.clock),
    lastHlc: readLastHlc(db, names, device),
    lastBusinessDate: lastBusinessDate ?? null,
    builtAtMs: dep.builtAtMs,
  });
  // What was learned before the restart stays learned: the next act here comes after it.
  for (const stamp of listHeadStamps(db)) clock.adopt(stamp);
  return clock;
}

function deskOver(dep: OpenDeskDep, db: WritableDb, databaseKey: Buffer, marker: IncarnationMarker, newIncarnation: NewIncarnationReason | null): OpenDesk {
  const officeId = requireFact<OfficeId>(db, FACT.office);
  const device = requireFact<DeviceId>(db, FACT.device);
  const clock = clockOver(dep, db, device);
  const log = createLog(db, { office: officeId, device, privateKey: requireFact<SigningPrivateKey>(db, FACT.devicePrivateKey) }, clock);
  let office = readOffice(db, log.names, officeId);
  let notedSeq = log.head().seq;
  let isOpen = true;
  const checkpoint = () => {
    const signed = log.sign();
    if (!signed.ok) return signed;
    return transaction<undefined, StorageError>(db, () => {
      writeFact(db, FACT.clock, clock.anchor());
      return ok(undefined);
    });
  };
  return {
    dataDir: dep.dataDir, db, log, clock, device, databaseKey, newIncarnation,
    deskId: requireFact<DeskId>(db, FACT.desk),
    officeSubject: officeSubject(officeId),
    office: () => office,
    reloadOffice: () => (office = readOffice(db, log.names, officeId)),
    officeHeads: () => office.heads.map(parseOperationId),
    noteCommit: () => {
      const { seq } = log.head();
      if (seq === notedSeq) return ok(undefined);
      notedSeq = seq;
      return marker.noteSeq(seq);
    },
    checkpoint: () => {
      const done = checkpoint();
      if (done.ok) tryErasures(db, log, office);
      return done.ok ? ok(undefined) : done;
    },
    foldArrivals: function* (subjectsPerSlice) {
      yield* arrivalSlices({ db, names: log.names, office: () => office, onArrival: dep.onArrival ?? (() => undefined) }, subjectsPerSlice);
      // A rebuild that was cut off, or that a dossier which vanished asks for.
      if (isRebuildUnfinished(db)) yield* rebuildSlices(db, log.names, office, subjectsPerSlice);
    },
    isOpen: () => isOpen,
    close: () => {
      isOpen = false;
      // A failing disk must not keep the program from ending; what is committed stays.
      checkpoint();
      marker.close();
      closeDatabase(db);
    },
  };
}

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { DeskId, DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import { createKeySlots, type KeySlots, type NewKeySlots } from '../../../src-node/crypto/key-slots.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair, randomKeyBytes } from '../../../src-node/crypto/keys.ts';
import { closeDatabase, DATABASE_KEY_BYTES, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';
import { beginIncarnation } from '../../../src-node/incarnation/incarnation-marker.ts';
import { writeFact } from '../../../src-node/operations/desk-facts.ts';
import { createLog, type Writing } from '../../../src-node/operations/log.ts';
import { confirmedAnchor, createOfficeClock } from '../../../src-node/operations/office-clock.ts';
import { insertOperation, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { dataFolder, finishSetUp, migrationsFolder, removeUnfinished } from './data-folder.ts';
import { FACT, type OpenDeskDep } from './open-desk.ts';

export interface NewDesk {
  readonly office: OfficeId;
  readonly desk: DeskId;
  readonly officePrivateKey: SigningPrivateKey;
  /** Who will be able to open it. */
  readonly slots: Omit<NewKeySlots, 'databaseKey'>;
  /** Today as the officer has just confirmed it. */
  readonly confirmedDate: IsoDate;
  /** What the desk knows of the office from the start; the first desk of an office knows nothing. */
  readonly known: readonly StoredOperation[];
  /** Appends the desk's first operations, in the one transaction by which it comes to be. */
  readonly writeFirst: (writing: Writing, device: NewDevice) => void;
}

export interface NewDevice {
  readonly device: DeviceId;
  readonly publicKey: SigningPublicKey;
}

export interface FoundedDesk {
  readonly keySlots: KeySlots;
  readonly databaseKey: Buffer;
}

/**
 * Makes a data folder a desk, the first of its office or a further one: keys, key slots, database, first operations in one
 * transaction. The database gets its name only once everything is in it, so a crash in the middle leaves a folder that is
 * still to be set up.
 */
export function foundDesk(dep: OpenDeskDep, desk: NewDesk): Result<FoundedDesk, StorageError> {
  const folder = dataFolder(dep.dataDir);
  mkdirSync(dep.dataDir, { recursive: true });
  removeUnfinished(folder);
  const databaseKey = randomKeyBytes(DATABASE_KEY_BYTES);
  const keySlots = createKeySlots({ folder: dep.dataDir, clock: dep.clock }, { databaseKey, ...desk.slots });
  if (!keySlots.ok) return keySlots;
  const written = writeDatabase(dep, databaseKey, desk);
  if (!written.ok) return written;
  finishSetUp(folder);
  return ok({ keySlots: keySlots.value, databaseKey });
}

function writeDatabase(dep: OpenDeskDep, databaseKey: Buffer, desk: NewDesk): Result<undefined, StorageError> {
  const opened = openDatabase({ file: dataFolder(dep.dataDir).unfinishedFile, key: databaseKey, mode: 'write', create: true });
  if (!opened.ok) return opened;
  try {
    const migrated = runMigrations(opened.value, migrationsFolder());
    return migrated.ok ? writeBeginning(dep, opened.value, desk) : migrated;
  } finally {
    closeDatabase(opened.value);
  }
}

function writeBeginning(dep: OpenDeskDep, db: WritableDb, desk: NewDesk): Result<undefined, StorageError> {
  const device = randomUUID() as string as DeviceId;
  const keys = generateSigningKeyPair();
  const begun = beginIncarnation({ stateFolder: dep.stateDir, dataFolder: dep.dataDir }, device);
  if (!begun.ok) return begun;
  const { nonce, marker } = begun.value;
  // The clock starts trusted: somebody has just read the date on the screen and agreed.
  const anchor = confirmedAnchor(dep.clock, desk.confirmedDate, true);
  const clock = createOfficeClock({ clock: dep.clock, anchor, lastHlc: { ms: 0, counter: 0 }, lastBusinessDate: null, builtAtMs: 0 });
  for (const { header } of desk.known) clock.adopt(header.at);
  const log = createLog(db, { office: desk.office, device, privateKey: keys.privateKey }, clock);
  const written = log.write<undefined>((writing) => {
    for (const operation of desk.known) insertOperation(db, writing.names, operation);
    desk.writeFirst(writing, { device, publicKey: keys.publicKey });
    const facts = { office: desk.office, desk: desk.desk, device, devicePrivateKey: keys.privateKey, officePrivateKey: desk.officePrivateKey, nonce, clock: anchor };
    for (const [name, value] of Object.entries(facts)) writeFact(db, FACT[name as keyof typeof facts], value);
    writeFact(db, FACT.bufferSecret, randomKeyBytes(32).toString('base64url'));
    return ok(undefined);
  });
  const noted = written.ok ? marker.noteSeq(log.head().seq) : written;
  marker.close();
  return noted;
}

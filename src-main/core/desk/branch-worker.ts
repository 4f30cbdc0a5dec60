import type { Office } from '../../../src-shared/domain/office/office.ts';
import type { DeviceId, OfficeId } from '../../../src-shared/lib/ids.ts';
import { openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import type { ReadableDb, WritableDb } from '../../../src-node/db/sqlite.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import { branchFault, type BranchRefusal, type KnownLog, type Stretch } from '../../../src-node/operations/ingest.ts';
import { readHead, signStoredHead } from '../../../src-node/operations/log.ts';
import { createNames } from '../../../src-node/operations/names.ts';
import { readOffice } from '../../../src-node/operations/office-projection.ts';
import { listSignedDevices, readSignedHead, streamBranch, type BranchSource } from '../../../src-node/operations/read-branch.ts';
import { stretchesOf } from '../../../src-node/operations/stretches.ts';
import { databaseParts } from '../platform/database-parts.ts';
import { serveParts } from '../platform/worker-parts.ts';
import { migrationsFolder } from './data-folder.ts';
import { FACT } from './open-desk.ts';

/** Reading and checking another folder takes minutes on a big one, so it runs as a process of its own (design §4). */
export interface BranchTask {
  /** A copy of the other folder's database, to be opened at will. */
  readonly copy: { readonly file: string; readonly key: Uint8Array };
  /** This desk, which is only read here. */
  readonly own: { readonly file: string; readonly key: Uint8Array; readonly office: OfficeId; readonly device: DeviceId };
}

/** Why nothing of a device was taken in; all other devices are (rule 7). */
export interface RefusedBranch {
  readonly device: DeviceId;
  /** Null when neither office knows the device. */
  readonly deskName: string | null;
  readonly code: BranchRefusal['code'] | 'branch.unknownDevice' | 'branch.ownDevice' | 'branch.unreadable';
  readonly detail: string;
}

/** What comes back, one part for each time it is asked for the next: checked stretches as large as one transaction takes. */
export type BranchPart =
  | { readonly kind: 'stretch'; readonly stretch: Stretch }
  | { readonly kind: 'refused'; readonly refused: RefusedBranch }
  /** Nothing can be read here at all. */
  | { readonly kind: 'failed'; readonly error: StorageError | BranchRefusal }
  /** How many devices were not refused, whether they had news or not. */
  | { readonly kind: 'end'; readonly accepted: number };

serveParts(({ copy, own }: BranchTask) =>
  databaseParts<WritableDb, BranchPart>(
    openDatabase({ ...copy, mode: 'write' }),
    (source) => databaseParts<ReadableDb, BranchPart>(openDatabase({ ...own, mode: 'read' }), (db) => readSource(source, { db, names: createNames(db) }, own), failed),
    failed,
  ));

function failed(error: StorageError): BranchPart {
  return { kind: 'failed', error };
}

function* readSource(db: WritableDb, own: KnownLog, { office, device }: BranchTask['own']): Generator<BranchPart, undefined> {
  const migrated = runMigrations(db, migrationsFolder());
  if (!migrated.ok) return void (yield { kind: 'failed', error: migrated.error });
  const found = readFact<OfficeId>(db, FACT.office);
  if (found !== office) return void (yield { kind: 'failed', error: { code: 'branch.foreignOffice', detail: String(found) } });
  const names = createNames(db);
  signOwnHead(db, office);
  const source = { db, names, office };
  const offices = [readOffice(own.db, own.names, office), ...readableOffice(source)];
  const reading: Reading = { source, own, ownDevice: device, offices };
  let accepted = 0;
  for (const signed of listSignedDevices(reading.source)) {
    const refused = yield* readDevice(reading, signed.device);
    if (refused) yield { kind: 'refused', refused };
    else accepted += 1;
  }
  yield { kind: 'end', accepted };
}

/** Without the other folder's own view of the office, devices that are known here can still be checked. */
function readableOffice({ db, names, office }: BranchSource): readonly Office[] {
  try {
    return [readOffice(db, names, office)];
  } catch (error) {
    unreadable(error);
    return [];
  }
}

/** Power may have gone before that desk signed its last operations; its key lies in the very folder, so it signs now. */
function signOwnHead(db: WritableDb, office: OfficeId): void {
  const device = readFact<DeviceId>(db, FACT.device);
  const privateKey = readFact<SigningPrivateKey>(db, FACT.devicePrivateKey);
  if (device && privateKey) signStoredHead(db, createNames(db), { office, device, privateKey });
}

interface Reading {
  readonly source: BranchSource;
  readonly own: KnownLog;
  readonly ownDevice: DeviceId;
  /** As known here and as known there. What is known here counts first: the other folder may have been tampered with. */
  readonly offices: readonly Office[];
}

/** The whole chain is checked before its first operation goes over: of a device that is refused nothing is half taken in. */
function* readDevice(reading: Reading, device: DeviceId): Generator<BranchPart, RefusedBranch | null> {
  const { source, own, ownDevice, offices } = reading;
  const refused = (code: RefusedBranch['code'], detail: string = device): RefusedBranch => ({ device, deskName: deskNameOf(offices, device), code, detail });
  const head = readSignedHead(source.db, source.names, device);
  if (!head || head.seq <= (readSignedHead(own.db, own.names, device)?.seq ?? 0)) return null;
  const publicKey = offices.map((office) => office.devices.get(device)).find((one) => one !== undefined)?.publicKey as SigningPublicKey | undefined;
  if (!publicKey) return refused('branch.unknownDevice');
  const after = readHead(own.db, own.names, device);
  const branch = streamBranch(source, { device, publicKey, head }, after.seq);
  try {
    const fault = branchFault(own, source.office, branch);
    if (fault) return refused(fault.code, fault.detail);
  } catch (error) {
    return refused('branch.unreadable', unreadable(error));
  }
  // Two machines that both are this very device: until one of them becomes a new one, only one chain can go on here.
  if (device === ownDevice && head.seq > after.seq) return refused('branch.ownDevice', `${device}:${head.seq}`);
  for (const stretch of stretchesOf(branch, after)) yield { kind: 'stretch', stretch };
  return null;
}

/** What a folder from outside holds may be anything: what cannot be read is no fault of ours, unless the disk fails under it. */
function unreadable(error: unknown): string {
  const storage = storageErrorOf(error);
  if (storage !== undefined && storage.code !== 'storage.damaged') throw error;
  return storage?.detail ?? String(error);
}

function deskNameOf(offices: readonly Office[], device: DeviceId): string | null {
  for (const office of offices) {
    const desk = office.devices.get(device)?.desk;
    const name = desk && office.desks.get(desk)?.name;
    if (name) return name;
  }
  return null;
}

import { cpSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { isOfficeKind, type OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { Clock } from '../../../src-shared/lib/clock.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { openKeySlots, type RecoveryError, type SignInError } from '../../../src-node/crypto/key-slots.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { applyErasures } from '../../../src-node/operations/erase-subject.ts';
import { ingestBranch, type Branch, type BranchRefusal } from '../../../src-node/operations/ingest.ts';
import { readHead, signStoredHead, type Writing } from '../../../src-node/operations/log.ts';
import { toOperation, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { createNames } from '../../../src-node/operations/names.ts';
import { readOffice } from '../../../src-node/operations/office-projection.ts';
import { listSignedDevices, readBranch } from '../../../src-node/operations/read-branch.ts';
import { rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { BRANCH_COPY_PREFIX, dataFolder, migrationsFolder } from './data-folder.ts';
import { finishErasures } from './erasures.ts';
import { FACT, type OpenDesk } from './open-desk.ts';

export type BranchError =
  | BranchRefusal
  | SignInError
  | RecoveryError
  | StorageError
  | { readonly code: 'branch.unreadable'; readonly detail: string };

export interface BranchReport {
  readonly operations: number;
  readonly dossiers: number;
}

export interface ImportDep {
  readonly clock: Clock;
  /** What else is due when acts arrive from elsewhere, in the same transaction and after everything was folded. */
  readonly onArrival: (writing: Writing, operations: readonly Operation[]) => void;
}

export interface BranchKey {
  readonly officer: OfficerId;
  readonly password?: string | undefined;
  readonly recoveryCode?: string | undefined;
}

/**
 * Takes over what another data folder of this office holds and this desk lacks: the branch of a folder that was restored
 * from a backup, or of a copy that went on by itself. The folder is copied first and never changed. Doing it again finds
 * nothing new (rule 2).
 */
export async function importBranch(desk: OpenDesk, dep: ImportDep, sourceDir: string, key: BranchKey): Promise<Result<BranchReport, BranchError>> {
  if (!isFile(dataFolder(sourceDir).databaseFile)) return err({ code: 'branch.unreadable', detail: 'no database' });
  const copy = mkdtempSync(path.join(desk.dataDir, BRANCH_COPY_PREFIX));
  try {
    const copied = copyFiles(sourceDir, copy);
    if (!copied.ok) return copied;
    const databaseKey = await unlock(copy, dep.clock, key);
    if (!databaseKey.ok) return databaseKey;
    const branches = readBranches(desk, copy, databaseKey.value);
    return branches.ok ? takeIn(desk, dep, branches.value) : branches;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyFiles(sourceDir: string, copy: string): Result<undefined, BranchError> {
  try {
    for (const name of ['desk.db', 'desk.db-wal', 'keys.json', 'keys.backup.json']) {
      if (isFile(path.join(sourceDir, name))) cpSync(path.join(sourceDir, name), path.join(copy, name));
    }
    return ok(undefined);
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage.code === 'storage.full' ? storage : { code: 'branch.unreadable', detail: storage.detail });
  }
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

async function unlock(copy: string, clock: Clock, key: BranchKey): Promise<Result<Buffer, BranchError>> {
  const slots = openKeySlots({ folder: copy, clock });
  if (!slots.ok) return slots;
  if (key.recoveryCode) return slots.value.unlockWithRecoveryCode(key.recoveryCode);
  const unlocked = await slots.value.unlockWithPassword(key.officer, key.password ?? '');
  return unlocked.ok ? ok(unlocked.value.databaseKey) : unlocked;
}

function readBranches(desk: OpenDesk, copy: string, databaseKey: Buffer): Result<readonly Branch[], BranchError> {
  const opened = openDatabase({ file: dataFolder(copy).databaseFile, key: databaseKey, mode: 'write' });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const migrated = runMigrations(db, migrationsFolder());
    if (!migrated.ok) return migrated;
    const office = readFact<OfficeId>(db, FACT.office);
    if (office !== desk.office().id) return err({ code: 'branch.foreignOffice', detail: String(office) });
    const names = createNames(db);
    const source = { db, names, office };
    const publicKeys = readOffice(db, names, office).devices;
    signOwnHead(db, office);
    const branches: Branch[] = [];
    for (const { device } of listSignedDevices(source)) {
      const publicKey = publicKeys.get(device)?.publicKey as SigningPublicKey | undefined;
      const branch = publicKey && readBranch(source, device, publicKey, readHead(desk.db, desk.log.names, device).seq);
      if (branch) branches.push(branch);
    }
    return ok(branches);
  } finally {
    closeDatabase(db);
  }
}

/** Power may have gone before that desk signed its last operations; its key lies in the very folder, so it signs now. */
function signOwnHead(db: WritableDb, office: OfficeId): void {
  const device = readFact<DeviceId>(db, FACT.device);
  const privateKey = readFact<SigningPrivateKey>(db, FACT.devicePrivateKey);
  if (device && privateKey) signStoredHead(db, createNames(db), { office, device, privateKey });
}

/**
 * Acts that change who may act, and so what dossiers of long ago look like (design §1). A desk that joined or became a new
 * device says so in the first act of its chain, so nothing of that device was folded before.
 */
const CHANGES_WHO_MAY_ACT: ReadonlySet<string> = new Set<OfficeKind>(['desk.admitted', 'desk.revoked', 'officer.created', 'officer.changed', 'delegation.granted', 'delegation.ended']);

function takeIn(desk: OpenDesk, { onArrival }: ImportDep, branches: readonly Branch[]): Result<BranchReport, BranchError> {
  const subjects = new Set<SubjectId>();
  const arrived: StoredOperation[] = [];
  let isOfficeTouched = false;
  const written = desk.log.write<undefined, BranchRefusal>((writing) => {
    for (const branch of branches) {
      const fresh = ingestBranch(writing, desk.office().id, branch);
      if (!fresh.ok) return fresh;
      for (const operation of fresh.value) {
        const { header } = operation;
        arrived.push(operation);
        desk.clock.adopt(header.at);
        if (isOfficeKind(header.kind)) isOfficeTouched = true;
        else if (isDossierKind(header.kind) || !header.kind.startsWith('reception.')) subjects.add(header.subject);
      }
    }
    // The same transaction folds them, so no list ever shows half of what arrived.
    const office = isOfficeTouched ? readOffice(writing.db, writing.names, desk.office().id) : desk.office();
    for (const subject of applyErasures(writing.db, writing.names, office)) subjects.delete(subject);
    for (const subject of subjects) projectDossier(writing.db, writing.names, office, desk.log.listSubject(subject));
    onArrival(writing, arrived.map(toOperation));
    return ok(undefined);
  });
  if (!written.ok) return written;
  if (isOfficeTouched) desk.reloadOffice();
  if (arrived.some(({ header }) => CHANGES_WHO_MAY_ACT.has(header.kind))) {
    for (const slice of rebuildSlices(desk.db, desk.log.names, desk.office())) if (!slice.ok) return slice;
  }
  const finished = finishErasures(desk.db, desk.log.names, desk.office());
  // What was taken in stays; the next checkpoint removes the traces.
  if (!finished.ok) process.emitWarning(`erasure not finished: ${finished.error.code}`);
  return ok({ operations: arrived.length, dossiers: subjects.size });
}


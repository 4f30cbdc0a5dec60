import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { Clock } from '../../../src-shared/lib/clock.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { openKeySlots, type RecoveryError, type SignInError } from '../../../src-node/crypto/key-slots.ts';
import { storageErrorOf, type StorageError } from '../../../src-node/db/storage-error.ts';
import type { BranchRefusal, Stretch } from '../../../src-node/operations/ingest.ts';
import { readParts } from '../platform/worker-parts.ts';
import { CLOSED, foldArrived, takeStretch } from './arrivals.ts';
import type { BranchPart, BranchTask, RefusedBranch } from './branch-worker.ts';
import { BRANCH_COPY_PREFIX, dataFolder } from './data-folder.ts';
import type { OpenDesk } from './open-desk.ts';

export type BranchError =
  | BranchRefusal
  | SignInError
  | RecoveryError
  | StorageError
  | { readonly code: RefusedBranch['code']; readonly detail: string };

export interface BranchReport {
  readonly operations: number;
  readonly dossiers: number;
  /** Devices of which nothing was taken in; all others were (rule 7). */
  readonly refused: readonly RefusedBranch[];
}

export interface BranchKey {
  readonly officer: OfficerId;
  readonly password?: string | undefined;
  readonly recoveryCode?: string | undefined;
}

/**
 * Takes over what another data folder of this office holds and this desk lacks: the branch of a folder that was restored
 * from a backup, or of a copy that went on by itself. The folder is copied first and never changed. The desk goes on serving
 * meanwhile: what was checked by another process comes in by small transactions, each a legal state, and is folded by more of
 * them; cut off anywhere, the next start ends what had begun. Doing it again finds nothing new (rule 2).
 */
export async function importBranch(desk: OpenDesk, clock: Clock, sourceDir: string, key: BranchKey): Promise<Result<BranchReport, BranchError>> {
  if (!(await isFile(dataFolder(sourceDir).databaseFile))) return err({ code: 'branch.unreadable', detail: 'no database' });
  const copy = await mkdtemp(path.join(desk.dataDir, BRANCH_COPY_PREFIX));
  try {
    const copied = await copyFiles(sourceDir, copy);
    if (!copied.ok) return copied;
    const databaseKey = await unlock(copy, clock, key);
    if (!databaseKey.ok) return databaseKey;
    return await takeIn(desk, {
      copy: { file: dataFolder(copy).databaseFile, key: databaseKey.value },
      own: { file: dataFolder(desk.dataDir).databaseFile, key: desk.databaseKey, office: desk.office().id, device: desk.device },
    });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function copyFiles(sourceDir: string, copy: string): Promise<Result<undefined, BranchError>> {
  try {
    for (const name of ['desk.db', 'desk.db-wal', 'keys.json', 'keys.backup.json']) {
      if (await isFile(path.join(sourceDir, name))) await copyFile(path.join(sourceDir, name), path.join(copy, name));
    }
    return ok(undefined);
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage.code === 'storage.full' ? storage : { code: 'branch.unreadable', detail: storage.detail });
  }
}

async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true;
}

async function unlock(copy: string, clock: Clock, key: BranchKey): Promise<Result<Buffer, BranchError>> {
  const slots = openKeySlots({ folder: copy, clock });
  if (!slots.ok) return slots;
  if (key.recoveryCode) return slots.value.unlockWithRecoveryCode(key.recoveryCode);
  const unlocked = await slots.value.unlockWithPassword(key.officer, key.password ?? '');
  return unlocked.ok ? ok(unlocked.value.databaseKey) : unlocked;
}

/** What has come in so far. */
interface Taken {
  operations: number;
  accepted: number;
  readonly dossiers: Set<SubjectId>;
  readonly refused: RefusedBranch[];
}

async function takeIn(desk: OpenDesk, task: BranchTask): Promise<Result<BranchReport, BranchError>> {
  const taken: Taken = { operations: 0, accepted: 0, dossiers: new Set(), refused: [] };
  const read = await takeParts(desk, task, taken);
  // Also what came before a failure is folded at once: it is in the log to stay.
  const folded = await foldArrived(desk);
  if (!read.ok) return read;
  if (!folded.ok) return folded;
  const [refused] = taken.refused;
  if (refused && taken.accepted === 0) return err(refused);
  return ok({ operations: taken.operations, dossiers: taken.dossiers.size, refused: taken.refused });
}

async function takeParts(desk: OpenDesk, task: BranchTask, taken: Taken): Promise<Result<undefined, BranchError>> {
  // The next part only when the last has been taken in: what is known here tells what is news there.
  for await (const part of readParts<BranchPart>(path.join(import.meta.dirname, 'branch-worker.ts'), task, { ahead: false })) {
    if (!desk.isOpen()) return err(CLOSED);
    if (part.kind === 'failed') return err(part.error);
    if (part.kind === 'refused') taken.refused.push(part.refused);
    if (part.kind === 'end') taken.accepted = part.accepted;
    if (part.kind !== 'stretch') continue;
    const written = take(desk, part.stretch, taken);
    if (!written.ok) return written;
  }
  return ok(undefined);
}

function take(desk: OpenDesk, stretch: Stretch, taken: Taken): Result<undefined, BranchError> {
  const written = takeStretch(desk, stretch);
  if (!written.ok) return written;
  taken.operations += stretch.operations.length;
  for (const subject of written.value.dossiers) taken.dossiers.add(subject);
  for (const subject of written.value.erased) taken.dossiers.delete(subject);
  return ok(undefined);
}

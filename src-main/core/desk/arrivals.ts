import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { changesWhoMayAct, isOfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { storageError, type StorageError } from '../../../src-node/db/storage-error.ts';
import { insertAhead, type KeyedOperation } from '../../../src-node/operations/ahead.ts';
import { endOfLog, noteArrival } from '../../../src-node/operations/arrival.ts';
import { applyErasures, receiptsToErase } from '../../../src-node/operations/erase-subject.ts';
import { insertStretch, type BranchRefusal, type Stretch } from '../../../src-node/operations/ingest.ts';
import type { Writing } from '../../../src-node/operations/log.ts';
import { readOffice } from '../../../src-node/operations/office-projection.ts';
import type { StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { writingFault } from '../calls/answer-once.ts';
import { appendOfficeAct } from '../calls/office-acts.ts';
import { finishErasuresGently } from './erasures.ts';
import type { OpenDesk } from './open-desk.ts';

/** What a stretch of another device's log has brought. */
export interface TakenStretch {
  readonly dossiers: readonly SubjectId[];
  /** What the office has erased and this desk erased with it. */
  readonly erased: readonly SubjectId[];
  /** The office was folded anew. */
  readonly isOfficeTouched: boolean;
}

export const CLOSED: StorageError = storageError('storage.locked', 'the desk was closed');

/**
 * Takes a checked stretch in by one transaction, a legal state of the desk, with whatever must be kept beside it; `foldArrived`
 * is due afterwards. However it came (another folder, a server), this is the one way in.
 */
export function takeStretch(desk: OpenDesk, stretch: Stretch, alongside: (writing: Writing) => void = () => undefined): Result<TakenStretch, BranchRefusal | StorageError> {
  return takeIn(desk, stretch.operations, (writing) => insertStretch(writing, stretch), alongside);
}

/** The same for operations out of the middle of logs; those that say something else than what is here are told of. */
export function takeAhead(desk: OpenDesk, operations: readonly KeyedOperation[], alongside: (writing: Writing, others: readonly StoredOperation[]) => void): Result<TakenStretch, StorageError> {
  let others: readonly StoredOperation[] = [];
  const insert = (writing: Writing) => {
    others = insertAhead(writing, operations);
    return ok(operations);
  };
  return takeIn<never>(desk, operations, insert, (writing) => alongside(writing, others));
}

function takeIn<E>(desk: OpenDesk, operations: readonly StoredOperation[], insert: (writing: Writing) => Result<unknown, E>, alongside: (writing: Writing) => void): Result<TakenStretch, E | StorageError> {
  const written = desk.log.write<readonly SubjectId[], E>((writing) => {
    const end = endOfLog(writing.db);
    const inserted = insert(writing);
    if (!inserted.ok) return inserted;
    if (operations.length > 0) noteArrival(writing.db, end, operations.some(({ header }) => changesWhoMayAct(header.kind)) ? 0 : end);
    alongside(writing);
    return ok(eraseWhatCame(desk, writing, operations));
  });
  if (!written.ok) return written;
  for (const { header } of operations) desk.clock.adopt(header.at);
  const isOfficeTouched = written.value.length > 0 || operations.some(({ header }) => isOfficeKind(header.kind));
  if (isOfficeTouched) desk.reloadOffice();
  const dossiers = operations.filter(({ header: { kind } }) => isDossierKind(kind) || !(isOfficeKind(kind) || kind.startsWith('reception.'))).map(({ header }) => header.subject);
  return ok({ dossiers, erased: written.value, isOfficeTouched });
}

/** What the office has erased goes in the very transaction that brings it. */
function eraseWhatCame(desk: OpenDesk, writing: Writing, operations: readonly StoredOperation[]): readonly SubjectId[] {
  const { db, names } = writing;
  const isErasing = bringsErasure(desk.office(), operations);
  if (!isErasing && !operations.some(({ header }) => desk.office().erasures.has(header.subject))) return [];
  const office = isErasing ? readOffice(db, names, desk.office().id) : desk.office();
  markReceipts(desk, writing, office);
  return applyErasures(db, names, office);
}

/** Logs come one by one: an erasure may have come before the act of the office that allowed it, and counts when that is here. */
function bringsErasure({ conflicts }: Office, operations: readonly StoredOperation[]): boolean {
  const waits = conflicts.some(({ reason, detail }) => reason === 'operation.notPermitted' && detail === 'subject.erased');
  return operations.some(({ header: { kind } }) => kind === 'subject.erased' || (waits && isOfficeKind(kind)));
}

/** Whoever erased may not have known of the money: the numbers of its biên lai stay used up. A desk that may not write leaves it to others. */
function markReceipts(desk: OpenDesk, writing: Writing, office: Office): void {
  if (writingFault(desk) !== null) return;
  for (const receipt of receiptsToErase(writing.db, writing.names, office)) {
    appendOfficeAct(writing, desk, { kind: 'receiptBook.numberMarked', actor: null, body: { ...receipt, mark: 'erased', reason: 'Hồ sơ đã xóa hẳn' } }, office.heads.map(parseOperationId));
  }
}

/** Folds what the log holds and the lists do not, giving everybody else a turn after each slice. */
export async function foldArrived(desk: OpenDesk): Promise<Result<undefined, StorageError>> {
  if (!desk.isOpen()) return err(CLOSED);
  const finished = await finishErasuresGently(desk, nextTurn);
  // What was taken in stays; the next checkpoint removes the traces.
  if (!finished.ok) process.emitWarning(`erasure not finished: ${finished.error.code}`);
  if (!desk.isOpen()) return err(CLOSED);
  for (const slice of desk.foldArrivals()) {
    if (!slice.ok) return slice;
    await nextTurn();
    if (!desk.isOpen()) return err(CLOSED);
  }
  return ok(undefined);
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { cashLinesOf, usedReceipt } from '../../../../src-shared/domain/fees/cash-sheet.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { appendOfficeAct } from '../../calls/office-acts.ts';
import { removeTracesGently, writeErasure } from '../../desk/erasures.ts';
import { readDossier } from './act-on-dossier.ts';

type EraseError = CommonError | WireError<'dossiers.unknown' | 'dossiers.keyReused'>;

/** Erases a dossier: gone from lists, search and papers when this answers, and from the pages of the disk when they allow it. */
export async function eraseDossier(input: ParsedInput<'dossiers.erase'>, { desk, officer }: OfficerContext): Promise<Result<Record<string, never>, EraseError>> {
  const subject = input.id as SubjectId;
  const erased = answerOnce<Record<string, never>, EraseError>(desk, { key: input.idempotencyKey, call: 'dossiers.erase', input }, (writing) => {
    const dossier = readDossier(desk, subject);
    if (!dossier) return err(wireError('dossiers.unknown'));
    // The money goes out of the sheet with the dossier; its biên lai must never be proposed or written again.
    for (const receipt of cashLinesOf(dossier).flatMap((line) => usedReceipt(line) ?? [])) {
      appendOfficeAct(writing, desk, { kind: 'receiptBook.numberMarked', actor: officer, body: { ...receipt, mark: 'erased', reason: 'Hồ sơ đã xóa hẳn' } });
    }
    writeErasure(desk, writing, { subject, actor: officer, reason: input.reason });
    return ok({});
  });
  if (!erased.ok) return erased;
  desk.reloadOffice();
  const removed = await removeTracesGently(desk, nextTurn);
  // The act is durable; the next checkpoint or start goes on where this stopped.
  if (!removed.ok) process.emitWarning(`erasure not finished: ${removed.error.code}`);
  return erased;
}

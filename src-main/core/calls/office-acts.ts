import type { OfficeBody, OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import { officeKindVersions } from '../../../src-shared/domain/office/office-operations.ts';
import type { CommonError } from '../../../src-shared/contract/errors.ts';
import type { Operation, OperationRef } from '../../../src-shared/domain/operations/operation.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { Writing } from '../../../src-node/operations/log.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import { writeAndNote, writingFault } from './answer-once.ts';

export interface OfficeAct<K extends OfficeKind> {
  readonly kind: K;
  readonly actor: OfficerId | null;
  readonly body: OfficeBody<K>;
}

/**
 * One act about the office, with whatever must be stored beside it in the same transaction. The office is folded anew.
 * Waits for the date like every act: a desk whose date is in question answers `desks.dateQuestionOpen`.
 */
export function writeOfficeAct<K extends OfficeKind>(
  desk: OpenDesk,
  act: OfficeAct<K>,
  alongside: (writing: Writing) => void = () => undefined,
): Result<undefined, CommonError> {
  const fault = writingFault(desk);
  if (fault && !(fault.code === 'desks.dateQuestionOpen' && withoutDate(act.kind, act.actor))) return err(fault);
  const written = writeAndNote(desk, (writing) => {
    appendOfficeAct(writing, desk, act);
    alongside(writing);
    return ok(undefined);
  });
  if (written.ok) desk.reloadOffice();
  return written;
}

/**
 * The act alone, for whoever has a transaction of his own; the office is to be folded anew after it. `after` names an act of
 * the same transaction that this one follows.
 */
export function appendOfficeAct<K extends OfficeKind>(writing: Writing, desk: OpenDesk, { kind, actor, body }: OfficeAct<K>, after: readonly OperationRef[] = desk.officeHeads()): Operation {
  return writing.append({ kind, version: officeKindVersions[kind], subject: desk.officeSubject, actor, after: after.map(({ device, seq }) => ({ device, seq })), body });
}

/** Whoever opened with the recovery code cannot answer for the date, and nobody else may be able to sign in before. */
function withoutDate(kind: OfficeKind, actor: OfficerId | null): boolean {
  return kind === 'officer.passwordReset' && actor === null;
}

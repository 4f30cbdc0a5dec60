import type { OfficeBody, OfficeKind, WhoMayActKind } from '../../../src-shared/domain/office/office-operations.ts';
import { changesWhoMayAct, officeKindVersions } from '../../../src-shared/domain/office/office-operations.ts';
import type { CommonError } from '../../../src-shared/contract/errors.ts';
import type { Operation, OperationRef } from '../../../src-shared/domain/operations/operation.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { noteLaterActs } from '../../../src-node/operations/arrival.ts';
import type { Writing } from '../../../src-node/operations/log.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import { writeAndNote, writingFault } from './answer-once.ts';
import type { Announce } from './handlers.ts';

/**
 * After an act that changes who may act: folds what the log holds with a later stamp, so that lists say what the fold says
 * (rule 13). Mostly nothing is. Cut off anywhere, the next start does it, for the note was written with the act.
 */
export type JudgeAnew = (desk: OpenDesk) => Promise<void>;

export interface OfficeAct<K extends OfficeKind> {
  readonly kind: K;
  readonly actor: OfficerId | null;
  readonly body: OfficeBody<K>;
}

/**
 * One act about the office, with whatever must be stored beside it in the same transaction. The office is folded anew.
 * Waits for the date like every act: a desk whose date is in question answers `desks.dateQuestionOpen`.
 */
export function writeOfficeAct<K extends Exclude<OfficeKind, WhoMayActKind>>(
  desk: OpenDesk,
  act: OfficeAct<K>,
  alongside: (writing: Writing) => void = () => undefined,
): Result<undefined, CommonError> {
  return write(desk, act, alongside);
}

/** The same of an act that changes who may act: what is known here of later moments is judged anew before this answers. */
export async function writeWhoMayAct<K extends WhoMayActKind>(judgeAnew: JudgeAnew, desk: OpenDesk, act: OfficeAct<K>): Promise<Result<undefined, CommonError>> {
  const written = write(desk, act);
  if (written.ok) await judgeAnew(desk);
  return written;
}

function write<K extends OfficeKind>(
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
 * The act alone, for whoever has a transaction of his own; the office is to be folded anew after it, and after an act that
 * changes who may act `JudgeAnew` is due. `after` names an act of the same transaction that this one follows.
 */
export function appendOfficeAct<K extends OfficeKind>(writing: Writing, desk: OpenDesk, { kind, actor, body }: OfficeAct<K>, after: readonly OperationRef[] = desk.officeHeads()): Operation {
  const written = writing.append({ kind, version: officeKindVersions[kind], subject: desk.officeSubject, actor, after: after.map(({ device, seq }) => ({ device, seq })), body });
  if (changesWhoMayAct(kind)) noteLaterActs(writing.db, written.header.at);
  return written;
}

/** After acts that `appendOfficeAct` wrote in a transaction of its caller: the office is folded anew and every screen hears of it. */
export function tellOffice<Answer, E>(desk: OpenDesk, announce: Announce, written: Result<Answer, E>): Result<Answer, E> {
  if (!written.ok) return written;
  desk.reloadOffice();
  announce({ type: 'office' });
  return written;
}

/** Whoever opened with the recovery code cannot answer for the date, and nobody else may be able to sign in before. */
function withoutDate(kind: OfficeKind, actor: OfficerId | null): boolean {
  return kind === 'officer.passwordReset' && actor === null;
}

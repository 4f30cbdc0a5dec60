import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { CorrectableField } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { foldDossier, whyNotNext } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { parseOperationId, type Operation, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { canonicalJson } from '../../../../src-shared/lib/canonical-json.ts';
import { assert, assertNever } from '../../../../src-shared/lib/assert.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { projectDossier } from '../../../../src-node/operations/dossier-projection.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { answerOnce, type Request } from '../../calls/answer-once.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { personFault } from './person-faults.ts';

export type ActError =
  | CommonError
  | WireError<
      | 'dossiers.unknown' | 'dossiers.wrongState' | 'dossiers.badUndo' | 'dossiers.openConflict' | 'dossiers.needsUpdate'
      | 'dossiers.badContent' | 'dossiers.badPerson' | 'dossiers.badIdNumber' | 'dossiers.keyReused'
    >;

export interface ActDep {
  /** A receipt that says SỬA ĐỔI after a correction; null when none is due. */
  readonly insertAmendedReceiptJob: (writing: Writing, desk: OpenDesk, dossier: Dossier, act: Operation) => string | null;
  /** The undone act's waiting papers are given up; `dossier` is as folded after the undo. */
  readonly settleJobsAfterUndo: (writing: Writing, dossier: Dossier, undone: OperationId) => void;
}

export interface ActAnswer {
  readonly dossier: SubjectId;
  readonly job: string | null;
}

/** What was just written, as folded then; a replay has only the kept answer. */
export type ActDone = ActAnswer & { readonly folded: Dossier | undefined };

/** An operation to write, before the log gives it its place. */
export interface Act {
  readonly kind: DossierKind;
  readonly body: DossierBody<DossierKind>;
}

/** The dossier as folded now, or undefined. */
export function readDossier(desk: OpenDesk, id: string): Dossier | undefined {
  return foldDossier(desk.log.listSubject(id as SubjectId), desk.office());
}

/**
 * Writes one act about a known dossier, after asking the fold itself whether it would take effect: door and fold cannot
 * differ (rule 13). Nothing is written otherwise.
 */
export function actOnDossier<E extends WireError = never>(
  context: OfficerContext,
  request: Request & { readonly dossier: string },
  makeAct: (dossier: Dossier) => Result<Act, ActError | E>,
  paper: (writing: Writing, dossier: Dossier, act: Operation) => string | null = () => null,
): Result<ActDone, ActError | E> {
  const { desk } = context;
  const subject = request.dossier as SubjectId;
  let folded: Dossier | undefined;
  const done = answerOnce<ActAnswer, ActError | E>(desk, request, (writing) => {
    const known = desk.log.listSubject(subject);
    const before = foldDossier(known, desk.office());
    if (!before) return err(wireError('dossiers.unknown'));
    if (before.needsUpdate) return err(wireError('dossiers.needsUpdate'));
    const act = makeAct(before);
    if (!act.ok) return act;
    const written = { ...act.value, version: dossierKindVersions[act.value.kind], subject, actor: context.officer, after: before.heads.map(parseOperationId) };
    const refusal = refusalOf(writing.draft(written), before, desk);
    if (refusal) return err(refusal);
    const operation = writing.append(written);
    folded = projectDossier(writing.db, writing.names, desk.office(), [...known, operation]);
    assert(folded, 'a dossier stays one');
    return ok({ dossier: subject, job: paper(writing, folded, operation) });
  });
  return done.ok ? ok({ ...done.value, folded }) : done;
}

function refusalOf(candidate: Operation, before: Dossier, desk: OpenDesk): ActError | null {
  const reason = whyNotNext(before, candidate, desk.office());
  if (reason === null) return null;
  switch (reason) {
    case 'notPermitted':
    case 'unknownDevice':
    case 'revokedDevice':
      return wireError('session.notPermitted');
    case 'badUndo':
      return wireError('dossiers.badUndo');
    case 'notReceived':
      return wireError('dossiers.unknown');
    case 'malformed':
      return wireError('dossiers.badContent');
    case 'wrongState':
    case 'concurrent':
    case 'settledDifferently': {
      const isBlocked = candidate.header.kind === 'dossier.handedOver' && before.conflicts.some((conflict) => conflict.settledBy === null);
      return isBlocked ? wireError('dossiers.openConflict') : wireError('dossiers.wrongState', { status: before.status });
    }
    default:
      return assertNever(reason);
  }
}

/** A correction with the previous values beside the new ones; fields that stay the same are left out. */
export function correctionOf(input: ParsedInput<'dossiers.correct'>, dossier: Dossier, context: OfficerContext): Result<Act, ActError> {
  const changes = Object.entries(input.changes).flatMap(([name, after]) => {
    const field = name as CorrectableField;
    const before = (dossier.content[field] ?? null) as DossierBody<'dossier.corrected'>['changes'][number]['before'];
    return after === undefined || canonicalJson(before) === canonicalJson(after) ? [] : [{ field, before, after }];
  });
  if (changes.length === 0) return err(wireError('dossiers.badContent', { reason: 'unchanged' }, 'Chưa có gì thay đổi.'));
  const badPerson = personFault(Object.fromEntries(changes.map(({ field, after }) => [field, after])), context);
  if (badPerson) return err(badPerson);
  return ok({ kind: 'dossier.corrected', body: { changes, reason: input.reason } });
}

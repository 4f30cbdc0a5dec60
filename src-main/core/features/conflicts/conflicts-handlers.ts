import type { ConflictView, DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { isWayOut, needsLeader, type Conflict } from '../../../../src-shared/domain/conflicts/conflict.ts';
import { conflictAsk } from '../../../../src-shared/domain/dossiers/conflict-ask.ts';
import { foldDossier, whyNot } from '../../../../src-shared/domain/dossiers/dossier-fold.ts';
import { dossierKindVersions, type DossierBody } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { parseOperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { projectDossier } from '../../../../src-node/operations/dossier-projection.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { listDossiersInConflict } from './conflict-queries.ts';
import { listOfficeConflicts, type DescribeOperation } from './office-conflicts.ts';

export interface ConflictsDep {
  readonly announce: Announce;
  /** The conflicts of a folded dossier in words, as on its page. */
  readonly conflictsOf: (desk: OpenDesk, dossier: Dossier) => readonly ConflictView[];
  /** One operation as a side of a conflict: who, which desk, when, what. */
  readonly describe: DescribeOperation;
  /** The dossier as this officer sees it. */
  readonly view: (context: OfficerContext, dossier: Dossier) => DossierView;
}

type ConflictError =
  | CommonError
  | WireError<'dossiers.unknown' | 'conflicts.unknown' | 'conflicts.alreadySettled' | 'dossiers.needsUpdate' | 'dossiers.keyReused'>;
type SettleError = ConflictError | WireError<'conflicts.badChoice'>;

/** Lists what desks wrote against each other, and writes down what somebody decided or whom he asked. Operations are never changed. */
export function createConflictsHandlers(dep: ConflictsDep): Handlers<'conflicts.list' | 'conflicts.settle' | 'conflicts.ask'> {
  return {
    'conflicts.list': (_input, { desk }) => {
      const dossiers = listDossiersInConflict(desk).flatMap((id) => openConflictsOf(dep, desk, id));
      return ok({ conflicts: [...dossiers, ...listOfficeConflicts(desk, dep.describe)] });
    },
    'conflicts.settle': (input, context) => shown(dep, context, settle(input, context)),
    'conflicts.ask': (input, context) => shown(dep, context, ask(input, context)),
  };
}

/** Tells the screens and answers with the dossier as it is now. */
function shown<E>(dep: ConflictsDep, context: OfficerContext, done: Result<{ dossier: SubjectId }, E>): Result<{ dossier: DossierView }, E> {
  if (!done.ok) return done;
  dep.announce({ type: 'dossier', id: done.value.dossier });
  const dossier = readDossier(context.desk, done.value.dossier);
  assert(dossier, 'a dossier that was just written about can be read');
  return ok({ dossier: dep.view(context, dossier) });
}

function openConflictsOf(dep: ConflictsDep, desk: OpenDesk, id: SubjectId): ConflictView[] {
  const dossier = readDossier(desk, id);
  return dossier ? dep.conflictsOf(desk, dossier).filter((conflict) => conflict.settledBy === null) : [];
}

function readDossier(desk: OpenDesk, id: SubjectId): Dossier | undefined {
  return foldDossier(desk.log.listSubject(id), desk.office());
}

type ConflictAct = { readonly [K in 'dossier.conflictSettled' | 'dossier.conflictAsked']: { readonly kind: K; readonly body: DossierBody<K> } }['dossier.conflictSettled' | 'dossier.conflictAsked'];

/**
 * One durable step: the act is appended, the dossier folded anew and its rows written. A replay is recognised before
 * anything is asked (rule 2). `actFor` says what to write about the conflict, null for nothing.
 */
function actOnConflict<C extends 'conflicts.settle' | 'conflicts.ask', E>(
  call: C, input: ParsedInput<C>, { desk, officer }: OfficerContext, actFor: (conflict: Conflict, before: Dossier) => Result<ConflictAct | null, E>,
): Result<{ dossier: SubjectId }, ConflictError | E> {
  const subject = input.dossier as SubjectId;
  return answerOnce<{ dossier: SubjectId }, ConflictError | E>(desk, { key: input.idempotencyKey, call, input }, (writing) => {
    const known = desk.log.listSubject(subject);
    const before = foldDossier(known, desk.office());
    if (!before) return err(wireError('dossiers.unknown'));
    if (before.needsUpdate) return err(wireError('dossiers.needsUpdate'));
    const conflict = before.conflicts.find(({ id }) => id === input.conflict);
    if (!conflict) return err(wireError('conflicts.unknown'));
    const wanted = actFor(conflict, before);
    if (!wanted.ok) return wanted;
    if (wanted.value === null) return ok({ dossier: subject });
    const { kind, body } = wanted.value;
    const act = { kind, version: dossierKindVersions[kind], subject, actor: officer, after: before.heads.map(parseOperationId), body };
    // The fold has the last word; what remains after the checks above is a role or a desk that was taken away.
    if (whyNot(known, writing.draft(act), desk.office()) !== null) return err(wireError('session.notPermitted'));
    const written = projectDossier(writing.db, writing.names, desk.office(), [...known, writing.append(act)]);
    assert(written, 'a dossier stays one');
    return ok({ dossier: subject });
  });
}

/** Who comes second with another choice is told that somebody has decided. */
function settle(input: ParsedInput<'conflicts.settle'>, context: OfficerContext): Result<{ dossier: SubjectId }, SettleError> {
  return actOnConflict<'conflicts.settle', SettleError>('conflicts.settle', input, context, (conflict) => {
    const refusal = refusalOf(conflict, input.keep, context);
    if (refusal) return err(refusal);
    return ok({ kind: 'dossier.conflictSettled', body: { conflict: conflict.id, keep: [...new Set(input.keep)].sort(), note: input.note.trim() } });
  });
}

function refusalOf(conflict: Conflict, keep: readonly string[], { roles }: OfficerContext): SettleError | null {
  if (needsLeader(conflict) && !roles.has('leader')) return wireError('session.notPermitted', { roles: ['leader'] });
  // A leader may decide anew; anybody else would silently overrule a colleague.
  if (conflict.settledBy !== null && !roles.has('leader')) return wireError('conflicts.alreadySettled');
  return isWayOut(keep, conflict.options) ? null : wireError('conflicts.badChoice');
}

/** The same is not asked twice: who comes second gets the dossier, on which the first one's name stands. */
function ask(input: ParsedInput<'conflicts.ask'>, context: OfficerContext): Result<{ dossier: SubjectId }, ConflictError> {
  return actOnConflict<'conflicts.ask', ConflictError>('conflicts.ask', input, context, (conflict, before) => {
    if (conflict.settledBy !== null) return err(wireError('conflicts.alreadySettled'));
    return ok(conflictAsk(before, conflict.id) ? null : { kind: 'dossier.conflictAsked', body: { conflict: conflict.id, note: input.note.trim() } });
  });
}

import type { ConflictView, DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { isWayOut, needsLeader, type Conflict } from '../../../../src-shared/domain/conflicts/conflict.ts';
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

type SettleError =
  | CommonError
  | WireError<'dossiers.unknown' | 'conflicts.unknown' | 'conflicts.badChoice' | 'conflicts.alreadySettled' | 'dossiers.needsUpdate' | 'dossiers.keyReused'>;

/** Lists what desks wrote against each other, and writes down what somebody decided. Operations are never changed. */
export function createConflictsHandlers(dep: ConflictsDep): Handlers<'conflicts.list' | 'conflicts.settle'> {
  return {
    'conflicts.list': (_input, { desk }) => {
      const dossiers = listDossiersInConflict(desk).flatMap((id) => openConflictsOf(dep, desk, id));
      return ok({ conflicts: [...dossiers, ...listOfficeConflicts(desk, dep.describe)] });
    },
    'conflicts.settle': (input, context) => {
      const settled = settle(input, context);
      if (!settled.ok) return settled;
      dep.announce({ type: 'dossier', id: input.dossier });
      const dossier = readDossier(context.desk, settled.value.dossier);
      assert(dossier, 'a dossier that was just settled can be read');
      return ok({ dossier: dep.view(context, dossier) });
    },
  };
}

function openConflictsOf(dep: ConflictsDep, desk: OpenDesk, id: SubjectId): ConflictView[] {
  const dossier = readDossier(desk, id);
  return dossier ? dep.conflictsOf(desk, dossier).filter((conflict) => conflict.settledBy === null) : [];
}

function readDossier(desk: OpenDesk, id: SubjectId): Dossier | undefined {
  const operations = desk.log.listSubject(id);
  return operations.length === 0 ? undefined : foldDossier(operations, desk.office());
}

/**
 * One durable step: the decision is appended, the dossier folded anew and its rows written. A replay is recognised before
 * anything is asked (rule 2); who comes second with another choice is told that somebody has decided.
 */
function settle(input: ParsedInput<'conflicts.settle'>, context: OfficerContext): Result<{ dossier: SubjectId }, SettleError> {
  const { desk, officer } = context;
  const subject = input.dossier as SubjectId;
  return answerOnce<{ dossier: SubjectId }, SettleError>(desk, { key: input.idempotencyKey, call: 'conflicts.settle', input }, (writing) => {
    const known = desk.log.listSubject(subject);
    const before = known.length === 0 ? undefined : foldDossier(known, desk.office());
    if (!before) return err(wireError('dossiers.unknown'));
    if (before.needsUpdate) return err(wireError('dossiers.needsUpdate'));
    const conflict = before.conflicts.find(({ id }) => id === input.conflict);
    const refusal = refusalOf(conflict, input.keep, context);
    if (refusal) return err(refusal);
    const body: DossierBody<'dossier.conflictSettled'> = { conflict: input.conflict, keep: [...new Set(input.keep)].sort(), note: input.note.trim() };
    const kind = 'dossier.conflictSettled';
    const act = { kind, version: dossierKindVersions[kind], subject, actor: officer, after: before.heads.map(parseOperationId), body };
    // The fold has the last word; what remains after the checks above is a role or a desk that was taken away.
    if (whyNot(known, writing.draft(act), desk.office()) !== null) return err(wireError('session.notPermitted'));
    const written = projectDossier(writing.db, writing.names, desk.office(), [...known, writing.append(act)]);
    assert(written, 'a dossier stays one');
    return ok({ dossier: subject });
  });
}

function refusalOf(conflict: Conflict | undefined, keep: readonly string[], { roles }: OfficerContext): SettleError | null {
  if (!conflict) return wireError('conflicts.unknown');
  if (needsLeader(conflict) && !roles.has('leader')) return wireError('session.notPermitted', { roles: ['leader'] });
  // A leader may decide anew; anybody else would silently overrule a colleague.
  if (conflict.settledBy !== null && !roles.has('leader')) return wireError('conflicts.alreadySettled');
  return isWayOut(keep, conflict.options) ? null : wireError('conflicts.badChoice');
}

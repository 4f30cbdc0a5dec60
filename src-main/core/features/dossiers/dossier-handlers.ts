import type { DossierRow, DossierView, PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { actOnDossier, correctionOf, readDossier, type ActDone, type ActDep } from './act-on-dossier.ts';
import { operationOf, type ClockDep, type OperationDep } from './act-operations.ts';
import { eraseDossier } from './erase-dossier.ts';
import { receiveDossier, type ReceiveDep } from './receive-dossier.ts';
import { refuseReception, type RefuseDep } from './refuse-reception.ts';

export interface DossiersDep extends ReceiveDep, ActDep, OperationDep, RefuseDep {
  readonly announce: Announce;
  /** As this officer sees it; `papers` where the caller has them at hand. */
  readonly view: (context: OfficerContext, dossier: Dossier, papers?: readonly PrintJobView[]) => DossierView;
  readonly job: (desk: OpenDesk, id: string) => PrintJobView | undefined;
  readonly search: (desk: OpenDesk, input: ParsedInput<'dossiers.search'>, context: OfficerContext) => { dossiers: DossierRow[]; cursor: string | null };
  readonly counts: (desk: OpenDesk, context: OfficerContext) => OutputOf<'dossiers.counts'>;
}

export function createDossierHandlers(
  dep: DossiersDep,
): Handlers<
  | 'dossiers.receive' | 'dossiers.refuse' | 'dossiers.act' | 'dossiers.previewNewDate' | 'dossiers.correct' | 'dossiers.void' | 'dossiers.erase'
  | 'dossiers.get' | 'dossiers.history' | 'dossiers.search' | 'dossiers.counts'
> {
  const answer = <E>(context: OfficerContext, done: Result<ActDone & { readonly papers?: readonly PrintJobView[] | undefined }, E>) => {
    if (!done.ok) return done;
    dep.announce({ type: 'dossier', id: done.value.dossier });
    const dossier = done.value.folded ?? readDossier(context.desk, done.value.dossier);
    assert(dossier, 'what was just written can be read');
    const shown = dep.view(context, dossier, done.value.papers);
    const job = done.value.job === null ? null : (shown.jobs.find(({ id }) => id === done.value.job) ?? dep.job(context.desk, done.value.job) ?? null);
    if (job) dep.announce({ type: 'printing', job: job.id });
    return ok({ dossier: shown, job });
  };
  const draftGone = <Answer extends { readonly ok: boolean }>(draft: string | undefined, done: Answer): Answer => {
    if (done.ok && draft) dep.announce({ type: 'drafts' });
    return done;
  };
  return {
    'dossiers.receive': (input, context) => draftGone(input.draft, answer(context, receiveDossier(dep, input, context))),
    'dossiers.refuse': (input, context) => draftGone(input.draft, refuseReception(dep, input, context)),
    'dossiers.act': (input, context) =>
      answer(
        context,
        actOnDossier(
          context,
          { key: input.idempotencyKey, call: 'dossiers.act', input, dossier: input.id },
          (dossier) => operationOf(dep, input.act, context, dossier),
          (writing, dossier) => settlePapers(dep, input.act, writing, dossier),
        ),
      ),
    'dossiers.previewNewDate': (input, context) => previewNewDate(dep, input, context),
    'dossiers.correct': (input, context) =>
      answer(
        context,
        actOnDossier(
          context,
          { key: input.idempotencyKey, call: 'dossiers.correct', input, dossier: input.id },
          (dossier) => correctionOf(input, dossier, context),
          (writing, dossier, act) => dep.insertAmendedReceiptJob(writing, context.desk, dossier, act),
        ),
      ),
    'dossiers.void': (input, context) =>
      answer(
        context,
        actOnDossier(context, { key: input.idempotencyKey, call: 'dossiers.void', input, dossier: input.id }, () => ok({ kind: 'dossier.voided', body: { reason: input.reason } })),
      ),
    'dossiers.erase': async (input, context) => {
      const erased = await eraseDossier(input, context);
      if (erased.ok) {
        dep.announce({ type: 'dossier', id: input.id });
        dep.announce({ type: 'office' });
        dep.announce({ type: 'drafts' });
      }
      return erased;
    },
    'dossiers.get': ({ id }, context) => {
      const dossier = readDossier(context.desk, id);
      return dossier ? ok({ dossier: dep.view(context, dossier) }) : err(wireError('dossiers.unknown'));
    },
    'dossiers.history': ({ id }, context) => {
      const dossier = readDossier(context.desk, id);
      return dossier ? ok({ history: dep.view(context, dossier).history }) : err(wireError('dossiers.unknown'));
    },
    'dossiers.search': (input, context) => ok(dep.search(context.desk, input, context)),
    'dossiers.counts': (_input, context) => ok(dep.counts(context.desk, context)),
  };
}

/** The date of an apology made now; nothing is written. */
function previewNewDate(dep: ClockDep, { id, newDate }: ParsedInput<'dossiers.previewNewDate'>, { desk, officer }: OfficerContext) {
  const dossier = readDossier(desk, id);
  if (!dossier) return err(wireError('dossiers.unknown'));
  const extended = dep.extendAppointment(desk, dossier, newDate, desk.clock.nowMs(), officer);
  return extended.ok ? ok({ appointment: extended.value }) : extended;
}

/** An act makes no paper of its own, but an undo may take one back. */
function settlePapers(dep: ActDep, act: ParsedInput<'dossiers.act'>['act'], writing: Writing, dossier: Dossier): null {
  if (act.act === 'undo') dep.settleJobsAfterUndo(writing, dossier, act.operation as OperationId);
  return null;
}

import type { PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import type { DossierReceived } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { DossierBody } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import type { OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';

type JobCopy = PrintJobView['copies'][number];

export interface Outcome {
  readonly copy: JobCopy['copy'];
  readonly outcome: 'printed' | 'failed' | 'unknown';
}

/**
 * What a report changes. Null when it takes back a sheet that is out: a paper printed once is never an original again
 * (rule 8). Saying again what is known already changes nothing; `unknown` and `failed` may still become anything.
 */
export function changedOutcomes(copies: readonly JobCopy[], outcomes: readonly Outcome[]): readonly Outcome[] | null {
  const changed = outcomes.filter(({ copy, outcome }) => copies.some((known) => known.copy === copy && known.outcome !== outcome));
  const takesBack = changed.some(({ copy }) => copies.some((known) => known.copy === copy && known.outcome === 'printed'));
  return takesBack ? null : changed;
}

/** A report names copies of the job, each once. */
export function namesOwnCopies(copies: readonly JobCopy[], outcomes: readonly Outcome[]): boolean {
  const named = new Set(outcomes.map(({ copy }) => copy));
  return named.size === outcomes.length && copies.filter(({ copy }) => named.has(copy)).length === outcomes.length;
}

export interface PaperBasis {
  /** The last act whose words stand on a paper printed now: the newest correction in effect, else the reception. */
  readonly act: OperationId;
  readonly amended: number;
}

/**
 * What a paper of this dossier is based on now. An earlier job with the same basis shows the same words, so its data are
 * used again; after a correction they are not. The act is also what a report about the sheet names, so a correction whose
 * paper is out can be undone by the leader only.
 */
export function paperBasis(dossier: Dossier): PaperBasis {
  const applied = dossier.history.filter(({ effect }) => effect === 'applied');
  const birth = applied.find(({ header }) => header.kind === 'dossier.received' || header.kind === 'dossier.imported');
  assert(birth, 'a folded dossier was received or imported');
  const correction = applied.findLast(({ header }) => header.kind === 'dossier.corrected');
  return { act: (correction ?? birth).id, amended: dossier.amendments };
}

/** True when nobody has a receipt: the dossier was received without one, and none was printed on any desk since. */
export function hasNoPaperYet(dossier: Dossier): boolean {
  const birth = dossier.history.find(({ header, effect }) => effect === 'applied' && header.kind === 'dossier.received');
  const wanted = birth ? (birth.body as DossierReceived).receiptWanted : true;
  return !wanted && !dossier.history.some(({ header }) => header.kind === 'dossier.paperReported' || header.kind === 'dossier.paperReprinted');
}

/** A sheet with the words of this act came out, by whichever job and at whichever desk. */
export function isOnPaper(dossier: Dossier, sheet: Pick<DossierBody<'dossier.paperReported'>, 'act' | 'form' | 'copy'>): boolean {
  return dossier.history.some(({ header, body, effect }) => {
    if (header.kind !== 'dossier.paperReported' || effect !== 'applied') return false;
    const report = body as DossierBody<'dossier.paperReported'>;
    return report.outcome === 'printed' && report.act === sheet.act && report.form === sheet.form && report.copy === sheet.copy;
  });
}

/** A paper that was given up before any sheet of it came out is nothing to look at or to print. */
export function isShown(job: { readonly isDue: boolean; readonly copies: readonly JobCopy[] }): boolean {
  return job.isDue || job.copies.some(({ outcome }) => outcome === 'printed');
}

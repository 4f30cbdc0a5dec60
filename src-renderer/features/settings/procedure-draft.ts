import type { ProcedureView } from '../../../src-shared/contract/procedures.api.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { flowOf, isSameFlow, stepDraftsOf, type StepDraft } from './step-drafts.ts';

/** What the simple form can change of an entry, and the patch that comes out of it. */
type Entry = ProcedureView['entry'];
type FeeLine = Entry['fees'][number];

export type TermUnit = 'working_day' | 'calendar_day' | 'hour';

export interface ProcedureDraft {
  readonly termValue: number | undefined;
  readonly termUnit: TermUnit | undefined;
  readonly keptPapers: ReadonlySet<string>;
  readonly newPaper: string;
  /** By line; undefined: nobody knows the sum. */
  readonly dongByFee: Readonly<Record<string, number | undefined>>;
  readonly steps: readonly StepDraft[];
  readonly reason: string;
}

export function draftOf(entry: Entry): ProcedureDraft {
  const term = entry.terms.direct?.term;
  const counted = term !== undefined && 'value' in term ? term : undefined;
  return {
    termValue: counted?.value, termUnit: counted?.unit, keptPapers: new Set(entry.papers.map((paper) => paper.id)), newPaper: '', reason: '', steps: stepDraftsOf(entry),
    dongByFee: Object.fromEntries(entry.fees.map((fee) => [fee.id, dongOf(fee)])),
  };
}

/** The term that is typed, or the catalogue's own where it is not counted. */
export function draftTerm(entry: Entry, { termUnit, termValue }: ProcedureDraft): Term | undefined {
  return termUnit === undefined || termValue === undefined ? entry.terms.direct?.term : { unit: termUnit, value: termValue };
}

/** Lines with one sum, or none known yet, can be typed; certified pages and free lines are the catalogue's. */
export function isTypedFee(fee: FeeLine): boolean {
  const rule = fee.amounts.direct?.rule;
  return rule === 'fixed' || rule === 'unknown';
}

function dongOf(fee: FeeLine): number | undefined {
  return fee.amounts.direct?.rule === 'fixed' ? fee.amounts.direct.dong : undefined;
}

/** Only the members that were changed; the core lays them over the entry and checks the whole. */
export function patchOf(entry: Entry, draft: ProcedureDraft): Record<string, unknown> {
  const before = draftOf(entry);
  const patch: Record<string, unknown> = {};
  if (draft.termUnit !== undefined && draft.termValue !== undefined && (draft.termUnit !== before.termUnit || draft.termValue !== before.termValue)) {
    patch['terms'] = { ...entry.terms, direct: { term: { unit: draft.termUnit, value: draft.termValue }, confirmed: true } };
  }
  const newPaper = draft.newPaper.trim();
  if (draft.keptPapers.size !== entry.papers.length || newPaper !== '') {
    const kept = entry.papers.filter((paper) => draft.keptPapers.has(paper.id));
    patch['papers'] = newPaper === '' ? kept
      : [...kept, { id: freeId(entry), name: newPaper, kind: 'original', kindUnsure: false, count: 1, requirement: 'compulsory' }];
  }
  if (!isSameFlow(draft.steps, before.steps)) patch['flow'] = flowOf(draft.steps);
  if (entry.fees.some((fee) => draft.dongByFee[fee.id] !== before.dongByFee[fee.id])) patch['fees'] = entry.fees.map((fee) => changedFee(fee, draft.dongByFee[fee.id]));
  return patch;
}

function changedFee(fee: FeeLine, dong: number | undefined): FeeLine {
  const { direct } = fee.amounts;
  if (dong === undefined || direct === undefined || dong === dongOf(fee)) return fee;
  return { ...fee, amounts: { ...fee.amounts, direct: { rule: 'fixed', dong, per: direct.rule === 'fixed' ? direct.per : 'dossier' } }, confirmed: true };
}

function freeId(entry: Entry): string {
  const taken = new Set(entry.papers.map((paper) => paper.id));
  let number = entry.papers.length + 1;
  while (taken.has(`them-${number}`)) number += 1;
  return `them-${number}`;
}

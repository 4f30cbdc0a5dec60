import { vi } from '../../text/vi.ts';
import { t } from '../../text/t.ts';
import type { TermUnit } from './procedure-draft.ts';

/** The least that a procedure of the office itself needs; the rest follows, and is changed in the editor afterwards. */
export interface NewProcedureDraft {
  readonly name: string;
  readonly shortName: string;
  readonly sector: string;
  readonly termValue: number | undefined;
  readonly termUnit: TermUnit;
  /** One to a line. */
  readonly papers: string;
  readonly result: string;
  readonly levyDong: number | undefined;
  readonly reason: string;
}

export const NEW_PROCEDURE: NewProcedureDraft = { name: '', shortName: '', sector: '', termValue: undefined, termUnit: 'working_day', papers: '', result: '', levyDong: undefined, reason: '' };

const OWN_CODE = /^DP\.(\d{1,6})$/;

/** The next number of the office's own codes. Two desks that take the same one make two versions of one procedure, and both show. */
export function nextOwnCode(codes: readonly string[]): string {
  const numbers = codes.map((code) => Number(OWN_CODE.exec(code)?.[1] ?? 0));
  return `DP.${Math.max(0, ...numbers) + 1}`;
}

export function paperNames({ papers }: Pick<NewProcedureDraft, 'papers'>): readonly string[] {
  return papers.split('\n').map((name) => name.trim()).filter((name) => name !== '');
}

/** The whole entry as the core checks it: at the commune, with an appointment, received and settled in one step. */
export function entryOf(draft: NewProcedureDraft): Readonly<Record<string, unknown>> {
  const words = vi.officeSettings.procedure;
  return {
    name: draft.name.trim(),
    shortName: draft.shortName.trim(),
    keywords: [],
    sector: draft.sector.trim(),
    levels: ['Cấp xã'],
    authority: 'commune',
    mode: 'appointment',
    fourOnTheSpot: null,
    note: null,
    terms: { direct: { term: { unit: draft.termUnit, value: draft.termValue }, confirmed: true } },
    papers: paperNames(draft).map((name, index) => ({ id: `giay-${index + 1}`, name, kind: 'original', kindUnsure: false, count: 1, requirement: 'compulsory' })),
    fields: [],
    certification: false,
    fees: draft.levyDong === undefined || draft.levyDong === 0 ? []
      : [{ id: 'le-phi', kind: 'levy', name: words.feeName, amounts: { direct: { rule: 'fixed', dong: draft.levyDong, per: 'dossier' } }, exemptions: [], confirmed: true }],
    results: [{ name: draft.result.trim(), code: null, count: 1 }],
    flow: [{ name: words.step, role: 'specialist', shareMinutes: null }],
    decision: null,
    source: { address: null, note: t(words.source, { reason: draft.reason.trim() }) },
  };
}

import { z } from 'zod';
import { procedureSchema } from './procedure.ts';
import type { Doubt, DoubtPart, Procedure } from './procedure.ts';

/** Changing parts of an entry for one office, and what that does to the entry's doubts. */

const shape = procedureSchema.shape;
const patchShape = {
  shortName: shape.shortName.optional(),
  keywords: shape.keywords.optional(),
  mode: shape.mode.optional(),
  note: shape.note.optional(),
  terms: shape.terms.optional(),
  papers: shape.papers.optional(),
  fields: shape.fields.optional(),
  fees: shape.fees.optional(),
  results: shape.results.optional(),
  flow: shape.flow.optional(),
} as const;

/** The members an office may set for itself. Code, name, sector and authority stay those of the catalogue. */
export const ADJUSTABLE_PARTS = Object.keys(patchShape) as readonly (keyof typeof patchShape)[];

export const adjustmentPatchSchema = z
  .strictObject(patchShape)
  .refine((patch) => Object.values(patch).some((part) => part !== undefined), { error: 'chưa sửa mục nào' });
export type AdjustmentPatch = Readonly<z.infer<typeof adjustmentPatchSchema>>;

/**
 * The entry with the patch laid over it. What the office has set itself is no longer doubtful: it answers for it with
 * the reason of the act. What it marked unconfirmed itself becomes a doubt.
 */
export function adjustProcedure(procedure: Procedure, patch: AdjustmentPatch): Procedure {
  const parts = Object.fromEntries(Object.entries(patch).filter(([, part]) => part !== undefined)) as Partial<Procedure>;
  const changed: Procedure = { ...procedure, ...parts };
  const settled = new Set<DoubtPart>();
  if (patch.terms !== undefined && !hasUnsureTerm(patch.terms)) settled.add('term');
  if (patch.fees !== undefined && !hasUnsureFee(patch.fees)) settled.add('fees');
  for (const part of ['papers', 'results', 'flow'] as const) if (patch[part] !== undefined) settled.add(part);
  const doubts = withOwnDoubts(changed, procedure.doubts.filter((doubt) => !settled.has(doubt.part)));
  return { ...changed, doubts: [...doubts], confirmed: doubts.length === 0 };
}

/** The doubts of an entry, with one added for a term or fee that is marked unconfirmed and not yet explained. */
export function withOwnDoubts(entry: Pick<Procedure, 'terms' | 'fees'>, doubts: readonly Doubt[]): readonly Doubt[] {
  const parts = new Set(doubts.map((doubt) => doubt.part));
  const own: Doubt[] = [];
  if (hasUnsureTerm(entry.terms) && !parts.has('term')) own.push({ part: 'term', note: 'Thời hạn do đơn vị ghi, chưa xác nhận.' });
  if (hasUnsureFee(entry.fees) && !parts.has('fees')) own.push({ part: 'fees', note: 'Phí, lệ phí do đơn vị ghi, chưa xác nhận.' });
  return [...doubts, ...own];
}

function hasUnsureTerm(terms: Procedure['terms']): boolean {
  return [terms.direct, terms.online, terms.post].some((entry) => entry?.confirmed === false);
}

function hasUnsureFee(fees: Procedure['fees']): boolean {
  return fees.some((fee) => !fee.confirmed || fee.exemptions.some((exemption) => !exemption.confirmed));
}

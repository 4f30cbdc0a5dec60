/** Phiếu kiểm soát quá trình giải quyết hồ sơ (domain.md §c.2 item 6) as data. Goes with the dossier from hand to hand; it grows. */
import { z } from 'zod';
import { formatRegisterBook } from '../../domain/numbers/number-series.ts';
import type { Dossier } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import { assert } from '../../lib/assert.ts';
import { paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';
import { controlRows } from './control-rows.ts';

const line = (max: number) => z.string().max(max);

const outcomeSchema = z.enum(['early', 'onTime', 'late']).nullable();

const controlStepSchema = z
  .strictObject({
    name: line(120),
    dueAt: z.int().nullable(),
    ended: z.strictObject({ name: line(120), outcome: outcomeSchema }).readonly().nullable(),
  })
  .readonly();

const controlRowSchema = z
  .strictObject({
    giver: line(200).nullable(),
    taker: line(200).nullable(),
    givenAt: z.int().nullable(),
    takenAt: z.int().nullable(),
    outcome: outcomeSchema,
    step: controlStepSchema.nullable(),
    note: line(700).nullable(),
  })
  .readonly();

export const controlSheetDataSchema = z
  .strictObject({
    ...paperFactsShape,
    register: z.strictObject({ book: line(40), ordinal: line(20) }).readonly().nullable(),
    dueAt: z.int().nullable(),
    /** Cơ quan giải quyết; the unit itself where the dossier was not forwarded. */
    decidingAgency: line(200),
    /** Cơ quan phối hợp. */
    coAgency: line(200).nullable(),
    rows: z.array(controlRowSchema).readonly(),
  })
  .readonly();
export type ControlSheetData = z.infer<typeof controlSheetDataSchema>;

export function controlSheetData(dossier: Dossier, office: Office): ControlSheetData {
  const birth = dossier.history.find(({ header, effect }) => effect === 'applied' && (header.kind === 'dossier.received' || header.kind === 'dossier.imported'));
  assert(birth, 'a folded dossier was received or imported');
  const facts = paperFactsOf(dossier, birth, office);
  return {
    ...facts,
    register: dossier.register && { book: formatRegisterBook(dossier.register), ordinal: String(dossier.register.counter) },
    dueAt: dossier.content.appointment.dueAt,
    decidingAgency: facts.officeHead.unitLines.join(' ').slice(0, 200),
    coAgency: dossier.forwardedTo,
    rows: controlRows(dossier, office),
  };
}

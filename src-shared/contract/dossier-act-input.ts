import { z } from 'zod';
import { instantSchema, newDateChoiceSchema } from '../domain/deadlines/appointment-choice.ts';
import { paperSchema } from '../domain/dossiers/dossier-content.ts';
import { handOverSchema, resultSchema } from '../domain/dossiers/dossier-operations.ts';
import { feeBodySchemas, receiptNumberSchema } from '../domain/fees/fee-operations.ts';
import { personSchema } from '../domain/persons/person.ts';

/** A number read off the paper: whoever sends one says so. The program proposes and never makes one. */
const seenReceiptSchema = receiptNumberSchema.extend({ seenOnPaper: z.literal(true) });
const { 'dossier.feeCollected': collected, 'dossier.feeExempted': exempted, 'dossier.feeRefunded': refunded, 'dossier.feeVoided': voided } = feeBodySchemas;

/** What `dossiers.act` takes: only what the officer decides. Times, stopped clocks and computed dates come from the core. */
const reasonSchema = z.string().trim().min(1).max(600);
const noteSchema = z.string().trim().max(300);
/** The place of a step in the dossier's flow, to which it comes with the act; absent: it stays where it is. */
const stepSchema = z.int().min(0).max(39);

export const actSchema = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('take') }),
  /** Who works on it; also anew. */
  z.strictObject({ act: z.literal('assign'), officer: z.uuid(), note: noteSchema.optional(), step: stepSchema.optional() }),
  /** The same officer goes on with another step. */
  z.strictObject({ act: z.literal('moveStep'), step: stepSchema, note: noteSchema.optional() }),
  /** The paper dossier goes from the acting officer to another one, now or at the time given. */
  z.strictObject({ act: z.literal('transfer'), to: z.uuid(), givenAt: instantSchema.optional(), note: noteSchema.optional(), step: stepSchema.optional() }),
  /** The acting officer has the paper dossier that was given to him. */
  z.strictObject({ act: z.literal('confirmTransfer') }),
  z.strictObject({ act: z.literal('requestSupplement'), papers: z.array(z.string().trim().min(1).max(400)).min(1).max(40), reason: reasonSchema, repeatReason: z.string().max(300).optional() }),
  z.strictObject({ act: z.literal('receiveSupplement'), papers: z.array(paperSchema).max(60) }),
  /** Nghĩa vụ tài chính; null: the sum is not known yet, which is not nothing. */
  z.strictObject({ act: z.literal('requestDuty'), text: reasonSchema, dong: z.int().min(0).nullable() }),
  z.strictObject({ act: z.literal('meetDuty'), evidence: noteSchema.min(1) }),
  z.strictObject({ act: z.literal('apologise'), reason: reasonSchema, repeatReason: noteSchema.optional(), newDate: newDateChoiceSchema }),
  z.strictObject({ act: z.literal('forward'), agency: z.string().trim().min(1).max(200), note: noteSchema.optional() }),
  z.strictObject({ act: z.literal('withdraw'), reason: reasonSchema, by: personSchema }),
  z.strictObject({ act: z.literal('stop'), reason: reasonSchema }),
  z.strictObject({ act: z.literal('refuse'), reason: reasonSchema }),
  z.strictObject({ act: z.literal('finish'), result: resultSchema }),
  z.strictObject({ act: z.literal('rework'), reason: reasonSchema }),
  z.strictObject({ act: z.literal('handOver'), ...handOverSchema.shape }),
  /** receipt null: the biên lai is written later. */
  z.strictObject({ act: z.literal('collectFee'), ...collected.shape, receipt: seenReceiptSchema.nullable() }),
  z.strictObject({ act: z.literal('issueFeeReceipt'), collection: z.string().max(60), receipt: seenReceiptSchema }),
  z.strictObject({ act: z.literal('exemptFee'), ...exempted.shape }),
  z.strictObject({ act: z.literal('refundFee'), ...refunded.shape }),
  /** Entered wrongly; money that went back is a refund. */
  z.strictObject({ act: z.literal('voidFee'), ...voided.shape }),
  z.strictObject({ act: z.literal('undo'), operation: z.string().max(60), reason: z.string().max(300).default('') }),
]);
export type DossierActInput = z.input<typeof actSchema>;

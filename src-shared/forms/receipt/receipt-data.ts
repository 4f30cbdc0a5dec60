/**
 * Everything that stands on the receipt, and nothing that has to be looked up or decided while printing. A print job
 * keeps this data with its form version, so that a reprint years later shows the same paper (design §5 "Words").
 * Fields: domain.md §c.2 item 1. `null` means "not known": a dotted line or nothing, as the official form does.
 */
import { z } from 'zod';
import { ID_KINDS } from '../../domain/persons/person.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import { officeHeadSchema } from '../paper/office-head.ts';
import { paperCodesSchema } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);
const count = z.int().min(0).max(9_999);

const identity = {
  name: line(200),
  idKind: z.enum(ID_KINDS),
  idNumber: line(40).nullable(),
  phone: line(40).nullable(),
  email: line(160).nullable(),
  address: line(400).nullable(),
};

export const receiptPaperSchema = z
  .strictObject({
    name: line(400),
    original: count,
    certified: count,
    photo: count,
    /** Shown to the officer and taken back; with counts, what was handed in was compared with the original. */
    seen: z.boolean(),
    /** Asked for by the procedure but not brought ("thiếu"). */
    missing: z.boolean(),
    note: line(200).nullable(),
  })
  .readonly();
export type ReceiptPaper = z.infer<typeof receiptPaperSchema>;

export const receiptDocumentSchema = z
  .strictObject({
    name: line(400),
    pages: count,
    copies: count,
    note: line(200).nullable(),
  })
  .readonly();
export type ReceiptDocument = z.infer<typeof receiptDocumentSchema>;

export const receiptDataSchema = z
  .strictObject({
    officeHead: officeHeadSchema,
    placeName: line(80),
    /** Date of the paper and of the reception; not taken from `receivedAt`, because a clock may be wrong (design §2). */
    businessDate: z.string().refine(isIsoDate),
    /** All codes of the dossier; the office's own is the large one (R4). */
    codes: paperCodesSchema,
    submitter: z.strictObject({ honorific: z.enum(['ông', 'bà', 'ông/bà']), ...identity }).readonly(),
    /** Only when the owner is not the submitter. */
    owner: z.strictObject(identity).readonly().nullable(),
    authorised: z.strictObject({ ...identity, authorisation: line(200).nullable() }).readonly().nullable(),
    channelText: line(160).nullable(),
    procedureName: line(1_000),
    /** Nội dung yêu cầu giải quyết as printed; when it begins with the procedure's name, that part is bold. */
    request: line(1_200),
    /** A table of papers brought, or of documents to certify. */
    contents: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('papers'), papers: z.array(receiptPaperSchema).max(60).readonly() }).readonly(),
      z.strictObject({ kind: z.literal('certification'), documents: z.array(receiptDocumentSchema).max(60).readonly() }).readonly(),
    ]),
    sets: z.int().min(1).max(99),
    termText: line(300).nullable(),
    /** UTC milliseconds; printed as office time to the minute. */
    receivedAt: z.int(),
    /** UTC milliseconds; null where no date can be promised. */
    dueAt: z.int().nullable(),
    /** Without `dueAt`: the words in the box instead of a date ("Trả ngay tại quầy"); with it: a note under the date. */
    dueText: line(200).nullable(),
    /** Giai đoạn 2, for procedures returned in two stages. */
    secondStage: z.strictObject({ receivedText: line(120).nullable(), dueText: line(120).nullable() }).readonly().nullable(),
    /** The due date lies beyond the calendar that the office has (settled.md 7). */
    calendarUnconfirmed: z.boolean(),
    /** The date was typed after a clock fault and nobody has confirmed it (design §2). */
    clockUnverified: z.boolean(),
    deliveryText: line(300).nullable(),
    /** Phí and lệ phí in words, apart; null is unknown and never printed as free (settled.md 14). */
    feeText: line(300).nullable(),
    levyText: line(300).nullable(),
    register: z.strictObject({ book: line(40), ordinal: line(20) }).readonly().nullable(),
    hotlineText: line(120).nullable(),
    lookupText: line(160).nullable(),
    /** What else the office says at the foot; papers of before say nothing of it. */
    footNotes: z.array(line(200)).max(2).readonly().optional(),
    /** Address behind the second QR "Tra cứu"; null leaves it out. */
    lookupUrl: line(200).nullable(),
    officerName: line(120),
    deskName: line(60),
    /** Short hash by which the paper can be compared with the log. */
    checkCode: line(40),
    /** Payload of the first QR, made by `encodeReceiptQr`. */
    qrText: line(412).min(1),
    /** UTC milliseconds of this printing; null leaves the time out. */
    printedAt: z.int().nullable(),
    marks: z
      .strictObject({
        /** 0 = the original, n = BẢN IN LẠI lần n (R8). */
        reprint: z.int().min(0).max(999),
        /** 0 = as received, n = SỬA ĐỔI lần n. */
        amended: z.int().min(0).max(999),
        training: z.boolean(),
        /** The code is the desk's own and the province's system will give the official one (R4). */
        provisional: z.boolean(),
      })
      .readonly(),
  })
  .readonly();
export type ReceiptData = z.infer<typeof receiptDataSchema>;

import { z } from 'zod';
import { FEE_MEANS, receiptNumberSchema } from '../domain/fees/fee-operations.ts';
import { isIsoDate } from '../lib/office-time.ts';
import { defineCall } from './call.ts';
import { idempotencyKeySchema } from './dossiers.api.ts';
import { printJobSchema } from './dossier-views.ts';
import { dongSchema } from './fee-views.ts';

/** The cash sheet (bảng kê thu) of any days, and the books of pre-printed biên lai. Money of one dossier goes through `dossiers.act`. */
const daySchema = z.string().refine(isIsoDate);
const sheetOf = z.object({ from: daySchema, to: daySchema, officer: z.uuid().optional(), desk: z.uuid().optional() });

const bothMeans = z.object({ cash: dongSchema, transfer: dongSchema });
const sumsSchema = z.object({
  collected: bothMeans,
  refunded: bothMeans,
  /** Collected less refunded; below nothing where what went back was taken on another day. */
  net: dongSchema,
  netDong: z.int(),
  netCashDong: z.int(),
  collections: z.int(),
  refunds: z.int(),
  exemptions: z.int(),
  /** Entered wrongly and taken back: listed, not counted. */
  voids: z.int(),
});

const cashLineSchema = z.object({
  id: z.string(),
  what: z.enum(['collected', 'exempted', 'refunded']),
  dossier: z.uuid(),
  code: z.string(),
  otherCodes: z.array(z.string()),
  ownerName: z.string(),
  procedureName: z.string(),
  businessDate: z.string(),
  at: z.int(),
  byName: z.string().nullable(),
  deskName: z.string().nullable(),
  charge: z.int(),
  levy: z.int(),
  means: z.enum(FEE_MEANS).nullable(),
  reference: z.string().nullable(),
  person: z.string().nullable(),
  receipt: receiptNumberSchema.nullable(),
  text: z.string().nullable(),
  evidence: z.string().nullable(),
  voided: z.object({ byName: z.string().nullable(), at: z.int(), reason: z.string(), receipt: z.enum(['spoiled', 'unwritten']).nullable() }).nullable(),
});
export type CashLineView = z.infer<typeof cashLineSchema>;

const groupSchema = z.object({ date: z.string(), officer: z.uuid().nullable(), officerName: z.string().nullable(), desk: z.uuid().nullable(), deskName: z.string().nullable(), sums: sumsSchema });

const bookInput = z.strictObject({
  idempotencyKey: idempotencyKeySchema,
  /** A new id records a book; a known one changes who holds it, or that it is used up. */
  book: z.uuid(),
  series: receiptNumberSchema.shape.series,
  first: receiptNumberSchema.shape.number,
  last: receiptNumberSchema.shape.number,
  desk: z.uuid(),
  officer: z.uuid(),
  closed: z.boolean().default(false),
});

const bookSchema = z.object({
  id: z.uuid(),
  series: z.string(),
  first: z.int(),
  last: z.int(),
  desk: z.uuid(),
  deskName: z.string().nullable(),
  officer: z.uuid(),
  officerName: z.string().nullable(),
  closed: z.boolean(),
  /** Null: used up. */
  next: z.int().nullable(),
  used: z.int(),
  spoiled: z.array(z.object({ number: z.int(), reason: z.string(), from: z.enum(['marked', 'voided', 'erased']) })),
  /** On which the money went back, in whole or in part: reported, never used again. */
  refunded: z.array(z.int()),
  /** Passed over without a word. */
  gaps: z.array(z.object({ from: z.int(), to: z.int() })),
  /** Named by two payments, or by one and as spoiled. */
  doubled: z.array(z.int()),
});
export type ReceiptBookView = z.infer<typeof bookSchema>;

/** The sheet as a paper too: who may not read it on the screen does not see it in the print queue. */
export const SHEET_READERS = ['reception', 'processing', 'leader'] as const;
const KEEPERS = ['reception', 'leader'] as const;

export const feesCalls = {
  'fees.sheet': defineCall({
    method: 'GET', path: '/fees/sheet', summary: 'What was collected, refunded and exempted on some business days, by officer and desk, with its sums', access: SHEET_READERS,
    input: sheetOf,
    output: z.object({
      /** A thousand at most; the sums are of all. */
      lines: z.array(cashLineSchema),
      hasMore: z.boolean(),
      sums: sumsSchema,
      inWords: z.string(),
      /** Each business day, officer and desk apart. */
      groups: z.array(groupSchema),
      /** Who and which desks occur on these days, whatever was filtered. */
      officers: z.array(z.object({ id: z.uuid(), name: z.string() })),
      desks: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
    errors: ['fees.badPeriod'],
  }),
  'fees.sheetPaper': defineCall({
    method: 'GET', path: '/fees/sheet-paper', summary: 'The same as a paper to print and sign', access: SHEET_READERS,
    input: sheetOf, output: z.object({ html: z.string(), title: z.string() }), errors: ['fees.badPeriod', 'fees.sheetTooLong', 'sync.olderArriving'],
  }),
  'fees.printSheet': defineCall({
    method: 'POST', path: '/fees/sheet-paper', summary: 'Put the sheet into the print queue: the one that is due, or a copy that says BẢN IN LẠI of one that is out', access: SHEET_READERS,
    input: z.strictObject({ ...sheetOf.shape, idempotencyKey: idempotencyKeySchema }), output: z.object({ job: printJobSchema }), errors: ['fees.badPeriod', 'fees.sheetTooLong', 'sync.olderArriving', 'dossiers.keyReused'],
  }),
  'fees.nextReceipts': defineCall({
    method: 'GET', path: '/fees/next-receipts', summary: 'The next number of each open book of this desk, to be compared with the paper', access: SHEET_READERS,
    input: z.object({}), output: z.object({ books: z.array(z.object({ book: z.uuid(), series: z.string(), next: z.int(), left: z.int() })) }), errors: [],
  }),
  'fees.books': defineCall({
    method: 'GET', path: '/fees/books', summary: 'Books of biên lai: who holds them, how far they are used, gaps and spoiled numbers', access: SHEET_READERS,
    input: z.object({}),
    output: z.object({
      books: z.array(bookSchema),
      here: z.uuid(),
      desks: z.array(z.object({ id: z.uuid(), name: z.string() })),
      officers: z.array(z.object({ id: z.uuid(), name: z.string() })),
    }),
    errors: [],
  }),
  'fees.saveBook': defineCall({
    method: 'POST', path: '/fees/books', summary: 'Record a book given to a desk, who holds it now, or that it is used up', access: KEEPERS,
    input: bookInput, output: z.object({}), errors: ['fees.badBook', 'fees.bookOverlaps', 'fees.bookInUse', 'dossiers.badOfficer', 'dossiers.keyReused'],
  }),
  'fees.markNumber': defineCall({
    method: 'POST', path: '/fees/mark-number', summary: 'A number of a book whose sheet is spoiled, or is not after all', access: KEEPERS,
    input: z.strictObject({ idempotencyKey: idempotencyKeySchema, receipt: receiptNumberSchema, spoiled: z.boolean(), reason: z.string().trim().min(1).max(300) }),
    output: z.object({}), errors: ['fees.receiptUsed', 'fees.notInBook', 'fees.notMarked', 'dossiers.keyReused'],
  }),
} as const;

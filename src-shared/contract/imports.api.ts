import { z } from 'zod';
import { IMPORT_FIELDS, IMPORT_STATES } from '../domain/imports/import-words.ts';
import { defineCall, SIZE_PACK } from './call.ts';
import { idempotencyKeySchema } from './dossiers.api.ts';

/** Running dossiers out of another system's export (XLSX, CSV): what a file would bring, and bringing it. */
const importFieldSchema = z.enum(IMPORT_FIELDS);
const fieldsSchema = z.array(importFieldSchema.nullable()).max(100);
const statesSchema = z.record(z.string().max(80), z.enum(IMPORT_STATES)).default({});

/** Characters of base64: a file of 6 MB. */
export const IMPORT_FILE_BYTES_MAX = 6_000_000;
const fileShape = { fileName: z.string().trim().min(1).max(200), content: z.string().max(IMPORT_FILE_BYTES_MAX / 3 * 4) };

const countsSchema = z.object({
  /** Would be, or were, taken in. */
  good: z.int(),
  /** Their code stands here already. */
  known: z.int(),
  /** Somebody with the same ID number and procedure waits here for the province's code. */
  alike: z.int(),
  /** Over in the other system. */
  closed: z.int(),
  bad: z.int(),
});
export type ImportCounts = z.infer<typeof countsSchema>;

const rowFaultsSchema = z.object({
  line: z.int(), code: z.string(), ownerName: z.string(),
  faults: z.array(z.object({ column: z.string().nullable(), heading: z.string().nullable(), reason: z.string() })),
});

const previewSchema = z.object({
  /** Where the headings stand. */
  headingLine: z.int(),
  columns: z.array(z.object({ letters: z.string(), heading: z.string(), field: importFieldSchema.nullable(), samples: z.array(z.string()) })),
  /** Fields without a column, without which no row can be read; then none was. */
  missing: z.array(importFieldSchema),
  /** Words of states whose meaning nobody has said; `word` is how it is named in `states`. */
  unknownStates: z.array(z.object({ word: z.string(), text: z.string(), rows: z.int() })),
  counts: countsSchema,
  /** In the order of the file, 2,000 at most; those behind the last one are asked for by its line as `badRowsAfter`. */
  badRows: z.array(rowFaultsSchema),
  /** The first ones that would be taken in. */
  firstRows: z.array(z.object({ line: z.int(), code: z.string(), ownerName: z.string(), procedureName: z.string(), receivedAt: z.int(), dueAt: z.int().nullable(), status: z.enum(IMPORT_STATES) })),
  /** The first ones that are here, or seem to be. */
  hereRows: z.array(z.object({ line: z.int(), code: z.string(), ownerName: z.string(), dossier: z.uuid(), dossierCode: z.string(), isAlike: z.boolean() })),
});
export type ImportPreview = z.infer<typeof previewSchema>;

/** `stopped`: an officer ended it; what had come in stays. */
const reportSchema = z.object({ counts: countsSchema, stopped: z.boolean() });
export type ImportReport = z.infer<typeof reportSchema>;

const FILE_ERRORS = ['imports.unreadable', 'imports.encoding', 'imports.tooLarge', 'imports.noRows'] as const;

export const importsCalls = {
  'imports.preview': defineCall({
    method: 'POST', path: '/imports/preview', summary: 'What a file would bring, row by row; nothing is written', access: ['reception', 'admin'], sizeBytesMax: SIZE_PACK,
    /** Without `fields` the columns are told by their headings. */
    input: z.strictObject({ ...fileShape, fields: fieldsSchema.optional(), states: statesSchema, badRowsAfter: z.int().nonnegative().optional() }),
    output: previewSchema, errors: FILE_ERRORS,
  }),
  'imports.run': defineCall({
    method: 'POST', path: '/imports', summary: 'Take in the good rows of a file; what is here already is passed over, so it may be done again', access: ['reception', 'admin'], sizeBytesMax: SIZE_PACK,
    input: z.strictObject({
      idempotencyKey: idempotencyKeySchema, ...fileShape, fields: fieldsSchema, states: statesSchema,
      system: z.enum(['province', 'ministry']),
      /** Also rows that seem to be here under a code of our own. */
      takesAlike: z.boolean().default(false),
    }),
    output: reportSchema, errors: [...FILE_ERRORS, 'imports.columnsMissing', 'desks.workUnderWay', 'dossiers.keyReused'],
  }),
  'imports.progress': defineCall({
    method: 'GET', path: '/imports', summary: 'How far the import under way has come, and how the last one ended', access: ['reception', 'admin'],
    input: z.object({}),
    output: z.object({ running: z.object({ fileName: z.string(), done: z.int(), rows: z.int() }).nullable(), last: reportSchema.extend({ fileName: z.string() }).nullable() }), errors: [],
  }),
  'imports.stop': defineCall({
    method: 'POST', path: '/imports/stop', summary: 'End the import under way after the rows at hand', access: ['reception', 'admin'],
    input: z.strictObject({}), output: z.object({}), errors: [],
  }),
} as const;

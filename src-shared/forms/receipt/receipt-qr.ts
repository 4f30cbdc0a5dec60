/**
 * The payload of the receipt's QR, from which a lost dossier can be typed in again and its place in the log be found.
 *
 * Version MC1, 17 fields joined by `|`:
 *   MC1 | code | device.seq.hashPrefix | procedure | name | idKind | id | phone | birth | owner | received | due | sets
 *       | contents | size | book | ordinal
 * - birth is `yyyyMMdd` or `yyyy`; received and due are office time `yyyyMMddHHmm`; idKind is one letter.
 * - contents: one entry per paper, separated by `/`: original.certified.photo with trailing zeros dropped, then `S` for
 *   a paper that was only shown, `X` for a missing one. For certification the list begins with `C` and an entry is
 *   pagesXcopies. Digits and capitals, because a QR symbol packs these tighter than other letters.
 * - size: the number of entries before shortening.
 * - `\`, `|` and `~` inside text are written `\\`, `\p`, `\t`; a bare `~` at the end says that the field was shortened.
 *
 * History: MC1, 2026, the first. A program that meets a later version says so and never guesses.
 */
import { z } from 'zod';
import { ID_KINDS } from '../../domain/persons/person.ts';
import { isIsoDate, MINUTE_MS, OFFICE_OFFSET_MS } from '../../lib/office-time.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { cleanText } from '../paper/html.ts';

/** A QR symbol of version 15 at level M holds 412 bytes; a larger one has modules too small for a 19 mm print. */
export const RECEIPT_QR_BYTES_MAX = 412;

export interface ReceiptQrFields {
  readonly code: string;
  /** Where the reception stands in the log: short device id, sequence number, first letters of the operation's hash. */
  readonly device: string;
  readonly seq: number;
  readonly hashPrefix: string;
  readonly procedureCode: string;
  readonly name: string;
  readonly idKind: (typeof ID_KINDS)[number];
  readonly idNumber: string | null;
  readonly phone: string | null;
  /** `YYYY-MM-DD`, or a year alone. */
  readonly birthDate: string | null;
  /** Null when the owner is the submitter. */
  readonly ownerName: string | null;
  /** UTC milliseconds; kept to the minute. */
  readonly receivedAt: number;
  readonly dueAt: number | null;
  readonly sets: number;
  readonly contents: ReceiptQrContents;
  readonly register: { readonly book: string; readonly ordinal: string } | null;
}

export type ReceiptQrContents =
  | { readonly kind: 'papers'; readonly papers: readonly ReceiptQrPaper[] }
  | { readonly kind: 'certification'; readonly documents: readonly { readonly pages: number; readonly copies: number }[] };

export interface ReceiptQrPaper {
  readonly original: number;
  readonly certified: number;
  readonly photo: number;
  readonly seen: boolean;
  readonly missing: boolean;
}

export interface DecodedReceiptQr {
  readonly fields: ReceiptQrFields;
  /** Names (from the table above) of the fields that did not fit and must be asked again. */
  readonly shortened: readonly string[];
  /** Number of papers or documents on the receipt, also where the list was shortened. */
  readonly contentsCount: number;
}

export type ReceiptQrError = 'receiptQr.notReceipt' | 'receiptQr.unknownVersion' | 'receiptQr.malformed';

const VERSION = 'MC1';
const FIELD_COUNT = 17;
const ID_KIND_LETTERS = { citizenId: 'C', passport: 'P', oldId: 'O', organisationId: 'T' } as const satisfies Record<
  (typeof ID_KINDS)[number],
  string
>;
/** Bytes; together with the fixed parts these leave at least 80 bytes for contents and names. */
const BYTES_MAX = { code: 60, device: 12, hashPrefix: 16, procedure: 40, id: 40, phone: 24, book: 24, ordinal: 14, name: 300, owner: 300 };

/**
 * Never longer than `RECEIPT_QR_BYTES_MAX`: where the data does not fit, the list of contents is shortened first, then
 * the owner's name, then the submitter's.
 */
export function encodeReceiptQr(fields: ReceiptQrFields): string {
  const entries = contentEntries(fields.contents);
  const prefix = fields.contents.kind === 'certification' ? 'C' : '';
  let kept = entries.length;
  let owner = textField(fields.ownerName ?? '', BYTES_MAX.owner);
  let name = textField(fields.name, BYTES_MAX.name);
  const payload = (): string => {
    const contents = prefix + entries.slice(0, kept).join('/') + (kept < entries.length ? '~' : '');
    return joinFields(fields, { name, owner, contents, size: String(entries.length) });
  };
  const whole = payload();
  if (utf8Length(whole) <= RECEIPT_QR_BYTES_MAX) return whole;
  const excess = (): number => utf8Length(payload()) - RECEIPT_QR_BYTES_MAX;
  while (kept > 0 && excess() > 0) kept -= 1;
  if (excess() > 0) owner = textField(fields.ownerName ?? '', Math.max(0, utf8Length(owner) - excess()));
  if (excess() > 0) name = textField(fields.name, Math.max(0, utf8Length(name) - excess()));
  return payload();
}

/** Total: any text gives an answer, none throws. */
export function decodeReceiptQr(text: string): Result<DecodedReceiptQr, ReceiptQrError> {
  const parts = text.split('|');
  const version = parts[0] ?? '';
  if (!/^MC\d{1,3}$/.test(version)) return err('receiptQr.notReceipt');
  if (version !== VERSION) return err('receiptQr.unknownVersion');
  if (parts.length !== FIELD_COUNT) return err('receiptQr.malformed');
  const raw = rawFieldsSchema.safeParse(parts);
  if (!raw.success) return err('receiptQr.malformed');
  const value = decodedFrom(raw.data);
  return value === null ? err('receiptQr.malformed') : ok(value);
}

function joinFields(
  fields: ReceiptQrFields,
  long: { readonly name: string; readonly owner: string; readonly contents: string; readonly size: string },
): string {
  return [
    VERSION,
    textField(fields.code, BYTES_MAX.code),
    `${word(fields.device, BYTES_MAX.device)}.${wholeNumber(fields.seq)}.${word(fields.hashPrefix, BYTES_MAX.hashPrefix)}`,
    textField(fields.procedureCode, BYTES_MAX.procedure),
    long.name,
    ID_KIND_LETTERS[fields.idKind],
    textField(fields.idNumber ?? '', BYTES_MAX.id),
    textField(fields.phone ?? '', BYTES_MAX.phone),
    /^\d{4}(-\d{2}-\d{2})?$/.test(fields.birthDate ?? '') ? (fields.birthDate ?? '').replaceAll('-', '') : '',
    long.owner,
    minuteField(fields.receivedAt),
    fields.dueAt === null ? '' : minuteField(fields.dueAt),
    wholeNumber(fields.sets),
    long.contents,
    long.size,
    textField(fields.register?.book ?? '', BYTES_MAX.book),
    textField(fields.register?.ordinal ?? '', BYTES_MAX.ordinal),
  ].join('|');
}

const textPattern = z.string().regex(/^(?:[^\\|~]|\\[\\pt])*~?$/u);
const minutePattern = z.string().regex(/^\d{12}$/);
const rawFieldsSchema = z.tuple([
  z.literal(VERSION),
  textPattern,
  z.string().regex(/^[0-9A-Za-z_-]*\.\d{1,15}\.[0-9A-Za-z_-]*$/),
  textPattern,
  textPattern,
  z.enum(ID_KIND_LETTERS),
  textPattern,
  textPattern,
  z.string().regex(/^(?:\d{4}|\d{8})?$/),
  textPattern,
  minutePattern,
  z.union([minutePattern, z.literal('')]),
  z.string().regex(/^\d{1,15}$/),
  z.string().regex(/^C?(?:[0-9.XS]+(?:\/[0-9.XS]+)*)?~?$/),
  z.string().regex(/^\d{1,6}$/),
  textPattern,
  textPattern,
]);

function decodedFrom(raw: z.infer<typeof rawFieldsSchema>): DecodedReceiptQr | null {
  const [, code, head, procedure, name, idLetter, id, phone, birth, owner, received, due, sets, contents, size, book, ordinal] = raw;
  const [device = '', seq = '', hashPrefix = ''] = head.split('.');
  const idKind = ID_KINDS.find((kind) => ID_KIND_LETTERS[kind] === idLetter);
  const list = decodeContents(contents);
  const receivedAt = decodeMinute(received);
  const dueAt = due === '' ? null : decodeMinute(due);
  const birthDate = birth.length === 8 ? `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}` : birth;
  const birthIsReal = birthDate.length !== 10 || isIsoDate(birthDate);
  const dueIsReal = due === '' || dueAt !== null;
  if (idKind === undefined || list === null || receivedAt === null || !dueIsReal || !birthIsReal) return null;
  const listedCount = list.kind === 'papers' ? list.papers.length : list.documents.length;
  if (contents.endsWith('~') ? listedCount >= Number(size) : listedCount !== Number(size)) return null;
  const named = { code, procedure, name, id, phone, owner, contents, book, ordinal };
  return {
    fields: {
      code: plainText(code),
      device,
      seq: Number(seq),
      hashPrefix,
      procedureCode: plainText(procedure),
      name: plainText(name),
      idKind,
      idNumber: plainText(id) || null,
      phone: plainText(phone) || null,
      birthDate: birthDate || null,
      ownerName: plainText(owner) || null,
      receivedAt,
      dueAt,
      sets: Number(sets),
      contents: list,
      register: book === '' && ordinal === '' ? null : { book: plainText(book), ordinal: plainText(ordinal) },
    },
    shortened: Object.entries(named).filter(([, field]) => field.endsWith('~')).map(([key]) => key),
    contentsCount: Number(size),
  };
}

function contentEntries(contents: ReceiptQrContents): readonly string[] {
  if (contents.kind === 'certification') {
    return contents.documents.map(({ pages, copies }) => `${wholeNumber(pages)}X${wholeNumber(copies)}`);
  }
  return contents.papers.map((paper) => {
    const counts = [paper.original, paper.certified, paper.photo].map(wholeNumber).join('.').replace(/(?:\.0)+$/, '');
    const flags = (paper.seen ? 'S' : '') + (paper.missing ? 'X' : '');
    return counts === '0' && flags !== '' ? flags : counts + flags;
  });
}

function decodeContents(text: string): ReceiptQrContents | null {
  const certification = text.startsWith('C');
  const body = text.slice(certification ? 1 : 0).replace(/~$/, '');
  const entries = body === '' ? [] : body.split('/');
  if (certification) {
    const documents = entries.map((entry) => /^(\d{1,15})X(\d{1,15})$/.exec(entry));
    if (documents.includes(null)) return null;
    return { kind: 'certification', documents: documents.map((match) => ({ pages: Number(match?.[1]), copies: Number(match?.[2]) })) };
  }
  const papers = entries.map((entry) => /^(\d{1,15})?(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(S?)(X?)$/.exec(entry));
  if (papers.includes(null)) return null;
  return {
    kind: 'papers',
    papers: papers.map((match) => ({
      original: Number(match?.[1] ?? 0),
      certified: Number(match?.[2] ?? 0),
      photo: Number(match?.[3] ?? 0),
      seen: match?.[4] === 'S',
      missing: match?.[5] === 'X',
    })),
  };
}

/** Escaped text of at most so many bytes; when letters had to go, `~` (counted) stands at the end. */
function textField(text: string, bytesMax: number): string {
  const clean = cleanText(text);
  // A unit of UTF-16 takes three bytes at most.
  if (clean.length * 3 <= bytesMax && !/[\\|~]/.test(clean)) return clean;
  const letters = [...clean].map((letter) => ESCAPES[letter] ?? letter);
  const whole = letters.join('');
  if (utf8Length(whole) <= bytesMax) return whole;
  let kept = '';
  let bytes = 1;
  for (const letter of letters) {
    bytes += utf8Length(letter);
    if (bytes > bytesMax) break;
    kept += letter;
  }
  return `${kept}~`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '|': '\\p', '~': '\\t' };

function plainText(field: string): string {
  return field.replace(/~$/, '').replace(/\\([\\pt])/g, (_, letter: string) => (letter === 'p' ? '|' : letter === 't' ? '~' : '\\'));
}

/** Letters of ids and hashes: nothing else may stand between the dots. */
function word(text: string, lettersMax: number): string {
  return text.replace(/[^0-9A-Za-z_-]/g, '').slice(0, lettersMax);
}

function wholeNumber(value: number): string {
  return Number.isFinite(value) ? String(Math.min(Math.max(0, Math.trunc(value)), 999_999_999_999_999)) : '0';
}

const MINUTE_FIELD_MIN_MS = Date.UTC(1000, 0, 1);
const MINUTE_FIELD_MAX_MS = Date.UTC(9999, 11, 31);

function minuteField(utcMs: number): string {
  const bounded = Number.isFinite(utcMs) ? Math.min(Math.max(utcMs, MINUTE_FIELD_MIN_MS), MINUTE_FIELD_MAX_MS) : 0;
  return new Date(bounded + OFFICE_OFFSET_MS).toISOString().slice(0, 16).replace(/[-T:]/g, '');
}

function decodeMinute(field: string): number | null {
  const date = `${field.slice(0, 4)}-${field.slice(4, 6)}-${field.slice(6, 8)}`;
  const hour = Number(field.slice(8, 10));
  const minute = Number(field.slice(10));
  if (!isIsoDate(date) || hour > 23 || minute > 59) return null;
  return Date.parse(`${date}T00:00:00Z`) - OFFICE_OFFSET_MS + (hour * 60 + minute) * MINUTE_MS;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

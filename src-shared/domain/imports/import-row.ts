import { checkIdNumber } from '../persons/id-number.ts';
import { personSchema, type Person } from '../persons/person.ts';
import { foreignCodeKey, isCodeText } from '../province/foreign-code.ts';
import type { Channel } from '../procedures/term.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import type { Result } from '../../lib/result.ts';
import type { ColumnFields, ImportReading } from './import-columns.ts';
import { instantOf, readDong, readMoment, shortened, thousandsSignOf, type CellMoment, type ThousandsSign } from './import-values.ts';
import { CHANNEL_NAMES, foldedWord, IMPORT_FIELDS, IMPORT_STATES, STATE_WORDS, type ImportField, type ImportState, type RunningState } from './import-words.ts';
import { cellText, type Sheet, type SheetCell, type SheetRow } from './sheet.ts';

/** One dossier of an export, read and found right; the procedure's own words come from the catalogue. */
export interface ImportedRow {
  readonly line: number;
  readonly code: string;
  readonly procedure: { readonly code: string; readonly name: string };
  readonly owner: Person;
  readonly submitter: Person | undefined;
  readonly request: string | undefined;
  readonly receivedAt: number;
  readonly dueAt: number | null;
  readonly status: RunningState;
  readonly channel: Channel;
  /** Whole dong; null is unknown. */
  readonly levy: number | null;
  readonly fee: number | null;
  readonly note: string | undefined;
}

/** Why a row cannot be taken in. `field` null: the row as a whole. */
export interface RowFault {
  readonly field: ImportField | null;
  /** Vietnamese, without a full stop. */
  readonly reason: string;
}

export type RowReading =
  | { readonly kind: 'good'; readonly row: ImportedRow }
  | { readonly kind: 'closed'; readonly line: number; readonly code: string }
  | { readonly kind: 'bad'; readonly line: number; readonly code: string; readonly ownerName: string; readonly faults: readonly RowFault[] };

export interface RowReader {
  read(row: SheetRow): RowReading;
  /** Words of states that nobody has said the meaning of, with how many rows have them. */
  readonly unknownStates: ReadonlyMap<string, number>;
}

export interface RowReaderDep {
  readonly fields: ColumnFields;
  readonly states: ImportReading['states'];
  /** Every procedure of the catalogue in force. */
  readonly procedures: readonly { readonly code: string; readonly name: string }[];
  readonly nowMs: number;
  /** A day without a time counts from the opening of the office at reception, and until its closing at the appointment. */
  readonly opensAt: number;
  readonly closesAt: number;
}

const YEAR_MIN = '2000';

/** Reads rows one after the other; a code that stood in an earlier row is a fault of the later one. Pure but for what it remembers of earlier rows. */
export function createRowReader(sheet: Sheet, rows: readonly SheetRow[], dep: RowReaderDep): RowReader {
  const columnOf = new Map(dep.fields.flatMap((field, index) => (field === null ? [] : [[field, index] as const])));
  const signOf = (field: 'levy' | 'fee') => {
    const column = columnOf.get(field);
    return column === undefined ? null : thousandsSignOf(rows.map(({ cells }) => cells[column] ?? null));
  };
  const reading: Reading = {
    dep, sheet, columnOf,
    signs: { levy: signOf('levy'), fee: signOf('fee') },
    procedures: createProcedureFinder(dep.procedures),
    lineByKey: new Map(),
    unknownStates: new Map(),
  };
  return { read: (row) => readRow(reading, row), unknownStates: reading.unknownStates };
}

interface Reading {
  readonly dep: RowReaderDep;
  readonly sheet: Sheet;
  readonly columnOf: ReadonlyMap<ImportField, number>;
  readonly signs: Readonly<Record<'levy' | 'fee', ThousandsSign | 'both' | null>>;
  readonly procedures: ProcedureFinder;
  readonly lineByKey: Map<string, number>;
  readonly unknownStates: Map<string, number>;
}

function readRow(reading: Reading, row: SheetRow): RowReading {
  const faults: RowFault[] = [];
  const cell = (field: ImportField): SheetCell => {
    const column = reading.columnOf.get(field);
    return column === undefined ? null : (row.cells[column] ?? null);
  };
  const text = (field: ImportField, max: number): string | undefined => {
    const found = cellText(cell(field));
    if (found.length > max) faults.push({ field, reason: `dài quá ${max} chữ` });
    return found === '' ? undefined : found;
  };
  const taken = <Value>(field: ImportField, result: Result<Value, string>): Value | undefined => {
    if (result.ok) return result.value;
    faults.push({ field, reason: result.error });
    return undefined;
  };
  const state = readState(reading, cellText(cell('status')), faults);
  const code = readCode(reading, row.line, cellText(cell('code')), faults);
  // It has no day of reception yet and may lack more: the one thing that matters is that it was not received.
  if (state === 'submitted') return { kind: 'bad', line: row.line, code, ownerName: cellText(cell('ownerName')).slice(0, 120), faults: [{ field: 'status', reason: NOT_RECEIVED_YET }] };
  if (state === 'closed' && faults.length === 0) return { kind: 'closed', line: row.line, code };
  const moments = readMoments(reading, cell, taken, faults);
  const procedure = readProcedure(reading, cellText(cell('procedureCode')), cellText(cell('procedureName')), faults);
  const owner = readOwner(reading.dep, cell, faults);
  const submitterName = text('submitterName', 120);
  const submitter = submitterName === undefined || foldedWord(submitterName) === foldedWord(owner?.name ?? '') ? undefined : readPerson({ type: 'individual', name: submitterName }, 'submitterName', faults);
  const rest = { request: text('request', 600), note: text('note', 1_000), channel: readChannel(cellText(cell('channel')), faults) };
  const sums = { levy: taken('levy', readDong(cell('levy'), reading.signs.levy)) ?? null, fee: taken('fee', readDong(cell('fee'), reading.signs.fee)) ?? null };
  if (faults.length > 0 || !owner || !procedure || !moments || state === undefined || state === 'closed') {
    return { kind: 'bad', line: row.line, code, ownerName: cellText(cell('ownerName')).slice(0, 120), faults };
  }
  return { kind: 'good', row: { line: row.line, code, procedure, owner, submitter, status: state, ...moments, ...rest, ...sums } };
}

const NOT_RECEIVED_YET = 'mới nộp qua mạng, chưa ai tiếp nhận: bấm F2 tiếp nhận ở đây rồi gắn mã này';

function readCode({ lineByKey }: Reading, line: number, code: string, faults: RowFault[]): string {
  if (code === '') faults.push({ field: 'code', reason: 'chưa có mã hồ sơ' });
  else if (!isCodeText(code)) faults.push({ field: 'code', reason: `“${shortened(code)}” không phải mã hồ sơ` });
  else {
    const key = foreignCodeKey(code);
    const earlier = lineByKey.get(key);
    if (earlier === undefined) lineByKey.set(key, line);
    else faults.push({ field: 'code', reason: `trùng mã với dòng ${earlier}` });
  }
  return code.slice(0, 60);
}

type Taken = <Value>(field: ImportField, result: Result<Value, string>) => Value | undefined;

function readMoments({ dep, sheet }: Reading, cell: (field: ImportField) => SheetCell, taken: Taken, faults: RowFault[]): Pick<ImportedRow, 'receivedAt' | 'dueAt'> | undefined {
  const isBlank = (field: ImportField) => cellText(cell(field)) === '';
  const moment = (field: ImportField): CellMoment | undefined => (isBlank(field) ? undefined : taken(field, readMoment(cell(field), sheet.daysFrom)));
  if (isBlank('receivedAt')) faults.push({ field: 'receivedAt', reason: 'chưa có ngày tiếp nhận' });
  const [received, due] = [moment('receivedAt'), moment('dueAt')];
  if (!received) return undefined;
  const receivedAt = instantOf(received, dep.opensAt);
  const dueAt = due ? instantOf(due, dep.closesAt) : null;
  if (received.date < `${YEAR_MIN}-01-01`) faults.push({ field: 'receivedAt', reason: 'ngày tiếp nhận trước năm 2000' });
  if (receivedAt > dep.nowMs && instantOf(received, 0) > dep.nowMs) faults.push({ field: 'receivedAt', reason: 'ngày tiếp nhận chưa tới' });
  if (dueAt !== null && due!.date < received.date) faults.push({ field: 'dueAt', reason: 'ngày hẹn trả trước ngày tiếp nhận' });
  return { receivedAt: Math.min(receivedAt, dep.nowMs), dueAt };
}

function readState({ dep, unknownStates }: Reading, text: string, faults: RowFault[]): ImportState | undefined {
  // An export of running dossiers need not say that they run.
  if (text === '') return 'processing';
  const word = foldedWord(text);
  const state = (Object.hasOwn(dep.states, word) ? dep.states[word] : undefined) ?? STATE_BY_WORD.get(word);
  if (state !== undefined) return state;
  unknownStates.set(text, (unknownStates.get(text) ?? 0) + 1);
  faults.push({ field: 'status', reason: `chưa rõ trạng thái “${shortened(text)}” là gì` });
  return undefined;
}

const STATE_BY_WORD: ReadonlyMap<string, ImportState> = new Map(IMPORT_STATES.flatMap((state) => STATE_WORDS[state].map((word) => [word, state] as const)));
const CHANNEL_BY_NAME: ReadonlyMap<string, Channel> = new Map((Object.keys(CHANNEL_NAMES) as Channel[]).flatMap((channel) => CHANNEL_NAMES[channel].map((name) => [name, channel] as const)));

function readChannel(text: string, faults: RowFault[]): Channel {
  const channel = text === '' ? 'direct' : CHANNEL_BY_NAME.get(foldedWord(text));
  if (channel === undefined) faults.push({ field: 'channel', reason: `chưa rõ cách nộp “${shortened(text)}” là gì` });
  return channel ?? 'direct';
}

interface ProcedureFinder {
  readonly nameByCode: ReadonlyMap<string, string>;
  /** Null: several procedures have that name. */
  readonly codeByName: ReadonlyMap<string, string | null>;
}

function createProcedureFinder(procedures: RowReaderDep['procedures']): ProcedureFinder {
  const codeByName = new Map<string, string | null>();
  for (const { code, name } of procedures) {
    const word = foldedWord(name);
    codeByName.set(word, codeByName.has(word) ? null : code);
  }
  return { nameByCode: new Map(procedures.map(({ code, name }) => [code, name])), codeByName };
}

/** By its code, else by its exact name. What the catalogue does not know any more may run all the same: it needs both. */
function readProcedure({ procedures }: Reading, code: string, name: string, faults: RowFault[]): ImportedRow['procedure'] | undefined {
  const field = code === '' ? 'procedureName' : 'procedureCode';
  const known = procedures.nameByCode.get(code);
  if (known !== undefined) return { code, name: known };
  if (code !== '' && (code.length > 40 || !/^[\w.-]+$/.test(code))) faults.push({ field, reason: `“${shortened(code)}” không phải mã thủ tục` });
  else if (code !== '' && name !== '') return { code, name: name.slice(0, 300) };
  else if (code !== '') faults.push({ field, reason: `danh mục ở đây không có thủ tục ${code}, tệp cũng không ghi tên` });
  else if (name === '') faults.push({ field: 'procedureName', reason: 'chưa có mã hay tên thủ tục' });
  else {
    const found = procedures.codeByName.get(foldedWord(name));
    if (found) return { code: found, name: procedures.nameByCode.get(found)! };
    faults.push({ field, reason: found === null ? `có nhiều thủ tục tên “${shortened(name)}”, cần thêm mã thủ tục` : `danh mục ở đây không có thủ tục tên “${shortened(name)}”` });
  }
  return undefined;
}

function readOwner(dep: RowReaderDep, cell: (field: ImportField) => SheetCell, faults: RowFault[]): Person | undefined {
  const name = cellText(cell('ownerName'));
  if (name === '') {
    faults.push({ field: 'ownerName', reason: 'chưa có tên chủ hồ sơ' });
    return undefined;
  }
  const birthDate = readBirthDate(cell('ownerBirthDate'), dep, faults);
  const phone = readPhone(cell('ownerPhone'), faults);
  const address = cellText(cell('ownerAddress'));
  const type = ORGANISATION.test(foldedWord(name)) ? 'organisation' : 'individual';
  return readPerson({ type, name, ...readId(cell('ownerIdNumber'), type, faults), ...(birthDate && { birthDate }), ...(phone && { phone }), ...(address && { address }) }, 'ownerName', faults);
}

const ORGANISATION = /^(cong ty|doanh nghiep|hop tac xa|htx|chi nhanh|uy ban|ubnd)\b/;

const PERSON_FIELDS: Readonly<Partial<Record<string, ImportField>>> = { birthDate: 'ownerBirthDate', idNumber: 'ownerIdNumber', phone: 'ownerPhone', address: 'ownerAddress' };

function readPerson(person: Person, nameField: ImportField, faults: RowFault[]): Person | undefined {
  const parsed = personSchema.safeParse(person);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const field = PERSON_FIELDS[String(issue.path[0])] ?? nameField;
    faults.push({ field, reason: issue.code === 'too_big' ? `dài quá ${String(issue.maximum)} chữ` : lowered(issue.message) });
  }
  return undefined;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}

function readId(cell: SheetCell, type: Person['type'], faults: RowFault[]): Pick<Person, 'idKind' | 'idNumber'> {
  const written = cellText(cell).replace(/[\s.]/g, '').toUpperCase();
  if (written === '') return {};
  const idNumber = type === 'individual' && typeof cell === 'number' ? withLostZeros(written) : written;
  const kind = ID_SHAPES.find(([, shape]) => shape.test(idNumber))?.[0];
  if (kind !== undefined) return { idKind: kind, idNumber };
  faults.push({ field: 'ownerIdNumber', reason: /^\d+$/.test(idNumber) ? `số căn cước phải đủ 12 chữ số, hiện có ${idNumber.length}` : `“${shortened(idNumber)}” không phải số giấy tờ` });
  return {};
}

const ID_SHAPES: readonly (readonly [NonNullable<Person['idKind']>, RegExp])[] = [
  ['citizenId', /^\d{12}$/], ['oldId', /^\d{9}$/], ['passport', /^[A-Z]{1,2}\d{6,8}$/], ['organisationId', /^\d{10}(-\d{3})?$/],
];

/** A sheet that takes a personal number for a number drops the zeros of its province; put back only where a person of this age and a province come out. */
function withLostZeros(digits: string): string {
  if (!/^\d{10,11}$/.test(digits)) return digits;
  const whole = digits.padStart(12, '0');
  const isPersons = Number(whole[3]) <= 3 && checkIdNumber({ idKind: 'citizenId', idNumber: whole }).length === 0;
  return isPersons ? whole : digits;
}

function readPhone(cell: SheetCell, faults: RowFault[]): string | undefined {
  const typed = cellText(cell).replace(/[\s.()-]/g, '');
  const phone = typeof cell === 'number' && /^\d{9}$/.test(typed) ? `0${typed}` : typed;
  if (phone === '') return undefined;
  if (!/^\+?\d{8,15}$/.test(phone)) faults.push({ field: 'ownerPhone', reason: `“${shortened(phone)}” không phải số điện thoại` });
  return phone.slice(0, 20);
}

function readBirthDate(cell: SheetCell, { nowMs }: RowReaderDep, faults: RowFault[]): string | undefined {
  const text = cellText(cell);
  if (text === '') return undefined;
  if (/^(18|19|20)\d\d$/.test(text)) return text;
  // Anybody may have been born before the first serial number that stands for a day of ours.
  const moment = typeof cell === 'number' && Number.isInteger(cell) && cell > 0 && cell < 25_569 ? undefined : readMoment(cell);
  const date = moment === undefined ? new Date(Date.UTC(1899, 11, 30) + (cell as number) * 86_400_000).toISOString().slice(0, 10) : moment.ok ? moment.value.date : undefined;
  if (date === undefined || !isIsoDate(date)) faults.push({ field: 'ownerBirthDate', reason: moment !== undefined && !moment.ok ? moment.error : 'ngày sinh không có trên lịch' });
  else if (instantOf({ date, minute: 0 }, 0) > nowMs) faults.push({ field: 'ownerBirthDate', reason: 'ngày sinh chưa tới' });
  return date;
}

/** Fields in the order in which a preview names them. */
export function fieldOrder(field: ImportField | null): number {
  return field === null ? -1 : IMPORT_FIELDS.indexOf(field);
}

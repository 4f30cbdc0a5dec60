/** Turns the data of a receipt into labelled lines, so that drawing and measuring speak of the same thing. */
import { shortDateWords, stampWords, timeOfAppointmentWords, timeOfReceptionWords, twoDigits, weekdayWords, longDateWords } from '../paper/date-words.ts';
import { cleanText } from '../paper/html.ts';
import { officeDate } from '../../lib/office-time.ts';
import type { ReceiptData, ReceiptDocument, ReceiptPaper } from './receipt-data.ts';
import type { ReceiptWording } from './receipt-wording.ts';

/** One label with its value, bold part first; no value at all is a dotted line to be filled in by hand. */
export interface Cell {
  readonly label: string;
  readonly boldValue?: string;
  readonly value: string | null;
}

/** A line of the form: one cell over the whole width, two halves, or two cells one after the other. */
export type Row =
  | { readonly shape: 'whole'; readonly cells: readonly [Cell] }
  | { readonly shape: 'halves' | 'sequence'; readonly cells: readonly [Cell, Cell] };

export interface TableRow {
  readonly name: string;
  /** Printed in italics after the name. */
  readonly remark: string | null;
  /** One text per count column, or a single text over all of them. */
  readonly counts: readonly string[];
}

export interface ReceiptTable {
  /** Each heading as the lines it is broken into. */
  readonly headings: readonly (readonly string[])[];
  readonly shortHeadings: readonly (readonly string[])[];
  readonly rows: readonly TableRow[];
}

export interface ReceiptModel {
  readonly codeLabel: string;
  readonly code: string;
  /** Words about a provisional code. */
  readonly codeNote: string | null;
  readonly tags: readonly string[];
  readonly people: readonly Row[];
  readonly table: ReceiptTable;
  readonly terms: readonly Row[];
  readonly due: { readonly text: string | null; readonly shortText: string | null; readonly notes: readonly string[] };
  readonly ending: readonly Row[];
  /** Each line as the parts between which it may be broken. */
  readonly footerLines: readonly (readonly string[])[];
}

/** `compact` uses the shorter labels and puts short neighbours side by side (ux.md §10, the dense template). */
export function receiptModel(data: ReceiptData, wording: ReceiptWording, compact: boolean): ReceiptModel {
  const ownCode = data.codes.find(({ system }) => system === 'own') ?? data.codes[0];
  return {
    codeLabel: data.marks.provisional ? 'Mã tạm:' : 'Mã hồ sơ:',
    code: ownCode?.code ?? '',
    codeNote: data.marks.provisional ? 'Mã chính thức do hệ thống của tỉnh cấp sau' : null,
    tags: [
      ...(data.marks.training ? ['TẬP HUẤN, KHÔNG CÓ GIÁ TRỊ'] : []),
      ...(data.marks.amended > 0 ? [`SỬA ĐỔI lần ${data.marks.amended}`] : []),
      ...(data.marks.reprint > 0 ? [`BẢN IN LẠI lần ${data.marks.reprint}`] : []),
    ],
    people: [...codeRows(data), ...peopleRows(data, wording), requestRow(data, compact)],
    table: receiptTable(data.contents, wording),
    terms: termRows(data, wording, compact),
    due: dueWords(data),
    ending: endingRows(data, compact),
    footerLines: footerLines(data),
  };
}

function codeRows(data: ReceiptData): Row[] {
  const otherCodes = data.codes.filter(({ system }) => system !== 'own');
  const cells = otherCodes.map(({ system, code }) => full(system === 'province' ? 'Mã của tỉnh:' : system === 'ministry' ? 'Mã của bộ:' : 'Mã khác:', code));
  return pairs(cells);
}

function peopleRows(data: ReceiptData, wording: ReceiptWording): Row[] {
  const { submitter, owner, authorised } = data;
  const rows: Row[] = [];
  if (wording.receptionUnitLabel !== null) rows.push(whole(full(wording.receptionUnitLabel, data.officeHead.unitLines.join(' '))));
  rows.push(whole({ label: wording.submitterLabel(submitter.honorific), boldValue: cleanText(submitter.name).toUpperCase(), value: '' }));
  rows.push(...pairs([full(idLabel(submitter.idKind), submitter.idNumber), full('Điện thoại:', submitter.phone)]));
  rows.push(whole(full('Địa chỉ:', submitter.address)));
  const channel = full('Cách nộp:', data.channelText);
  const email = known(submitter.email) === null ? [] : [full('Email:', submitter.email)];
  if (owner === null) rows.push(...pairs([channel, full('Chủ hồ sơ:', 'Như người nộp'), ...email]));
  else rows.push(...pairs([channel, ...email]), ...personRows('Chủ hồ sơ:', owner, 'Địa chỉ chủ hồ sơ:'));
  if (authorised !== null) {
    rows.push(...personRows('Người được ủy quyền:', authorised, 'Địa chỉ người được ủy quyền:'));
    if (known(authorised.authorisation) !== null) rows.push(whole(full('Văn bản ủy quyền:', authorised.authorisation)));
  }
  return rows;
}

/** Name and identity on one line, the rest only where it is known. */
function personRows(label: string, person: NonNullable<ReceiptData['owner']>, addressLabel: string): Row[] {
  const details = [
    known(person.idNumber) === null ? [] : [`${ID_WORDS[person.idKind]} ${person.idNumber}`],
    known(person.phone) === null ? [] : [`điện thoại ${person.phone}`],
    known(person.email) === null ? [] : [`email ${person.email}`],
  ].flat();
  const name: Cell = { label, boldValue: cleanText(person.name).toUpperCase(), value: details.map((detail) => `, ${detail}`).join('') };
  return known(person.address) === null ? [whole(name)] : [whole(name), whole(full(addressLabel, person.address))];
}

function requestRow(data: ReceiptData, compact: boolean): Row {
  const request = cleanText(data.request);
  const procedure = cleanText(data.procedureName);
  const label = compact ? 'Nội dung yêu cầu:' : 'Nội dung yêu cầu giải quyết:';
  if (request === '') return whole({ label, boldValue: procedure, value: '' });
  if (request.startsWith(procedure)) return whole({ label, boldValue: procedure, value: request.slice(procedure.length) });
  return whole({ label, boldValue: request, value: '' });
}

function receiptTable(contents: ReceiptData['contents'], wording: ReceiptWording): ReceiptTable {
  if (contents.kind === 'papers') {
    return {
      headings: [['Tên giấy tờ'], ['Bản', 'chính'], wording.certifiedHeading, ['Bản', 'photo']],
      shortHeadings: [['Tên giấy tờ'], ['Chính'], ['C.thực'], ['Photo']],
      rows: contents.papers.map(paperRow),
    };
  }
  return {
    headings: [['Giấy tờ chứng thực'], ['Số trang'], ['Số bản']],
    shortHeadings: [['Giấy tờ chứng thực'], ['Trang'], ['Bản']],
    rows: contents.documents.map(documentRow),
  };
}

function paperRow(paper: ReceiptPaper): TableRow {
  const { original, certified, photo, seen, missing } = paper;
  const counts = [original, certified, photo];
  const note = known(paper.note);
  const handedIn = counts.some((count) => count > 0);
  const compared = handedIn && seen ? 'đã đối chiếu bản chính' : null;
  const remark = [compared, note].filter((part) => part !== null).join('; ');
  const spanned = missing ? 'Còn thiếu' : seen ? 'Xuất trình, đã xem' : null;
  return {
    name: cleanText(paper.name),
    remark: remark === '' ? null : `(${remark})`,
    counts: handedIn || spanned === null ? counts.map((count) => (count === 0 ? '' : String(count))) : [spanned],
  };
}

function documentRow({ name, pages, copies, note }: ReceiptDocument): TableRow {
  const remark = known(note);
  return { name: cleanText(name), remark: remark === null ? null : `(${remark})`, counts: [String(pages), String(copies)] };
}

function termRows(data: ReceiptData, wording: ReceiptWording, compact: boolean): Row[] {
  const sets = full('2. Số lượng hồ sơ:', `${twoDigits(data.sets)} (bộ)`);
  const term = full(compact ? '3. Thời gian giải quyết:' : wording.termLabel, data.termText);
  const date = `${weekdayWords(data.businessDate)}, ngày ${shortDateWords(data.businessDate)}`;
  const unverified = data.clockUnverified ? ' (ngày giờ chưa xác minh)' : '';
  const received = full('4. Thời gian nhận hồ sơ:', `${timeOfReceptionWords(data.receivedAt)}, ${date}${unverified}`);
  return compact ? [...pairs([sets, term]), whole(received)] : [whole(sets), whole(term), whole(received)];
}

function dueWords(data: ReceiptData): ReceiptModel['due'] {
  const byHand = known(data.dueText);
  const calendar = data.calendarUnconfirmed ? ['Lịch nghỉ chưa xác nhận, ngày hẹn có thể được báo lại.'] : [];
  if (data.dueAt === null) return { text: byHand, shortText: byHand, notes: calendar };
  const date = officeDate(data.dueAt);
  const lead = `Trước ${timeOfAppointmentWords(data.dueAt)}, ${weekdayWords(date)}, `;
  return {
    text: lead + longDateWords(date),
    shortText: `${lead}ngày ${shortDateWords(date)}`,
    notes: [...(byHand === null ? [] : [byHand]), ...calendar],
  };
}

function endingRows(data: ReceiptData, compact: boolean): Row[] {
  const delivery = full(compact ? '6. Nhận kết quả tại:' : '6. Đăng ký nhận kết quả tại:', data.deliveryText);
  const register = full(
    compact ? 'Vào Sổ:' : 'Vào Sổ theo dõi hồ sơ:',
    data.register === null ? null : `Quyển số ${data.register.book}, Số thứ tự ${data.register.ordinal}`,
  );
  // Two sums, never added up.
  const money = pairs([full('Lệ phí:', data.levyText), full('Phí:', data.feeText)]);
  const stage = data.secondStage;
  const stageRows: Row[] = stage === null ? [] : pairs([full('Giai đoạn 2, nhận:', stage.receivedText), full('trả:', stage.dueText)]);
  return compact
    ? [...stageRows, ...pairs([delivery, register]), ...money]
    : [...stageRows, whole(delivery), ...money, whole(register)];
}

function footerLines(data: ReceiptData): ReceiptModel['footerLines'] {
  const help = [
    known(data.lookupText) === null ? [] : [`Tra cứu: ${data.lookupText}`],
    known(data.hotlineText) === null ? [] : [`Đường dây nóng: ${data.hotlineText}`],
  ].flat();
  const own = (data.footNotes ?? []).map(cleanText).filter((note) => note !== '');
  const origin = [
    `Mã kiểm tra ${data.checkCode}`,
    data.deskName,
    data.marks.reprint > 0 ? `BẢN IN LẠI lần ${data.marks.reprint}` : 'bản gốc',
    ...(data.marks.amended > 0 ? [`SỬA ĐỔI lần ${data.marks.amended}`] : []),
    ...(data.printedAt === null ? [] : [`in ${stampWords(data.printedAt)}`]),
    ...(data.clockUnverified ? ['ngày giờ chưa xác minh'] : []),
  ];
  return [help, own, origin].filter((parts) => parts.length > 0);
}

const ID_WORDS = {
  citizenId: 'số căn cước',
  passport: 'số hộ chiếu',
  oldId: 'số CMND',
  organisationId: 'mã số tổ chức',
} as const satisfies Record<ReceiptData['submitter']['idKind'], string>;

function idLabel(kind: ReceiptData['submitter']['idKind']): string {
  return `${ID_WORDS[kind].charAt(0).toUpperCase()}${ID_WORDS[kind].slice(1)}:`;
}

function full(label: string, value: string | null): Cell {
  return { label, value: value === null ? null : known(value) };
}

function whole(cell: Cell): Row {
  return { shape: 'whole', cells: [cell] };
}

/** Two cells a line; `arrangedModel` separates a pair again when it does not fit on one. */
function pairs(cells: readonly Cell[]): Row[] {
  const rows: Row[] = [];
  for (let index = 0; index < cells.length; index += 2) {
    const [first, second] = [cells[index], cells[index + 1]];
    if (first !== undefined) rows.push(second === undefined ? whole(first) : { shape: 'halves', cells: [first, second] });
  }
  return rows;
}

/** Text that says something, or null: blank text counts as missing. */
function known(text: string | null): string | null {
  const clean = text === null ? '' : cleanText(text);
  return clean === '' ? null : clean;
}

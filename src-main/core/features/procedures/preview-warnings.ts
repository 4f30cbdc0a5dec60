import { amountRuleOnChannel } from '../../../../src-shared/domain/fees/fee-rule.ts';
import type { FeeKind } from '../../../../src-shared/domain/fees/fee-rule.ts';
import { explainCalendarEnd, explainDoubtfulDays } from '../../../../src-shared/domain/deadlines/deadline-words.ts';
import { capitalised, dateInWords, shortDate } from '../../../../src-shared/domain/deadlines/day-words.ts';
import type { Deadline } from '../../../../src-shared/domain/deadlines/deadline.ts';
import type { Charge } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { checkIdNumber, readIdNumber } from '../../../../src-shared/domain/persons/id-number.ts';
import { explainFutureBirth, explainIdFinding } from '../../../../src-shared/domain/persons/id-number-words.ts';
import type { Person } from '../../../../src-shared/domain/persons/person.ts';
import type { EffectiveProcedure } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import type { Doubt, DoubtPart } from '../../../../src-shared/domain/procedures/procedure.ts';
import type { Channel } from '../../../../src-shared/domain/procedures/term.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { officeDate } from '../../../../src-shared/lib/office-time.ts';
import { foldedWords } from '../../../../src-shared/lib/vietnamese-text.ts';

/**
 * What the side column of the receive form warns of, in the words of ux.md §8. A warning never blocks (R15); the codes
 * are stored with the dossier: `<who>.<what>` for a person, else `<noun>.<what>`.
 */
export interface PreviewWarning {
  readonly code: string;
  readonly text: string;
  /** The dossier the sentence speaks of, to open it. */
  readonly dossier: string | null;
}

export type PersonPart = { readonly [K in keyof Person]?: Person[K] | undefined };
export type Who = 'owner' | 'submitter';

/** Sentences 3, 4, 5 and 11. `knownName` is the name this ID number stood beside last time. */
export function personWarnings(
  who: Who,
  person: PersonPart,
  facts: { readonly knownName: string | undefined; readonly today: IsoDate; readonly address: string },
): readonly PreviewWarning[] {
  const { idKind, idNumber, birthDate, sex } = person;
  const checked = { ...(idKind && { idKind }), ...(idNumber && { idNumber }), ...(birthDate && { birthDate }), ...(sex && { sex }) };
  const warnings = checkIdNumber(checked).map((finding) => warning(`${who}.${finding.code}`, explainIdFinding(finding, facts.address)));
  const future = explainFutureBirth(checked, facts.today, facts.address);
  if (future !== null) warnings.push(warning(`${who}.birthDate.future`, future));
  if (facts.knownName !== undefined && person.name !== undefined && !isSameName(person.name, facts.knownName)) {
    warnings.push(warning(`${who}.idNumber.otherName`, `Số căn cước này lần trước ghi tên ${facts.knownName}. Có phải cùng một người không?`));
  }
  return warnings;
}

function isSameName(left: string, right: string): boolean {
  // Marks are compared too: "Páo" and "Pao" may be two people, or one whose card differs; either way the officer looks.
  return left.normalize('NFC').trim().toLowerCase() === right.normalize('NFC').trim().toLowerCase();
}

/** Sentence 6. `open` are dossiers of the same owner and procedure, newest first. */
export function openDossierWarning(
  person: PersonPart,
  shortName: string,
  open: readonly { readonly id: string; readonly receivedAt: number }[],
  today: IsoDate,
): readonly PreviewWarning[] {
  const [newest] = open;
  if (newest === undefined) return [];
  const received = shortDate(officeDate(newest.receivedAt), today.slice(0, 4));
  const when = open.length === 1 ? `nhận ${received}` : `mới nhất nhận ${received}`;
  const text = `${personWords(person)} đang có ${open.length} hồ sơ ${lowered(shortName)} khác, ${when}. Nếu lần này là việc khác thì cứ làm tiếp.`;
  return [{ code: 'dossier.openAlready', text, dossier: newest.id }];
}

/** "Ông Páo": the given name as people are called; an organisation by its whole name. */
function personWords(person: PersonPart): string {
  const name = person.name?.trim() ?? '';
  if (person.type === 'organisation') return name;
  const sex = person.sex ?? readIdNumber(person.idNumber ?? '')?.sex;
  const title = sex === undefined ? 'Ông/bà' : sex === 'male' ? 'Ông' : 'Bà';
  return `${title} ${name.split(/\s+/).at(-1) ?? ''}`.trim();
}

/** "Đăng ký khai sinh" inside a sentence; an abbreviation such as "UBND" keeps its capitals. */
function lowered(shortName: string): string {
  return /^\p{Lu}\p{Lu}/u.test(shortName) ? shortName : shortName.charAt(0).toLowerCase() + shortName.slice(1);
}

const DOUBT_WORDS: Readonly<Record<DoubtPart, string>> = {
  code: 'mã', name: 'tên', term: 'thời hạn', papers: 'giấy tờ', fees: 'phí, lệ phí', results: 'kết quả', flow: 'các bước', authority: 'nơi giải quyết',
};

/** What the catalogue itself is unsure of, and whether it is in date and switched on. */
export function procedureWarnings({ procedure, received, packOutOfDate }: EffectiveProcedure, address: string): readonly PreviewWarning[] {
  const warnings: PreviewWarning[] = [];
  const look = `${capitalised(address)} xem lại theo văn bản.`;
  if (!received) warnings.push(warning('procedure.notOffered', 'Cơ quan chưa bật tiếp nhận thủ tục này. Báo quản trị bật trong cài đặt.'));
  if (!procedure.confirmed) warnings.push(warning('procedure.unconfirmed', `Chưa xác nhận với văn bản: ${doubtfulParts(procedure.doubts)}. ${look}`));
  if (packOutOfDate) warnings.push(warning('procedure.outOfDate', `Danh mục đang dùng ngoài thời gian hiệu lực. ${look}`));
  return warnings;
}

function doubtfulParts(doubts: readonly Doubt[]): string {
  return [...new Set(doubts.map((doubt) => DOUBT_WORDS[doubt.part]))].join('; ');
}

/** Sentences 14 and 15, listed days nobody has checked, and a date typed after a clock fault. */
export function dateWarnings(
  deadline: Deadline,
  facts: { readonly clockUnverified: boolean; readonly calendarMissing: boolean; readonly today: IsoDate; readonly explanation: string; readonly address: string },
): readonly PreviewWarning[] {
  const warnings: PreviewWarning[] = [];
  const address = facts.address;
  if (!deadline.known) warnings.push(warning('term.unknown', facts.explanation));
  const end = explainCalendarEnd(deadline, address);
  if (end !== null) {
    const missing = `Máy chưa có lịch nghỉ lễ, mới trừ ngày nghỉ hằng tuần. Ngày hẹn này cần ${address} xem lại.`;
    warnings.push(warning('calendar.unconfirmed', facts.calendarMissing ? missing : end));
  }
  const doubtful = explainDoubtfulDays(deadline);
  if (doubtful !== null) warnings.push(warning('calendar.doubtfulDays', doubtful));
  if (facts.clockUnverified) {
    warnings.push(warning('clock.unverified', `Hôm nay ${dateInWords(facts.today)} là ngày nhập tay, chưa ai xác nhận. Giấy sẽ ghi rõ điều này.`));
  }
  return warnings;
}

const KIND_WORDS: Readonly<Record<FeeKind, string>> = { charge: 'phí', levy: 'lệ phí' };

/** Sentence 16: only where the catalogue has no amount, not where a count is still to be typed. */
export function feeWarnings(
  { procedure }: EffectiveProcedure,
  channel: Channel,
  charges: Readonly<Record<FeeKind, Charge>>,
  address: string,
): readonly PreviewWarning[] {
  const kinds = (['charge', 'levy'] as const).filter(
    (kind) =>
      charges[kind].amount.state === 'unknown' &&
      procedure.fees.some((line) => line.kind === kind && amountRuleOnChannel(line, channel).rule === 'unknown'),
  );
  return kinds.map((kind) =>
    warning(`${kind === 'charge' ? 'fee' : 'levy'}.unknown`, `Chưa có mức ${KIND_WORDS[kind]} của tỉnh cho việc này. Đây không phải là miễn phí; ${address} nhập số tiền hoặc để sau.`),
  );
}

function warning(code: string, text: string): PreviewWarning {
  return { code, text, dossier: null };
}

/** True when two people on the form are one and the same, so that nobody is warned of twice. */
export function isSamePerson(left: PersonPart, right: PersonPart): boolean {
  if (left.idNumber !== undefined && right.idNumber !== undefined) return left.idNumber === right.idNumber;
  return foldedWords(left.name ?? '').join(' ') === foldedWords(right.name ?? '').join(' ') && left.birthDate === right.birthDate;
}

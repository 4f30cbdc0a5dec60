/** A deadline explained to the officer, and a term as the receipt prints it. Models: ux.md §8, sentences 12–15. */
import { assertNever } from '../../lib/assert.ts';
import { addDays, weekday } from '../../lib/office-time.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Term } from '../procedures/term.ts';
import { closedDayReason } from './calendar.ts';
import type { ClosedDay } from './calendar.ts';
import { capitalised, dateInWords, hourInWords, minuteInWords, shortDate, shortDay, weekdayName } from './day-words.ts';
import type { CountedTerm, Deadline, DeadlineReasons, KnownDeadline } from './deadline.ts';

/** More dates than this are named by the first and the last. */
const LISTED_DATES_MAX = 5;
/** More holidays than this are counted instead of named: the explanation stays readable and under 600 characters. */
const NAMED_HOLIDAYS_MAX = 4;
const REASON_CHARACTERS_MAX = 200;

/** The verb of what started a term: a reception, or a new date promised. */
export type Beginning = 'Nhận' | 'Hẹn lại';

/**
 * Why the result is due when it is, in plain Vietnamese. `address` is how the officer is spoken to ({xưng}), such as
 * "chị"; `began` is what started the term. Never longer than 600 characters.
 */
export function explainDeadline(deadline: Deadline, address = 'anh/chị', began: Beginning = 'Nhận'): string {
  if (!deadline.known) {
    return `Danh mục không ghi rõ thời hạn. ${capitalised(address)} chọn ngày hẹn theo văn bản của thủ tục.`;
  }
  const { reasons } = deadline;
  const sentences = [...ruleSentences(deadline, address, began), ...closedSentences(reasons), ...makeUpSentences(reasons)];
  if (deadline.calendarUnconfirmed) sentences.push(...calendarSentences(deadline, address));
  return sentences.join(' ');
}

/** A warning when the way to the due date leaves the calendar's published days, else null (settled.md 7; ux.md §8, 15). */
export function explainCalendarEnd(deadline: Deadline, address = 'anh/chị'): string | null {
  return deadline.known && deadline.calendarUnconfirmed ? calendarSentences(deadline, address).join(' ') : null;
}

/** A warning when the way to the due date crosses listed days that nobody has checked yet, else null (R15). */
export function explainDoubtfulDays(deadline: Deadline): string | null {
  if (!deadline.known || deadline.reasons.doubtfulDates.length === 0) return null;
  const days = deadline.reasons.doubtfulDates.slice(0, LISTED_DATES_MAX).map(dateInWords).join(', ');
  return `Lịch nghỉ các ngày này chưa đối chiếu với văn bản: ${days}.`;
}

/** The legal term as the receipt prints it: "03 ngày làm việc", "15 ngày", "Trong ngày; nhận sau 15 giờ thì …". */
export function termOnReceipt(term: Term): string {
  switch (term.unit) {
    case 'working_day':
      return `${twoDigits(term.value)} ngày làm việc`;
    case 'calendar_day':
      return `${twoDigits(term.value)} ngày`;
    case 'hour':
      return `${twoDigits(term.value)} giờ làm việc`;
    case 'same_day':
      return `Trong ngày; nhận sau ${hourInWords(term.cutOffMinute)} thì trả vào ngày làm việc tiếp theo`;
    case 'while_waiting':
      return `Trả ngay; nhận sau ${hourInWords(term.cutOffMinute)} thì chậm nhất là ngày làm việc tiếp theo`;
    case 'unknown':
      return 'Chưa ghi rõ trong danh mục';
    default:
      return assertNever(term);
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function yearOf(reasons: DeadlineReasons): string {
  return reasons.start.date.slice(0, 4);
}

function ruleSentences(deadline: KnownDeadline, address: string, began: Beginning): readonly string[] {
  const { rule } = deadline.reasons;
  switch (rule.by) {
    case 'term':
      return termSentences(deadline, rule.term, began);
    case 'hand':
      return handSentences(deadline, rule, address);
    case 'resumption':
      return resumptionSentences(deadline, rule);
    default:
      return assertNever(rule);
  }
}

function termSentences(deadline: KnownDeadline, term: CountedTerm, began: Beginning): readonly string[] {
  switch (term.unit) {
    case 'working_day':
      return [...lateBeginning(deadline.reasons, began), `${term.value} ngày làm việc${countedDates(deadline)}.`];
    case 'calendar_day':
      return [...lateBeginning(deadline.reasons, began), ...calendarDaySentences(deadline, term.value)];
    case 'hour':
      return [`${term.value} giờ làm việc, tính từ ${firstMinute(deadline.reasons)}.`];
    case 'same_day':
      return [sameDaySentence(deadline.reasons, term.cutOffMinute)];
    case 'while_waiting':
      return ['Việc này làm xong trong lúc chờ.', waitingSentence(deadline.reasons, term.cutOffMinute)];
    default:
      return assertNever(term);
  }
}

/** ": 23/11, 25/11, 26/11", or ", từ thứ Hai 23/11 đến thứ Tư 30/12" for a long list. */
function countedDates(deadline: KnownDeadline): string {
  const year = yearOf(deadline.reasons);
  const dates = deadline.workingDates;
  if (dates.length <= LISTED_DATES_MAX) return `: ${dates.map((date) => shortDate(date, year)).join(', ')}`;
  return `, từ ${shortDay(dates[0] ?? deadline.dueDate, year)} đến ${shortDay(deadline.dueDate, year)}`;
}

/** Said only when the hour or day of the beginning itself moves the first day. */
function lateBeginning(reasons: DeadlineReasons, began: Beginning): readonly string[] {
  const { startMoment, firstCounted } = reasons;
  if (startMoment !== 'closedDay' && startMoment !== 'afterClosing') return [];
  return [`${beginningWords(reasons, began)}, nên ngày đầu tính là ${shortDay(firstCounted.date, yearOf(reasons))}.`];
}

/** "Nhận lúc 17:20, sau giờ làm việc" or "Nhận thứ Ba 24/11, nghỉ Ngày Văn hóa Việt Nam". */
function beginningWords(reasons: DeadlineReasons, began: Beginning = 'Nhận'): string {
  const closed = reasons.startClosed;
  if (closed === null) return `${began} lúc ${minuteInWords(reasons.start.minute)}, sau giờ làm việc`;
  const why = closed.because === 'weekly' ? 'ngày nghỉ' : closedDayReason(closed);
  return `${began} ${shortDay(closed.date, yearOf(reasons))}, ${why}`;
}

function calendarDaySentences(deadline: KnownDeadline, count: number): readonly string[] {
  const { reasons } = deadline;
  const year = yearOf(reasons);
  const first = shortDate(reasons.firstCounted.date, year);
  const last = shortDay(reasons.movedFrom ?? deadline.dueDate, year);
  return [`${count} ngày, tính cả ngày nghỉ, từ ${first} đến ${last}.`, ...moveSentences(deadline)];
}

function moveSentences(deadline: KnownDeadline): readonly string[] {
  if (deadline.reasons.movedFrom === null) return [];
  return [`Ngày cuối là ngày nghỉ nên chuyển sang ${shortDay(deadline.dueDate, yearOf(deadline.reasons))}.`];
}

function sameDaySentence(reasons: DeadlineReasons, cutOffMinute: number): string {
  const cutOff = hourInWords(cutOffMinute);
  const received = `Nhận lúc ${minuteInWords(reasons.start.minute)}`;
  if (reasons.startClosed !== null) return `${beginningWords(reasons)}, nên trả vào ngày làm việc tiếp theo.`;
  if (reasons.afterCutOff) return `${received}, sau ${cutOff}, nên trả vào ngày làm việc tiếp theo.`;
  if (reasons.startMoment === 'afterClosing') return `${beginningWords(reasons)}, nên trả vào ngày làm việc tiếp theo.`;
  return `${received}, chưa quá ${cutOff}, nên trả trong ngày.`;
}

function waitingSentence(reasons: DeadlineReasons, cutOffMinute: number): string {
  return sameDaySentence(reasons, cutOffMinute)
    .replace('nên trả vào ngày', 'nên hạn cuối là ngày')
    .replace('nên trả trong ngày', 'nên hạn cuối là trong ngày');
}

function firstMinute(reasons: DeadlineReasons): string {
  const { firstCounted, start } = reasons;
  const minute = minuteInWords(firstCounted.minute);
  return firstCounted.date === start.date ? minute : `${minute} ${shortDay(firstCounted.date, yearOf(reasons))}`;
}

function handSentences(
  deadline: KnownDeadline,
  rule: Extract<DeadlineReasons['rule'], { readonly by: 'hand' }>,
  address: string,
): readonly string[] {
  const sentences = [`Ngày hẹn do ${address} chọn, lý do: ${rule.reason.slice(0, REASON_CHARACTERS_MAX).replace(/\.$/, '')}.`];
  const look = `${capitalised(address)} xem lại.`;
  if (rule.dueClosed !== null) {
    const why = rule.dueClosed.because === 'weekly' ? 'là ngày nghỉ' : closedDayReason(rule.dueClosed);
    sentences.push(`${capitalised(shortDay(deadline.dueDate, yearOf(deadline.reasons)))} ${why}.`, look);
  } else if (rule.dueMoment !== 'inHours') {
    sentences.push(`Lúc ${minuteInWords(deadline.dueMinute)} cơ quan không làm việc.`, look);
  }
  return sentences;
}

function resumptionSentences(
  deadline: KnownDeadline,
  rule: Extract<DeadlineReasons['rule'], { readonly by: 'resumption' }>,
): readonly string[] {
  const { reasons } = deadline;
  if (rule.lateBeforeStop) return ['Hồ sơ đã quá hạn trước khi dừng, nên giữ ngày hẹn cũ.'];
  const left = remainingWords(rule.unit, rule.remaining);
  const from = rule.unit === 'working_minute' ? firstMinute(reasons) : shortDay(reasons.start.date, yearOf(reasons));
  return [`Thời gian chờ không tính.`, `${left}, chạy tiếp từ ${from}.`, ...moveSentences(deadline)];
}

function remainingWords(unit: 'working_day' | 'calendar_day' | 'working_minute', remaining: number): string {
  if (remaining === 0) return 'Không còn ngày nào';
  if (unit === 'working_day') return `Còn ${remaining} ngày làm việc`;
  if (unit === 'calendar_day') return `Còn ${remaining} ngày`;
  const hours = Math.floor(remaining / 60);
  const minutes = remaining % 60;
  const words = [...(hours > 0 ? [`${hours} giờ`] : []), ...(minutes > 0 ? [`${minutes} phút`] : [])];
  return `Còn ${words.join(' ')} làm việc`;
}

/**
 * The closed days stepped over. Where the counted dates are listed, weekends speak for themselves beside a named
 * holiday (sentence 13); without a list or a holiday they are named (sentence 12).
 */
function closedSentences(reasons: DeadlineReasons): readonly string[] {
  const weekly = reasons.passedOver.filter((day) => day.because === 'weekly');
  const holidays = groupsOf(reasons.passedOver.filter((day) => day.because !== 'weekly'));
  const year = yearOf(reasons);
  const named = holidays.slice(0, NAMED_HOLIDAYS_MAX).map((group) => holidaySentence(group, year));
  const unnamed = holidays.slice(NAMED_HOLIDAYS_MAX).flat().length;
  if (unnamed > 0) named.push(`Và ${unnamed} ngày nghỉ khác.`);
  const isListed = reasons.rule.by === 'term' && reasons.rule.term.unit === 'working_day';
  return weekly.length > 0 && !(isListed && holidays.length > 0) ? [weeklySentence(weekly), ...named] : named;
}

function weeklySentence(days: readonly ClosedDay[]): string {
  // Monday first, Sunday last, as the week is spoken.
  const weekdays = [...new Set(days.map((day) => (weekday(day.date) + 6) % 7))].sort();
  return `${capitalised(weekdays.map((day) => weekdayName((day + 1) % 7)).join(' và '))} nghỉ.`;
}

/** Consecutive days closed for the same reason, together. */
function groupsOf(days: readonly ClosedDay[]): readonly (readonly ClosedDay[])[] {
  const groups: ClosedDay[][] = [];
  for (const day of days) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const continues = last !== undefined && closedDayReason(last) === closedDayReason(day) && addDays(last.date, 1) === day.date;
    if (group !== undefined && continues) group.push(day);
    else groups.push([day]);
  }
  return groups;
}

function holidaySentence(group: readonly ClosedDay[], year: string): string {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return '';
  const reason = closedDayReason(first);
  if (first === last) return `${capitalised(shortDay(first.date, year))} ${reason}.`;
  return `Từ ${shortDay(first.date, year)} đến ${shortDay(last.date, year)} ${reason}.`;
}

function makeUpSentences(reasons: DeadlineReasons): readonly string[] {
  const year = yearOf(reasons);
  return reasons.makeUpDates.slice(0, NAMED_HOLIDAYS_MAX).map((date: IsoDate) => `${capitalised(shortDay(date, year))} làm bù.`);
}

function calendarSentences(deadline: KnownDeadline, address: string): readonly string[] {
  const { calendarValidFrom, calendarValidTo } = deadline.reasons;
  const isBeyondEnd = deadline.dueDate > calendarValidTo || deadline.reasons.start.date > calendarValidTo;
  const edge = isBeyondEnd ? `chỉ có đến ${dateInWords(calendarValidTo)}` : `chỉ có từ ${dateInWords(calendarValidFrom)}`;
  return [`Lịch nghỉ ${edge}.`, `Ngày hẹn này cần ${address} xem lại.`];
}

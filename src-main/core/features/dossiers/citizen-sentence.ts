import { isOverdue, isPastAppointment } from '../../../../src-shared/domain/deadlines/deadline.ts';
import { capitalised, hourInWords, weekdayName } from '../../../../src-shared/domain/deadlines/day-words.ts';
import type { DossierContent } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { formatDong } from '../../../../src-shared/domain/fees/money.ts';
import { citizenAddress, type AddressBand } from '../../../../src-shared/domain/persons/citizen-address.ts';
import { addDays, daysBetween, officeDate, officeMinuteOfDay, weekday, type IsoDate } from '../../../../src-shared/lib/office-time.ts';

/** What the officer knows besides the dossier when speaking. */
export interface Speaking {
  /** UTC milliseconds of the office's clock. */
  readonly now: number;
  readonly addressBands: readonly AddressBand[];
  /** False where no receipt was made: then there is no paper to bring along. */
  readonly hasReceipt: boolean;
}

/** The sentence to say to the citizen (ux.md §8, sentence 2), for whatever has become of the dossier. */
export function citizenSentence(dossier: Dossier, speaking: Speaking): string {
  const { content } = dossier;
  const who = citizenAddress(content.submitter ?? content.authorised ?? content.owner, officeDate(speaking.now), speaking.addressBands);
  switch (dossier.status) {
    case 'received':
    case 'processing':
      return runningSentence(dossier, who, speaking);
    case 'waitingSupplement':
      return `Hồ sơ còn thiếu: ${dossier.supplementRounds.at(-1)?.papers.join('; ') ?? 'giấy tờ'}. Mời ${who} mang đến sớm; thời gian chờ không tính vào ngày hẹn.`;
    case 'waitingDuty':
      return `Hồ sơ còn khoản tiền phải nộp${dutyWords(dossier)}. ${capitalised(who)} nộp xong thì hồ sơ được làm tiếp; thời gian chờ không tính vào ngày hẹn.`;
    case 'finished':
      return `Đã có kết quả. ${finishedWords(content, who, speaking.hasReceipt)}`;
    case 'returned':
      return returnedSentence(dossier);
    case 'withdrawn':
      return `Hồ sơ đã rút theo yêu cầu của ${who}.`;
    case 'stopped':
      return `Hồ sơ đã dừng giải quyết. Lý do: ${withoutStop(dossier.closingReason)}.`;
    case 'refused':
      return `Hồ sơ không giải quyết được. Lý do: ${withoutStop(dossier.closingReason)}.`;
    case 'voided':
      return `Hồ sơ này đã bỏ. Lý do: ${withoutStop(dossier.closingReason)}.`;
  }
}

function runningSentence(dossier: Dossier, who: string, { now, hasReceipt }: Speaking): string {
  const { content } = dossier;
  const { dueAt } = content.appointment;
  const received = dossier.apologies > 0 ? `Hồ sơ làm chậm, cơ quan xin lỗi ${who} và hẹn lại ngày trả.` : `Hồ sơ đã nhận xong${moneyWords(content)}.`;
  if (dueAt === null) return `${received} Chưa hẹn được ngày, có kết quả sẽ báo cho ${who}.`;
  if (isOverdue(dueAt, now)) return `Hồ sơ đã quá hẹn từ ${dayOfMonth(officeDate(dueAt), officeDate(now))}. Cơ quan xin lỗi ${who} và đang làm tiếp.`;
  const when = untilWords(dueAt, now);
  switch (content.delivery.by) {
    case 'post':
      return `${received} Kết quả gửi qua bưu điện ${when}.`;
    case 'online':
      return `${received} Kết quả trả qua mạng ${when}.`;
    case 'elsewhere':
    case 'counter': {
      const place = content.delivery.place === undefined ? '' : ` tại ${content.delivery.place}`;
      return `${received} Mời ${who} đến lấy${place} ${when}${hasReceipt ? ', nhớ mang theo giấy này' : ''}.`;
    }
  }
}

/** ": lệ phí trước bạ, 500.000 đ". A sum that nobody knows is not said. */
function dutyWords({ dutyRounds }: Dossier): string {
  const duty = dutyRounds.at(-1);
  if (duty === undefined) return '';
  return `: ${withoutStop(duty.text)}${duty.dong === null ? '' : `, ${formatDong(duty.dong)}`}`;
}

function returnedSentence({ handOver }: Dossier): string {
  if (handOver?.how === 'post') return `Kết quả đã gửi qua bưu điện${handOver.postOrder === undefined ? '' : `, số bưu gửi ${handOver.postOrder}`}.`;
  return handOver?.how === 'online' ? 'Kết quả đã trả qua mạng.' : 'Kết quả đã trả xong.';
}

function finishedWords({ delivery }: DossierContent, who: string, hasReceipt: boolean): string {
  if (delivery.by === 'post') return 'Kết quả gửi qua bưu điện.';
  if (delivery.by === 'online') return 'Kết quả trả qua mạng.';
  const place = delivery.place === undefined ? '' : ` tại ${delivery.place}`;
  return `Mời ${who} đến lấy${place}${hasReceipt ? ', nhớ mang theo giấy hẹn' : ''}.`;
}

/** ", không mất tiền" or the sum. A blank amount is not free (settled.md 14), so then nothing is said. */
function moneyWords({ fee, levy }: DossierContent): string {
  const amounts = [fee.amount, levy.amount];
  if (amounts.some((amount) => amount.state === 'unknown')) return '';
  const dong = amounts.reduce((sum, amount) => sum + (amount.state === 'due' ? amount.dong : 0), 0);
  return dong === 0 ? ', không mất tiền' : `, số tiền là ${formatDong(dong)}`;
}

/** `trước 5 giờ chiều thứ Hai tới, ngày 23 tháng 11`. */
function untilWords(dueAt: number, now: number): string {
  const today = officeDate(now);
  const due = officeDate(dueAt);
  if (due === today && isPastAppointment(dueAt, now)) return 'trong hôm nay';
  return `trước ${spokenHour(officeMinuteOfDay(dueAt))} ${spokenDay(due, today)}`;
}

/** `5 giờ chiều`, `11 giờ 30 trưa`: the twelve-hour way in which people speak. */
function spokenHour(minuteOfDay: number): string {
  const hour = Math.floor(minuteOfDay / 60);
  const part = hour < 11 ? 'sáng' : hour < 13 ? 'trưa' : hour < 18 ? 'chiều' : 'tối';
  return `${hourInWords(hour > 12 ? minuteOfDay - 720 : minuteOfDay)} ${part}`;
}

function spokenDay(due: IsoDate, today: IsoDate): string {
  const days = daysBetween(today, due);
  if (days === 0) return 'hôm nay';
  const name = weekdayName(weekday(due));
  const date = dayOfMonth(due, today);
  if (days === 1) return `ngày mai, ${name} ${date}`;
  const weeks = daysBetween(monday(today), monday(due)) / 7;
  return `${name}${weeks === 0 ? ' này' : weeks === 1 ? ' tới' : ''}, ${date}`;
}

function monday(date: IsoDate): IsoDate {
  return addDays(date, -((weekday(date) + 6) % 7));
}

/** `ngày 23 tháng 11`, with the year when it is another one. */
function dayOfMonth(date: IsoDate, today: IsoDate): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` năm ${date.slice(0, 4)}`;
  return `ngày ${Number(date.slice(8, 10))} tháng ${Number(date.slice(5, 7))}${year}`;
}

function withoutStop(reason: string | null): string {
  return (reason ?? 'chưa ghi').replace(/\.$/, '');
}

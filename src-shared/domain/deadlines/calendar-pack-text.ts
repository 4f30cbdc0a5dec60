import { readJsonLines } from '../../lib/json-lines.ts';
import { err, ok } from '../../lib/result.ts';
import type { Result } from '../../lib/result.ts';
import { firstIssue, malformed, PACK_CHARS_MAX, tooLarge, withoutByteOrderMark } from '../packs/catalogue-pack.ts';
import type { PackRefusal } from '../packs/catalogue-pack.ts';
import { calendarPackSchema, defaultOfficeHours } from './calendar-pack.ts';
import type { CalendarPack } from './calendar-pack.ts';
import { createCalendar } from './calendar.ts';
import { CLOSURE_DAYS_MAX, tooLongClosure } from './closure.ts';

/** Reads a calendar pack. One fault anywhere refuses the whole pack (R12); the refusal names the first fault by line. */
export function parseCalendarPack(text: string): Result<CalendarPack, PackRefusal> {
  if (text.length > PACK_CHARS_MAX) return err(tooLarge(text));
  const json = withoutByteOrderMark(text);
  const lines = readJsonLines(json);
  if ('kind' in lines) return err(malformed(lines));
  const value: unknown = JSON.parse(json);
  const parsed = calendarPackSchema.safeParse(value);
  if (!parsed.success) return err(firstIssue(parsed.error.issues, value, lines));
  const closed = tooLongClosure(createCalendar(parsed.data, { key: 'office', hours: defaultOfficeHours, days: [] }));
  if (closed === null) return ok(parsed.data);
  const path = ['days', parsed.data.days.findIndex((day) => day.date === closed)];
  return err({ code: 'pack.invalid', line: lines.lineAt(path), path: path.join('.'), reason: `từ ngày ${closed} nghỉ liền hơn ${CLOSURE_DAYS_MAX} ngày, xem lại các ngày nghỉ` });
}

import { DAY_MS, MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';

const words = viConsole.age;
const HOUR_MS = 60 * MINUTE_MS;

/** `3 ngày trước`; a clock that runs ahead never makes it less than now. */
export function agoWords(at: number | null, now: number): string {
  if (at === null) return words.never;
  const ms = now - at;
  if (ms < MINUTE_MS) return words.now;
  if (ms < HOUR_MS) return t(words.minutes, { count: Math.floor(ms / MINUTE_MS) });
  return ms < DAY_MS ? t(words.hours, { count: Math.floor(ms / HOUR_MS) }) : t(words.days, { count: Math.floor(ms / DAY_MS) });
}

/** `3 ngày` */
export function lastingWords(ms: number): string {
  if (ms < HOUR_MS) return t(words.lasting.minutes, { count: Math.max(0, Math.floor(ms / MINUTE_MS)) });
  return ms < DAY_MS ? t(words.lasting.hours, { count: Math.floor(ms / HOUR_MS) }) : t(words.lasting.days, { count: Math.floor(ms / DAY_MS) });
}

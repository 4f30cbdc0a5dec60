import { z } from 'zod';

/** How a dossier reaches the desk: over the counter, through the portal, by the public post. */
export const CHANNELS = ['direct', 'online', 'post'] as const;
export type Channel = (typeof CHANNELS)[number];

const COUNT_MAX = 999;

const countedTerm = <Unit extends 'working_day' | 'calendar_day' | 'hour'>(unit: Unit) =>
  z.strictObject({ unit: z.literal(unit), value: z.int().min(1).max(COUNT_MAX) });

/** `cutOffMinute` is the last minute of the office day that still counts as "not later than" (900 = 15:00). */
const cutOffTerm = <Unit extends 'same_day' | 'while_waiting'>(unit: Unit) =>
  z.strictObject({ unit: z.literal(unit), cutOffMinute: z.int().min(0).max(1_439) });

/**
 * The time a procedure may take, as the catalogue gives it (domain.md §f).
 *
 * `same_day`: received up to and including `cutOffMinute` -> that day, later -> the next working day.
 * `while_waiting`: done while the citizen waits; the latest moment follows the same cut-off.
 * `unknown`: no term, several, or a number without a unit. The officer types one with a reason; a unit-less number is
 * never read as days (settled.md 5). `note` says in Vietnamese what the source shows.
 */
export const termSchema = z.discriminatedUnion('unit', [
  countedTerm('working_day'),
  countedTerm('calendar_day'),
  countedTerm('hour'),
  cutOffTerm('same_day'),
  cutOffTerm('while_waiting'),
  z.strictObject({ unit: z.literal('unknown'), note: z.string().trim().min(1).max(500) }),
]);
export type Term = Readonly<z.infer<typeof termSchema>>;

/** A term on one channel. `confirmed: false` shows as "chưa xác nhận"; an unknown term is never confirmed. */
export const channelTermSchema = z
  .strictObject({ term: termSchema, confirmed: z.boolean() })
  .refine((entry) => !(entry.confirmed && entry.term.unit === 'unknown'), {
    path: ['confirmed'],
    error: 'thời hạn chưa rõ thì không thể là đã xác nhận',
  });
export type ChannelTerm = Readonly<z.infer<typeof channelTermSchema>>;

export const channelTermsSchema = z
  .strictObject({
    direct: channelTermSchema.optional(),
    online: channelTermSchema.optional(),
    post: channelTermSchema.optional(),
  })
  .refine((terms) => CHANNELS.some((channel) => terms[channel] !== undefined), {
    error: 'phải có thời hạn cho ít nhất một cách nộp',
  });
export type ChannelTerms = Readonly<z.infer<typeof channelTermsSchema>>;

/** The term in words for screens and papers: "3 ngày làm việc", "Trong ngày (nhận sau 15:00: ngày làm việc tiếp theo)". */
export function termInWords(term: Term): string {
  switch (term.unit) {
    case 'working_day':
      return `${term.value} ngày làm việc`;
    case 'calendar_day':
      return `${term.value} ngày`;
    case 'hour':
      return `${term.value} giờ làm việc`;
    case 'same_day':
      return `Trong ngày (nhận sau ${clock(term.cutOffMinute)}: ngày làm việc tiếp theo)`;
    case 'while_waiting':
      return `Trả ngay (nhận sau ${clock(term.cutOffMinute)}: chậm nhất ngày làm việc tiếp theo)`;
    case 'unknown':
      return 'Chưa rõ thời hạn';
  }
}

/**
 * The term on a channel. A channel the catalogue does not mention is unknown rather than refused: doubtful law warns
 * and asks, it never blocks (R15).
 */
export function termOnChannel(terms: ChannelTerms, channel: Channel): ChannelTerm {
  const named = terms[channel];
  if (named !== undefined) return named;
  return { term: { unit: 'unknown', note: 'Danh mục không ghi thời hạn cho cách nộp này.' }, confirmed: false };
}

function clock(minuteOfDay: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${pad(Math.floor(minuteOfDay / 60))}:${pad(minuteOfDay % 60)}`;
}

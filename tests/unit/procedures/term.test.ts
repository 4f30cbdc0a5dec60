import { describe, expect, it } from 'vitest';
import { channelTermSchema, channelTermsSchema, termInWords, termOnChannel, termSchema } from '../../../src-shared/domain/procedures/term.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';

describe('a term', () => {
  it.each<[Term, string]>([
    [{ unit: 'working_day', value: 3 }, '3 ngày làm việc'],
    [{ unit: 'calendar_day', value: 15 }, '15 ngày'],
    [{ unit: 'hour', value: 1 }, '1 giờ làm việc'],
    [{ unit: 'same_day', cutOffMinute: 900 }, 'Trong ngày (nhận sau 15:00: ngày làm việc tiếp theo)'],
    [{ unit: 'while_waiting', cutOffMinute: 905 }, 'Trả ngay (nhận sau 15:05: chậm nhất ngày làm việc tiếp theo)'],
    [{ unit: 'unknown', note: 'Cổng ghi "1".' }, 'Chưa rõ thời hạn'],
  ])('%o reads as %s', (term, words) => {
    expect(termInWords(term)).toBe(words);
  });

  it.each([
    { unit: 'day', value: 3 },
    { value: 3 },
    { unit: null, value: 3 },
    { unit: 'working_day', value: 0 },
    { unit: 'working_day', value: 1.5 },
    { unit: 'working_day', value: '3' },
    { unit: 'working_day' },
    { unit: 'same_day' },
    { unit: 'same_day', cutOffMinute: 1_440 },
    { unit: 'unknown' },
    { unit: 'unknown', note: ' ' },
    { unit: 'unknown', note: 'x', value: 1 },
  ])('%o is refused', (term) => {
    expect(termSchema.safeParse(term).success).toBe(false);
  });

  it('that is unknown is never confirmed', () => {
    const term = { unit: 'unknown', note: 'x' };
    expect(channelTermSchema.safeParse({ term, confirmed: true }).success).toBe(false);
    expect(channelTermSchema.safeParse({ term, confirmed: false }).success).toBe(true);
  });

  it('is unknown, not borrowed, on a channel the catalogue does not mention', () => {
    const direct = { term: { unit: 'working_day', value: 27 }, confirmed: true } as const;
    expect(termOnChannel({ direct }, 'direct')).toEqual(direct);
    expect(termOnChannel({ direct }, 'online')).toMatchObject({ term: { unit: 'unknown' }, confirmed: false });
  });

  it('stands on at least one channel', () => {
    expect(channelTermsSchema.safeParse({}).success).toBe(false);
  });
});

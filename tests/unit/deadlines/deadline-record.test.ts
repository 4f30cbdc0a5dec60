import { describe, expect, it } from 'vitest';
import { pauseClock, resumeClock } from '../../../src-shared/domain/deadlines/clock-stop.ts';
import { computeDeadline, defaultDeadlineSettings } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { KnownDeadline } from '../../../src-shared/domain/deadlines/deadline.ts';
import { deadlineRecordSchema, deadlineResult, stoppedClockSchema } from '../../../src-shared/domain/deadlines/deadline-record.ts';
import type { DeadlineRecord } from '../../../src-shared/domain/deadlines/deadline-record.ts';
import type { Term } from '../../../src-shared/domain/procedures/term.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { instant, officeCalendar, pack } from './office-calendars.ts';

const term: Term = { unit: 'working_day', value: 3 };
const receivedAt = instant('2026-11-20 10:00');
const packs: DeadlineRecord['packs'] = [{ kind: 'calendar', id: pack.id, version: String(pack.version), hash: 'ab'.repeat(32) }];

function known(): KnownDeadline {
  const deadline = computeDeadline({ receivedAt, term, calendar: officeCalendar, settings: defaultDeadlineSettings });
  if (!deadline.known) throw new Error('the deadline must be known');
  return deadline;
}

function received() {
  const shared = { settings: defaultDeadlineSettings, calendarKey: 'office', packs, result: deadlineResult(known()) };
  return { how: 'catalogue', receivedAt, channel: 'direct', term, reason: null, ...shared } as const;
}

describe('the record an operation carries', () => {
  it('comes back from canonical JSON as it went in', () => {
    const record: DeadlineRecord = received();
    expect(deadlineRecordSchema.parse(JSON.parse(canonicalJson(record)))).toEqual(record);
  });

  it('is enough to compute the same date again', () => {
    const record = received();
    const again = computeDeadline({ receivedAt: record.receivedAt, term: record.term, calendar: officeCalendar, settings: record.settings });
    expect(again).toMatchObject(record.result);
  });

  it('carries a resumed clock with what was left at the stop', () => {
    const stopped = pauseClock({ stoppedAt: instant('2026-11-23 10:00'), dueAt: known().dueAt, unit: 'working_day', calendar: officeCalendar });
    expect(stoppedClockSchema.parse(JSON.parse(canonicalJson(stopped)))).toEqual(stopped);
    const resumedAt = instant('2026-11-30 09:00');
    const result = deadlineResult(resumeClock(stopped, resumedAt, officeCalendar));
    const record: DeadlineRecord = { how: 'resumed', resumedAt, stopped, settings: defaultDeadlineSettings, calendarKey: 'office', packs, result };
    expect(deadlineRecordSchema.parse(JSON.parse(canonicalJson(record)))).toEqual(record);
  });

  it.each([
    ['a typed term without a reason', { ...received(), how: 'typedTerm' }],
    ['a blank reason', { ...received(), how: 'typedTerm', reason: ' ' }],
    ['a date computed from an unknown term', { ...received(), term: { unit: 'unknown', note: 'x' } }],
    ['a date computed from no term', { ...received(), term: null }],
    ['a date that is not the day of its instant', { ...received(), result: { ...received().result, dueDate: '2026-11-27' } }],
    ['a minute that is not that of its instant', { ...received(), result: { ...received().result, dueMinute: 1_019 } }],
    ['a fraction of a millisecond', { ...received(), receivedAt: receivedAt + 0.5 }],
    ['a hash that is none', { ...received(), packs: [{ ...packs[0], hash: 'abc' }] }],
    ['an unknown member', { ...received(), remark: 'x' }],
    ['a resumption without its stop', { ...received(), how: 'resumed' }],
  ])('refuses %s', (_name, record) => {
    expect(deadlineRecordSchema.safeParse(record).success).toBe(false);
  });

  it('accepts a date by hand under an unknown term, with its reason', () => {
    const record = { ...received(), how: 'byHand', term: { unit: 'unknown', note: 'x' }, reason: 'theo văn bản của Sở' };
    expect(deadlineRecordSchema.safeParse(record).success).toBe(true);
  });
});

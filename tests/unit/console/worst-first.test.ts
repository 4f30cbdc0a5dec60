import { describe, expect, it } from 'vitest';
import type { OfficeLine } from '../../../src-shared/console-contract/console-views.ts';
import { DAY_MS, MINUTE_MS } from '../../../src-shared/lib/office-time.ts';
import { concernOf, findOffices, worstFirst } from '../../../src-renderer/console/worst-first.ts';

const NOW = Date.UTC(2026, 10, 27, 3);

function office(name: string | null, changes: Partial<OfficeLine> = {}): OfficeLine {
  return {
    office: crypto.randomUUID(), name, admittedAt: NOW - 90 * DAY_MS, desks: 2, contactAt: NOW - MINUTE_MS, unsent: 0, oldestUnsentAt: null, backlog: 0, overdue: 0,
    lag: { operations: 0, since: null, isRebuilding: false }, quarantined: 0, ...changes,
  };
}

describe('the order of the offices', () => {
  it('puts what somebody has to act on first, then what may be watched, by silence, overdue and name', () => {
    const lines = [
      office('Y Tý'), office('Bản Qua'), office('Tả Van', { overdue: 1 }), office('Mường Hum', { overdue: 9 }), office('Mù Cả', { contactAt: NOW - 4 * DAY_MS }),
      office('Pa Vệ Sủ', { unsent: 5, oldestUnsentAt: NOW - 9 * DAY_MS }), office('Sín Chải', { quarantined: 1 }), office(null, { contactAt: null, admittedAt: NOW - 30 * DAY_MS }),
    ];
    expect(worstFirst(lines, NOW).map(({ name }) => name)).toEqual([null, 'Pa Vệ Sủ', 'Mù Cả', 'Sín Chải', 'Mường Hum', 'Tả Van', 'Bản Qua', 'Y Tý']);
  });

  it('is calm about an office that is made anew, and not about one that stays behind', () => {
    const lag = { operations: 3, since: NOW - 20 * MINUTE_MS, isRebuilding: false };
    expect(concernOf(office('A', { lag }), NOW)).toBe('watch');
    expect(concernOf(office('A', { lag: { ...lag, isRebuilding: true } }), NOW)).toBe('none');
    expect(concernOf(office('A', { lag: { ...lag, since: NOW - MINUTE_MS } }), NOW)).toBe('none');
  });

  it('does not take a clock that runs ahead for trouble', () => {
    expect(concernOf(office('A', { contactAt: NOW + DAY_MS, unsent: 1, oldestUnsentAt: NOW + DAY_MS }), NOW)).toBe('none');
  });

  it('finds an office by words without marks, in any order', () => {
    const lines = [office('Xã Nậm Khâu'), office('Xã Đắk Nông'), office(null)];
    expect(findOffices(lines, 'khau nam').map(({ name }) => name)).toEqual(['Xã Nậm Khâu']);
    expect(findOffices(lines, 'dak').map(({ name }) => name)).toEqual(['Xã Đắk Nông']);
    expect(findOffices(lines, ' ')).toHaveLength(3);
  });
});

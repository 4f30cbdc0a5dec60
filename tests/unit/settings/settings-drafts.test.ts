import { describe, expect, it } from 'vitest';
import { hoursDraftOf, hoursOfDraft, isInOrder } from '../../../src-renderer/features/settings/hours-draft.ts';
import { entryOf, NEW_PROCEDURE, nextOwnCode } from '../../../src-renderer/features/settings/new-procedure.ts';
import { packEnd } from '../../../src-renderer/features/settings/pack-end.ts';
import { defaultOfficeHours, officeHoursSchema, policeOfficeHours } from '../../../src-shared/domain/deadlines/calendar-pack.ts';
import { localChangeOfEdit } from '../../../src-shared/domain/procedures/local-edit.ts';

const NO_CATALOGUE = { entries: [], byCode: new Map(), problems: [] };

describe('hours while they are being typed', () => {
  it('come out as they went in, also a Saturday morning and a day that fits no pattern', () => {
    for (const hours of [defaultOfficeHours, policeOfficeHours]) expect(hoursOfDraft(hoursDraftOf(hours), hours)).toEqual(hours);
    const odd = { ...defaultOfficeHours, byWeekday: defaultOfficeHours.byWeekday.map((periods, day) => (day === 3 ? [{ from: 600, to: 660 }] : periods)) };
    expect(hoursDraftOf(odd).days[3]).toBe('own');
    expect(hoursOfDraft({ ...hoursDraftOf(odd), afternoon: { from: 840, to: 1000 } }, odd)?.byWeekday[3]).toEqual([{ from: 600, to: 660 }]);
  });

  it('are none while a time is missing, and out of order when the morning ends after noon begins', () => {
    const draft = hoursDraftOf(defaultOfficeHours);
    expect(hoursOfDraft({ ...draft, morning: { from: 420, to: undefined } }, defaultOfficeHours)).toBeUndefined();
    expect(isInOrder(draft)).toBe(true);
    expect(isInOrder({ ...draft, morning: { from: 420, to: 820 } })).toBe(false);
    expect(officeHoursSchema.safeParse(hoursOfDraft({ ...draft, days: draft.days.map(() => 'morning' as const) }, defaultOfficeHours)).success).toBe(true);
  });
});

describe('a procedure of the office itself', () => {
  const draft = { ...NEW_PROCEDURE, name: 'Xác nhận hoàn cảnh', shortName: 'Xác nhận', sector: 'Giảm nghèo', termValue: 2, papers: ' Đơn đề nghị \n\nÝ kiến trưởng thôn', result: 'Giấy xác nhận', reason: 'Quy chế 02' };

  it.each([[undefined, 0], [0, 0], [8_000, 1]])('with a levy of %s is an entry that the core takes', (levyDong, lines) => {
    const entry = entryOf({ ...draft, levyDong });
    const change = localChangeOfEdit(NO_CATALOGUE, { code: 'DP.1', entry, reason: 'Quy chế 02', id: 'x', effectiveFrom: '2026-11-23' });
    expect(change).toMatchObject({ ok: true, value: { change: 'added', procedure: { code: 'DP.1', confirmed: true, papers: [{ name: 'Đơn đề nghị' }, { name: 'Ý kiến trưởng thôn' }] } } });
    expect((entry['fees'] as unknown[]).length).toBe(lines);
  });

  it('gets the next number of the office\'s own', () => {
    expect(nextOwnCode(['1.001193', '2.002516'])).toBe('DP.1');
    expect(nextOwnCode(['DP.2', '1.001193', 'DP.11'])).toBe('DP.12');
  });
});

describe('the end of a pack', () => {
  const pack = { id: 'lich', validTo: '2026-12-31', inForce: true };

  it('is warned of two months before and after it, for a pack in force alone', () => {
    expect(packEnd(pack, '2026-10-01')).toBeUndefined();
    expect(packEnd(pack, '2026-11-01')).toEqual({ id: 'lich', date: '2026-12-31', days: 60 });
    expect(packEnd(pack, '2027-01-02')?.days).toBe(-2);
    expect(packEnd({ ...pack, inForce: false }, '2027-01-02')).toBeUndefined();
    expect(packEnd({ ...pack, validTo: null }, '2027-01-02')).toBeUndefined();
  });
});

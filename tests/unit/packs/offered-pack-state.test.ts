import { describe, expect, it } from 'vitest';
import type { InstalledPack } from '../../../src-shared/domain/office/office.ts';
import { changesOfCalendar } from '../../../src-shared/domain/packs/pack-changes.ts';
import type { OperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { OfferedRow } from '../../../src-main/core/features/packs/offered-pack-rows.ts';
import { offeredStands, toldStands } from '../../../src-main/core/features/packs/offered-pack-state.ts';

const row = (changes: Partial<OfferedRow>): OfferedRow => ({
  hash: 'a', server: 's', pack: 'catalogue', id: 'danh-muc', version: 2, valid_from: '2026-07-01', valid_to: null, published_at: 0, size: 10, signature: '', here: 10, is_checked: 1, code: null, detail: null, program: '1', ...changes,
});
const installed = (changes: Partial<InstalledPack>): InstalledPack => ({ pack: 'catalogue', id: 'danh-muc', version: '1', hash: 'old', text: '', operation: 'd.1' as OperationId, ...changes });
const statesOf = (rows: readonly OfferedRow[], packs: readonly InstalledPack[]) => offeredStands(rows, packs).map(({ state }) => state);

describe('how an offered pack stands in an office', () => {
  it('waits once it is whole and read, and is in use when any desk has installed it', () => {
    expect(statesOf([row({ here: 3, is_checked: 0 })], [installed({})])).toEqual(['coming']);
    expect(statesOf([row({})], [installed({})])).toEqual(['waiting']);
    expect(statesOf([row({ here: 3, is_checked: 0 })], [installed({ hash: 'a', version: '2' })])).toEqual(['installed']);
  });

  it('is of no use behind a newer calendar, or a newer catalogue that begins no later', () => {
    const newer = installed({ version: '3', hash: 'b' });
    expect(statesOf([row({})], [newer])).toEqual(['older']);
    expect(statesOf([row({}), row({ hash: 'b', version: 3 })], [newer])).toEqual(['older', 'installed']);
    expect(statesOf([row({ pack: 'calendar' })], [{ ...newer, pack: 'calendar' }])).toEqual(['older']);
  });

  it('waits still where the newer catalogue in use begins later: until then the older one is needed', () => {
    expect(statesOf([row({}), row({ hash: 'b', version: 3, valid_from: '2027-01-01' })], [installed({ version: '3', hash: 'b' })])).toEqual(['waiting', 'installed']);
  });

  it('tells the upper tier of what waits, is used or cannot be used, and of nothing else', () => {
    const stands = offeredStands([row({}), row({ hash: 'c', here: 0, is_checked: 0, id: 'khac' }), row({ hash: 'd', code: 'pack.damaged', id: 'hong' })], []);
    expect(toldStands(stands)).toEqual([{ hash: 'a', state: 'waiting', code: null }, { hash: 'd', state: 'refused', code: 'pack.damaged' }]);
  });
});

describe('what a pack changes', () => {
  const calendar = { id: 'lich', version: 1, validFrom: '2026-01-01', validTo: '2026-12-31', fixedDates: [{ monthDay: '09-02', name: 'Quốc khánh' }], days: [{ date: '2026-02-16', type: 'closed' as const, name: 'Tết' }, { date: '2026-02-17', type: 'closed' as const, name: 'Tết' }] };

  it('names days that come, go and are otherwise, and none that only moved in the file', () => {
    const after = { ...calendar, version: 2, days: [{ date: '2026-02-17', type: 'makeUpWorkingDay' as const, name: 'Tết' }, { date: '2026-04-30', type: 'closed' as const, name: 'Lễ' }] };
    expect(changesOfCalendar(calendar, after).changes).toEqual([
      { what: 'removed', key: '2026-02-16', name: 'Tết', members: [] },
      { what: 'changed', key: '2026-02-17', name: 'Tết', members: ['type'] },
      { what: 'added', key: '2026-04-30', name: 'Lễ', members: [] },
    ]);
    expect(changesOfCalendar(calendar, { ...calendar, version: 2, days: calendar.days.toReversed() }).changes).toEqual([]);
  });
});

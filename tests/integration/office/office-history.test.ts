import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { makePng } from '../../helpers/make-png.ts';
import { fakeClock, valueOf, type FakeClock } from '../../helpers/open-test-desk.ts';
import { startCore, type RunningCore } from '../../helpers/running-core.ts';

let core: RunningCore;
let clock: FakeClock;
beforeAll(async () => {
  clock = fakeClock();
  core = await startCore(clock);
});
afterAll(() => core.close());

type Entry = OutputOf<'office.history'>['entries'][number];
const page = async (before?: string, limit = 5) => valueOf(await core.as('reception', 'office.history', { ...(before !== undefined && { before }), limit }));
const newest = async (): Promise<Entry> => (await page(undefined, 1)).entries[0]!;
const said = ({ title, lines }: Entry) => `${title}: ${lines.map(({ label, text }) => `${label} ${text}`).join('; ')}`;

describe('the history of the office', () => {
  it('says who did what and when, in plain words', async () => {
    clock.advance(60_000);
    valueOf(await core.as('admin', 'settings.save', { key: 'idleLockMinutes', value: 25 }));
    expect(await newest()).toMatchObject({ at: clock.wallMs(), actorName: 'Quản Trị', deskName: 'Máy 1', title: 'Đổi cài đặt', applied: true });
    expect(said(await newest())).toBe('Đổi cài đặt: Mục Tự khóa màn hình; Đặt là sau 25 phút');
    valueOf(await core.as('admin', 'calendar.saveDay', { date: '2026-12-15', type: 'closed', name: 'Họp dân' }));
    expect(said(await newest())).toBe('Sửa một ngày của lịch: Ngày thứ Ba 15/12/2026; Là ngày nghỉ; Vì sao Họp dân');
  });

  it('of names it says only those that are other ones now', async () => {
    const { attributes } = valueOf(await core.as('admin', 'office.get', {})).office!;
    const { communeName, superiorName, unitName, placeName } = attributes;
    valueOf(await core.as('admin', 'office.change', { communeName, superiorName, unitName, placeName: 'Nậm Khâu Thượng', hotline: attributes.hotline ?? '', lookupAddress: attributes.lookupAddress ?? '', reason: 'Sáp nhập' }));
    expect(said(await newest())).toBe('Sửa tên, đầu giấy, cuối giấy: Địa danh Nậm Khâu Thượng; Lý do Sáp nhập');
    valueOf(await core.as('admin', 'office.change', { communeName, superiorName, unitName, placeName: 'Nậm Khâu Thượng', hotline: '', lookupAddress: attributes.lookupAddress ?? '', logo: { png: makePng() } }));
    expect((await newest()).lines.map(({ label }) => label)).toEqual([...(attributes.hotline === undefined ? [] : ['Điện thoại']), 'Hình ở đầu giấy']);
  });

  it('is read a page at a time, each act once, down to the founding of the office', async () => {
    const seen: Entry[] = [];
    for (let next: string | null | undefined; next !== null;) {
      const answer = await page(next);
      expect(answer.entries.length).toBeLessThanOrEqual(5);
      seen.push(...answer.entries);
      next = answer.next;
    }
    const desk = core.core.holder.desk()!;
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen).toHaveLength(desk.log.listSubject(desk.officeSubject).length);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((one, other) => other - one));
    expect(seen.at(-1)!.title).toBe('Lập cơ quan trên máy đầu tiên');
    // No key, hash or password stands in what screens are told.
    const { officers } = desk.office();
    for (const { credentials } of officers.values()) expect(JSON.stringify(seen)).not.toContain(credentials.publicKey);
  });

  it('an act that nobody was allowed is shown, and that it counts for nothing', async () => {
    const desk = core.core.holder.desk()!;
    const reception = core.sessions.reception.officer;
    valueOf(desk.log.write(({ append }) => {
      append({ kind: 'setting.changed', version: 1, subject: desk.officeSubject, actor: reception, after: desk.officeHeads(), body: { key: 'paperSize', value: 'A4' } });
      return { ok: true, value: undefined };
    }));
    desk.reloadOffice();
    expect(await newest()).toMatchObject({ title: 'Đổi cài đặt', actorName: 'Cán bộ reception', applied: false });
  });

  it('a place that is none is refused', async () => {
    expect(await core.as('reception', 'office.history', { before: 'x' })).toMatchObject({ error: { code: 'request.malformed' } });
  });
});

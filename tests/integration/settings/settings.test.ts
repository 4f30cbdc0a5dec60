import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultOfficeSettings, readOfficeSettings } from '../../../src-shared/domain/settings/office-settings.ts';
import { RECEIPT_2025_FROM } from '../../../src-shared/forms/receipt/receipt.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { closeCatalogueDesks, openCatalogueDesk, valueOf, type CatalogueDesk } from '../../helpers/catalogue-desk.ts';

let at: CatalogueDesk;
beforeAll(async () => {
  at = await openCatalogueDesk();
});
afterAll(closeCatalogueDesks);

const settings = async () => valueOf(await at.call('reception', 'settings.get', {})).settings;

describe('settings of the office', () => {
  test('a new office has the defaults, and the receipt form changes on the day the form itself names', async () => {
    expect(await settings()).toEqual(defaultOfficeSettings);
    expect(defaultOfficeSettings.receipt2025From).toBe(RECEIPT_2025_FROM);
  });

  test.each([
    ['idleLockMinutes', 25],
    ['policeProcedures', true],
    ['receptionOutsideHours', 'calendarDaysRunOn'],
    ['receipt2025From', '2025-08-01'],
    ['paperSize', 'A4'],
    ['citizenAddress', [{ fromAge: 0, male: 'em', female: 'em', unknown: 'em' }, { fromAge: 50, male: 'bác', female: 'bác', unknown: 'bác' }]],
  ])('%s is kept, told to screens, and still there after a new fold', async (key, value) => {
    valueOf(await at.call('admin', 'settings.save', { key, value }));
    expect(at.events.at(-1)).toEqual({ type: 'office' });
    at.desk.reloadOffice();
    expect((await settings())[key]).toEqual(value);
  });

  test.each([
    ['an unknown key', 'colour', 'red', 'Không có mục cài đặt này.'],
    ['a key of every object', 'constructor', 1, 'Không có mục cài đặt này.'],
    ['no minutes at all', 'idleLockMinutes', 0, /ít nhất 1/],
    ['half a minute', 'idleLockMinutes', 1.5, /chưa đúng mẫu/],
    ['a word for a switch', 'policeProcedures', 'yes', /true hoặc false/],
    ['a size of paper nobody has', 'paperSize', 'A3', /"A4", "A5"/],
    ['a day that is none', 'receipt2025From', '2025-13-01', /ngày có thật/],
    ['an age with two lines', 'citizenAddress', [{ fromAge: 18, male: 'anh', female: 'chị', unknown: 'anh/chị' }, { fromAge: 18, male: 'chú', female: 'cô', unknown: 'cô/chú' }], /mỗi tuổi chỉ ghi một dòng/],
    ['nobody to speak to', 'citizenAddress', [], /ít nhất/],
    ['a rule that nobody knows', 'receptionOutsideHours', 'whenever', /chỉ được ghi một trong/],
    ['a week without a working day', 'officeHours', { byWeekday: [[], [], [], [], [], [], []], makeUpDay: [{ from: 420, to: 690 }] }, /ít nhất một ngày làm việc/],
    ['hours that overlap', 'officeHours', { byWeekday: [[], [{ from: 420, to: 690 }, { from: 600, to: 700 }], [], [], [], [], []], makeUpDay: [{ from: 420, to: 690 }] }, /theo thứ tự/],
  ])('%s is refused and nothing is written', async (_what, key, value, sentence) => {
    const before = { seq: at.desk.log.head().seq, settings: await settings() };
    const refused = await at.callRaw('admin', 'settings.save', { key, value });
    expect(refused).toMatchObject({ ok: false, error: { code: 'request.malformed' } });
    expect((refused as unknown as { error: { sentence: string } }).error.sentence).toMatch(sentence);
    expect({ seq: at.desk.log.head().seq, settings: await settings() }).toEqual(before);
  });

  test.each(['reception', 'processing', 'leader'] as const)('%s may read and not change them', async (as) => {
    expect((await at.callRaw(as, 'settings.get', {})).ok).toBe(true);
    expect(await at.callRaw(as, 'settings.save', { key: 'paperSize', value: 'A4' })).toMatchObject({ error: { code: 'session.notPermitted' } });
  });

  test('nobody reads them without signing in', async () => {
    expect(await at.callRaw(null, 'settings.get', {})).toMatchObject({ error: { code: 'session.required' } });
  });

  test('a value written by another version leaves the default standing', () => {
    const { desk, officers } = at;
    valueOf(desk.log.write(({ append }) => {
      append({ kind: 'setting.changed', version: 1, subject: desk.officeSubject, actor: officers.admin, after: desk.officeHeads(), body: { key: 'idleLockMinutes', value: 'ten' } });
      return ok(undefined);
    }));
    expect(readOfficeSettings(desk.reloadOffice().settings).idleLockMinutes).toBe(defaultOfficeSettings.idleLockMinutes);
  });
});

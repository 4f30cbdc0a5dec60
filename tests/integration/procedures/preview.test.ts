import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { closeCatalogueDesks, NOW_MS, openCatalogueDesk, receiveOne, shippedPacks, valueOf, type CatalogueDesk } from '../../helpers/catalogue-desk.ts';

const BIRTH = '1.001193';
const PAO_ID = '015079000123';

let at: CatalogueDesk;
beforeAll(async () => {
  at = await openCatalogueDesk();
});
afterAll(closeCatalogueDesks);

type Preview = OutputOf<'dossiers.preview'>;
const preview = async (input: Partial<InputOf<'dossiers.preview'>>, as: 'reception' | 'reception2' = 'reception'): Promise<Preview> =>
  valueOf(await at.call(as, 'dossiers.preview', { procedureCode: BIRTH, channel: 'direct', openedAt: NOW_MS, ...input }));
const textOf = (view: Preview, code: string) => view.warnings.find((warning) => warning.code === code)?.text;

/** The code of a shipped entry, so that the tests do not hang on one that may be settled later. */
const codeWith = (wanted: (entry: NonNullable<ReturnType<ReturnType<CatalogueDesk['catalogueOf']>['find']>>['procedure']) => boolean): string => {
  const found = at.catalogueOf(at.desk).current().entries.find((entry) => entry.received && wanted(entry.procedure));
  if (found === undefined) throw new Error('the shipped catalogue has no such entry');
  return found.procedure.code;
};

describe('what the side column shows', () => {
  test('birth registration before 15:00 is due the same day, with the reason in words', async () => {
    const view = await preview({});
    expect(view.appointment).toMatchObject({ mode: 'computed', dueAt: officeInstant('2026-11-20', 17 * 60), explanation: 'Nhận lúc 09:00, chưa quá 15 giờ, nên trả trong ngày.' });
    expect(view.termKnown).toBe(true);
  });

  test('sentence 12: after 15:00 the next working day, and why', async () => {
    const view = await preview({ openedAt: officeInstant('2026-11-20', 15 * 60 + 12) });
    expect(view.appointment.explanation).toBe('Nhận lúc 15:12, sau 15 giờ, nên trả vào ngày làm việc tiếp theo. Thứ Bảy và Chủ nhật nghỉ.');
    expect(view.appointment.dueAt).toBe(officeInstant('2026-11-23', 17 * 60));
  });

  test('sentence 14: an unknown term asks this officer for a date, and there is none yet', async () => {
    const unknown = codeWith((entry) => entry.terms.direct?.term.unit === 'unknown');
    const view = await preview({ procedureCode: unknown }, 'reception2');
    expect(view).toMatchObject({ termKnown: false, appointment: { mode: 'none', dueAt: null } });
    expect(textOf(view, 'term.unknown')).toBe('Danh mục không ghi rõ thời hạn. Đồng chí chọn ngày hẹn theo văn bản của thủ tục.');
  });

  test('sentence 16: a fee nobody knows is not free', async () => {
    const code = codeWith((entry) => entry.fees.some((line) => line.kind === 'levy' && line.amounts.direct?.rule === 'unknown'));
    const view = await preview({ procedureCode: code });
    expect(view.levy.amount.state).toBe('unknown');
    expect(textOf(view, 'levy.unknown')).toBe('Chưa có mức lệ phí của tỉnh cho việc này. Đây không phải là miễn phí; chị nhập số tiền hoặc để sau.');
  });

  test('certified copies are counted by pages and copies, an empty table is no sum and no warning', async () => {
    const code = '2.000815';
    const view = await preview({ procedureCode: code, documents: [{ name: 'Căn cước', pages: 1, copies: 3 }] });
    expect(view.fee).toEqual({ amount: { state: 'due', dong: 6_000 }, explanation: '1 trang × 2.000 đ × 3 bản = 6.000 đ' });
    const empty = await preview({ procedureCode: code });
    expect(empty.fee.amount.state).toBe('unknown');
    expect(textOf(empty, 'fee.unknown')).toBeUndefined();
  });

  test('sixty rows of documents still make a sentence the dossier can keep', async () => {
    const documents = Array.from({ length: 60 }, (_, index) => ({ name: `Giấy ${index}`, pages: 7, copies: 9 }));
    const view = await preview({ procedureCode: '2.000815', documents });
    expect(view.fee.amount.state).toBe('due');
    expect(view.fee.explanation?.length).toBeLessThanOrEqual(1_000);
  });

  test('an exemption that the facts meet is proposed with its ground', async () => {
    const entry = at.catalogueOf(at.desk).find(BIRTH)?.procedure;
    const exemption = entry?.fees.flatMap((line) => line.exemptions).find((one) => one.when !== null);
    const field = exemption?.when?.field ?? '';
    const inTime = await preview({ fields: { [field]: '2026-11-01' } });
    expect(inTime.exemptions.filter((one) => one.proposed).map((one) => one.ground)).toEqual([exemption?.ground]);
    expect(inTime.levy.amount.state).toBe('exempt');
    expect((await preview({ fields: { [field]: '2025-01-01' } })).exemptions.some((one) => one.proposed)).toBe(false);
  });
});

describe('people on the form', () => {
  const owner = (person: object) => preview({ owner: { type: 'individual', ...person } });

  test('sentence 3: eleven digits are counted', async () => {
    expect(textOf(await owner({ name: 'Giàng A Páo', idNumber: '01507900012' }), 'owner.idNumber.length')).toBe('Số căn cước phải đủ 12 chữ số, hiện có 11.');
  });

  test('sentence 4: another year than the number says, in this officer\'s form of address', async () => {
    const view = await owner({ name: 'Giàng A Dình', idNumber: '015094000777', birthDate: '1995-03-02' });
    expect(textOf(view, 'owner.idNumber.year')).toBe('Số căn cước cho thấy sinh năm 1994, ô Ngày sinh ghi 1995. Chị xem lại thẻ; đúng rồi thì cứ làm tiếp.');
  });

  test('another sex than the number says', async () => {
    expect(textOf(await owner({ name: 'Giàng A Dình', idNumber: '015094000777', sex: 'female' }), 'owner.idNumber.sex')).toContain('cho thấy là nam, ô Giới tính ghi nữ');
  });

  test('sentence 11: a birth date that has not come', async () => {
    expect(textOf(await owner({ name: 'Bé', birthDate: '2026-12-03' }), 'owner.birthDate.future')).toBe('Ngày sinh 03/12/2026 chưa tới. Chị xem lại.');
    expect(textOf(await owner({ name: 'Bé', birthDate: '2026' }), 'owner.birthDate.future')).toBeUndefined();
  });

  test('sentences 5 and 6: the same number under another name, and an open dossier of the same procedure', async () => {
    expect((await owner({ name: 'Giàng A Páo', idNumber: PAO_ID })).warnings.some((warning) => warning.code === 'dossier.openAlready')).toBe(false);
    const dossier = receiveOne(at, { receivedAt: officeInstant('2026-11-18', 9 * 60), owner: { name: 'Giàng A Páo', idNumber: PAO_ID, sex: 'male' } });

    const view = await preview({ submitter: { type: 'individual', name: 'Giàng A Pao', idNumber: PAO_ID } });
    expect(textOf(view, 'submitter.idNumber.otherName')).toBe('Số căn cước này lần trước ghi tên Giàng A Páo. Có phải cùng một người không?');

    const same = await owner({ name: 'Giàng A Páo', idNumber: PAO_ID });
    expect(textOf(same, 'owner.idNumber.otherName')).toBeUndefined();
    const open = same.warnings.find((warning) => warning.code === 'dossier.openAlready');
    expect(open).toEqual({ code: 'dossier.openAlready', text: 'Ông Páo đang có 1 hồ sơ đăng ký khai sinh khác, nhận 18/11. Nếu lần này là việc khác thì cứ làm tiếp.', dossier });

    const other = await preview({ procedureCode: '1.000894', owner: { type: 'individual', name: 'Giàng A Páo', idNumber: PAO_ID } });
    expect(textOf(other, 'dossier.openAlready')).toBeUndefined();
  });

  test('a number known only from a submitter says nothing about the owner of that dossier', async () => {
    const submitter = { type: 'individual', name: 'Sùng Thị Mỷ', idKind: 'citizenId', idNumber: '015185000321' };
    receiveOne(at, { receivedAt: officeInstant('2026-11-17', 9 * 60), owner: { name: 'Sùng A Chứ', idNumber: '015080000456' }, content: { submitter } });
    expect((await owner({ name: 'Sùng Thị Mỷ', idNumber: '015185000321' })).warnings.map((warning) => warning.code)).not.toContain('owner.idNumber.otherName');
  });

  test('who submits for themselves is not warned of twice', async () => {
    const person = { type: 'individual' as const, name: 'Giàng A Páo', idNumber: '123' };
    const view = await preview({ owner: person, submitter: person });
    expect(view.warnings.filter((warning) => warning.code.endsWith('idNumber.length'))).toHaveLength(1);
  });
});

describe('what the catalogue, the calendar and the clock are unsure of', () => {
  test('an entry that nobody confirmed names its doubtful parts', async () => {
    const code = codeWith((entry) => entry.doubts.some((doubt) => doubt.part === 'term'));
    expect(textOf(await preview({ procedureCode: code }), 'procedure.unconfirmed')).toMatch(/^Chưa xác nhận với văn bản: .*thời hạn.*\. Chị xem lại theo văn bản\.$/);
  });

  test('a procedure that is switched off says so before anything is typed', async () => {
    const police = at.catalogueOf(at.desk).current().entries.find((entry) => entry.procedure.authority === 'police')?.procedure.code ?? '';
    expect(textOf(await preview({ procedureCode: police }), 'procedure.notOffered')).toBe('Cơ quan chưa bật tiếp nhận thủ tục này. Báo quản trị bật trong cài đặt.');
  });

  test('sentence 15: beyond the calendar the date is computed, marked and warned of', async () => {
    const days = codeWith((entry) => entry.terms.direct?.term.unit === 'working_day');
    const view = await preview({ procedureCode: days, openedAt: officeInstant('2026-12-31', 9 * 60) });
    expect(view.appointment).toMatchObject({ mode: 'computed', calendarUnconfirmed: true });
    expect(textOf(view, 'calendar.unconfirmed')).toBe('Lịch nghỉ chỉ có đến 31/12/2026. Ngày hẹn này cần chị xem lại.');
  });

  test('a date typed after a clock fault is said to be unverified', async () => {
    const other = await openCatalogueDesk();
    other.advance(-3 * 86_400_000);
    expect(other.desk.clock.question()).not.toBeNull();
    other.desk.clock.confirm('2026-11-20', false);
    const view = valueOf(await other.call('reception', 'dossiers.preview', { procedureCode: BIRTH, channel: 'direct', openedAt: NOW_MS }));
    expect(textOf(view, 'clock.unverified')).toBe('Hôm nay 20/11/2026 là ngày nhập tay, chưa ai xác nhận. Giấy sẽ ghi rõ điều này.');
  });

  test('without any calendar weekends alone count, marked, and nothing is refused', async () => {
    const other = await openCatalogueDesk({ packs: shippedPacks().filter((pack) => pack.pack === 'catalogue') });
    const view = valueOf(await other.call('reception', 'dossiers.preview', { procedureCode: BIRTH, channel: 'direct', openedAt: officeInstant('2026-11-20', 16 * 60) }));
    expect(view.appointment).toMatchObject({ calendarUnconfirmed: true, dueAt: officeInstant('2026-11-23', 17 * 60) });
    expect(textOf(view, 'calendar.unconfirmed')).toBe('Máy chưa có lịch nghỉ lễ, mới trừ ngày nghỉ hằng tuần. Ngày hẹn này cần chị xem lại.');
  });
});

describe('refusals', () => {
  test('an unknown code', async () => {
    expect(await at.callRaw('reception', 'dossiers.preview', { procedureCode: 'x', channel: 'direct', openedAt: NOW_MS })).toMatchObject({ error: { code: 'procedures.unknown' } });
  });

  test.each([
    ['a moment beyond all dates', { openedAt: Number.MAX_SAFE_INTEGER }],
    ['a moment before all dates', { openedAt: -1 }],
    ['a channel that is none', { channel: 'pigeon' }],
    ['a member nobody asked for', { extra: 1 }],
    ['a birth date that is no date', { owner: { birthDate: '31/02/2026' } }],
  ])('%s is malformed', async (_what, change) => {
    expect(await at.callRaw('reception', 'dossiers.preview', { procedureCode: BIRTH, channel: 'direct', openedAt: NOW_MS, ...change })).toMatchObject({ error: { code: 'request.malformed' } });
  });

  test.each(['processing', 'leader', 'admin'] as const)('%s has no reception to preview', async (as) => {
    expect(await at.callRaw(as, 'dossiers.preview', { procedureCode: BIRTH, channel: 'direct', openedAt: NOW_MS })).toMatchObject({ error: { code: 'session.notPermitted' } });
  });
});

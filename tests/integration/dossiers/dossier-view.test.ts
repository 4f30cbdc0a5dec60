import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationWords, shortName } from '../../../src-main/core/features/dossiers/operation-words.ts';
import { createNaming } from '../../../src-main/core/features/dossiers/naming.ts';
import { createDossierView } from '../../../src-main/core/features/dossiers/dossier-view.ts';
import { rolesNow } from '../../../src-main/core/calls/dispatch.ts';
import { dossierViewSchema, type DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { DOSSIER_KINDS, dossierBodySchemas, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import { DEFAULT_ADDRESS_BANDS } from '../../../src-shared/domain/persons/citizen-address.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { PERSON, appointmentBody } from '../../helpers/build-operations.ts';
import { closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write, type NeighbourDesk, type NeighbourOfficer } from '../../helpers/neighbour-desks.ts';
import { writeOffice } from '../../helpers/write-office.ts';
import { fakeClock } from '../../helpers/open-test-desk.ts';

let first: NeighbourDesk;
/** Friday 20/11/2026, 15:12. */
const NOW = officeInstant('2026-11-20', 15 * 60 + 12);
const view = createDossierView({ checkCodeOf: (_desk, dossier) => dossier.id.slice(0, 8), deliveryOf: () => null });

beforeAll(async () => {
  first = await openFirstDesk(fakeClock(NOW));
});
afterAll(closeDesks);

/** As it goes over the wire: parsed by the contract, which refuses a member too many or too few. */
function seenBy(officer: NeighbourOfficer, subject: SubjectId, at: NeighbourDesk = first): DossierView {
  const id = at.officers[officer];
  return dossierViewSchema.parse(view(at.desk, dossierOf(at, subject), id, rolesNow(at.desk, id), []));
}

const whyOf = (shown: DossierView, act: DossierView['acts'][number]['act']) => shown.acts.find((other) => other.act === act);
const possible = (shown: DossierView) => shown.acts.filter((act) => act.possible).map(({ act }) => act);

/** Words that an officer never reads (ux.md §8). */
const FORBIDDEN = /đồng bộ|ngoại tuyến|server|dữ liệu|xung đột|hợp lệ|null|undefined|NaN|\[object/i;

describe('operations in words', () => {
  test.each(DOSSIER_KINDS)('%s has a title, rows and a short name', (kind) => {
    const naming = createNaming(first.desk.office(), () => 'Đã có kết quả');
    const body = dossierBodySchemas[kind].parse(buildBody(kind));
    const { title, lines } = operationWords(kind, body, naming);
    const text = [title, shortName(kind), ...lines.flatMap((line) => [line.label, line.text])];
    expect(title).not.toBe('');
    expect(text.every((part) => part !== '' && !FORBIDDEN.test(part))).toBe(true);
    expect(title).not.toMatch(/dossier\./);
    expect(operationWords(kind, undefined, naming)).toMatchObject({ lines: [] });
  });

  test('a request for papers says what, why, and since when the clock stands still', () => {
    const words = operationWords('dossier.supplementRequested', { papers: ['Xác nhận của xã cũ'], reason: 'Thiếu', pausedAt: NOW }, createNaming(first.desk.office()));
    expect(words).toEqual({
      title: 'Yêu cầu bổ sung giấy tờ',
      lines: [
        { label: 'Nội dung', text: 'Xác nhận của xã cũ' },
        { label: 'Lý do', text: 'Thiếu' },
        { label: 'Đồng hồ', text: 'Dừng từ 15:12 ngày 20/11/2026' },
      ],
    });
  });

  test('a correction shows each field before and after', () => {
    const changes = [
      { field: 'owner', before: { ...PERSON, name: 'Giàng A Pao' }, after: PERSON },
      { field: 'fee', before: { amount: { state: 'unknown', note: 'x' } }, after: { amount: { state: 'due', dong: 8_000 } } },
      { field: 'note', before: null, after: 'Gọi trước khi đến' },
    ];
    const { lines } = operationWords('dossier.corrected', { changes, reason: 'Ghi nhầm' }, createNaming(first.desk.office()));
    expect(lines.map(({ text }) => text)).toEqual([
      'Giàng A Pao · 1979 · 015079000123 → Giàng A Páo · 1979 · 015079000123',
      'chưa rõ → 8.000 đ',
      'để trống → Gọi trước khi đến',
      'Ghi nhầm',
    ]);
  });

  test('what a newer program wrote is said to be that', () => {
    expect(operationWords('dossier.teleported', {}, createNaming(first.desk.office())).title).toBe('Việc do bản phần mềm mới hơn ghi');
  });
});

describe('possible acts', () => {
  test('follow the state and the role, and say plainly why not', () => {
    const dossier = receive(first);
    expect(possible(seenBy('all', dossier))).toEqual(['take', 'assign', 'moveStep', 'transfer', 'requestSupplement', 'requestDuty', 'apologise', 'forward', 'withdraw', 'stop', 'refuse', 'collectFee', 'exemptFee', 'correct', 'void', 'reprint']);
    expect(possible(seenBy('reception', dossier))).toEqual(['transfer', 'requestSupplement', 'withdraw', 'collectFee', 'exemptFee', 'correct', 'reprint']);
    expect(whyOf(seenBy('reception', dossier), 'void')).toEqual({ act: 'void', possible: false, why: 'Việc này cần lãnh đạo làm.' });
    expect(whyOf(seenBy('reception', dossier), 'finish')?.why).toBe('Việc này cần người thụ lý hoặc lãnh đạo làm.');
    expect(whyOf(seenBy('all', dossier), 'finish')?.why).toBe('Cần có người nhận xử lý trước.');
    expect(whyOf(seenBy('all', dossier), 'handOver')?.why).toBe('Hồ sơ chưa có kết quả.');
    write(first, dossier, 'dossier.taken', { officer: first.officers.all });
    write(first, dossier, 'dossier.finished', buildBody('dossier.finished'));
    expect(possible(seenBy('all', dossier))).toEqual(['assign', 'transfer', 'rework', 'handOver', 'collectFee', 'exemptFee', 'undo', 'correct', 'void', 'reprint']);
    write(first, dossier, 'dossier.handedOver', buildBody('dossier.handedOver'));
    expect(whyOf(seenBy('all', dossier), 'take')?.why).toBe('Hồ sơ đã trả kết quả.');
  });

  test('nothing is possible for who has no role, and an administrator may only look', () => {
    const dossier = receive(first);
    expect(possible(seenBy('admin', dossier))).toEqual([]);
  });

  test('the last act is undone by its author until its paper is out, then by the leader', () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.taken', { officer: first.officers.processing }, 'processing');
    const finished = write(first, dossier, 'dossier.finished', buildBody('dossier.finished'), 'processing');
    const undoable = (officer: NeighbourOfficer) => seenBy(officer, dossier).history.filter((entry) => entry.undoable).map(({ title }) => title);
    expect(undoable('processing')).toEqual(['Đã có kết quả']);
    expect(undoable('leader')).toEqual(['Đã có kết quả']);
    expect(undoable('reception')).toEqual([]);
    expect(whyOf(seenBy('reception', dossier), 'undo')?.why).toBe('Việc cuối do Hoàng Ngọc Ánh làm. Người đó hoặc lãnh đạo lùi được.');
    write(first, dossier, 'dossier.paperReported', buildBody('dossier.paperReported', 0, { target: operationId(finished.header) }));
    expect(undoable('processing')).toEqual([]);
    expect(whyOf(seenBy('processing', dossier), 'undo')?.why).toBe('Giấy của việc cuối đã in. Lãnh đạo lùi giúp được.');
    expect(undoable('leader')).toEqual(['Đã có kết quả']);
  });

  test('where a newer program wrote something, the program must be updated first', () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.teleported', {});
    const shown = seenBy('all', dossier);
    expect(possible(shown)).toEqual([]);
    expect(shown.needsUpdate).toBe(true);
    expect(whyOf(shown, 'take')?.why).toContain('Cần cập nhật phần mềm');
  });

  test('asking writes nothing', () => {
    const dossier = receive(first);
    const seq = first.desk.log.head().seq;
    seenBy('all', dossier);
    expect(first.desk.log.head().seq).toBe(seq);
  });
});

describe('the page', () => {
  test('names officers and desks as they are called today', () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.taken', { officer: first.officers.processing }, 'processing');
    const shown = seenBy('leader', dossier);
    expect(shown).toMatchObject({ holderName: 'Hoàng Ngọc Ánh', receivedByName: 'Lò Thị Mẩy', deskName: 'Máy 1', statusCode: 4, checkCode: dossier.slice(0, 8) });
    expect(shown.history.map(({ title, actorName, deskName, effect }) => [title, actorName, deskName, effect])).toEqual([
      ['Tiếp nhận hồ sơ', 'Lò Thị Mẩy', 'Máy 1', 'applied'],
      ['Nhận xử lý', 'Hoàng Ngọc Ánh', 'Máy 1', 'applied'],
    ]);
    const officer = { officer: first.officers.processing, name: 'Hoàng Ánh', title: '', formOfAddress: 'chị', roles: ['processing'], retired: false };
    writeOffice(first.desk, first.officers.admin, 'officer.changed', officer);
    expect(seenBy('leader', dossier).holderName).toBe('Hoàng Ánh');
    writeOffice(first.desk, first.officers.admin, 'officer.changed', { ...officer, name: 'Hoàng Ngọc Ánh' });
  });

  test('two desks against each other: every side row by row, ways out in words, no hand-over before the choice', () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.taken', { officer: first.officers.all });
    const neighbour = openNeighbour(first);
    write(first, dossier, 'dossier.supplementRequested', buildBody('dossier.supplementRequested'), 'reception');
    write(neighbour, dossier, 'dossier.finished', buildBody('dossier.finished'), 'processing');
    exchange(first, neighbour);
    for (const at of [first, neighbour]) {
      const shown = seenBy('all', dossier, at);
      expect(shown.openConflicts).toBe(1);
      const [conflict] = shown.conflicts;
      expect(conflict).toMatchObject({ title: 'Hai máy ghi hai việc trái nhau', settledBy: null, dossier });
      expect(conflict!.operations.map(({ title, actorName }) => [title, actorName]).sort()).toEqual([['Yêu cầu bổ sung giấy tờ', 'Nguyễn Thị Hạnh'], ['Đã có kết quả', 'Hoàng Ngọc Ánh']]);
      expect(new Set(conflict!.operations.map(({ deskName }) => deskName))).toEqual(new Set(['Máy 1 (dãy 1)', 'Máy 1 (dãy A)']));
      const [left, right] = conflict!.operations;
      expect(left!.lines.map(({ label }) => label)).toEqual(right!.lines.map(({ label }) => label));
      expect(conflict!.options.map(({ title }) => title).sort()).toEqual(['Giữ kết quả, bỏ yêu cầu bổ sung', 'Giữ yêu cầu bổ sung, bỏ kết quả']);
      expect(whyOf(shown, 'handOver')).toEqual({ act: 'handOver', possible: false, why: 'Chọn xong giữa hai việc trái nhau thì trả được.' });
      expect(JSON.stringify([shown.conflicts, shown.history, shown.acts, shown.sentence])).not.toMatch(/xung đột|đồng bộ|dữ liệu|hợp lệ/);
    }
  });
});

describe('the sentence to say', () => {
  const sentenceFor = (owner: Record<string, unknown>, change: Record<string, unknown> = {}, dueAt: number | null = officeInstant('2026-11-23', 17 * 60)) =>
    seenBy('all', receive(first, (body) => ({ ...body, content: { ...body.content, owner: { type: 'individual', ...owner }, appointment: { ...appointmentBody(), ...(dueAt === null ? { mode: 'none' } : {}), dueAt }, ...change } }))).sentence;
  const free = { fee: { amount: { state: 'exempt', ground: 'Đăng ký đúng hạn' } }, levy: { amount: { state: 'due', dong: 0 } } };
  const woman = { name: 'Tẩn Mùi Mẩy', birthDate: '1950', sex: 'female' };

  test('hour, weekday, date and the word for an old woman', () => {
    expect(sentenceFor(woman)).toBe('Hồ sơ đã nhận xong. Mời bà đến lấy trước 5 giờ chiều thứ Hai tới, ngày 23 tháng 11, nhớ mang theo giấy này.');
  });

  test('says what it costs, and that it costs nothing only where that is known', () => {
    expect(sentenceFor(woman, free)).toContain('Hồ sơ đã nhận xong, không mất tiền.');
    expect(sentenceFor(woman, { ...free, levy: { amount: { state: 'due', dong: 6_000 } } })).toContain('nhận xong, số tiền là 6.000 đ.');
    expect(sentenceFor(woman, { ...free, levy: { amount: { state: 'unknown', note: 'chưa có mức' } } })).not.toMatch(/tiền/);
  });

  test.each([
    [{ name: 'Lý A Sáng', birthDate: '2000-05-01', sex: 'male' }, 'Mời anh đến'],
    [{ name: 'Lý Thị Hoa', idNumber: '010199000789', idKind: 'citizenId' }, 'Mời chị đến'],
    [{ name: 'Lý Văn Chung', birthDate: '1976', sex: 'male' }, 'Mời chú đến'],
    [{ name: 'Lý Thị Súa', birthDate: '1976', sex: 'female' }, 'Mời cô đến'],
    [{ name: 'Lý A Dình', birthDate: '1940', sex: 'male' }, 'Mời ông đến'],
    [{ name: 'Lý A Pàng' }, 'Mời anh/chị đến'],
    [{ name: 'Lý Khua', birthDate: '1940' }, 'Mời ông/bà đến'],
    [{ type: 'organisation', name: 'Hợp tác xã Nậm Khâu' }, 'Mời anh/chị đến'],
  ])('%j is addressed by age and sex', (owner, words) => {
    expect(sentenceFor(owner)).toContain(words);
  });

  test('speaks to who stands at the counter, not to the owner', () => {
    expect(sentenceFor({ name: 'Cháu Dế', birthDate: '2026-11-03' }, { submitter: { type: 'individual', name: 'Giàng A Páo', birthDate: '1994', sex: 'male' } })).toContain('Mời anh đến');
  });

  test('near days are said as people say them', () => {
    expect(sentenceFor(woman, {}, officeInstant('2026-11-20', 17 * 60))).toContain('trước 5 giờ chiều hôm nay');
    expect(sentenceFor(woman, {}, officeInstant('2026-11-21', 11 * 60 + 30))).toContain('trước 11 giờ 30 trưa ngày mai, thứ Bảy ngày 21 tháng 11');
    expect(sentenceFor(woman, {}, officeInstant('2026-12-02', 9 * 60))).toContain('trước 9 giờ sáng thứ Tư, ngày 2 tháng 12');
    expect(sentenceFor(woman, {}, officeInstant('2027-01-04', 17 * 60))).toContain('ngày 4 tháng 1 năm 2027');
    expect(sentenceFor(woman, {}, null)).toContain('Chưa hẹn được ngày');
    expect(sentenceFor(woman, {}, officeInstant('2026-11-19', 17 * 60))).toContain('Cơ quan xin lỗi bà');
  });

  test('follows what becomes of the dossier', () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.supplementRequested', buildBody('dossier.supplementRequested'));
    expect(seenBy('all', dossier).sentence).toContain('còn thiếu: Sổ hộ khẩu');
    const ended: [DossierKind, string][] = [['dossier.withdrawn', 'rút'], ['dossier.stopped', 'dừng'], ['dossier.refused', 'không giải quyết'], ['dossier.voided', 'bỏ']];
    for (const [kind, word] of ended) {
      const other = receive(first);
      write(first, other, kind, buildBody(kind));
      expect(seenBy('all', other).sentence).toContain(word);
    }
  });

  test('the office may set other words for its place', () => {
    writeOffice(first.desk, first.officers.admin, 'setting.changed', { key: 'citizenAddress', value: [{ fromAge: 0, male: 'đồng bào', female: 'đồng bào', unknown: 'đồng bào' }] });
    expect(sentenceFor(woman)).toContain('Mời đồng bào đến');
    writeOffice(first.desk, first.officers.admin, 'setting.changed', { key: 'citizenAddress', value: 'nonsense' });
    expect(sentenceFor(woman)).toContain(`Mời ${DEFAULT_ADDRESS_BANDS.at(-1)!.female} đến`);
  });
});

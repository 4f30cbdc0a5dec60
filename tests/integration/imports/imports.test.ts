import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate, officeInstant, officeMinuteOfDay } from '../../../src-shared/lib/office-time.ts';
import { exportedCode, exportedFile, exportedRow, EXPORT_HEADINGS, FIRST_LINE } from '../../helpers/export-rows.ts';
import { fakeClock, valueOf, type FakeClock } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';
import { writeCsv, writeXlsx, type Cell } from '../../helpers/write-sheet.ts';

let core: RunningCore;
let clock: FakeClock;
beforeEach(async () => {
  clock = fakeClock(officeInstant('2026-11-23', 8 * 60));
  core = await startCore(clock);
});
afterEach(() => core.close());

const file = (bytes: Buffer, fileName = 'ho-so.xlsx') => ({ fileName, content: bytes.toString('base64') });
const preview = async (input: InputOf<'imports.preview'>) => valueOf(await core.as('reception', 'imports.preview', input));
const fieldsOf = ({ columns }: OutputOf<'imports.preview'>) => columns.map(({ field }) => field);
async function runOf(input: InputOf<'imports.preview'>, changes: Partial<InputOf<'imports.run'>> = {}): Promise<InputOf<'imports.run'>> {
  return { idempotencyKey: randomUUID(), ...input, fields: fieldsOf(await preview(input)), system: 'province', ...changes };
}
const listed = async (query = '') => valueOf(await core.as('reception', 'dossiers.search', { query, limit: 200 })).dossiers;

describe('importing 500 rows of which 20 are bad, through HTTP', () => {
  const { rows, mistakes } = exportedFile(500, 20);

  async function post<Answer>(path: string, body: object): Promise<Answer> {
    const response = await fetch(`${core.url}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${core.sessions.reception.token}` }, body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return await response.json() as Answer;
  }

  test('the preview names every bad row with line, column and reason, and the run takes in the others', async () => {
    const shown = await post<OutputOf<'imports.preview'>>('/imports/preview', file(writeXlsx(rows)));
    expect(shown.counts).toEqual({ good: 480, known: 0, alike: 0, closed: 0, bad: 20 });
    expect(shown.headingLine).toBe(3);
    expect(shown.badRows.map(({ line }) => line)).toEqual([...mistakes.keys()]);
    for (const { line, faults } of shown.badRows) {
      const { heading, reason } = mistakes.get(line)!;
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({ heading, reason: expect.stringMatching(reason) as string });
      expect(faults[0]!.column).toBe(shown.columns.find((column) => column.heading === heading)!.letters);
    }
    const done = await post<OutputOf<'imports.run'>>('/imports', { idempotencyKey: randomUUID(), ...file(writeXlsx(rows)), fields: fieldsOf(shown), states: {}, system: 'province' });
    expect(done).toEqual({ counts: { good: 480, known: 0, alike: 0, closed: 0, bad: 20 }, stopped: false });
    const counts = valueOf(await core.as('reception', 'dossiers.counts', {}));
    expect(counts).toMatchObject({ open: 480, mine: 0 });

    const again = await post<OutputOf<'imports.preview'>>('/imports/preview', file(writeXlsx(rows)));
    expect(again.counts).toEqual({ good: 0, known: 480, alike: 0, closed: 0, bad: 20 });
    expect(again.hereRows[0]).toMatchObject({ line: FIRST_LINE, code: exportedCode(0), isAlike: false });
  });
});

describe('a file with more bad rows than one answer holds', () => {
  test('every one is named, page after page, and each of them once', async () => {
    const { rows, mistakes } = exportedFile(4_300, 4_100);
    const whole = file(writeXlsx(rows));
    const pages = [await preview(whole)];
    for (let last = pages[0]!.badRows.at(-1); last !== undefined; last = pages.at(-1)!.badRows.at(-1)) pages.push(await preview({ ...whole, badRowsAfter: last.line }));
    expect(pages.map(({ badRows }) => badRows.length)).toEqual([2_000, 2_000, 100, 0]);
    expect(pages.flatMap(({ badRows }) => badRows.map(({ line }) => line))).toEqual([...mistakes.keys()]);
    expect(new Set(pages.map(({ counts }) => counts.bad))).toEqual(new Set([4_100]));
  });
});

describe('what an imported dossier is', () => {
  test('it keeps the times, code and words of the other system and takes no number of ours', async () => {
    const bytes = writeXlsx([EXPORT_HEADINGS, exportedRow(0), exportedRow(1)]);
    valueOf(await core.as('reception', 'imports.run', await runOf(file(bytes))));
    const [found] = await listed(exportedCode(1));
    const { dossier } = valueOf(await core.as('reception', 'dossiers.get', { id: found!.id }));
    expect(dossier).toMatchObject({
      code: exportedCode(1), codes: [{ system: 'province', code: exportedCode(1) }], status: 'processing', register: null, holder: null, receivedByName: null,
      ownerName: 'Sùng Thị Mỷ', procedureCode: '1.001193', openConflicts: 0,
      content: { owner: { idNumber: '010095000001', birthDate: '1994-05-02', phone: '0912000001' }, levy: { amount: { state: 'due', dong: 8_000 } }, fee: { amount: { state: 'unknown' } }, channel: 'direct' },
    });
    expect([officeDate(dossier.receivedAt), officeMinuteOfDay(dossier.receivedAt)]).toEqual(['2026-11-02', 8 * 60 + 30]);
    expect([officeDate(dossier.dueAt!), officeMinuteOfDay(dossier.dueAt!)]).toEqual(['2026-11-30', 17 * 60]);
    expect(dossier.history[0]!.lines.find(({ label }) => label === 'Chuyển từ')?.text).toBe('Hệ thống tỉnh, tệp ho-so.xlsx');
    expect(core.core.holder.desk()!.db.value('SELECT COUNT(*) FROM issued_numbers')).toBe(0);
  });

  test('it goes through no steps, although its procedure has a flow here: nobody knows where it stands', async () => {
    const flow = [{ name: 'Tiếp nhận', role: 'reception', term: { unit: 'hour', value: 4 } }, { name: 'Thẩm định', role: 'specialist', term: null }];
    valueOf(await core.as('admin', 'procedures.save', { code: '1.001193', entry: { flow } as InputOf<'procedures.save'>['entry'], reason: 'Quy trình nội bộ' }));
    valueOf(await core.as('reception', 'imports.run', await runOf(file(writeXlsx([EXPORT_HEADINGS, exportedRow(0)])))));
    const [found] = await listed(exportedCode(0));
    const { dossier } = valueOf(await core.as('processing', 'dossiers.act', { id: found!.id, idempotencyKey: randomUUID(), act: { act: 'take' } }));
    expect([dossier.status, dossier.steps, dossier.step]).toEqual(['processing', [], null]);
    expect(core.core.holder.desk()!.db.value('SELECT COUNT(*) FROM operations WHERE instr(body, ?) > 0 AND subject = ?', 'Thẩm định', Buffer.from(found!.id.replaceAll('-', ''), 'hex'))).toBe(0);
  });

  test('rows come out of a rebuild as they were, and the chain verifies', async () => {
    valueOf(await core.as('reception', 'imports.run', await runOf(file(writeXlsx(exportedFile(40, 3).rows)))));
    const desk = core.core.holder.desk()!;
    const before = dumpProjections(desk.db);
    valueOf(await core.as('admin', 'system.rebuild', {}));
    expect(dumpProjections(desk.db)).toEqual(before);
    expect(valueOf(await core.as('admin', 'system.verify', {}))).toMatchObject({ ok: true, dossiers: 37 });
  });

  test('days as serial numbers of a sheet, from 1900 and from 1904', async () => {
    const withSerials = (received: number, due: number): Cell[][] => {
      const row = exportedRow(0);
      row[EXPORT_HEADINGS.indexOf('Ngày tiếp nhận')] = received;
      row[EXPORT_HEADINGS.indexOf('Ngày hẹn trả')] = due;
      return [EXPORT_HEADINGS, row];
    };
    // 03/11/2026 10:20 is 46329 and a fraction; from 1904 it is 1462 days less.
    const since1900 = await preview(file(writeXlsx(withSerials(46_329 + 620 / 1_440, 46_350))));
    const since1904 = await preview(file(writeXlsx(withSerials(46_329 - 1_462 + 620 / 1_440, 46_350 - 1_462), { date1904: true })));
    for (const { firstRows } of [since1900, since1904]) {
      expect([officeDate(firstRows[0]!.receivedAt), officeMinuteOfDay(firstRows[0]!.receivedAt), officeDate(firstRows[0]!.dueAt!)]).toEqual(['2026-11-03', 620, '2026-11-24']);
    }
  });

  test('a semicolon file with a mark of UTF-8 reads like a sheet', async () => {
    const rows = exportedFile(10, 2).rows;
    const [sheet, text] = [await preview(file(writeXlsx(rows, { inline: true }))), await preview(file(writeCsv(rows, ';'), 'ho-so.csv'))];
    expect(text.counts).toEqual({ good: 8, known: 0, alike: 0, closed: 0, bad: 2 });
    expect(text.firstRows).toEqual(sheet.firstRows);
    expect(text.badRows).toEqual(sheet.badRows);
  });
});

describe('what is here already', () => {
  test('dossiers that are over there are left, and those received here with the same number and procedure are asked about', async () => {
    valueOf(await core.as('reception', 'dossiers.receive', receiveInput({ owner: { type: 'individual', name: 'Giàng A Páo', idKind: 'citizenId', idNumber: '010094000000' } })));
    const over = exportedRow(1);
    over[EXPORT_HEADINGS.indexOf('Trạng thái')] = 'Đã trả kết quả';
    const input = file(writeXlsx([EXPORT_HEADINGS, exportedRow(0), over, exportedRow(2)]));
    const shown = await preview(input);
    expect(shown.counts).toEqual({ good: 1, known: 0, alike: 1, closed: 1, bad: 0 });
    expect(shown.hereRows).toEqual([expect.objectContaining({ line: 2, isAlike: true })]);
    expect(valueOf(await core.as('reception', 'imports.run', await runOf(input))).counts).toMatchObject({ good: 1, alike: 1 });
    expect(valueOf(await core.as('reception', 'imports.run', await runOf(input, { takesAlike: true }))).counts).toMatchObject({ good: 1, alike: 0, known: 1 });
  });

  test('a code that was linked here is not imported as another dossier', async () => {
    const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
    valueOf(await core.as('reception', 'dossiers.linkCode', { id: dossier.id, idempotencyKey: randomUUID(), code: { system: 'province', code: exportedCode(5).toLowerCase() } }));
    expect((await preview(file(writeXlsx([EXPORT_HEADINGS, exportedRow(5)])))).counts).toMatchObject({ good: 0, known: 1 });
  });

  test('what was voided may be imported anew; what was erased does not come back', async () => {
    const input = file(writeXlsx([EXPORT_HEADINGS, exportedRow(0), exportedRow(1)]));
    valueOf(await core.as('reception', 'imports.run', await runOf(input)));
    const [voided, erased] = [(await listed(exportedCode(0)))[0]!, (await listed(exportedCode(1)))[0]!];
    valueOf(await core.as('leader', 'dossiers.void', { id: voided.id, idempotencyKey: randomUUID(), reason: 'Nhập nhầm tệp' }));
    valueOf(await core.as('admin', 'dossiers.erase', { id: erased.id, idempotencyKey: randomUUID(), reason: 'Theo yêu cầu' }));
    expect((await preview(input)).counts).toMatchObject({ good: 1, known: 1 });
    valueOf(await core.as('reception', 'imports.run', await runOf(input)));
    expect((await listed(exportedCode(0))).map(({ status }) => status).sort()).toEqual(['received', 'voided']);
    expect(await listed(exportedCode(1))).toEqual([]);
  });
});

describe('doing it again', () => {
  test('the same request is answered as the first time, another one finds everything here', async () => {
    const run = await runOf(file(writeXlsx(exportedFile(30, 1).rows)));
    const first = valueOf(await core.as('reception', 'imports.run', run));
    expect(valueOf(await core.as('reception', 'imports.run', run))).toEqual(first);
    expect(valueOf(await core.as('reception', 'imports.run', { ...run, idempotencyKey: randomUUID() })).counts).toMatchObject({ good: 0, known: 29 });
    const other = await core.as('reception', 'imports.run', { ...run, system: 'ministry' });
    expect(other.ok ? '' : other.error.code).toBe('dossiers.keyReused');
  });

  test('stopped in the middle, what came in stays whole and the same request goes on', async () => {
    const run = await runOf(file(writeXlsx(exportedFile(300, 0).rows)));
    const running = core.as('reception', 'imports.run', run);
    const second = core.as('admin', 'imports.run', { ...run, idempotencyKey: randomUUID() });
    while ((valueOf(await core.as('reception', 'imports.progress', {})).running?.done ?? 0) === 0) await new Promise((resolve) => setImmediate(resolve));
    valueOf(await core.as('reception', 'imports.stop', {}));
    const stopped = valueOf(await running);
    expect(stopped.stopped).toBe(true);
    expect((await second).ok ? '' : 'busy').toBe('busy');
    const inside = core.core.holder.desk()!.db.value<number>('SELECT COUNT(*) FROM dossiers')!;
    expect(inside).toBe(stopped.counts.good);
    expect(inside).toBeLessThan(300);
    expect(valueOf(await core.as('reception', 'imports.run', run)).counts).toMatchObject({ good: 300 - inside, known: inside });
    expect(valueOf(await core.as('reception', 'imports.progress', {}))).toMatchObject({ running: null, last: { stopped: false } });
  });
});

describe('columns and words', () => {
  const strange = [['Ký hiệu', 'Việc', 'Ai', 'Hôm nào', 'Đến đâu rồi'], ['H99.27-261103-0001', 'Thủ tục đăng ký khai sinh', 'Giàng A Páo', '03/11/2026', 'Chờ ông Chủ tịch']];

  test('unknown headings are said by the officer once and remembered for the office, also by a receptionist', async () => {
    const input = file(writeXlsx(strange));
    const unread = await preview(input);
    expect(unread.missing).toEqual(['code', 'ownerName', 'receivedAt', 'procedureName']);
    const refused = await core.as('reception', 'imports.run', { idempotencyKey: randomUUID(), ...input, fields: fieldsOf(unread), system: 'province' });
    expect(refused.ok ? '' : refused.error.code).toBe('imports.columnsMissing');

    const fields = ['code', 'procedureName', 'ownerName', 'receivedAt', 'status'] as const;
    const read = await preview({ ...input, fields: [...fields] });
    expect(read.unknownStates).toEqual([{ word: 'cho ong chu tich', text: 'Chờ ông Chủ tịch', rows: 1 }]);
    const done = valueOf(await core.as('reception', 'imports.run', { idempotencyKey: randomUUID(), ...input, fields: [...fields], states: { 'cho ong chu tich': 'processing' }, system: 'province' }));
    expect(done.counts.good).toBe(1);

    const next = await preview(file(writeXlsx([strange[0]!, ['H99.27-261103-0002', ...strange[1]!.slice(1)]])));
    expect(fieldsOf(next)).toEqual(fields);
    expect(next.counts).toMatchObject({ good: 1, bad: 0 });
  });

  test('a column of sums that uses both signs for thousands is not guessed at', async () => {
    const [first, second] = [exportedRow(0), exportedRow(1)];
    second[EXPORT_HEADINGS.indexOf('Lệ phí')] = '12,000';
    const { badRows } = await preview(file(writeXlsx([EXPORT_HEADINGS, first, second])));
    expect(badRows.map(({ faults }) => faults[0]!.reason)).toEqual([expect.stringMatching(/cả dấu chấm và dấu phẩy/), expect.stringMatching(/cả dấu chấm và dấu phẩy/)]);
  });
});

describe('who may', () => {
  test.each(['processing', 'leader'] as const)('%s is refused', async (role) => {
    const input = file(writeXlsx([EXPORT_HEADINGS, exportedRow(0)]));
    const answers = [await core.as(role, 'imports.preview', input), await core.as(role, 'imports.run', await runOf(input)), await core.as(role, 'imports.stop', {})];
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(['session.notPermitted', 'session.notPermitted', 'session.notPermitted']);
    expect(await listed()).toEqual([]);
  });

  test('an administrator may', async () => {
    expect(valueOf(await core.as('admin', 'imports.run', await runOf(file(writeXlsx([EXPORT_HEADINGS, exportedRow(0)]))))).counts.good).toBe(1);
  });
});

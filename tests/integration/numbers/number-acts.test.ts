import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, ResultOf } from '../../../src-shared/contract/contract.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

/** Rule 4 with people in it: numbers passed over are explained, tokens come back, nonsense is refused. */
let office: CoreOffice;
let first: CoreDesk;
let second: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  second = await office.join(first, 'Máy 2');
  await first.must('desks.importBranch', { dataDir: second.place.dataDir, password: ADMIN_PASSWORD });
});
afterEach(() => office.end());

type SkipInput = InputOf<'numbers.skip'>;
const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) => (answer.ok ? 'ok' : answer.error.code);
const number = (counter: number, change: object = {}) => ({ kind: 'dossier', token: '1', period: '2026-11-23', counter, ...change }) as SkipInput['number'];
const skipInput = (of: SkipInput['number']): SkipInput => ({ idempotencyKey: randomUUID(), number: of, reason: 'Giấy rách' });
const skip = async (of: SkipInput['number'], desk = first): Promise<string> => codeOf(await desk.call('numbers.skip', skipInput(of)));
const returnToken = (token: string, machineGone: boolean, desk = first): Promise<ResultOf<'numbers.returnToken'>> =>
  desk.call('numbers.returnToken', { idempotencyKey: randomUUID(), token, machineGone, reason: 'Máy hỏng' });
const receive = async (desk = first) => (await desk.must('dossiers.receive', receiveInput(office.time))).dossier;
const verify = async (desk = first) => (await desk.must('system.verify', {})).faults;

describe('a number passed over', () => {
  test('is never given to a citizen, stands in the list, and verify finds it explained', async () => {
    await receive();
    expect([await skip(number(2)), await skip(number(2, { kind: 'register', period: '2026' })), await skip(number(3))]).toEqual(['ok', 'ok', 'ok']);
    const { code, register } = await receive();
    expect([code.slice(-4), register?.counter]).toEqual(['1004', 3]);
    expect(await verify()).toEqual([]);
    expect((await first.must('numbers.list', {})).skipped).toEqual([number(3), number(2, { kind: 'register', period: '2026' }), number(2)].map((one) => ({ ...one, reason: 'Giấy rách' })));
  });

  test('that is missing in the log is a gap for verify until it is explained', async () => {
    await receive();
    const { id } = await receive();
    await receive();
    // As if what held it had never reached this desk.
    first.desk.db.run('DELETE FROM issued_numbers WHERE counter = 2');
    expect((await verify()).map(({ code, detail }) => `${code} ${detail}`)).toEqual(['number.gap dossier 1 2026-11-23 2', 'number.gap register 1 2026 2']);
    expect([await skip(number(2)), await skip(number(2, { kind: 'register', period: '2026' }))]).toEqual(['ok', 'ok']);
    expect(await verify()).toEqual([]);
    expect(id).not.toBe('');
  });

  test('is done once, however often the request comes', async () => {
    const input = skipInput(number(1));
    expect([codeOf(await first.call('numbers.skip', input)), codeOf(await first.call('numbers.skip', input))]).toEqual(['ok', 'ok']);
    expect(codeOf(await first.call('numbers.skip', { ...input, reason: 'Khác' }))).toBe('dossiers.keyReused');
    expect((await first.must('numbers.list', {})).skipped).toHaveLength(1);
  });

  test('is refused where it makes no sense, and nothing changes', async () => {
    await receive();
    const { seq } = first.desk.log.head();
    const refused: readonly (readonly [SkipInput['number'], string])[] = [
      [number(1), 'numbers.alreadyIssued'],
      [number(3), 'numbers.notReached'],
      [number(1, { period: '2026-11-22' }), 'numbers.notReached'],
      [number(1, { token: 'A' }), 'numbers.notReached'],
      [number(1, { token: '2' }), 'numbers.otherDesk'],
      [number(1, { token: '9' }), 'numbers.unknownToken'],
      [number(0), 'request.malformed'],
      [number(2, { period: '2026-02-30' }), 'request.malformed'],
      [number(2, { kind: 'register' }), 'request.malformed'],
      [number(2, { kind: 'apology' }), 'request.malformed'],
      [number(2, { kind: 'apology', period: '2026' }), 'numbers.notReached'],
    ];
    for (const [of, code] of refused) expect([of, await skip(of)]).toEqual([of, code]);
    expect(first.desk.log.head().seq).toBe(seq);
  });
});

describe('a token taken back', () => {
  async function sleepToNextYear(): Promise<void> {
    await first.stop();
    office.time.ms += 40 * 86_400_000;
    await first.start();
    const { dateQuestion } = await first.office();
    if (dateQuestion) await first.must('desks.confirmDate', { date: '2027-01-02' });
  }

  test('and given to a new machine stays that machine’s, also when the folder that gave it is set back', async () => {
    expect(codeOf(await returnToken('2', true))).toBe('ok');
    await sleepToNextYear();
    const backup = first.copyFiles();
    expect((await first.must('desks.admit', { name: 'Máy 3' })).token).toBe('2');
    await first.stop();
    first.restore(backup);
    await first.start();
    expect((await first.must('desks.freeTokens', {})).tokens).not.toContain('2');
    expect((await first.must('desks.admit', { name: 'Máy 4' })).token).toBe('3');
  });

  test('is free for nobody this year, and for a new machine in the next', async () => {
    await receive(second);
    const list = await first.must('numbers.list', {});
    expect(list.tokens.find(({ token }) => token === '2')).toEqual({ token: '2', use: 'working', desk: second.desk.deskId, deskName: 'Máy 2', here: false, revoked: false });
    expect(await returnToken('2', true)).toMatchObject({ ok: true, value: { freeFrom: '2027-01-01' } });
    const after = await first.must('numbers.list', {});
    expect([after.resting, after.free.includes('2'), after.tokens.some(({ token }) => token === '2')]).toEqual([[{ token: '2', freeFrom: '2027-01-01' }], false, false]);
    await sleepToNextYear();
    const next = await first.must('numbers.list', {});
    expect([next.resting, next.free[0]]).toEqual([[], '2']);
  });

  test('from a machine that works on after all: it says so and asks for another, and no number is given twice', async () => {
    await receive(second);
    expect(codeOf(await returnToken('2', true))).toBe('ok');
    await second.must('desks.importBranch', { dataDir: first.place.dataDir, password: ADMIN_PASSWORD });
    expect(codeOf(await second.call('dossiers.receive', receiveInput(office.time)))).toBe('numbers.noSeries');
    await second.must('desks.pickToken', { token: '3' });
    expect((await receive(second)).code).toMatch(/3001$/);
    expect(await verify(second)).toEqual([]);
  });

  test('is refused where it makes no sense, in words that name the machine, and nothing changes', async () => {
    const { seq } = first.desk.log.head();
    expect([codeOf(await returnToken('9', true)), codeOf(await returnToken('1', true)), codeOf(await returnToken('A', true))]).toEqual(['numbers.unknownToken', 'numbers.tokenInUse', 'numbers.tokenInUse']);
    expect(await returnToken('2', false)).toMatchObject({ ok: false, error: { code: 'numbers.tokenInUse', sentence: 'Ký hiệu 2 là của Máy 2. Chỉ lấy lại khi máy ấy đã hỏng hoặc mất.' } });
    expect(first.desk.log.head().seq).toBe(seq);
    expect(codeOf(await returnToken('2', true))).toBe('ok');
    expect(codeOf(await returnToken('2', true))).toBe('numbers.alreadyReturned');
  });
});

test('both acts wait for the date, and are for administrators alone', async () => {
  const { id } = await first.must('officers.create', { name: 'Hoàng Ngọc Ánh', title: '', formOfAddress: 'chị', roles: ['reception', 'processing', 'leader'], password: 'mat-khau-moi' });
  const session = first.core.sessionOf((await first.must('session.open', { officer: id, password: 'mat-khau-moi' })).token);
  const denied = await first.core.dispatch('numbers.skip', skipInput(number(1)), session);
  const deniedToo = await first.core.dispatch('numbers.returnToken', { idempotencyKey: randomUUID(), token: '2', machineGone: true, reason: 'Máy hỏng' }, session);
  expect([denied, deniedToo].map((answer) => codeOf(answer))).toEqual(['session.notPermitted', 'session.notPermitted']);
  expect(codeOf(await first.core.dispatch('numbers.list', {}, session))).toBe('ok');
  await first.stop();
  first.clock.offMs = -400 * 86_400_000;
  await first.start();
  expect([await skip(number(1)), codeOf(await returnToken('2', true))]).toEqual(['desks.dateQuestionOpen', 'desks.dateQuestionOpen']);
});

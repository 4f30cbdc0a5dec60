import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallName, InputOf } from '../../../src-shared/contract/contract.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

const CLERK = { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD } as const;
const LEADER = 'Lò Thị Mẩy';

let office: CoreOffice;
let first: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  await first.must('officers.create', { ...CLERK, roles: [...CLERK.roles] });
});
afterEach(() => office.end());

async function codeFor<N extends CallName>(name: N, input: InputOf<N>): Promise<string> {
  const answer = await first.call(name, input);
  return answer.ok ? 'ok' : answer.error.code;
}
const confirm = (date: string) => codeFor('desks.confirmDate', { date });
const dateUsed = async () => (await first.must('dossiers.receive', receiveInput(office.time))).dossier.code.slice(7, 13);
/** The machine's clock is a year off while the program runs. */
const breakClock = () => void (first.clock.offMs += 365 * DAY_MS);

describe('a date that nobody asks for', () => {
  test('is moved by nobody, a leader included', async () => {
    expect(await confirm('2099-12-31')).toBe('desks.dateNotAsked');
    await first.signIn(CLERK.name);
    expect(await confirm('2026-11-24')).toBe('desks.dateNotAsked');
    expect(await dateUsed()).toBe('261123');
  });

  test('is confirmed as it stands by a leader alone', async () => {
    expect(await confirm('2026-11-23')).toBe('ok');
    await first.signIn(CLERK.name);
    expect(await confirm('2026-11-23')).toBe('desks.dateNotAsked');
  });

  test('that somebody typed after a fault is put right by a leader', async () => {
    breakClock();
    await first.signIn(CLERK.name);
    expect(await confirm('2027-11-23')).toBe('ok');
    expect(await confirm('2026-11-23')).toBe('desks.dateNotAsked');
    await first.signIn(LEADER);
    expect(await first.must('desks.confirmDate', { date: '2026-11-23' })).toEqual({ clockUnverified: false });
    expect(await dateUsed()).toBe('261123');
  });
});

test('an answer that could not be written down leaves the clock and the question as they were', async () => {
  breakClock();
  const before = await first.office();
  const { db } = first.desk;
  db.exec("CREATE TEMP TRIGGER dies_inside BEFORE INSERT ON operations BEGIN SELECT RAISE(ABORT, 'dies inside'); END");
  expect(await confirm('2026-11-23')).not.toBe('ok');
  db.exec('DROP TRIGGER dies_inside');
  expect(await first.office()).toEqual(before);
  expect(await confirm('2026-11-23')).toBe('ok');
  expect(await dateUsed()).toBe('261123');
});

test('the answer holds after a power cut', async () => {
  breakClock();
  expect(await confirm('2026-11-23')).toBe('ok');
  await first.crash();
  await first.start(LEADER);
  expect((await first.office()).dateQuestion).toBeNull();
  expect(await dateUsed()).toBe('261123');
});

describe('while the date is in question', () => {
  test('every act waits, reading and drafts go on, and what was done before is answered again', async () => {
    const request = receiveInput(office.time, { receiptWanted: true });
    const { dossier, job } = await first.must('dossiers.receive', request);
    breakClock();
    const { password, ...clerk } = { ...CLERK, roles: [...CLERK.roles] };
    const { officers } = await first.must('officers.list', {});
    const officer = officers.find(({ name }) => name === CLERK.name)!.id;
    const codes = [
      await codeFor('officers.create', { ...clerk, password }),
      await codeFor('officers.change', { ...clerk, officer, retired: true }),
      await codeFor('officers.resetPassword', { officer, password: 'mat-khau-moi' }),
      await codeFor('settings.save', { key: 'idleLockMinutes', value: 7 }),
      await codeFor('desks.admit', { name: 'Máy 2' }),
      await codeFor('printing.report', { job: job!.id, idempotencyKey: randomUUID(), outcomes: [{ copy: 'keep', outcome: 'printed' }] }),
      await codeFor('dossiers.act', { id: dossier.id, idempotencyKey: randomUUID(), act: { act: 'take' } }),
    ];
    expect(codes).toEqual(codes.map(() => 'desks.dateQuestionOpen'));
    expect((await first.must('dossiers.receive', request)).dossier.code).toBe(dossier.code);
    const draft = { id: randomUUID(), revision: 1, procedureCode: null, data: {} };
    expect(await codeFor('drafts.save', draft as never)).not.toBe('desks.dateQuestionOpen');
    expect((await first.must('dossiers.counts', {})).open).toBe(1);
    await first.must('desks.confirmDate', { date: '2026-11-23' });
    expect(await codeFor('settings.save', { key: 'idleLockMinutes', value: 7 })).toBe('ok');
  });

  test('whoever opened with the recovery code still gives a new password, so that somebody can answer', async () => {
    breakClock();
    const { officers } = await first.must('officers.list', {});
    const { token } = await first.must('session.openByRecovery', { recoveryCode: office.recoveryCode });
    first.adopt(token);
    await first.must('officers.resetPassword', { officer: officers[0]!.id, password: 'mat-khau-moi' });
    await first.signIn(officers[0]!.name, 'mat-khau-moi');
    expect(await confirm('2026-11-23')).toBe('ok');
  });
});

import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, machineClock, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

let office: CoreOffice;
let first: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
});
afterEach(() => office.end());

async function receive(desk: CoreDesk, count = 1): Promise<string[]> {
  const codes: string[] = [];
  for (let done = 0; done < count; done += 1) {
    const { dossier } = await desk.must('dossiers.receive', receiveInput(office.time));
    codes.push(dossier.code);
  }
  return codes;
}

/** A machine started on a copy of another's folder. */
async function startCopy(of: CoreDesk, stateDir = office.newPlace().stateDir): Promise<CoreDesk> {
  const copy = of.copyTo({ dataDir: office.newPlace().dataDir, stateDir }, machineClock(office.time));
  running.push(copy);
  await copy.start();
  return copy;
}
const running: CoreDesk[] = [];
afterEach(async () => {
  for (const desk of running.splice(0)) if (desk.isRunning) await desk.stop();
});

async function restoreAndStart(desk: CoreDesk, copy: string): Promise<void> {
  if (desk.isRunning) await desk.stop();
  desk.restore(copy);
  await desk.start();
}

const codes = async (desk: CoreDesk) => (await desk.must('dossiers.search', { limit: 200 })).dossiers.map(({ code }) => code).sort();
const faults = async (desk: CoreDesk) => (await desk.must('system.verify', {})).faults;
const conflictTitles = async (desk: CoreDesk) => (await desk.must('conflicts.list', {})).conflicts.map(({ title }) => title);
const learn = (desk: CoreDesk, from: CoreDesk) => desk.must('desks.importBranch', { dataDir: from.place.dataDir, recoveryCode: office.recoveryCode });

describe('a folder that is not the one it was', () => {
  test('copied to another machine numbers at once from the reserve of its desk and says so until the next start', async () => {
    await receive(first, 2);
    const copy = await startCopy(first);
    expect(await copy.office()).toMatchObject({ newIncarnation: 'noMarker', token: 'A', reserves: ['B', 'C'], tokenProvisional: false });
    expect(await receive(copy, 2)).toEqual(['H99.99-261123-A001', 'H99.99-261123-A002']);
    await copy.stop();
    await copy.start();
    expect((await copy.office()).newIncarnation).toBeNull();
    expect(await receive(copy)).toEqual(['H99.99-261123-A003']);
    expect(await receive(first)).toEqual(['H99.99-261123-1003']);
    expect([await faults(first), await faults(copy)]).toEqual([[], []]);
  });

  test('copied beside the first on the same machine is told apart by its folder', async () => {
    await receive(first);
    const copy = await startCopy(first, first.place.stateDir);
    expect(await copy.office()).toMatchObject({ newIncarnation: 'folderCopied', token: 'A' });
  });

  test('restored to an older state becomes a new device of its desk', async () => {
    await receive(first, 2);
    const backup = first.copyFiles();
    const given = await receive(first, 2);
    await restoreAndStart(first, backup);
    expect(await first.office()).toMatchObject({ newIncarnation: 'restoredOlder', token: 'A', reserves: ['B', 'C'] });
    const [code, next] = await receive(first, 2);
    expect([code, next]).toEqual(['H99.99-261123-A001', 'H99.99-261123-A002']);
    expect(given).not.toContain(code);
    const [desk] = (await first.must('desks.list', {})).desks;
    expect(desk!.devices.map(({ token }) => token)).toEqual(['1', 'A']);
    expect(await faults(first)).toEqual([]);
  });

  test('the same backup restored again takes another reserve than the first time', async () => {
    const backup = first.copyFiles();
    await receive(first);
    await restoreAndStart(first, backup);
    const [once] = await receive(first);
    await restoreAndStart(first, backup);
    const [again] = await receive(first);
    expect([once, again]).toEqual(['H99.99-261123-A001', 'H99.99-261123-B001']);
    // Another machine, which knows nothing of the first restore, does not take what that one took either.
    expect(await receive(await startCopy(first))).toEqual(['H99.99-261123-C001']);
  });

  test('two copies opened apart take the same reserve: both codes stay, and the doubling is seen when they meet', async () => {
    await receive(first);
    const [left, right] = [await startCopy(first), await startCopy(first)];
    expect(await receive(left)).toEqual(['H99.99-261123-A001']);
    expect(await receive(right)).toEqual(['H99.99-261123-A001']);
    await learn(left, right);
    const titles = await conflictTitles(left);
    expect(titles).toContain('Hai máy cùng dùng ký hiệu dãy số A');
    expect(titles).toContain('Hai hồ sơ trùng mã H99.99-261123-A001');
    expect(await codes(left)).toEqual(['H99.99-261123-1001', 'H99.99-261123-A001', 'H99.99-261123-A001']);
    expect(await faults(left)).toEqual([]);
    const { imported } = { imported: await learn(right, left) };
    expect(imported.operations).toBeGreaterThan(0);
    expect(await conflictTitles(right)).toEqual(await conflictTitles(left));
  });
});

describe('the older branch found again', () => {
  let old: string;
  let given: string[];

  beforeEach(async () => {
    given = await receive(first, 2);
    const backup = first.copyFiles();
    given.push(...(await receive(first, 2)));
    old = first.copyFiles();
    await restoreAndStart(first, backup);
    given.push(...(await receive(first)));
  });

  test.each([
    ['password', () => ({ password: ADMIN_PASSWORD })],
    ['recovery code', () => ({ recoveryCode: office.recoveryCode })],
  ])('is taken over with the %s, and a second time holds nothing new', async (_name, key) => {
    const report = await first.must('desks.importBranch', { dataDir: old, ...key() });
    expect(report).toEqual({ operations: 2, dossiers: 2, conflicts: 0, refused: [] });
    expect(await codes(first)).toEqual([...given].sort());
    expect(await first.must('desks.importBranch', { dataDir: old, ...key() })).toEqual({ operations: 0, dossiers: 0, conflicts: 0, refused: [] });
    expect(await faults(first)).toEqual([]);
    expect(await receive(first)).toEqual(['H99.99-261123-A002']);
  });

  test('stays closed to a wrong password, a wrong recovery code and a place that is no data folder', async () => {
    const wrong = async (input: object) => {
      const answer = await first.call('desks.importBranch', { dataDir: old, ...input });
      return answer.ok ? 'imported' : answer.error.code;
    };
    const strange = await setUpCoreOffice();
    expect(await wrong({ password: 'khong-phai-mat-khau' })).toBe('session.wrongPassword');
    expect(await wrong({})).toBe('session.wrongPassword');
    expect(await wrong({ recoveryCode: strange.recoveryCode })).toBe('session.wrongRecoveryCode');
    expect(await wrong({ recoveryCode: 'ABC' })).toBe('session.wrongRecoveryCode');
    expect(await wrong({ dataDir: path.join(office.root, 'nowhere'), password: ADMIN_PASSWORD })).toBe('desks.branchUnreadable');
    expect(await wrong({ dataDir: strange.first.place.dataDir, recoveryCode: strange.recoveryCode })).toBe('desks.branchForeign');
    await strange.end();
    expect((await codes(first)).length).toBe(3);
  });

  test('is not for an officer who only receives', async () => {
    await first.must('officers.create', { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD });
    await first.signIn('Giàng A Páo');
    const answer = await first.call('desks.importBranch', { dataDir: old, recoveryCode: office.recoveryCode });
    expect(answer).toMatchObject({ ok: false, error: { code: 'session.notPermitted' } });
  });
});

test('what a power cut left unsigned still reaches the others after the folder became a new device', async () => {
  const second = await office.join(first, 'Máy 2');
  const given = await receive(first, 2);
  await first.crash();
  const copy = await startCopy(first);
  given.push(...(await receive(copy)));
  await learn(second, copy);
  expect(await codes(second)).toEqual([...given].sort());
  expect(await faults(second)).toEqual([]);
});

describe('papers of a branch taken over', () => {
  const printed = { outcome: 'printed' } as const;

  async function receiveWithPaper() {
    const { dossier, job } = await first.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
    return { dossier: dossier.id, job: job!.id };
  }
  const report = (desk: CoreDesk, job: string, copies: readonly ('keep' | 'citizen')[]) =>
    desk.must('printing.report', { job, idempotencyKey: crypto.randomUUID(), outcomes: copies.map((copy) => ({ copy, ...printed })) });
  const waiting = async (desk: CoreDesk) => (await desk.must('printing.jobs', {})).jobs.map(({ id }) => id);

  test('what was printed there is not waited for here', async () => {
    const [whole, half, none] = [await receiveWithPaper(), await receiveWithPaper(), await receiveWithPaper()];
    const backup = first.copyFiles();
    await report(first, whole.job, ['keep', 'citizen']);
    await report(first, half.job, ['citizen']);
    const old = first.copyFiles();
    await restoreAndStart(first, backup);
    expect((await waiting(first)).length).toBe(3);
    await first.must('desks.importBranch', { dataDir: old, recoveryCode: office.recoveryCode });
    expect((await waiting(first)).sort()).toEqual([half.job, none.job].sort());
    const { jobs } = await first.must('printing.jobs', { dossier: half.dossier });
    expect(jobs[0]!.copies).toMatchObject([{ copy: 'keep', outcome: 'waiting' }, { copy: 'citizen', outcome: 'printed' }]);
    await report(first, half.job, ['keep']);
    expect(await waiting(first)).toEqual([none.job]);
  });

  test('a paper printed again there takes the first one off the list here', async () => {
    const { dossier, job } = await receiveWithPaper();
    const backup = first.copyFiles();
    const again = await first.must('printing.reprint', { dossier, idempotencyKey: crypto.randomUUID(), form: 'receipt' });
    await report(first, again.job.id, ['keep', 'citizen']);
    const old = first.copyFiles();
    await restoreAndStart(first, backup);
    expect(await waiting(first)).toEqual([job]);
    await first.must('desks.importBranch', { dataDir: old, recoveryCode: office.recoveryCode });
    expect(await waiting(first)).toEqual([]);
  });

  test('a paper said to be out here stays so, whatever the other branch thought', async () => {
    const { job } = await receiveWithPaper();
    const backup = first.copyFiles();
    await first.must('printing.report', { job, idempotencyKey: crypto.randomUUID(), outcomes: [{ copy: 'keep', outcome: 'unknown' }, { copy: 'citizen', outcome: 'failed' }] });
    const old = first.copyFiles();
    await restoreAndStart(first, backup);
    await report(first, job, ['keep', 'citizen']);
    await first.must('desks.importBranch', { dataDir: old, recoveryCode: office.recoveryCode });
    expect(await waiting(first)).toEqual([]);
  });
});

describe('numbers without a series', () => {
  test('when every reserve is used the officer picks a free sign, and papers call the code provisional', async () => {
    const backup = first.copyFiles();
    for (const token of ['A', 'B', 'C']) {
      await receive(first);
      await restoreAndStart(first, backup);
      expect((await first.office()).token).toBe(token);
    }
    await receive(first);
    await restoreAndStart(first, backup);
    expect(await first.office()).toMatchObject({ newIncarnation: 'restoredOlder', token: null });
    expect(await first.call('dossiers.receive', receiveInput(office.time))).toMatchObject({ ok: false, error: { code: 'numbers.noSeries' } });
    const { tokens } = await first.must('desks.freeTokens', {});
    expect(tokens.filter((token) => ['1', 'A', 'B', 'C'].includes(token))).toEqual([]);
    expect(await first.call('desks.pickToken', { token: 'A' })).toMatchObject({ ok: false, error: { code: 'desks.tokenHeld' } });
    await first.must('desks.pickToken', { token: tokens[0]! });
    const { dossier, job } = await first.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
    expect(dossier).toMatchObject({ code: `H99.99-261123-${tokens[0]}001`, codeProvisional: true });
    const { html } = await first.must('forms.render', { job: job!.id });
    expect(html).toContain('Mã tạm:');
    expect(html).toContain('Mã chính thức do hệ thống của tỉnh cấp sau');
    expect((await first.office()).tokenProvisional).toBe(true);
  });
});

describe('joining', () => {
  test('a join file used on two machines is seen when they meet, and both keep their dossiers', async () => {
    const { file, code } = await first.must('desks.admit', { name: 'Máy 2' });
    const [left, right] = [office.newMachine(), office.newMachine()];
    for (const machine of [left, right]) {
      machine.boot();
      await machine.must('office.join', { file, code, confirmedDate: '2026-11-23' });
      await machine.signIn();
      expect(await receive(machine)).toEqual(['H99.99-261123-2001']);
    }
    for (const machine of [left, right]) await learn(first, machine);
    const titles = await conflictTitles(first);
    expect(titles).toEqual(expect.arrayContaining(['Một tệp thêm máy đã dùng cho hai máy', 'Hai hồ sơ trùng mã H99.99-261123-2001']));
    expect(await codes(first)).toEqual(['H99.99-261123-2001', 'H99.99-261123-2001']);
    expect(await faults(first)).toEqual([]);
  });

  test('a desk whose admitting desk is lost for ever before anybody met it is a desk of the office by what it brings itself', async () => {
    const second = await office.join(first, 'Máy 2');
    const third = await office.join(first, 'Máy 3');
    const given = await receive(third, 2);
    const lost = first.copyFiles();
    await first.stop();
    rmSync(first.place.dataDir, { recursive: true });
    expect(await learn(second, third)).toMatchObject({ operations: 3, dossiers: 2, conflicts: 0 });
    expect(await codes(second)).toEqual(given);
    expect([await conflictTitles(second), await faults(second)]).toEqual([[], []]);
    const listed = async () => (await second.must('desks.list', {})).desks.map(({ name, reserves, devices }) => [name, reserves.length, devices.map(({ token }) => token)]);
    expect(await listed()).toEqual([['Máy 1', 3, ['1']], ['Máy 2', 3, ['2']], ['Máy 3', 3, ['3']]]);
    expect((await second.must('desks.freeTokens', {})).tokens).not.toContain('3');
    // The lost folder turns up after all: nothing is doubled.
    await second.must('desks.importBranch', { dataDir: lost, recoveryCode: office.recoveryCode });
    expect([await listed(), await conflictTitles(second), await faults(second)]).toEqual([[['Máy 1', 3, ['1']], ['Máy 2', 3, ['2']], ['Máy 3', 3, ['3']]], [], []]);
  });

  test('a wrong code changes nothing, and the right one works afterwards', async () => {
    const { file, code } = await first.must('desks.admit', { name: 'Máy 2' });
    const machine = office.newMachine();
    machine.boot();
    const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
    for (const tried of [wrong, '', code.slice(1)]) {
      expect(await machine.call('office.join', { file, code: tried, confirmedDate: '2026-11-23' })).toMatchObject({ ok: false, error: { code: 'office.badJoinFile' } });
    }
    expect((await machine.must('office.get', {})).state).toBe('setup');
    await machine.must('office.join', { file, code: code.toLowerCase().replaceAll('-', ' '), confirmedDate: '2026-11-23' });
    await machine.signIn();
    expect(await receive(machine)).toEqual(['H99.99-261123-2001']);
  });

  test.each([['nine years ahead', 9], ['six years behind', -6]])('with the clock %s the confirmed date counts, and nothing is unverified', async (_name, years) => {
    const { file, code } = await first.must('desks.admit', { name: 'Máy 2' });
    const machine = office.newMachine();
    machine.clock.offMs = years * 365 * DAY_MS;
    machine.boot();
    await machine.must('office.join', { file, code, confirmedDate: '2026-11-23' });
    await machine.signIn();
    expect(await machine.office()).toMatchObject({ dateQuestion: null, clockUnverified: false, businessNow: office.time.ms });
    const { dossier } = await machine.must('dossiers.receive', receiveInput(office.time));
    expect(dossier).toMatchObject({ code: 'H99.99-261123-2001', receivedAt: office.time.ms, clockUnverified: false });
    await learn(first, machine);
    expect(await codes(first)).toEqual([dossier.code]);
    expect(await conflictTitles(first)).toEqual([]);
  });
});

describe('a desk that was off for 20 days', () => {
  beforeEach(async () => {
    await first.must('officers.create', { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD });
    await receive(first);
    await first.stop();
    office.time.ms += 20 * DAY_MS;
    await first.start('Giàng A Páo');
  });

  test('asks for the date, numbers and prints with it, and is unverified until the leader confirms', async () => {
    expect(await first.office()).toMatchObject({ dateQuestion: { cause: 'outsideBounds', lastDate: '2026-11-23' }, clockUnverified: false });
    expect(await first.call('dossiers.receive', receiveInput(office.time))).toMatchObject({ ok: false, error: { code: 'desks.dateQuestionOpen' } });
    expect(await first.must('desks.confirmDate', { date: '2026-12-11' })).toEqual({ clockUnverified: true });
    const { dossier, job } = await first.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
    expect(dossier).toMatchObject({ code: 'H99.99-261211-1001', clockUnverified: true });
    const { html } = await first.must('forms.render', { job: job!.id });
    expect(html).toContain('11/12/2026');
    expect(html).toContain('(ngày giờ chưa xác minh)');

    await first.stop();
    await first.start('Lò Thị Mẩy');
    expect(await first.office()).toMatchObject({ dateQuestion: null, clockUnverified: true });
    expect(await first.must('desks.confirmDate', { date: '2026-12-13' })).toEqual({ clockUnverified: false });
    const later = await first.must('dossiers.receive', receiveInput(office.time));
    expect(later.dossier).toMatchObject({ code: 'H99.99-261213-1001', clockUnverified: false });
    expect(await faults(first)).toEqual([]);
  });

  test('goes back to the day that is right when the first answer was wrong and the leader puts it right', async () => {
    await first.must('desks.confirmDate', { date: '2027-12-13' });
    expect(await receive(first)).toEqual(['H99.99-271213-1001']);
    await first.signIn('Lò Thị Mẩy');
    await first.must('desks.confirmDate', { date: '2026-12-13' });
    expect(await receive(first, 2)).toEqual(['H99.99-261213-1001', 'H99.99-261213-1002']);
    await first.stop();
    await first.start();
    expect(await first.office()).toMatchObject({ dateQuestion: null });
    expect(await receive(first)).toEqual(['H99.99-261213-1003']);
    expect(await faults(first)).toEqual([]);
  });
});

test('a copy of a copy keeps what each of them wrote', async () => {
  const given = await receive(first);
  const copy = await startCopy(first);
  given.push(...(await receive(copy)));
  const second = await startCopy(copy);
  given.push(...(await receive(second)));
  expect(given).toEqual(['H99.99-261123-1001', 'H99.99-261123-A001', 'H99.99-261123-B001']);
});

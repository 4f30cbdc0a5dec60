import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallName, InputOf, OutputOf, ResultOf } from '../../../src-shared/contract/contract.ts';
import type { Session } from '../../../src-main/core/calls/sessions.ts';
import { openKeySlots } from '../../../src-node/crypto/key-slots.ts';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

/** The code of the safe made anew: never a moment without a code that somebody holds, and the former one opens nothing afterwards. */
let office: CoreOffice;
let first: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
});
afterEach(() => office.end());

const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) => (answer.ok ? 'ok' : answer.error.code);
const callAs = <N extends CallName>(desk: CoreDesk, session: Session, name: N, input: InputOf<N>) => desk.core.dispatch(name, input, session) as Promise<ResultOf<N>>;
const fileOf = (desk: CoreDesk, name: 'keys.json' | 'keys.backup.json') => path.join(desk.place.dataDir, name);

async function renew(desk: CoreDesk): Promise<OutputOf<'office.makeRecoveryCode'>> {
  const made = await desk.must('office.makeRecoveryCode', {});
  await desk.must('office.renewRecovery', { recoveryCode: made.recoveryCode });
  return made;
}

/** Which of these codes each copy of the key file opens with, read as a start does. */
function opensWith(desk: CoreDesk, codes: Readonly<Record<string, string>>): { readonly main: string[]; readonly backup: string[] } {
  const openingCopy = (name: 'keys.json' | 'keys.backup.json') => {
    const folder = path.join(desk.place.dataDir, 'looked-at');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'keys.json'), readFileSync(fileOf(desk, name)));
    const slots = openKeySlots({ folder, clock: desk.clock });
    rmSync(folder, { recursive: true });
    if (!slots.ok) throw new Error(slots.error.code);
    return Object.keys(codes).filter((which) => slots.value.unlockWithRecoveryCode(codes[which]!).ok);
  };
  return { main: openingCopy('keys.json'), backup: openingCopy('keys.backup.json') };
}

async function openBy(desk: CoreDesk, recoveryCode: string): Promise<string> {
  return codeOf(await desk.call('session.openByRecovery', { recoveryCode }));
}

describe('a new recovery code', () => {
  test('changes nothing until the sheet is said to be in hand', async () => {
    const before = readFileSync(fileOf(first, 'keys.json'));
    const { recoveryCode } = await first.must('office.makeRecoveryCode', {});
    expect(recoveryCode).not.toBe(office.recoveryCode);
    expect(readFileSync(fileOf(first, 'keys.json'))).toEqual(before);
    await first.crash();
    first.boot();
    expect([await openBy(first, recoveryCode), await openBy(first, office.recoveryCode)]).toEqual(['session.wrongRecoveryCode', 'ok']);
  });

  test('then opens the desk, and the former one opens neither copy of the key file, also after a power cut', async () => {
    const { recoveryCode, sheet } = await renew(first);
    await first.crash();
    expect(opensWith(first, { former: office.recoveryCode, now: recoveryCode })).toEqual({ main: ['now'], backup: ['now'] });
    first.boot();
    expect((await first.must('office.get', {})).recoverySheet).toBe(sheet);
    expect([await openBy(first, office.recoveryCode), await openBy(first, recoveryCode)]).toEqual(['session.wrongRecoveryCode', 'ok']);
    await first.signIn();
    expect(await first.must('office.getRecovery', {})).toEqual({ sheet, madeOn: '2026-11-23', deskName: 'Máy 1', by: 'admin', officerName: 'Lò Thị Mẩy', otherDesks: 0 });
    expect((await first.must('system.verify', {})).ok).toBe(true);
  });

  test('is confirmed twice and renewed once, also when the answer got lost with the core', async () => {
    const { recoveryCode } = await renew(first);
    const { seq } = first.desk.log.head();
    await first.must('office.renewRecovery', { recoveryCode });
    await first.crash();
    await first.start();
    await first.must('office.renewRecovery', { recoveryCode });
    expect(first.desk.log.head().seq).toBe(seq);
  });

  test('is one that this desk made for this session: no chosen code, nobody else’s, none from before', async () => {
    const { recoveryCode } = await first.must('office.makeRecoveryCode', {});
    const other = await first.must('session.open', { officer: (await first.must('office.get', {})).signIn[0]!.id, password: ADMIN_PASSWORD });
    const answers = [
      await first.call('office.renewRecovery', { recoveryCode: 'không phải mã' }),
      await first.call('office.renewRecovery', { recoveryCode: office.recoveryCode.replace(/^./, (symbol) => (symbol === '7' ? '8' : '7')) }),
      await callAs(first, first.core.sessionOf(other.token)!, 'office.renewRecovery', { recoveryCode }),
    ];
    expect(answers.map(codeOf)).toEqual(Array(3).fill('office.unknownRecoveryCode'));
    const last = await renew(first);
    const again = await first.call('office.renewRecovery', { recoveryCode });
    expect([codeOf(again), await openBy(first, last.recoveryCode)]).toEqual(['office.unknownRecoveryCode', 'ok']);
  });

  test('replaced by another one does not come back by a late repetition', async () => {
    const mine = await renew(first);
    const other = await first.must('session.open', { officer: (await first.must('office.get', {})).signIn[0]!.id, password: ADMIN_PASSWORD });
    const session = first.core.sessionOf(other.token)!;
    const theirs = await callAs(first, session, 'office.makeRecoveryCode', {});
    if (!theirs.ok) throw new Error('refused');
    await callAs(first, session, 'office.renewRecovery', { recoveryCode: theirs.value.recoveryCode });
    expect(codeOf(await first.call('office.renewRecovery', { recoveryCode: mine.recoveryCode }))).toBe('office.unknownRecoveryCode');
    expect([await openBy(first, mine.recoveryCode), await openBy(first, theirs.value.recoveryCode)]).toEqual(['session.wrongRecoveryCode', 'ok']);
  });

  test('may be made by whoever opened with the present one, whose other sessions end', async () => {
    const [mine, forgotten] = await Promise.all([0, 1].map(() => first.must('session.openByRecovery', { recoveryCode: office.recoveryCode })));
    const session = first.core.sessionOf(mine!.token)!;
    const made = await callAs(first, session, 'office.makeRecoveryCode', {});
    if (!made.ok) throw new Error('refused');
    expect(await callAs(first, session, 'office.renewRecovery', { recoveryCode: made.value.recoveryCode })).toMatchObject({ ok: true, value: { by: 'recovery', officerName: null, sheet: made.value.sheet } });
    expect([first.core.sessionOf(mine!.token), first.core.sessionOf(forgotten!.token)]).toEqual([session, undefined]);
    expect(await openBy(first, office.recoveryCode)).toBe('session.wrongRecoveryCode');
  });

  test('is not for others than administrators', async () => {
    const { id } = await first.must('officers.create', { name: 'Hoàng Ngọc Ánh', title: '', formOfAddress: 'chị', roles: ['reception', 'processing', 'leader'], password: 'mat-khau-moi' });
    const session = first.core.sessionOf((await first.must('session.open', { officer: id, password: 'mat-khau-moi' })).token)!;
    for (const [name, input] of [['office.getRecovery', {}], ['office.makeRecoveryCode', {}], ['office.renewRecovery', { recoveryCode: office.recoveryCode }]] as const) {
      expect([name, codeOf(await callAs(first, session, name, input))]).toEqual([name, 'session.notPermitted']);
    }
  });
});

describe('power cut, full disk, old files', () => {
  test('between the act and the key file: the former code is refused, and that very try lets the new one in', async () => {
    const older = readFileSync(fileOf(first, 'keys.json'));
    const { recoveryCode } = await renew(first);
    await first.crash();
    for (const name of ['keys.json', 'keys.backup.json'] as const) writeFileSync(fileOf(first, name), older);
    first.boot();
    expect(await openBy(first, office.recoveryCode)).toBe('session.wrongRecoveryCode');
    expect(await openBy(first, recoveryCode)).toBe('ok');
    expect(opensWith(first, { former: office.recoveryCode, now: recoveryCode })).toEqual({ main: ['now'], backup: ['now'] });
  });

  test('between the act and the key file: an officer’s sign-in brings the file up to date', async () => {
    const older = readFileSync(fileOf(first, 'keys.json'));
    const { recoveryCode } = await renew(first);
    await first.crash();
    for (const name of ['keys.json', 'keys.backup.json'] as const) writeFileSync(fileOf(first, name), older);
    await first.start();
    expect(opensWith(first, { former: office.recoveryCode, now: recoveryCode })).toEqual({ main: ['now'], backup: ['now'] });
  });

  test('a key file that cannot be written is told, and written by the next try', async () => {
    const { recoveryCode } = await first.must('office.makeRecoveryCode', {});
    // A folder in the way of the file that is about to take the name.
    const obstacle = `${fileOf(first, 'keys.json')}.new`;
    mkdirSync(obstacle);
    const { seq } = first.desk.log.head();
    expect(codeOf(await first.call('office.renewRecovery', { recoveryCode }))).toMatch(/^storage\./);
    rmSync(obstacle, { recursive: true });
    expect(codeOf(await first.call('office.renewRecovery', { recoveryCode }))).toBe('ok');
    expect(opensWith(first, { former: office.recoveryCode, now: recoveryCode })).toEqual({ main: ['now'], backup: ['now'] });
    expect(first.desk.log.head().seq).toBe(seq + 1);
  });

  test('while the date is in question no code is made, so that no sheet is printed in vain', async () => {
    await first.stop();
    first.clock.offMs = -400 * 86_400_000;
    await first.start();
    expect(codeOf(await first.call('office.makeRecoveryCode', {}))).toBe('desks.dateQuestionOpen');
  });
});

describe('the other desks of the office', () => {
  let second: CoreDesk;
  const learn = (desk: CoreDesk, from: CoreDesk) => desk.must('desks.importBranch', { dataDir: from.place.dataDir, password: ADMIN_PASSWORD });

  beforeEach(async () => {
    second = await office.join(first, 'Máy 2');
  });

  test('follow when the act arrives, and not before', async () => {
    const { recoveryCode } = await renew(first);
    const codes = { former: office.recoveryCode, now: recoveryCode };
    expect(opensWith(second, codes)).toEqual({ main: ['former'], backup: ['former'] });
    const stranger = second.core.sessionOf((await second.must('session.openByRecovery', { recoveryCode: office.recoveryCode })).token)!;
    await learn(second, first);
    expect(opensWith(second, codes)).toEqual({ main: ['now'], backup: ['now'] });
    expect(second.core.sessionOf(stranger.token)).toBeUndefined();
    expect([await openBy(second, codes.former), await openBy(second, codes.now)]).toEqual(['session.wrongRecoveryCode', 'ok']);
    await learn(first, second);
    expect(await first.must('office.getRecovery', {})).toMatchObject({ otherDesks: 1 });
  });

  test('that join later open with the new code alone', async () => {
    const { recoveryCode } = await renew(first);
    const third = await office.join(first, 'Máy 3');
    expect(opensWith(third, { former: office.recoveryCode, now: recoveryCode })).toEqual({ main: ['now'], backup: ['now'] });
  });

  test.each(['first', 'second'] as const)('renewing apart, the %s one earlier: the later code is everybody’s', async (early) => {
    const [one, two] = early === 'first' ? [first, second] : [second, first];
    const earlier = await renew(one);
    office.time.ms += 60_000;
    const later = await renew(two);
    await learn(first, second);
    await learn(second, first);
    const codes = { former: office.recoveryCode, earlier: earlier.recoveryCode, later: later.recoveryCode };
    for (const desk of [first, second]) {
      expect(opensWith(desk, codes)).toEqual({ main: ['later'], backup: ['later'] });
      expect(await desk.must('office.getRecovery', {})).toMatchObject({ sheet: later.sheet });
    }
    expect(first.desk.office().conflicts).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallName, InputOf, ResultOf } from '../../../src-shared/contract/contract.ts';
import type { Session } from '../../../src-main/core/calls/sessions.ts';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

const [OLD, NEW] = ['mat-khau-cu', 'mat-khau-moi'];

let office: CoreOffice;
let first: CoreDesk;
let officer: string;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  officer = (await first.must('officers.create', { name: 'Hoàng Ngọc Ánh', title: '', formOfAddress: 'chị', roles: ['reception'], password: OLD })).id;
});
afterEach(() => office.end());

const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) => (answer.ok ? 'ok' : answer.error.code);
const callAs = <N extends CallName>(session: Session, name: N, input: InputOf<N>) => first.core.dispatch(name, input, session) as Promise<ResultOf<N>>;
async function openSession(password = OLD): Promise<Session> {
  const { token } = await first.must('session.open', { officer, password });
  return first.core.sessionOf(token)!;
}

describe('an older keys.json put back', () => {
  let older: Buffer;
  const file = () => path.join(first.place.dataDir, 'keys.json');
  const putBack = async () => {
    await first.stop();
    writeFileSync(file(), older);
    first.boot();
  };

  beforeEach(async () => {
    older = readFileSync(file());
    await first.must('officers.resetPassword', { officer, password: NEW });
    await putBack();
  });

  test('does not bring a password back that was reset, and the new one works at once', async () => {
    expect(codeOf(await first.call('session.open', { officer, password: OLD }))).toBe('session.wrongPassword');
    expect(codeOf(await first.call('session.open', { officer, password: OLD }))).toBe('session.wrongPassword');
    expect(codeOf(await first.call('session.open', { officer, password: NEW }))).toBe('ok');
  });

  test('leaves the others as they are', async () => {
    await first.signIn('Lò Thị Mẩy');
    expect(codeOf(await first.call('session.open', { officer, password: NEW }))).toBe('ok');
  });
});

test('a password that is reset while it is being tried opens nothing', async () => {
  const trying = first.call('session.open', { officer, password: OLD });
  const unlocking = first.must('officers.resetPassword', { officer, password: NEW });
  const [tried] = await Promise.all([trying, unlocking]);
  if (tried.ok) expect(first.core.sessionOf(tried.value.token)).toBeUndefined();
  expect(codeOf(await first.call('session.open', { officer, password: OLD }))).toBe('session.wrongPassword');
});

describe('who is signed in', () => {
  test('is told without token and buffer key while the session is locked, and with both after the password', async () => {
    const session = await openSession();
    const open = (await callAs(session, 'session.current', {})) as { ok: true; value: { session: { token: string; bufferKey: string } } };
    expect(open.value.session).toMatchObject({ token: session.token, bufferKey: expect.stringMatching(/^[\w-]{43}$/) as string });
    await callAs(session, 'session.lock', {});
    expect(await callAs(session, 'session.current', {})).toMatchObject({ ok: true, value: { locked: true, session: { token: '', bufferKey: '', officer: { id: officer } } } });
    expect(codeOf(await callAs(session, 'session.unlock', { password: ADMIN_PASSWORD }))).toBe('session.wrongPassword');
    expect(await callAs(session, 'session.unlock', { password: OLD })).toMatchObject({ ok: true, value: open.value.session });
  });

  test('with the recovery code gets no buffer key', async () => {
    const opened = await first.must('session.openByRecovery', { recoveryCode: office.recoveryCode });
    expect(opened).toMatchObject({ recovery: true, officer: null, bufferKey: '' });
  });
});

describe('a new password', () => {
  test('of one\'s own closes the other sessions of that officer and keeps this one', async () => {
    const [one, two] = [await openSession(), await openSession()];
    expect(codeOf(await callAs(one, 'officers.changePassword', { oldPassword: 'khong-phai', newPassword: NEW }))).toBe('session.wrongPassword');
    expect(first.core.sessionOf(two.token)).toBe(two);
    expect(codeOf(await callAs(one, 'officers.changePassword', { oldPassword: OLD, newPassword: NEW }))).toBe('ok');
    expect([first.core.sessionOf(one.token), first.core.sessionOf(two.token)]).toEqual([one, undefined]);
    expect((await first.must('dossiers.counts', {})).open).toBe(0);
  });

  test('given by an administrator closes every session of that officer', async () => {
    const sessions = [await openSession(), await openSession()];
    await first.must('officers.resetPassword', { officer, password: NEW });
    expect(sessions.map(({ token }) => first.core.sessionOf(token))).toEqual([undefined, undefined]);
  });
});

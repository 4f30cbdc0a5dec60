import { beforeEach, describe, expect, it } from 'vitest';
import type { IssuedNumber } from '../../../src-shared/domain/numbers/number-series.ts';
import { skipFault } from '../../../src-shared/domain/numbers/skip-number.ts';
import { listHeldTokens, returnFault } from '../../../src-shared/domain/numbers/token-uses.ts';
import type { OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { DeskId } from '../../../src-shared/lib/ids.ts';
import { admittedBody, buildOffice, deskUuid, incarnatedBody, OFFICE_SUBJECT, OFFICERS, TestDesk, type TestOffice } from '../../helpers/build-operations.ts';

/** Two desks at work (1 with A B C, 2 with D E F), a third granted in a join file that nobody used (3 with G H J). */
let built: TestOffice;
let one: TestDesk;
const TODAY = '2026-07-01';

beforeEach(() => {
  built = buildOffice(2);
  one = built.desks[0]!;
  act('desk.admitted', admittedBody(3));
});

function act(kind: OfficeKind, body: unknown, desk = one): void {
  built.time.ms += 60_000;
  desk.write(kind, body, { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
}
function incarnate(device: string, previousDevice: string, token: string): void {
  const next = new TestDesk(device, built.time);
  next.learn(one);
  act('desk.incarnated', incarnatedBody(device, token, previousDevice), next);
  one.learn(next);
}
const here = (device = one.device) => ({ desk: deskUuid(1) as DeskId, device });
const uses = () => Object.fromEntries(listHeldTokens(one.office()).map(({ token, use }) => [token, use]));
const mayReturn = (token: string, machineGone = false, asking = here()) => returnFault(one.office(), asking, { token, machineGone });

describe('what a token is doing', () => {
  it('is read off the office: at work, in reserve, or waiting in a join file', () => {
    expect(uses()).toEqual({ 1: 'working', 2: 'working', 3: 'granted', A: 'reserve', B: 'reserve', C: 'reserve', D: 'reserve', E: 'reserve', F: 'reserve', G: 'reserve', H: 'reserve', J: 'reserve' });
  });

  it('is over when a device follows, and for a reserve that was passed over', () => {
    incarnate('d8', 'd1', 'B');
    expect(uses()).toMatchObject({ 1: 'former', A: 'former', B: 'working', C: 'reserve' });
  });

  it('is over with the desk', () => {
    act('desk.revoked', { desk: deskUuid(2), reason: 'Mất máy' });
    expect(uses()).toMatchObject({ 2: 'former', D: 'reserve' });
  });
});

describe('taking a token back', () => {
  it('is refused for one that nobody holds or that is back already', () => {
    expect([mayReturn('9'), mayReturn('9', true)]).toEqual(['numbers.unknownToken', 'numbers.unknownToken']);
    act('number.tokenReturned', { token: '2', reason: 'Máy hỏng' });
    expect(mayReturn('2', true)).toBe('numbers.alreadyReturned');
  });

  it('is refused for what this machine uses or may take, whatever is said', () => {
    expect(['1', 'A', 'C'].map((token) => mayReturn(token, true))).toEqual(Array(3).fill('numbers.tokenInUse'));
  });

  it('asks for the word that the machine is gone, unless its desk was revoked', () => {
    const others = ['2', 'D', '3', 'G'];
    expect(others.map((token) => mayReturn(token))).toEqual(Array(4).fill('numbers.tokenInUse'));
    expect(others.map((token) => mayReturn(token, true))).toEqual(Array(4).fill(null));
    act('desk.revoked', { desk: deskUuid(2), reason: 'Mất máy' });
    expect(others.map((token) => mayReturn(token))).toEqual([null, null, 'numbers.tokenInUse', 'numbers.tokenInUse']);
  });

  it('takes a former token of this desk only with that word: the folder may have been copied', () => {
    incarnate('d8', 'd1', 'A');
    const asking = { ...here(), device: 'd8' as typeof one.device };
    expect([mayReturn('1', false, asking), mayReturn('1', true, asking)]).toEqual(['numbers.tokenInUse', null]);
  });
});

describe('passing a number over', () => {
  const number = (change: Partial<IssuedNumber> = {}): IssuedNumber => ({ kind: 'dossier', token: '1', period: TODAY, counter: 4, ...change });
  const fault = (of: IssuedNumber, series: { last?: number; next?: number; isIssued?: boolean } = {}) =>
    skipFault(one.office(), here(), TODAY, of, { last: 3, next: 4, isIssued: false, ...series });

  it('takes the next one of this desk, of the day and of the year', () => {
    expect([fault(number()), fault(number({ kind: 'register', period: '2026' }))]).toEqual([null, null]);
  });

  it('takes a hole of any day', () => {
    expect([fault(number({ counter: 2 })), fault(number({ counter: 2, period: '2026-06-30' }))]).toEqual([null, null]);
  });

  it('is refused for a number that was issued, or passed over before', () => {
    expect(fault(number({ counter: 2 }), { isIssued: true })).toBe('numbers.alreadyIssued');
    act('number.skipped', { number: number(), reason: 'Rách giấy' });
    expect(fault(number(), { next: 5 })).toBe('numbers.alreadySkipped');
    expect(fault(number({ counter: 5 }), { next: 5 })).toBeNull();
  });

  it('is refused beyond the next one, and beyond the end of a day that is over', () => {
    expect([fault(number({ counter: 5 })), fault(number({ period: '2026-06-30' })), fault(number({ kind: 'register', period: '2025' }))]).toEqual(Array(3).fill('numbers.notReached'));
  });

  it('is refused in a series that the office does not know, and in one where another machine counts', () => {
    expect([fault(number({ token: '9' })), fault(number({ token: '2' })), fault(number({ token: '2', counter: 2 }))]).toEqual(['numbers.unknownToken', 'numbers.otherDesk', 'numbers.otherDesk']);
  });

  it('explains holes of a machine that is gone, and adds none behind its last number', () => {
    act('number.tokenReturned', { token: '2', reason: 'Máy hỏng' });
    expect([fault(number({ token: '2', counter: 2 })), fault(number({ token: '2' }))]).toEqual([null, 'numbers.notReached']);
  });
});

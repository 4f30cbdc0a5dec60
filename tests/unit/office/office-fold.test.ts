import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { tokensNotFree } from '../../../src-shared/domain/office/office.ts';
import { foldOffice, mayActOnOffice } from '../../../src-shared/domain/office/office-fold.ts';
import { officeKindVersions, type OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import { rolesAt } from '../../../src-shared/domain/office/permissions.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import type { DeskId, DeviceId, OfficerId } from '../../../src-shared/lib/ids.ts';
import {
  admissionBody, admittedBody, ATTRIBUTES, buildOffice, deskUuid, deviceBody, establishedBody, exchange, grantBody, idOf, incarnatedBody, isFakeSigned, joinedBody, joinUuid, NUMBERING,
  OFFICE_SUBJECT, officerBody, officerChangedBody, OFFICERS, TestDesk, type TestOffice, type WriteOptions,
} from '../../helpers/build-operations.ts';
import { makePng } from '../../helpers/make-png.ts';
import { allOperations, runSteps, shuffled, stepsArbitrary } from '../../helpers/random-desks.ts';

let built: TestOffice;
let one: TestDesk;
let two: TestDesk;

beforeEach(() => {
  built = buildOffice(2);
  [one, two] = built.desks as [TestDesk, TestDesk];
});

function act(desk: TestDesk, kind: OfficeKind, body: unknown, options: WriteOptions = {}): Operation {
  built.time.ms += 60_000;
  return desk.write(kind, body, { subject: OFFICE_SUBJECT, actor: OFFICERS.admin, ...options });
}
/** 32 bytes as a key is written. */
const keyText = (letter: string) => `${letter.repeat(42)}A`;
const now = (businessDate = '2026-07-01') => ({ at: { ms: built.time.ms, counter: 0 }, businessDate });
const roles = (officer: OfficerId, when = now()) => [...rolesAt(one.office(), officer, when)].sort();
const reasons = (desk = one) => desk.office().conflicts.map((conflict) => conflict.reason);

describe('setting up', () => {
  it('makes an office without conflicts, whose first administrator nobody had to allow', () => {
    const office = one.office();
    expect(office).toMatchObject({ conflicts: [], unknown: [], training: false, publicKey: 'office-key' });
    expect([...office.devices.values()].map(({ id, token, tokenProvisional }) => [id, token, tokenProvisional])).toEqual([['d1', '1', false], ['d2', '2', false]]);
    expect([...office.heldTokens.keys()].sort()).toEqual([...'12ABCDEF']);
    expect(two.office()).toEqual(office);
  });

  it('is none until it was established', () => {
    expect(foldOffice(one.about(OFFICE_SUBJECT).slice(1), isFakeSigned)).toBeUndefined();
    expect(foldOffice([], isFakeSigned)).toBeUndefined();
  });

  it('allows that first administrator from the first desk only, and only once', () => {
    const stranger = new TestDesk('d9', built.time);
    const desk = new TestDesk('d1', built.time);
    act(desk, 'office.established', establishedBody(), { actor: null });
    stranger.learn(desk);
    act(stranger, 'officer.created', officerBody(OFFICERS.reception, ['admin']), { actor: null });
    expect(stranger.office().officers.size).toBe(0);
    expect(reasons(stranger)).toEqual(['operation.notPermitted']);
    act(desk, 'officer.created', officerBody(OFFICERS.admin, ['admin']), { actor: null });
    act(desk, 'officer.created', officerBody(OFFICERS.leader, ['admin']), { actor: null });
    expect([...desk.office().officers.keys()]).toEqual([OFFICERS.admin]);
    expect(reasons(desk)).toEqual(['operation.notPermitted']);
  });

  it('happens once', () => {
    act(two, 'office.established', { ...establishedBody(), officePublicKey: 'stolen' }, { actor: null });
    expect(two.office().publicKey).toBe('office-key');
    expect(reasons(two)).toEqual(['operation.notPermitted']);
  });
});

describe('roles', () => {
  it('hold at the time of the act, before and after each change', () => {
    const before = now();
    act(one, 'officer.changed', officerChangedBody(OFFICERS.processing, ['reception', 'leader']));
    expect(roles(OFFICERS.processing, before)).toEqual(['processing']);
    expect(roles(OFFICERS.processing)).toEqual(['leader', 'reception']);
  });

  it('end with retirement and are not there for strangers', () => {
    const before = now();
    act(one, 'officer.changed', officerChangedBody(OFFICERS.leader, ['leader'], true));
    expect([roles(OFFICERS.leader, before), roles(OFFICERS.leader)]).toEqual([['leader'], []]);
    expect(roles('nobody' as OfficerId)).toEqual([]);
  });

  it('are not given anew by creating an officer a second time', () => {
    const before = now();
    act(one, 'officer.created', officerBody(OFFICERS.leader, ['admin']));
    expect(roles(OFFICERS.leader, before)).toEqual(['leader']);
    expect(reasons()).toEqual(['operation.notPermitted']);
  });
});

describe('delegation', () => {
  const delegation = '99999999-0000-4000-8000-000000000001';
  const body = { delegation, from: OFFICERS.leader, to: OFFICERS.processing, roles: ['leader'], firstDate: '2026-07-02', lastDate: '2026-07-04', reason: 'Đi họp' };

  it('gives the role on its first to its last day', () => {
    act(one, 'delegation.granted', body);
    const days = ['2026-07-01', '2026-07-02', '2026-07-04', '2026-07-05'];
    expect(days.map((day) => roles(OFFICERS.processing, now(day)).includes('leader'))).toEqual([false, true, true, false]);
  });

  it('ends when it is ended, with the giver\'s own role, and never gives more than the giver has', () => {
    act(one, 'delegation.granted', { ...body, roles: ['leader', 'admin'] });
    const granted = now('2026-07-03');
    expect(roles(OFFICERS.processing, granted)).toEqual(['leader', 'processing']);
    act(one, 'delegation.ended', { delegation });
    expect(roles(OFFICERS.processing, now('2026-07-03'))).toEqual(['processing']);
    expect(roles(OFFICERS.processing, granted)).toEqual(['leader', 'processing']);
    act(one, 'delegation.granted', { ...body, delegation: delegation.replace(/1$/, '2'), to: OFFICERS.reception });
    act(one, 'officer.changed', officerChangedBody(OFFICERS.leader, ['leader'], true));
    expect(roles(OFFICERS.reception, now('2026-07-03'))).toEqual(['reception']);
  });

  it('is granted by a leader for the own roles alone, never by whoever stands in, and never under a known id again', () => {
    act(one, 'delegation.granted', { ...body, from: OFFICERS.processing, to: OFFICERS.leader, roles: ['processing'] }, { actor: OFFICERS.leader });
    expect(reasons()).toEqual(['operation.notPermitted']);
    act(one, 'delegation.granted', body, { actor: OFFICERS.leader });
    expect(reasons()).toHaveLength(1);
    act(one, 'delegation.granted', { ...body, lastDate: '2026-12-31' }, { actor: OFFICERS.leader });
    expect(reasons()).toHaveLength(2);
    act(one, 'delegation.granted', { ...body, delegation: delegation.replace(/1$/, '3'), from: OFFICERS.processing, to: OFFICERS.reception }, { actor: OFFICERS.processing, businessDate: '2026-07-03' });
    expect(reasons()).toHaveLength(3);
    expect(roles(OFFICERS.processing, now('2026-12-31'))).toEqual(['processing']);
  });
});

describe('who may change the office', () => {
  const samples: Readonly<Record<OfficeKind, unknown>> = {
    'office.established': establishedBody(),
    'office.changed': { effectiveFrom: '2026-08-01', attributes: ATTRIBUTES, numbering: NUMBERING, reason: '' },
    'office.logoAdded': { png: makePng() },
    'office.recoveryRenewed': { recoveryPublicKey: keyText('B'), by: 'admin' },
    'desk.admitted': admittedBody(3),
    'desk.joined': joinedBody(3, 'd3'),
    'desk.incarnated': incarnatedBody('d8', 'A'),
    'desk.renamed': { desk: deskUuid(2), name: 'Quầy hai' },
    'desk.revoked': { desk: deskUuid(2), reason: 'Mất máy' },
    'desk.dateConfirmed': { desk: deskUuid(1), date: '2026-07-01', wall: 0, cause: 'jumped' },
    'number.tokenPicked': { desk: deskUuid(1), token: '9' },
    'number.tokenReturned': { token: 'F', reason: 'Máy hỏng' },
    'number.skipped': { number: { kind: 'register', token: '1', period: '2026', counter: 4 }, reason: 'Rách giấy' },
    'receiptBook.saved': { book: joinUuid(7), series: 'AB/26P', first: 1, last: 50, desk: deskUuid(1), officer: OFFICERS.reception, closed: false },
    'receiptBook.numberMarked': { series: 'AB/26P', number: 7, mark: 'spoiled', reason: 'Rách' },
    'officer.created': officerBody('eeeeeeee-0000-4000-8000-000000000009' as OfficerId, ['reception']),
    'officer.changed': officerChangedBody(OFFICERS.all, ['reception']),
    'officer.passwordReset': { officer: OFFICERS.leader, credentials: { publicKey: 'p', wrappedPrivateKey: 'w' }, by: 'admin' },
    'delegation.granted': { delegation: joinUuid(9), from: OFFICERS.leader, to: OFFICERS.all, roles: ['leader'], firstDate: '2026-07-01', lastDate: '2026-07-02', reason: '' },
    'delegation.ended': { delegation: joinUuid(9) },
    'pack.installed': { pack: 'calendar', id: 'c', version: '1', hash: 'a'.repeat(64), text: '{}' },
    'procedure.saved': { code: '1.001193', localVersion: 1, entry: {}, reason: '' },
    'setting.changed': { key: 'offDaysMax', value: 10 },
    'calendarDay.saved': { date: '2026-07-03', type: 'closed', name: 'Nghỉ bù' },
    'subject.erased': { subject: joinUuid(8), issued: [], reason: 'Theo yêu cầu của công dân' },
  };
  const byItself: readonly OfficeKind[] = ['office.established', 'desk.joined', 'desk.incarnated'];
  const kinds = (Object.keys(samples) as OfficeKind[]).filter((kind) => !byItself.includes(kind));
  const free: readonly OfficeKind[] = ['desk.dateConfirmed', 'number.tokenPicked'];
  const ofCashiers: readonly OfficeKind[] = ['receiptBook.saved', 'receiptBook.numberMarked'];

  it.each(ofCashiers)('%s is open to reception and denied to processing', (kind) => {
    expect(mayActOnOffice(one.office(), kind, { actor: OFFICERS.reception, ...now() }, samples[kind])).toBe(true);
    act(one, kind, samples[kind], { actor: OFFICERS.processing });
    expect(reasons()).toEqual(['operation.notPermitted']);
  });

  it.each(kinds)('%s: the administrator may, a stranger, nobody and a revoked desk may not', (kind) => {
    act(one, kind, samples[kind]);
    expect(reasons()).toEqual([]);
    expect(act(two, kind, samples[kind], { actor: null }) && reasons(two)).toEqual(['operation.notPermitted']);
    act(two, kind, samples[kind], { actor: 'stranger' as OfficerId });
    expect(reasons(two)).toHaveLength(2);
    const third = new TestDesk('d7', built.time);
    third.learn(buildOffice(2).desks[0]!);
    act(third, kind, samples[kind]);
    expect(reasons(third)).toEqual(['operation.notPermitted']);
    const other = buildOffice(2).desks as [TestDesk, TestDesk];
    act(other[0], 'desk.revoked', samples['desk.revoked']);
    other[1].learn(other[0]);
    act(other[1], kind, samples[kind]);
    expect(reasons(other[1])).toEqual(['operation.notPermitted']);
  });

  it.each(kinds.filter((kind) => !free.includes(kind) && !ofCashiers.includes(kind)))('%s is denied to reception', (kind) => {
    expect(mayActOnOffice(one.office(), kind, { actor: OFFICERS.reception, ...now() }, samples[kind])).toBe(false);
    act(one, kind, samples[kind], { actor: OFFICERS.reception });
    expect(one.office().conflicts).toMatchObject([{ reason: 'operation.notPermitted', detail: kind }]);
  });

  it('counts an erasure by what its desk knew: what is gone cannot come back when more is heard of', () => {
    const erased = () => [one, two].map((desk) => [...desk.office().erasures.keys()].length);
    act(one, 'desk.revoked', samples['desk.revoked']);
    act(two, 'subject.erased', samples['subject.erased']);
    expect(erased()).toEqual([0, 1]);
    exchange(one, two);
    expect(erased()).toEqual([1, 1]);
    expect(reasons()).toEqual([]);
    // Everything else of a stopped desk does not count, and neither does this once it knows.
    act(two, 'subject.erased', { ...samples['subject.erased'] as object, subject: joinUuid(7) });
    act(two, 'setting.changed', samples['setting.changed']);
    exchange(one, two);
    expect(erased()).toEqual([1, 1]);
    expect(reasons()).toEqual(['operation.notPermitted', 'operation.notPermitted']);
  });

  it('counts no erasure that its own desk had to refuse, whatever right somebody gave meanwhile', () => {
    act(one, 'officer.changed', officerChangedBody(OFFICERS.reception, ['admin']));
    act(two, 'subject.erased', samples['subject.erased'], { actor: OFFICERS.reception });
    exchange(one, two);
    expect([...one.office().erasures.keys()]).toEqual([]);
    expect(two.office()).toEqual(one.office());
  });

  it('lets everybody set the own password, and the recovery code anybody\'s', () => {
    const reset = (by: string) => ({ officer: OFFICERS.reception, credentials: { publicKey: by, wrappedPrivateKey: 'w' }, by });
    act(one, 'officer.passwordReset', reset('self'), { actor: OFFICERS.reception });
    expect(one.office().officers.get(OFFICERS.reception)!.credentials.publicKey).toBe('self');
    act(one, 'officer.passwordReset', reset('recovery'), { actor: null });
    expect(one.office().officers.get(OFFICERS.reception)!.credentials.publicKey).toBe('recovery');
    expect(reasons()).toEqual([]);
  });

  it('lets the recovery code replace itself, and nobody else without being signed in', () => {
    act(one, 'office.recoveryRenewed', { recoveryPublicKey: keyText('B'), by: 'recovery' }, { actor: null });
    expect(one.office().recovery).toMatchObject({ publicKey: keyText('B'), device: 'd1', actor: null });
    act(one, 'office.recoveryRenewed', { recoveryPublicKey: keyText('C'), by: 'admin' }, { actor: null });
    expect(one.office().recovery.publicKey).toBe(keyText('B'));
    expect(reasons()).toEqual(['operation.notPermitted']);
  });

  it('lists what is malformed or of a newer program, and changes nothing for it', () => {
    const before = one.office();
    const deep = JSON.parse('['.repeat(9_000) + ']'.repeat(9_000)) as unknown;
    act(one, 'desk.renamed', { desk: deskUuid(2) });
    act(one, 'setting.changed', { key: 'x', value: deep });
    act(one, 'setting.changed', { key: 'x', value: 0.5 });
    const newer = act(one, 'desk.renamed', samples['desk.renamed'], { version: officeKindVersions['desk.renamed'] + 1 });
    const strange = act(one, '__proto__' as OfficeKind, {});
    const after = one.office();
    expect(after.conflicts.map((conflict) => conflict.reason)).toEqual(Array.from({ length: 3 }, () => 'operation.malformed'));
    expect(after.unknown).toEqual([idOf(newer), idOf(strange)]);
    expect({ ...after, conflicts: [], unknown: [], heads: [] }).toEqual({ ...before, heads: [] });
  });
});

describe('the recovery code', () => {
  const renew = (desk: TestDesk, letter: string) => act(desk, 'office.recoveryRenewed', { recoveryPublicKey: keyText(letter), by: 'admin' });

  it('is the one of the set-up until it is renewed', () => {
    expect(one.office().recovery).toMatchObject({ publicKey: 'recovery-key', device: 'd1', by: 'setUp', actor: null, madeOn: '2026-07-01' });
    renew(two, 'B');
    expect(two.office().recovery).toMatchObject({ publicKey: keyText('B'), device: 'd2', actor: OFFICERS.admin });
  });

  it('renewed on two desks apart is the later one on both, whoever learns first', () => {
    renew(two, 'B');
    renew(one, 'C');
    exchange(one, two);
    expect([one, two].map((desk) => desk.office().recovery.publicKey)).toEqual([keyText('C'), keyText('C')]);
    expect(reasons()).toEqual([]);
  });

  it('renewed knowing of the other is the later one, whatever the clocks say', () => {
    one.wallOffsetMs = one.trustedOffsetMs = 20 * 3_600_000;
    renew(one, 'B');
    two.learn(one);
    renew(two, 'C');
    exchange(one, two);
    expect([one, two].map((desk) => desk.office().recovery.publicKey)).toEqual([keyText('C'), keyText('C')]);
  });

  it('is never something that no key can be sealed to', () => {
    act(one, 'office.recoveryRenewed', { recoveryPublicKey: 'B'.repeat(43), by: 'admin' });
    expect([one.office().recovery.publicKey, ...reasons()]).toEqual(['recovery-key', 'operation.malformed']);
  });
});

describe('desks and tokens', () => {
  it('a join file used twice is visible, and both desks stand', () => {
    act(one, 'desk.admitted', admittedBody(3));
    const [three, four] = [new TestDesk('d3', built.time), new TestDesk('d4', built.time)];
    for (const desk of [three, four]) desk.learn(one);
    act(three, 'desk.joined', joinedBody(3, 'd3'), { actor: null });
    act(four, 'desk.joined', joinedBody(3, 'd4'), { actor: null });
    exchange(one, three, four);
    expect(reasons()).toEqual(['join.usedTwice', 'token.claimedTwice']);
    expect([...one.office().devices.keys()]).toEqual(['d1', 'd2', 'd3', 'd4']);
  });

  it('nobody joins without a file of this office, or as another desk than the file says', () => {
    const stranger = new TestDesk('d3', built.time);
    stranger.learn(one);
    act(stranger, 'desk.joined', joinedBody(3, 'd3'), { actor: null });
    act(stranger, 'desk.joined', { ...joinedBody(2, 'd3'), desk: deskUuid(1) }, { actor: null });
    expect(reasons(stranger)).toEqual(['operation.notPermitted', 'operation.notPermitted']);
    expect(stranger.office().devices.has('d3' as DeviceId)).toBe(false);
  });

  describe('whose admitting desk is lost before anybody met it', () => {
    const joined = (n: number, admission: unknown = admissionBody(n)) => ({ ...joinedBody(n, `d${n}`), admission });
    /** A desk that the second one knows nothing of but what it says itself. */
    function joins(body: unknown, version = 2): TestDesk {
      act(one, 'desk.admitted', admittedBody(3));
      const three = new TestDesk('d3', built.time);
      three.learn(one);
      two.learn([act(three, 'desk.joined', body, { actor: null, version })]);
      return three;
    }
    const devices = (desk: TestDesk) => [...desk.office().devices.keys()];

    it('is a desk of the office by the grant that the office signed, and stays the same when the admission is found after all', () => {
      const three = joins(joined(3));
      expect(two.office().desks.get(deskUuid(3) as DeskId)).toMatchObject({ name: 'Quầy 3', reserves: ['G', 'H', 'J'] });
      expect(two.office().devices.get(three.device)).toMatchObject({ token: '3', desk: deskUuid(3) });
      expect(two.office().heldTokens.has('G')).toBe(true);
      two.learn(one);
      expect(reasons(two)).toEqual([]);
      expect(two.office().desks.get(deskUuid(3) as DeskId)).toEqual(three.office().desks.get(deskUuid(3) as DeskId));
    });

    it.each([
      ['signed by somebody else', joined(3, admissionBody(3, joinUuid(3), 'other-key'))],
      ['for another join', joined(3, admissionBody(3, joinUuid(4)))],
      ['for another desk', joined(3, admissionBody(4, joinUuid(3)))],
      ['with a token that was not granted', joined(3, { ...admissionBody(3), grant: { ...grantBody(3), token: '9' } })],
      ['with a signature that is none', joined(3, { ...admissionBody(3), signature: '' })],
    ])('is a stranger with a grant %s, on desks that know the true one too', (_what, body) => {
      joins(body);
      expect([reasons(two), devices(two)]).toEqual([['operation.notPermitted'], ['d1', 'd2']]);
      two.learn(one);
      expect([reasons(two), devices(two)]).toEqual([['operation.notPermitted'], ['d1', 'd2']]);
    });

    it('is unknown until the admission is found when a program before that wrote the act', () => {
      joins(joinedBody(3, 'd3'), 1);
      expect([reasons(two), devices(two)]).toEqual([['operation.notPermitted'], ['d1', 'd2']]);
      two.learn(one);
      expect([reasons(two), devices(two)]).toEqual([[], ['d1', 'd2', 'd3']]);
    });
  });

  it('a new incarnation takes a reserve; two copies of one folder claim the same token visibly', () => {
    const copies = [new TestDesk('x1', built.time), new TestDesk('x2', built.time)] as const;
    for (const copy of copies) {
      copy.learn(one);
      const [reserve] = copy.office().desks.get(deskUuid(1) as DeskId)!.reserves;
      act(copy, 'desk.incarnated', incarnatedBody(copy.device, reserve!), { actor: null });
      expect(reasons(copy)).toEqual([]);
      expect(copy.office().desks.get(deskUuid(1) as DeskId)!.reserves).toEqual(['B', 'C']);
    }
    exchange(one, ...copies);
    expect(one.office().conflicts).toMatchObject([{ reason: 'token.claimedTwice', detail: 'A' }]);
    expect(copies.map((copy) => one.office().devices.get(copy.device)?.token)).toEqual(['A', 'A']);
  });

  it('nobody becomes an incarnation of a device that is unknown or another desk\'s', () => {
    const stranger = new TestDesk('x1', built.time);
    stranger.learn(one);
    act(stranger, 'desk.incarnated', incarnatedBody('x1', 'A', 'd9'), { actor: null });
    act(stranger, 'desk.incarnated', incarnatedBody('x1', 'A', 'd2'), { actor: null });
    expect(reasons(stranger)).toEqual(['operation.notPermitted', 'operation.notPermitted']);
  });

  it('nobody becomes an incarnation without the word of the device before', () => {
    const stranger = new TestDesk('x1', built.time);
    stranger.learn(one);
    act(stranger, 'desk.incarnated', { ...incarnatedBody('x1', 'A'), signature: incarnatedBody('x2', 'A').signature }, { actor: null });
    expect([reasons(stranger), stranger.office().devices.has('x1' as DeviceId)]).toEqual([['operation.notPermitted'], false]);
  });

  it('the same token granted by two desks at once, or picked from another desk\'s reserve, is visible before it is used', () => {
    act(one, 'desk.admitted', admittedBody(3));
    act(two, 'desk.admitted', { ...admittedBody(4), grant: { ...grantBody(3), desk: deskUuid(4) } });
    act(two, 'number.tokenPicked', { desk: deskUuid(2), token: 'A' });
    exchange(one, two);
    expect(one.office().conflicts.map(({ reason, detail }) => [reason, detail])).toEqual([...'3GHIA'.replace('I', 'J')].map((token) => ['token.claimedTwice', token]));
    expect(one.office().devices.get(two.device)).toMatchObject({ token: 'A', tokenProvisional: true });
  });

  it('a token comes back by an act of the office, and nobody numbers with it any more', () => {
    act(one, 'number.tokenReturned', { token: '2', reason: 'Máy hỏng' });
    act(one, 'number.tokenReturned', { token: 'A', reason: 'Không dùng' });
    const office = one.office();
    expect([office.heldTokens.has('2'), office.heldTokens.has('A')]).toEqual([false, false]);
    expect(office.devices.get(two.device)!.token).toBeNull();
    expect(office.desks.get(deskUuid(1) as DeskId)!.reserves).toEqual(['B', 'C']);
    act(one, 'desk.admitted', { ...admittedBody(3), grant: { ...grantBody(3), token: '2' } });
    expect(reasons()).toEqual([]);
  });

  it('a returned token rests until the year is over, because nobody knows how far the lost machine had counted', () => {
    act(one, 'number.tokenReturned', { token: '2', reason: 'Máy hỏng' });
    const office = one.office();
    const year = Number(one.about(OFFICE_SUBJECT).at(-1)!.header.businessDate.slice(0, 4));
    expect(tokensNotFree(office, `${year}-12-31`).has('2')).toBe(true);
    expect(tokensNotFree(office, `${year + 1}-01-01`).has('2')).toBe(false);
    expect(tokensNotFree(office, `${year + 1}-01-01`).has('1')).toBe(true);
  });

  it('a reserve that an incarnation passed over is a reserve no more', () => {
    const again = new TestDesk('d9', built.time);
    again.learn(one);
    act(again, 'desk.incarnated', incarnatedBody('d9', 'B', 'd1'), { actor: null });
    expect(again.office().desks.get(deskUuid(1) as DeskId)!.reserves).toEqual(['C']);
  });

  it('a revoked desk does not come back by another grant for it', () => {
    const revoked = act(one, 'desk.revoked', { desk: deskUuid(2), reason: 'Mất máy' });
    act(one, 'desk.admitted', { ...admittedBody(2), joinId: joinUuid(8) });
    expect(one.office().desks.get(deskUuid(2) as DeskId)!.revokedAt).toEqual(revoked.header.at);
  });
});

describe('the fold of the office', () => {
  it('is the same from any order of arrival and any duplication', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), (steps, seed) => {
        const all = allOperations(runSteps(steps)).filter((operation) => operation.header.subject === OFFICE_SUBJECT);
        expect(foldOffice(shuffled(all, seed), isFakeSigned)).toEqual(foldOffice(all, isFakeSigned));
      }),
      { seed: 20260706, numRuns: 300 },
    );
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { attributesOfAct, attributesOn } from '../../../src-shared/domain/office/office.ts';
import type { OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import type { DeskId } from '../../../src-shared/lib/ids.ts';
import { ATTRIBUTES, buildOffice, deskUuid, idOf, NUMBERING, OFFICE_SUBJECT, OFFICERS, type TestDesk, type TestOffice, type WriteOptions } from '../../helpers/build-operations.ts';
import { makePng } from '../../helpers/make-png.ts';

let built: TestOffice;
let one: TestDesk;

beforeEach(() => {
  built = buildOffice(2);
  [one] = built.desks as [TestDesk, TestDesk];
});

function act(desk: TestDesk, kind: OfficeKind, body: unknown, options: WriteOptions = {}): Operation {
  built.time.ms += 60_000;
  return desk.write(kind, body, { subject: OFFICE_SUBJECT, actor: OFFICERS.admin, ...options });
}
const now = (businessDate = '2026-07-01') => ({ at: { ms: built.time.ms, counter: 0 }, businessDate });
const reasons = () => one.office().conflicts.map((conflict) => conflict.reason);

describe('the office on a day', () => {
  it('has the attributes in force then, also before the first', () => {
    act(one, 'office.changed', { effectiveFrom: '2027-01-01', attributes: { ...ATTRIBUTES, communeName: 'Nậm Khâu Mới' }, numbering: NUMBERING, reason: 'Đổi tên' });
    const names = ['2020-01-01', '2026-12-31', '2027-01-01'].map((day) => attributesOn(one.office(), day).attributes.communeName);
    expect(names).toEqual(['Nậm Khâu', 'Nậm Khâu', 'Nậm Khâu Mới']);
  });

  it('has for an act what was decided by then: a name of noon stands on nothing of the morning', () => {
    const morning = now();
    const change = (unitName: string, effectiveFrom = '2026-07-01') => act(one, 'office.changed', { effectiveFrom, attributes: { ...ATTRIBUTES, unitName }, numbering: NUMBERING, reason: '' }, { version: 2 });
    change('Trung tâm');
    const noon = now();
    change('Trung tâm mới', '2026-08-01');
    const unitOf = (time: ReturnType<typeof now>) => attributesOfAct(one.office(), time).attributes.unitName;
    expect([morning, noon, now(), now('2026-08-02')].map(unitOf)).toEqual([ATTRIBUTES.unitName, 'Trung tâm', 'Trung tâm', 'Trung tâm mới']);
    // Before anything was decided the first names are all there is.
    expect(unitOf({ at: { ms: 0, counter: 0 }, businessDate: '2020-01-01' })).toBe(ATTRIBUTES.unitName);
  });

  it('keeps every picture that ever stood on a paper, and none that is no picture', () => {
    const added = act(one, 'office.logoAdded', { png: makePng() });
    act(one, 'office.logoAdded', { png: Buffer.from('<svg/>').toString('base64') });
    act(one, 'office.changed', { effectiveFrom: '2026-07-01', attributes: { ...ATTRIBUTES, logo: idOf(added) }, numbering: NUMBERING, reason: '' }, { version: 2 });
    act(one, 'office.changed', { effectiveFrom: '2026-07-02', attributes: ATTRIBUTES, numbering: NUMBERING, reason: '' }, { version: 2 });
    expect([...one.office().logos]).toEqual([[idOf(added), makePng()]]);
    expect(reasons()).toEqual(['operation.malformed']);
  });
});

describe('a desk that is stopped', () => {
  it('lets a leader stop a desk', () => {
    act(one, 'desk.revoked', { desk: deskUuid(2), reason: 'Mất máy' }, { actor: OFFICERS.leader });
    expect(one.office().desks.get(deskUuid(2) as DeskId)!.revokedAt).not.toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { admissionBody, buildOffice, deskUuid, joinedBody, joinUuid, OFFICE_SUBJECT } from '../../helpers/build-operations.ts';

const BY_DESK = { subject: OFFICE_SUBJECT, actor: null };

describe('the key of a device', () => {
  it('is never replaced: neither by another device of the office nor by itself', () => {
    const { desks } = buildOffice();
    const [one, two] = [desks[0]!, desks[1]!];
    const keys = () => [...one.office().devices.values()].map(({ id, publicKey }) => [id, publicKey]);
    const before = keys();
    for (const device of ['d1', 'd2', 'd3']) two.write('desk.joined', { desk: deskUuid(2), joinId: joinUuid(2), device: { device, publicKey: 'x' } }, BY_DESK);
    two.write('desk.joined', { desk: deskUuid(3), joinId: joinUuid(3), device: { device: 'd1', publicKey: 'x' }, admission: admissionBody(3) }, { ...BY_DESK, version: 2 });
    one.learn(two);
    expect(keys()).toEqual(before);
    expect(one.office().conflicts.map(({ reason }) => reason)).toContain('operation.notPermitted');
  });

  it('comes with the first act of the device itself', () => {
    const { desks } = buildOffice();
    const [one, two] = [desks[0]!, desks[1]!];
    two.write('desk.joined', joinedBody(2, 'd9'), BY_DESK);
    one.learn(two);
    expect([...one.office().devices.keys()]).not.toContain('d9');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contract, type CallName, type InputOf } from '../../../src-shared/contract/contract.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import { addDays } from '../../../src-shared/lib/office-time.ts';
import { codeOf, fakeClock, valueOf, type FakeClock } from '../../helpers/open-test-desk.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

const DAY_MS = 86_400_000;

let clock: FakeClock;
let core: RunningCore;
let today: string;
async function open(): Promise<void> {
  clock = fakeClock();
  core = await startCore(clock);
  today = core.core.holder.desk()!.clock.businessDate();
}
function eachOnItsOwn(): void {
  beforeEach(open);
  afterEach(() => core.close());
}

const idOf = (role: Role) => core.sessions[role].officer!;

/** Over the wire, as a screen does. */
async function post(role: Role, name: CallName, input: Record<string, unknown>) {
  const members = { ...input };
  const path = contract[name].path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = String(members[member]);
    delete members[member];
    return value;
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${core.sessions[role].token}` };
  const response = await fetch(`${core.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(members) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

type Ask = InputOf<'delegations.grant'>;
const ask = (change: Partial<Ask> = {}): Ask => ({
  idempotencyKey: randomUUID(), from: idOf('leader'), to: idOf('processing'), roles: ['leader'], firstDate: addDays(today, 1), lastDate: addDays(today, 2), reason: 'Đi họp ở tỉnh', ...change,
});
const receive = async () => valueOf(await core.as('reception', 'dossiers.receive', receiveInput())).dossier.id;
const voidIt = (role: Role, id: string) => post(role, 'dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });

describe('standing in for the leader', () => {
  eachOnItsOwn();

  it('lets the delegate act on the days it was granted for, and on no other', async () => {
    const [before, within, after] = [await receive(), await receive(), await receive()];
    expect((await post('leader', 'delegations.grant', ask())).status).toBe(200);
    expect((await voidIt('processing', before)).status).toBe(403);
    clock.advance(DAY_MS);
    expect((await voidIt('processing', within)).status).toBe(200);
    clock.advance(DAY_MS);
    expect((await voidIt('processing', before)).status).toBe(200);
    clock.advance(DAY_MS);
    expect((await voidIt('processing', after)).status).toBe(403);
  });

  it('says in the history for whom the act was done, and says nothing where the own role sufficed', async () => {
    const id = await receive();
    valueOf(await core.as('leader', 'delegations.grant', ask({ firstDate: today })));
    valueOf(await core.as('processing', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'take' } }));
    await voidIt('processing', id);
    const { dossier } = valueOf(await core.as('leader', 'dossiers.get', { id }));
    const linesOf = (kind: string) => dossier.history.find((entry) => entry.kind === kind)!.lines;
    expect(linesOf('dossier.voided')).toContainEqual({ label: 'Làm thay', text: 'Cán bộ leader' });
    expect(linesOf('dossier.taken').map(({ label }) => label)).not.toContain('Làm thay');
  });

  it('still says so after it was ended and its days are over', async () => {
    const id = await receive();
    const { id: delegation } = valueOf(await core.as('leader', 'delegations.grant', ask({ firstDate: today })));
    await voidIt('processing', id);
    valueOf(await core.as('leader', 'delegations.end', { delegation, idempotencyKey: randomUUID() }));
    clock.advance(5 * DAY_MS);
    const { dossier } = valueOf(await core.as('leader', 'dossiers.get', { id }));
    expect(dossier.conflicts).toEqual([]);
    expect(dossier.history.at(-1)!.lines).toContainEqual({ label: 'Làm thay', text: 'Cán bộ leader' });
  });

  it('ends at once when it is ended, and tells the screens', async () => {
    const id = await receive();
    const { id: delegation } = valueOf(await core.as('leader', 'delegations.grant', ask({ firstDate: today })));
    const current = async () => valueOf(await core.as('processing', 'session.current', {})).session!;
    expect(await current()).toMatchObject({ roles: ['processing', 'leader'], standsInFor: [{ name: 'Cán bộ leader', roles: ['leader'] }] });
    const ended = valueOf(await core.as('leader', 'delegations.end', { delegation, idempotencyKey: randomUUID() }));
    expect(ended).toMatchObject({ state: 'ended', endedOn: today, mayEnd: false });
    expect((await voidIt('processing', id)).status).toBe(403);
    expect(await current()).toMatchObject({ roles: ['processing'], standsInFor: [] });
    expect(codeOf(await core.as('leader', 'delegations.end', { delegation, idempotencyKey: randomUUID() }))).toBe('delegations.over');
  });
});

describe('an officer who is absent', () => {
  eachOnItsOwn();

  it('is stood in for by a colleague, who may do that work and finds it among the own', async () => {
    const id = await receive();
    valueOf(await core.as('processing', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'take' } }));
    const mine = async () => [valueOf(await core.as('reception', 'dossiers.counts', {})).mine, valueOf(await core.as('reception', 'dossiers.search', { tab: 'mine' })).dossiers.length];
    expect(await mine()).toEqual([0, 0]);
    const substitution = ask({ from: idOf('processing'), to: idOf('reception'), roles: ['processing'], firstDate: today, lastDate: today, reason: 'Nghỉ ốm' });
    valueOf(await core.as('admin', 'delegations.grant', substitution));
    expect(await mine()).toEqual([1, 1]);
    const done = await core.as('reception', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'finish', result: { summary: 'Giấy khai sinh' } } });
    expect(valueOf(done).dossier.history.at(-1)!.lines).toContainEqual({ label: 'Làm thay', text: 'Cán bộ processing' });
    clock.advance(DAY_MS);
    expect(await mine()).toEqual([0, 0]);
  });
});

describe('who may delegate', () => {
  eachOnItsOwn();

  it.each(['reception', 'processing'] as const)('not %s', async (role) => {
    expect((await post(role, 'delegations.grant', ask({ from: idOf(role), to: idOf('leader'), roles: [role] }))).body).toMatchObject({ error: { code: 'session.notPermitted' } });
    const { id: delegation } = valueOf(await core.as('leader', 'delegations.grant', ask()));
    expect((await post(role, 'delegations.end', { delegation, idempotencyKey: randomUUID() })).status).toBe(403);
  });

  it('a leader only for the own roles, an administrator for anybody', async () => {
    const others = ask({ from: idOf('reception'), roles: ['reception'] });
    expect(codeOf(await core.as('leader', 'delegations.grant', others))).toBe('session.notPermitted');
    const { id: delegation } = valueOf(await core.as('admin', 'delegations.grant', others));
    expect(codeOf(await core.as('leader', 'delegations.end', { delegation, idempotencyKey: randomUUID() }))).toBe('session.notPermitted');
    const { delegations } = valueOf(await core.as('leader', 'delegations.list', {}));
    expect(delegations).toMatchObject([{ id: delegation, mayEnd: false, grantedByName: 'Quản Trị', state: 'coming' }]);
  });

  it('not whoever stands in: what was lent is not handed on', async () => {
    valueOf(await core.as('admin', 'delegations.grant', ask({ from: idOf('admin'), roles: ['admin'], firstDate: today })));
    expect(codeOf(await core.as('processing', 'delegations.grant', ask({ from: idOf('admin'), roles: ['admin'], to: idOf('reception') })))).toBe('session.notPermitted');
    expect(codeOf(await core.as('processing', 'delegations.grant', ask({ from: idOf('processing'), roles: ['processing'], to: idOf('reception') })))).toBe('session.notPermitted');
  });
});

describe('what makes no sense is refused', () => {
  beforeAll(open);
  afterAll(() => core.close());

  it.each<[string, string, () => Partial<Ask>]>([
    ['dates backwards', 'delegations.badDates', () => ({ firstDate: addDays(today, 2), lastDate: addDays(today, 1) })],
    ['days gone by', 'delegations.badDates', () => ({ firstDate: addDays(today, -1) })],
    ['to oneself', 'delegations.toOneself', () => ({ to: idOf('leader') })],
    ['a role that the giver does not have', 'delegations.notHeld', () => ({ roles: ['leader', 'admin'] })],
    ['a stranger', 'officers.unknown', () => ({ to: randomUUID() })],
    ['no day at all', 'request.malformed', () => ({ lastDate: '2026-02-30' })],
    ['no role', 'request.malformed', () => ({ roles: [] })],
  ])('%s: %s', async (_, code, change) => {
    expect(codeOf(await core.as('leader', 'delegations.grant', ask(change())))).toBe(code);
    expect(valueOf(await core.as('leader', 'delegations.list', {})).delegations).toEqual([]);
  });

  it('what was never granted cannot be ended', async () => {
    expect(codeOf(await core.as('admin', 'delegations.end', { delegation: randomUUID(), idempotencyKey: randomUUID() }))).toBe('delegations.unknown');
  });

  it('an officer who is retired', async () => {
    valueOf(await core.as('admin', 'officers.change', { officer: idOf('processing'), name: 'Đã Nghỉ', title: '', formOfAddress: 'chị', roles: ['processing'], retired: true }));
    expect(codeOf(await core.as('leader', 'delegations.grant', ask()))).toBe('delegations.retired');
  });

});

describe('asked for again', () => {
  eachOnItsOwn();

  it('the same people, role and day are refused; other days, other people and after an end are right', async () => {
    const { id: delegation } = valueOf(await core.as('leader', 'delegations.grant', ask()));
    expect(codeOf(await core.as('leader', 'delegations.grant', ask({ firstDate: addDays(today, 2), lastDate: addDays(today, 9) })))).toBe('delegations.overlapping');
    valueOf(await core.as('leader', 'delegations.grant', ask({ firstDate: addDays(today, 3), lastDate: addDays(today, 9) })));
    valueOf(await core.as('leader', 'delegations.grant', ask({ to: idOf('reception') })));
    valueOf(await core.as('leader', 'delegations.end', { delegation, idempotencyKey: randomUUID() }));
    valueOf(await core.as('leader', 'delegations.grant', ask()));
  });

  it('is done once however often it is asked for (rule 2)', async () => {
    const input = ask();
    const first = valueOf(await core.as('leader', 'delegations.grant', input));
    expect(valueOf(await core.as('leader', 'delegations.grant', input))).toEqual(first);
    expect(codeOf(await core.as('leader', 'delegations.grant', { ...input, reason: 'Khác' }))).toBe('dossiers.keyReused');
    expect(valueOf(await core.as('leader', 'delegations.list', {})).delegations).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type CallName } from '../../../src-shared/contract/contract.ts';
import { ROLES, type Role } from '../../../src-shared/domain/officers/officer.ts';
import { startCore, type RunningCore } from '../../helpers/running-core.ts';

/** Rule 13, for every call there is: a stranger, a locked screen and each role that a call does not name are refused. */
let core: RunningCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());

const guarded = (Object.keys(contract) as CallName[]).filter((name) => contract[name].access !== 'open');

function refusedRoles(name: CallName): Role[] {
  const { access } = contract[name];
  if (access === 'recovery' || access === 'maintenance') return ROLES.filter((role) => role !== 'admin');
  return typeof access === 'string' ? [] : ROLES.filter((role) => !(access as readonly Role[]).includes(role));
}

async function codeFor(name: CallName, role: Role): Promise<string> {
  const answer = await core.core.dispatch(name, {}, core.sessions[role]);
  return answer.ok ? 'ok' : answer.error.code;
}

describe('permission of calls', () => {
  it.each(guarded)('%s is refused to a stranger', async (name) => {
    const answer = await core.core.dispatch(name, {}, undefined);
    expect(answer.ok ? '' : answer.error.code).toBe('session.required');
  });

  it.each(guarded.flatMap((name) => refusedRoles(name).map((role) => [name, role] as const)))('%s is refused to %s', async (name, role) => {
    expect(await codeFor(name, role)).toBe('session.notPermitted');
  });

  it('refuses everything but unlocking while the screen is locked', async () => {
    core.sessions.leader.locked = true;
    for (const name of guarded) {
      expect([name, await codeFor(name, 'leader')]).toEqual([name, 'session.locked']);
    }
    core.sessions.leader.locked = false;
  });

  it('asks for permission before it looks at the form, so that a malformed request tells nothing of the desk', async () => {
    const answer = await core.core.dispatch('dossiers.void', { id: 'no uuid' }, core.sessions.reception);
    expect(answer.ok ? '' : answer.error.code).toBe('session.notPermitted');
  });

  it('takes an officer who was retired off at once', async () => {
    const { value } = (await core.as('admin', 'officers.create', { name: 'Tạm Thời', title: '', formOfAddress: 'anh', roles: ['reception'], password: 'mot-hai-ba-1' })) as { value: { id: string } };
    const opened = await core.core.dispatch('session.open', { officer: value.id, password: 'mot-hai-ba-1' }, undefined);
    const session = core.core.sessionOf((opened as { value: { token: string } }).value.token);
    await core.as('admin', 'officers.change', { officer: value.id, name: 'Tạm Thời', title: '', formOfAddress: 'anh', roles: ['reception'], retired: true });
    const answer = await core.core.dispatch('dossiers.counts', {}, session);
    expect(answer.ok).toBe(false);
  });
});

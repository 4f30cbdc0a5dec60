import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src-main/core/calls/sessions.ts';
import { startCore, TEST_PASSWORD, type RunningCore } from '../../helpers/running-core.ts';

let core: RunningCore;
beforeEach(async () => {
  core = await startCore();
});
afterEach(() => core.close());

const open = (session: Session) => fetch(`${core.url}/api/events`, { headers: { authorization: `Bearer ${session.token}` } });

/** Everything until the core ends the stream. */
async function endOf(stream: Response): Promise<string> {
  return (await stream.text()).split('\n').filter((line) => line.startsWith('data:')).at(-1) ?? '';
}

describe('a stream of events', () => {
  const away: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['is locked', () => core.as('reception', 'session.lock', {})],
    ['is closed', () => core.as('reception', 'session.close', {})],
    ['is given a new password by the administrator', () => core.as('admin', 'officers.resetPassword', { officer: core.sessions.reception.officer!, password: 'mat-khau-khac' })],
    ['is retired', () =>
      core.as('admin', 'officers.change', { officer: core.sessions.reception.officer!, name: 'Cán bộ', title: '', formOfAddress: 'chị', roles: ['reception'], retired: true })],
  ];

  it.each(away)('says so and ends when its session or officer %s, and the others go on', async (_what, go) => {
    const stop = new AbortController();
    const other = await fetch(`${core.url}/api/events`, { headers: { authorization: `Bearer ${core.sessions.leader.token}` }, signal: stop.signal });
    const reader = other.body!.pipeThrough(new TextDecoderStream()).getReader();
    const streams = [await open(core.sessions.reception), await open(core.sessions.reception)];
    await go();
    expect(await Promise.all(streams.map(endOf))).toEqual(['data: {"type":"session"}', 'data: {"type":"session"}']);
    await core.as('admin', 'settings.save', { key: 'idleLockMinutes', value: 7 });
    let text = '';
    while (!text.includes('"office"')) text += (await reader.read()).value;
    expect(text).not.toContain('"session"');
    stop.abort();
  });

  it('is refused to a locked session until the password came', async () => {
    await core.as('reception', 'session.lock', {});
    expect((await open(core.sessions.reception)).status).toBe(423);
    await core.as('reception', 'session.unlock', { password: TEST_PASSWORD });
    const stream = await open(core.sessions.reception);
    expect(stream.status).toBe(200);
    await stream.body!.cancel();
  });

  it('is refused to whoever opened with the recovery code', async () => {
    const opened = await core.core.dispatch('session.openByRecovery', { recoveryCode: core.recoveryCode }, undefined);
    const recovery = core.core.sessionOf((opened as { value: { token: string } }).value.token)!;
    expect((await open(recovery)).status).toBe(403);
  });
});

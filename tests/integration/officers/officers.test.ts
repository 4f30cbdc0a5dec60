import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import type { OfficerView } from '../../../src-shared/contract/office.api.ts';
import type { PasswordParameters } from '../../../src-node/crypto/password-wrap.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { fakeClock, valueOf } from '../../helpers/open-test-desk.ts';
import { QUICK_PASSWORDS } from '../../helpers/quick-passwords.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

let core: RunningCore;
beforeAll(async () => {
  core = await startCore(fakeClock());
});
afterAll(() => core.close());

const PASSWORD = 'mot-hai-ba-bon-5';
const create = async (name: string, roles: OfficerView['roles'] = ['reception']) =>
  valueOf(await core.as('admin', 'officers.create', { name, title: 'Công chức', formOfAddress: 'chị', roles, password: PASSWORD }));
const change = ({ id, name, title, formOfAddress, roles, retired }: OfficerView, changes: Partial<OfficerView>) =>
  core.as('admin', 'officers.change', { officer: id, name, title, formOfAddress, roles, retired, ...changes });
const signIn = async (officer: string, password = PASSWORD) => (await core.core.dispatch('session.open', { officer, password }, undefined)) as ResultOf<'session.open'>;
const leader = async () => valueOf(await core.as('admin', 'officers.list', {})).officers.find(({ roles }) => roles.includes('leader'))!;

describe('officers', () => {
  it('who retired signs in no more, and comes back with the work that is given then and the password of before', async () => {
    const officer = await create('Vàng Seo Sính', ['reception', 'processing']);
    expect((await signIn(officer.id)).ok).toBe(true);
    valueOf(await change(officer, { retired: true }));
    expect((await signIn(officer.id)).ok).toBe(false);
    const back = valueOf(await change(officer, { roles: ['processing'], retired: false }));
    expect(back).toMatchObject({ roles: ['processing'], retired: false });
    const opened = await signIn(officer.id);
    expect(opened.ok && opened.value.roles).toEqual(['processing']);
  });

  it('every way to a password makes it as dear to try as the program was told', async () => {
    const officer = await create('Vàng Thị Mây');
    const costs = () => {
      const { credentials } = core.core.holder.desk()!.office().officers.get(officer.id as OfficerId)!;
      const { memoryKib, passes, lanes } = JSON.parse(credentials.wrappedPrivateKey) as PasswordParameters;
      return { memoryKib, passes, lanes };
    };
    expect(costs()).toEqual(QUICK_PASSWORDS);
    valueOf(await core.as('admin', 'officers.resetPassword', { officer: officer.id, password: 'hai-ba-bon-nam-6' }));
    expect(costs()).toEqual(QUICK_PASSWORDS);
    const { token } = valueOf(await signIn(officer.id, 'hai-ba-bon-nam-6'));
    valueOf((await core.core.dispatch('officers.changePassword', { oldPassword: 'hai-ba-bon-nam-6', newPassword: PASSWORD }, core.core.sessionOf(token))) as ResultOf<'officers.changePassword'>);
    expect(costs()).toEqual(QUICK_PASSWORDS);
  });

  it('the name of somebody retired is put right without giving work', async () => {
    const officer = await create('Vàng Seo Sinh');
    const retired = valueOf(await change(officer, { retired: true }));
    expect(retired.roles).toEqual([]);
    expect(valueOf(await change(retired, { name: 'Vàng Seo Sính' }))).toMatchObject({ name: 'Vàng Seo Sính', roles: [], retired: true });
    expect(await change(retired, { retired: false })).toMatchObject({ error: { code: 'request.malformed' } });
  });

  it('who still holds dossiers is said to, may retire all the same, and goes on being named until a leader gives them to others', async () => {
    const officer = await create('Hạng A Sử', ['processing']);
    const held = async () => valueOf(await core.as('admin', 'officers.list', {})).officers.find(({ id }) => id === officer.id)!.openDossiers;
    const act = (id: string, doing: DossierActInput) => core.as('leader', 'dossiers.act', { id, idempotencyKey: crypto.randomUUID(), act: doing });
    const ids = [valueOf(await core.as('reception', 'dossiers.receive', receiveInput())).dossier.id, valueOf(await core.as('reception', 'dossiers.receive', receiveInput())).dossier.id];
    expect(await held()).toBe(0);
    for (const id of ids) valueOf(await act(id, { act: 'assign', officer: officer.id }));
    expect(await held()).toBe(2);
    valueOf(await change(officer, { retired: true }));
    expect(await held()).toBe(2);
    for (const id of ids) valueOf(await act(id, { act: 'assign', officer: (await leader()).id }));
    expect(await held()).toBe(0);
  });

  it('the last leader neither retires nor loses the role, and may once there is another one', async () => {
    const last = await leader();
    for (const changes of [{ retired: true }, { roles: ['processing' as const] }]) {
      expect(await change(last, changes)).toMatchObject({ ok: false, error: { code: 'officers.lastLeader' } });
    }
    const other = await create('Tẩn Láo Tả', ['leader']);
    expect((await change(last, { roles: ['leader', 'processing'] })).ok).toBe(true);
    valueOf(await change(last, { roles: ['processing'] }));
    expect(await change(other, { retired: true })).toMatchObject({ error: { code: 'officers.lastLeader' } });
    valueOf(await change(last, { roles: ['leader'] }));
  });

  it('the last administrator stays one', async () => {
    const admin = valueOf(await core.as('admin', 'officers.list', {})).officers.find(({ roles }) => roles.includes('admin'))!;
    expect(await change(admin, { roles: ['leader'] })).toMatchObject({ error: { code: 'officers.lastAdministrator' } });
  });

  it('a password set by the administrator replaces the one before', async () => {
    const officer = await create('Giàng Thị Mỷ');
    valueOf(await core.as('admin', 'officers.resetPassword', { officer: officer.id, password: 'nam-sau-bay-tam-9' }));
    expect((await signIn(officer.id)).ok).toBe(false);
    expect((await signIn(officer.id, 'nam-sau-bay-tam-9')).ok).toBe(true);
  });
});

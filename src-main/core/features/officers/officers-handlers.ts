import { randomUUID } from 'node:crypto';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { Office, Officer } from '../../../../src-shared/domain/office/office.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { createOfficerCredential, type KeySlots } from '../../../../src-node/crypto/key-slots.ts';
import type { PasswordParameters } from '../../../../src-node/crypto/password-wrap.ts';
import { rolesNow } from '../../calls/dispatch.ts';
import type { Announce, Handlers } from '../../calls/handlers.ts';
import { writeOfficeAct, writeWhoMayAct, type JudgeAnew } from '../../calls/office-acts.ts';
import type { Sessions } from '../../calls/sessions.ts';
import { isPresentPassword } from '../../desk/office-slots.ts';
import { officerView } from '../../desk/officer-view.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { passwordFault } from '../../../../src-shared/domain/officers/password-rules.ts';
import { credentialBody } from '../../desk/set-up-desk.ts';

export interface OfficersDep {
  readonly keySlots: () => KeySlots | undefined;
  readonly sessions: Sessions;
  readonly refreshKeySlots: (desk: OpenDesk) => void;
  readonly announce: Announce;
  readonly judgeAnew: JudgeAnew;
  /** What new passwords cost to try; left out: the default. */
  readonly passwordParameters: PasswordParameters | undefined;
  /** How many open dossiers each officer works on. */
  readonly openByHolder: (desk: OpenDesk) => ReadonlyMap<OfficerId, number>;
}

export function createOfficersHandlers(
  dep: OfficersDep,
): Handlers<'officers.list' | 'officers.atWork' | 'officers.create' | 'officers.change' | 'officers.resetPassword' | 'officers.changePassword'> {
  const changed = (desk: OpenDesk) => {
    dep.refreshKeySlots(desk);
    dep.announce({ type: 'office' });
  };
  const setPassword = async (desk: OpenDesk, officer: OfficerId, password: string, by: { actor: OfficerId | null; how: 'self' | 'admin' | 'recovery' }) => {
    const credential = await createOfficerCredential(officer, password, dep.passwordParameters);
    const written = writeOfficeAct(desk, { kind: 'officer.passwordReset', actor: by.actor, body: { officer, credentials: credentialBody(credential), by: by.how } });
    if (written.ok) changed(desk);
    return written;
  };
  return {
    'officers.list': (_input, { desk }) => ok({ officers: listOfficers(desk, dep.openByHolder(desk)) }),
    'officers.atWork': (_input, { desk }) => {
      const present = [...desk.office().officers.values()].filter(({ retired }) => !retired);
      return ok({ officers: present.map(({ id, name, title }) => ({ id, name, title, roles: [...rolesNow(desk, id)] })) });
    },
    'officers.create': async ({ password, ...input }, { desk, officer: actor }) => {
      const weak = passwordFault(password);
      if (weak) return err(wireError('office.weakPassword', {}, weak));
      const officer = randomUUID() as string as OfficerId;
      const credential = await createOfficerCredential(officer, password, dep.passwordParameters);
      const written = await writeWhoMayAct(dep.judgeAnew, desk, { kind: 'officer.created', actor, body: { officer, ...input, credentials: credentialBody(credential) } });
      if (!written.ok) return written;
      changed(desk);
      return ok(officerView(desk.office().officers.get(officer)!));
    },
    'officers.change': async ({ officer, ...input }, { desk, officer: actor }) => {
      const id = officer as OfficerId;
      const known = desk.office().officers.get(id);
      if (!known) return err(wireError('officers.unknown'));
      const lost = ({ retired, roles }: Pick<Officer, 'retired' | 'roles'>, role: Role) => retired || !roles.includes(role);
      if (lost(input, 'admin') && isLastOf('admin', desk.office(), id)) return err(wireError('officers.lastAdministrator'));
      if (lost(input, 'leader') && isLastOf('leader', desk.office(), id)) return err(wireError('officers.lastLeader'));
      const body = { officer, ...input, roles: input.roles.length > 0 ? input.roles : lastRoles(known) };
      const written = await writeWhoMayAct(dep.judgeAnew, desk, { kind: 'officer.changed', actor, body });
      if (!written.ok) return written;
      if (input.retired) dep.sessions.closeAllOf(id);
      changed(desk);
      return ok(officerView(desk.office().officers.get(id)!));
    },
    'officers.resetPassword': async ({ officer, password }, { session, desk, officer: actor }) => {
      const id = officer as OfficerId;
      if (!desk.office().officers.has(id)) return err(wireError('officers.unknown'));
      const weak = passwordFault(password);
      if (weak) return err(wireError('office.weakPassword', {}, weak));
      const written = await setPassword(desk, id, password, { actor, how: actor === null ? 'recovery' : 'admin' });
      if (!written.ok) return written;
      // Whoever still sits there with the old password signs in again.
      dep.sessions.closeAllOf(id, session);
      return ok({});
    },
    'officers.changePassword': async ({ oldPassword, newPassword }, { session, desk, officer }) => {
      const weak = passwordFault(newPassword);
      if (weak) return err(wireError('office.weakPassword', {}, weak));
      const checked = await dep.keySlots()?.unlockWithPassword(officer, oldPassword);
      if (!checked?.ok) return err(wrongPassword(checked?.error));
      if (!isPresentPassword(desk.office().officers.get(officer), checked.value)) {
        dep.refreshKeySlots(desk);
        return err(wireError('session.wrongPassword'));
      }
      const written = await setPassword(desk, officer, newPassword, { actor: officer, how: 'self' });
      if (!written.ok) return written;
      dep.sessions.closeAllOf(officer, session);
      return ok({});
    },
  };
}

function listOfficers(desk: OpenDesk, openByHolder: ReadonlyMap<OfficerId, number>) {
  return [...desk.office().officers.values()].map((officer) => ({ ...officerView(officer), openDossiers: openByHolder.get(officer.id) ?? 0 }));
}

function wrongPassword(error: { readonly code: string } | undefined): WireError<'session.lockedOut' | 'session.wrongPassword'> {
  return error?.code === 'session.lockedOut' ? wireError('session.lockedOut') : wireError('session.wrongPassword');
}

/** Only such an officer may make another one, or decide what nobody else may. */
function isLastOf(role: Role, office: Office, officer: OfficerId): boolean {
  const holders = [...office.officers.values()].filter((one) => !one.retired && one.roles.includes(role));
  return holders.length === 1 && holders[0]!.id === officer;
}

/** What somebody who is retired did last: the operation names roles, and the fold gives none to the retired. */
function lastRoles({ roleChanges }: Officer): Role[] {
  return [...(roleChanges.findLast(({ roles }) => roles.length > 0)?.roles ?? ['reception' as const])];
}

import { compareHlc, type Hlc } from '../../lib/hlc.ts';
import type { DeskId, DeviceId, OfficerId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Role } from '../officers/officer.ts';
import type { Delegation, Desk, Device, Office } from './office.ts';

/** When an act was done: permission is judged at that time, not at the time of reading (design §3). */
export interface ActTime {
  readonly at: Hlc;
  readonly businessDate: IsoDate;
}

/** The part of an office that says which devices may write. */
interface DeviceRegister {
  readonly desks: ReadonlyMap<DeskId, Pick<Desk, 'revokedAt'>>;
  readonly devices: ReadonlyMap<DeviceId, Pick<Device, 'desk'>>;
}

/** Why the office does not take an act from this device at that time, or null. Asked for dossiers and for the office itself. */
export function deviceFaultAt(office: DeviceRegister, device: DeviceId, at: Hlc): 'unknownDevice' | 'revokedDevice' | null {
  const admitted = office.devices.get(device);
  const desk = admitted && office.desks.get(admitted.desk);
  if (!desk) return 'unknownDevice';
  return desk.revokedAt !== null && compareHlc(desk.revokedAt, at) <= 0 ? 'revokedDevice' : null;
}

/** The officer's own roles at that time plus those delegated for that day. Empty for a stranger or a retired officer. */
export function rolesAt(office: Office, officer: OfficerId, time: ActTime): ReadonlySet<Role> {
  const roles = new Set<Role>(ownRolesAt(office, officer, time.at));
  for (const { roles: lent } of delegationsAt(office, officer, time)) for (const role of lent) roles.add(role);
  return roles;
}

/** Whom an officer stands in for at a time, and with which roles: never more than the giver has then. */
export interface StandIn {
  readonly for: OfficerId;
  readonly roles: readonly Role[];
}

export function delegationsAt(office: Office, officer: OfficerId, time: ActTime): StandIn[] {
  const standIns: StandIn[] = [];
  for (const delegation of office.delegations.values()) {
    if (delegation.to !== officer || !isRunningAt(delegation, time)) continue;
    const givers = ownRolesAt(office, delegation.from, time.at);
    const roles = delegation.roles.filter((role) => givers.includes(role));
    if (roles.length > 0) standIns.push({ for: delegation.from, roles });
  }
  return standIns;
}

/** For whom an officer did an act that one of these roles allows, when no role of the officer's own did; else null. */
export function actedFor(office: Office, officer: OfficerId, time: ActTime, allowed: readonly Role[]): OfficerId | null {
  if (office.delegations.size === 0 || ownRolesAt(office, officer, time.at).some((role) => allowed.includes(role))) return null;
  return delegationsAt(office, officer, time).find(({ roles }) => roles.some((role) => allowed.includes(role)))?.for ?? null;
}

/** From its first to its last day, and only between being granted and being ended. */
export function isRunningAt(delegation: Delegation, { at, businessDate }: ActTime): boolean {
  if (businessDate < delegation.firstDate || businessDate > delegation.lastDate) return false;
  if (compareHlc(delegation.grantedAt, at) > 0) return false;
  return delegation.endedAt === null || compareHlc(delegation.endedAt, at) > 0;
}

/**
 * Who may delegate what this officer may do: the leader for the own roles, the administrator for anybody. Only by roles of
 * one's own, else whoever stands in could hand on what was lent, and stay on beyond its last day.
 */
export function mayDelegateFor(office: Office, actor: OfficerId, at: Hlc, from: OfficerId | undefined): boolean {
  const own = ownRolesAt(office, actor, at);
  return own.includes('admin') || (own.includes('leader') && from === actor);
}

/**
 * What an officer was created with has no beginning: nobody acts before being there, and a stamp that says so comes from
 * clocks that differ. Else a machine some days ahead would add officers who can do nothing elsewhere for days (rule 6).
 */
function ownRolesAt(office: Office, officer: OfficerId, at: Hlc): readonly Role[] {
  const changes = office.officers.get(officer)?.roleChanges ?? [];
  let roles: readonly Role[] = changes[0]?.roles ?? [];
  for (const change of changes) if (compareHlc(change.at, at) <= 0) roles = change.roles;
  return roles;
}

export function hasAnyRole(roles: ReadonlySet<Role>, wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.has(role));
}

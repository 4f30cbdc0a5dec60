import { compareHlc, type Hlc } from '../../lib/hlc.ts';
import type { DeskId, DeviceId, OfficerId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Role } from '../officers/officer.ts';
import type { Desk, Device, Office } from './office.ts';

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
  for (const delegation of office.delegations.values()) {
    if (delegation.to !== officer) continue;
    if (time.businessDate < delegation.firstDate || time.businessDate > delegation.lastDate) continue;
    if (compareHlc(delegation.grantedAt, time.at) > 0) continue;
    if (delegation.endedAt !== null && compareHlc(delegation.endedAt, time.at) <= 0) continue;
    const giversRoles = ownRolesAt(office, delegation.from, time.at);
    for (const role of delegation.roles) if (giversRoles.includes(role)) roles.add(role);
  }
  return roles;
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

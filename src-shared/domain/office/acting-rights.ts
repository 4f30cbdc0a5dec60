import type { DeviceId, OfficerId } from '../../lib/ids.ts';
import type { Office } from './office.ts';

/** Whose acts another state of the office judges otherwise: dossiers that hold one of theirs are folded anew (design §1). */
export interface ChangedRights {
  readonly officers: readonly OfficerId[];
  readonly devices: readonly DeviceId[];
}

/** Compares all that the fold of a dossier asks an office: roles, what was lent, and which devices write for it. */
export function changedRights(before: Office, after: Office): ChangedRights {
  const officers = new Set([...actingOfficers(before), ...actingOfficers(after)]);
  const devices = new Set([...before.devices.keys(), ...after.devices.keys()]);
  return {
    officers: [...officers].filter((officer) => rightsOf(before, officer) !== rightsOf(after, officer)),
    devices: [...devices].filter((device) => standingOf(before, device) !== standingOf(after, device)),
  };
}

function actingOfficers({ officers, delegations }: Office): readonly OfficerId[] {
  return [...officers.keys(), ...[...delegations.values()].map(({ to }) => to)];
}

function rightsOf({ officers, delegations }: Office, officer: OfficerId): string {
  const own = officers.get(officer)?.roleChanges ?? null;
  const lent = [...delegations.values()].filter(({ to }) => to === officer).map(({ from, roles, firstDate, lastDate, grantedAt, endedAt }) => ({ roles, firstDate, lastDate, grantedAt, endedAt, giver: officers.get(from)?.roleChanges ?? null }));
  return JSON.stringify([own, lent]);
}

function standingOf({ desks, devices }: Office, device: DeviceId): string {
  const desk = desks.get(devices.get(device)?.desk ?? ('' as never));
  return JSON.stringify(desk === undefined ? null : [desk.revokedAt]);
}

import type { DeskId, DeviceId } from '../../lib/ids.ts';
import type { Device, Office, TokenClaim } from '../office/office.ts';

/**
 * What a held token is doing. `working`: a device that no other follows numbers with it; `former`: a device did, or a folder
 * set back passed it over; `granted`: it lies in a join file that nobody has used; `reserve`: it lies ready for the desk's next device.
 */
export type TokenUse = 'working' | 'former' | 'granted' | 'reserve';

export interface HeldToken {
  readonly token: string;
  readonly use: TokenUse;
  readonly desk: DeskId;
}

/** Every token that somebody holds, in the order of the alphabet. */
export function listHeldTokens(office: Office): readonly HeldToken[] {
  return [...office.heldTokens]
    .map(([token, claim]) => ({ token, use: useOf(office, token, claim), desk: claim.desk }))
    .sort((one, other) => (one.token < other.token ? -1 : 1));
}

/** Devices that number with a token and may still be at work: nothing follows them, their desk is not revoked. */
export function livingDevicesOn(office: Office, token: string): readonly Device[] {
  const followed = new Set([...office.devices.values()].map(({ previousDevice }) => previousDevice));
  return [...office.devices.values()].filter((device) => device.token === token && !followed.has(device.id) && office.desks.get(device.desk)?.revokedAt === null);
}

function useOf(office: Office, token: string, claim: TokenClaim): TokenUse {
  if (livingDevicesOn(office, token).length > 0) return 'working';
  if (office.desks.get(claim.desk)?.reserves.includes(token)) return 'reserve';
  const hasJoined = [...office.devices.values()].some(({ desk }) => desk === claim.desk);
  return hasJoined ? 'former' : 'granted';
}

/** The desk that asks, and the device it is now. */
export interface AskingDesk {
  readonly desk: DeskId;
  readonly device: DeviceId;
}

export type ReturnFault = 'numbers.unknownToken' | 'numbers.alreadyReturned' | 'numbers.tokenInUse';

/**
 * Why a token cannot come back to the office, or null. Nobody but a person knows whether a machine that is not here still
 * numbers; so what its desk holds comes back only when the administrator says that the machine is gone, or it was revoked.
 */
export function returnFault(office: Office, here: AskingDesk, { token, machineGone }: { readonly token: string; readonly machineGone: boolean }): ReturnFault | null {
  const claim = office.heldTokens.get(token);
  if (!claim) return office.returnedTokens.has(token) ? 'numbers.alreadyReturned' : 'numbers.unknownToken';
  if (isHeldHere(office, here, token)) return 'numbers.tokenInUse';
  const holders = [claim.desk, ...livingDevicesOn(office, token).map(({ desk }) => desk)];
  const areRevoked = holders.every((desk) => office.desks.get(desk)?.revokedAt != null);
  return machineGone || areRevoked ? null : 'numbers.tokenInUse';
}

/** What this very machine numbers with, or may take next. */
export function isHeldHere(office: Office, here: AskingDesk, token: string): boolean {
  return office.devices.get(here.device)?.token === token || office.desks.get(here.desk)?.reserves.includes(token) === true;
}

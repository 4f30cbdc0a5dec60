import type { OfficerId } from '../../lib/ids.ts';
import type { IsoDate } from '../../lib/office-time.ts';
import type { Role } from '../officers/officer.ts';
import type { Delegation, Office } from './office.ts';

/** What is asked for: `from` is away or hands over, `to` stands in. */
export interface DelegationAsk {
  readonly from: OfficerId;
  readonly to: OfficerId;
  readonly roles: readonly Role[];
  readonly firstDate: IsoDate;
  readonly lastDate: IsoDate;
}

export type DelegationFault =
  | 'officers.unknown' | 'delegations.toOneself' | 'delegations.retired' | 'delegations.notHeld' | 'delegations.badDates' | 'delegations.overlapping';

/** Why a delegation makes no sense, or null. Whether the officer may grant it at all is `mayDelegateFor`. */
export function delegationFault(office: Office, ask: DelegationAsk, today: IsoDate): DelegationFault | null {
  const [from, to] = [office.officers.get(ask.from), office.officers.get(ask.to)];
  if (!from || !to) return 'officers.unknown';
  if (from.id === to.id) return 'delegations.toOneself';
  if (from.retired || to.retired) return 'delegations.retired';
  if (!ask.roles.every((role) => from.roles.includes(role))) return 'delegations.notHeld';
  // Nothing is permitted backwards: what was done before it was granted stays as it was judged.
  if (ask.firstDate < today || ask.lastDate < ask.firstDate) return 'delegations.badDates';
  return [...office.delegations.values()].some((known) => isSameInPart(known, ask)) ? 'delegations.overlapping' : null;
}

/** Of the same two people, for one of the roles, on one of the days. */
function isSameInPart(known: Delegation, ask: DelegationAsk): boolean {
  if (known.endedAt !== null || known.from !== ask.from || known.to !== ask.to) return false;
  return known.firstDate <= ask.lastDate && ask.firstDate <= known.lastDate && known.roles.some((role) => ask.roles.includes(role));
}

export type DelegationState = 'coming' | 'running' | 'over' | 'ended';

export function delegationState({ firstDate, lastDate, endedAt }: Delegation, today: IsoDate): DelegationState {
  if (endedAt !== null) return 'ended';
  if (today > lastDate) return 'over';
  return today < firstDate ? 'coming' : 'running';
}

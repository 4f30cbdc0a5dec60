import type { DeviceId } from '../../src-shared/lib/ids.ts';

/** One device's log as this database holds it, beside what the server is known to hold of it. */
export interface LogStand {
  readonly device: DeviceId;
  /** The last operation that may be handed up: the end of the own log, the signed head of any other. */
  readonly end: number;
  readonly held: number;
}

/** What is handed up next of a log: from behind `after`. */
export interface NextStretch {
  readonly device: DeviceId;
  readonly after: number;
  /** What the receiver holds for certain; a frame may lean on that and on nothing that is still on its way. */
  readonly held: number;
  readonly end: number;
  /** The own key signs wherever a stretch ends; whoever wrote another log has signed its end alone. */
  readonly isOwn: boolean;
}

export interface PlanOptions {
  readonly own: DeviceId;
  /** Devices that the own one follows, the oldest first: a server that knows none of them must hear of them before it. */
  readonly before: readonly DeviceId[];
  /** Logs that the server has refused: handed up again only when something has changed. */
  readonly putAside: ReadonlySet<DeviceId>;
}

/** As far as logs are on their way already, they go on from there. */
export function behindSent(stretches: readonly NextStretch[], sentTo: ReadonlyMap<DeviceId, number>): readonly NextStretch[] {
  return stretches.map((stretch) => ({ ...stretch, after: Math.max(stretch.after, sentTo.get(stretch.device) ?? 0) })).filter(({ after, end }) => after < end);
}

/** The stretches still to be handed up, one of each log, in the order in which they go: what this desk wrote goes first. */
export function nextStretches(logs: readonly LogStand[], { own, before, putAside }: PlanOptions): readonly NextStretch[] {
  const rank = ({ device }: LogStand) => (before.includes(device) ? before.indexOf(device) - before.length : device === own ? 0 : 1);
  return logs
    .filter(({ device, end, held }) => held < end && !putAside.has(device))
    .sort((a, b) => rank(a) - rank(b) || (a.device < b.device ? -1 : 1))
    .map(({ device, end, held }) => ({ device, after: held, held, end, isOwn: device === own }));
}

/** How many of the next operations fit, at least one: one that is larger than every budget still has to go. */
export function countFitting(sizes: Iterable<number>, bytesMax: number, operationsMax: number): number {
  let count = 0;
  let bytes = 0;
  for (const size of sizes) {
    bytes += size;
    if (count > 0 && (bytes > bytesMax || count >= operationsMax)) break;
    count += 1;
  }
  return count;
}

/** How many operations to try after so many took `bytes`; fewer than before, at least one. */
export function fewerOperations(count: number, bytes: number, bytesMax: number): number {
  return Math.max(1, Math.min(count - 1, Math.floor((count * bytesMax) / bytes)));
}

import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { createChance } from '../office/seeded-chance.ts';
import { answerAsPortal } from './captive-portal.ts';
import { LinkConnection } from './link-connection.ts';
import { HEADER_BYTES, LinkLane, type LaneCount } from './link-lane.ts';
import { isUp, type LinkProfile } from './link-profile.ts';
import { realLinkTime, type LinkTime } from './link-time.ts';

export interface LinkOptions {
  readonly profile: LinkProfile;
  /** Where the server listens on this machine. */
  readonly serverPort: number;
  /** The same seed loses the same packets. */
  readonly seed: number;
  readonly time?: LinkTime;
}

/** A link between desks and a server, as a port of this machine: whoever connects here reaches the server as over the link. */
export interface Link {
  readonly port: number;
  readonly up: Readonly<LaneCount>;
  readonly down: Readonly<LaneCount>;
  /** Connections that were made over it. */
  connections(): number;
  close(): Promise<void>;
}

export async function openLink({ profile, serverPort, seed, time = realLinkTime() }: LinkOptions): Promise<Link> {
  const chance = createChance(seed);
  const dice = () => chance.below(1_000_000) / 1_000_000;
  const up: LinkLane = new LinkLane({ profile, kbit: profile.upKbit, time, chance: dice, acknowledged: (bytes) => down.countAcknowledgement(bytes) });
  const down: LinkLane = new LinkLane({ profile, kbit: profile.downKbit, time, chance: dice, acknowledged: (bytes) => up.countAcknowledgement(bytes) });
  const open = new Set<LinkConnection>();
  let made = 0;
  const accept = (desk: Socket): void => {
    if (profile.outage?.kind === 'portal' && !isUp(profile, time.nowMs())) return answerAsPortal(desk);
    made += 1;
    // The handshake's three packets.
    up.countAcknowledgement(2 * HEADER_BYTES);
    down.countAcknowledgement(HEADER_BYTES);
    desk.setNoDelay(true);
    const server = net.connect({ port: serverPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const connection = new LinkConnection({ profile, time, up, down, desk, server, ended: () => open.delete(connection) });
    open.add(connection);
  };
  const listener = net.createServer({ allowHalfOpen: true }, accept);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const cancelCuts = watchCuts(profile, time, (phase, atMs) => {
    for (const connection of [...open]) connection.onCut(phase, atMs);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    up: up.count,
    down: down.count,
    connections: () => made,
    close: async () => {
      cancelCuts();
      for (const connection of [...open]) connection.end();
      up.close();
      down.close();
      await closed(listener);
    },
  };
}

function watchCuts({ outage }: LinkProfile, time: LinkTime, tell: (phase: 'begun' | 'over', atMs: number) => void): () => void {
  if (outage === null || outage.kind === 'nameless') return () => undefined;
  let cancel: () => void;
  const watch = (atMs: number, phase: 'begun' | 'over'): void => {
    cancel = time.at(atMs, () => {
      tell(phase, atMs);
      if (phase === 'begun') watch(atMs + outage.downMs, 'over');
      else watch(atMs + outage.upMs, 'begun');
    });
  };
  watch(outage.upMs, 'begun');
  return () => cancel();
}

function closed(listener: Server): Promise<void> {
  return new Promise((resolve) => listener.close(() => resolve()));
}

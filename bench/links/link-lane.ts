import { isUp, type LinkProfile } from './link-profile.ts';
import type { LinkTime } from './link-time.ts';

/** What one way of a link has carried. */
export interface LaneCount {
  /** Bytes that arrived. */
  arrived: number;
  /** Bytes offered to the link as packets: with their headers, those lost and sent again, and bare acknowledgements of the other way. */
  wire: number;
  packets: number;
  lost: number;
}

/** One connection's bytes one way, as the lane sees them. */
export interface Sender {
  /** The next bytes to send, at most so many; empty when there are none. They stay its own until `sent`. */
  peek(bytesMax: number): Uint8Array;
  sent(bytes: number): void;
  /** They are at the other end. */
  deliver(bytes: Uint8Array): void;
  /** Not before this may it send: its connection is being made, or waits for what was lost. */
  notBeforeMs: number;
  /** The other end takes no more for now, or it was forgotten. */
  isHeld(): boolean;
}

export const PACKET_BYTES = 1_448;
export const HEADER_BYTES = 52;
/** TCP waits at least so long before it sends again. */
const RETRANSMIT_MIN_MS = 200;

export interface LaneOptions {
  readonly profile: LinkProfile;
  readonly kbit: number | null;
  readonly time: LinkTime;
  /** Throws the dice: 0 ≤ x < 1. */
  readonly chance: () => number;
  /** Bare acknowledgements travel the other way. */
  readonly acknowledged: (bytes: number) => void;
}

/**
 * One way of a link, for all its connections: one packet after the other at the nominal rate, in turn. A lost packet has taken
 * its time on the link; its connection waits as TCP does and sends it again, twice as long each time it does not get through.
 */
export class LinkLane {
  readonly count: LaneCount = { arrived: 0, wire: 0, packets: 0, lost: 0 };
  readonly #options: LaneOptions;
  readonly #senders = new Set<Sender>();
  readonly #backOff = new WeakMap<Sender, number>();
  readonly #waking = new Set<() => void>();
  #isBusy = false;
  #unacknowledged = 0;
  #cancelWake: (() => void) | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  add(sender: Sender): void {
    this.#senders.add(sender);
  }

  remove(sender: Sender): void {
    this.#senders.delete(sender);
  }

  countAcknowledgement(bytes: number): void {
    this.count.wire += bytes;
  }

  close(): void {
    this.#senders.clear();
    this.#cancelWake?.();
    for (const cancel of this.#waking) cancel();
  }

  /** Somebody may have something to send, since `atMs`: what a late timer tells of began when it should have. */
  wake(atMs = this.#options.time.nowMs()): void {
    while (!this.#isBusy) {
      const next = this.#next(atMs);
      if (next === undefined) return;
      // Whoever was served comes last the next time.
      this.#senders.delete(next.sender);
      this.#senders.add(next.sender);
      this.#send(next.sender, next.bytes, atMs);
    }
  }

  #next(atMs: number): { readonly sender: Sender; readonly bytes: Uint8Array } | undefined {
    let soonest = Infinity;
    for (const sender of this.#senders) {
      if (sender.isHeld()) continue;
      const bytes = sender.peek(PACKET_BYTES);
      if (bytes.byteLength === 0) continue;
      if (sender.notBeforeMs <= atMs) return { sender, bytes };
      soonest = Math.min(soonest, sender.notBeforeMs);
    }
    this.#cancelWake?.();
    this.#cancelWake = soonest === Infinity ? undefined : this.#options.time.at(soonest, () => this.wake(soonest));
    return undefined;
  }

  #send(sender: Sender, bytes: Uint8Array, atMs: number): void {
    const { profile, kbit } = this.#options;
    if (!isUp(profile, atMs)) return this.#lose(sender, atMs);
    if (kbit === null) {
      this.#countPacket(bytes.byteLength);
      sender.sent(bytes.byteLength);
      return this.#arrive(sender, bytes);
    }
    const leavesMs = atMs + ((bytes.byteLength + HEADER_BYTES) * 8) / kbit;
    this.#isBusy = true;
    this.#later(leavesMs, () => {
      this.#isBusy = false;
      if (this.#senders.has(sender)) this.#left(sender, bytes, leavesMs);
      this.wake(leavesMs);
    });
  }

  #left(sender: Sender, bytes: Uint8Array, atMs: number): void {
    const { profile, chance } = this.#options;
    this.#countPacket(bytes.byteLength);
    const arrivesMs = atMs + profile.roundTripMs / 2;
    if (chance() < profile.loss || !isUp(profile, atMs) || !isUp(profile, arrivesMs)) return this.#lose(sender, atMs);
    this.#backOff.delete(sender);
    sender.sent(bytes.byteLength);
    this.#later(arrivesMs, () => this.#arrive(sender, bytes));
  }

  #arrive(sender: Sender, bytes: Uint8Array): void {
    this.count.arrived += bytes.byteLength;
    this.#unacknowledged += 1;
    if (this.#unacknowledged === 2) {
      this.#unacknowledged = 0;
      this.#options.acknowledged(HEADER_BYTES);
    }
    sender.deliver(bytes);
  }

  #lose(sender: Sender, atMs: number): void {
    this.count.lost += 1;
    const waitMs = this.#backOff.get(sender) ?? RETRANSMIT_MIN_MS + this.#options.profile.roundTripMs;
    this.#backOff.set(sender, waitMs * 2);
    sender.notBeforeMs = atMs + waitMs;
  }

  #countPacket(bytes: number): void {
    this.count.packets += 1;
    this.count.wire += bytes + HEADER_BYTES;
  }

  #later(ms: number, run: () => void): void {
    const cancel = this.#options.time.at(ms, () => {
      this.#waking.delete(cancel);
      run();
    });
    this.#waking.add(cancel);
  }
}

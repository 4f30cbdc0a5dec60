import type { Socket } from 'node:net';
import type { LinkLane, Sender } from './link-lane.ts';
import { cutsBefore, isUp, nextUpAt, type LinkProfile } from './link-profile.ts';
import type { LinkTime } from './link-time.ts';

export interface ConnectionDep {
  readonly profile: LinkProfile;
  readonly time: LinkTime;
  readonly up: LinkLane;
  readonly down: LinkLane;
  readonly desk: Socket;
  /** Made towards the server once the desk's first packet has arrived there. */
  readonly server: Socket;
  readonly ended: () => void;
}

/** A modem's queue: whoever sends is held back beyond it. */
const QUEUE_MS = 1_500;
const QUEUE_BYTES_MIN = 20_000;
const SYN_AGAIN_MS = [0, 1_000, 3_000, 7_000, 15_000, 31_000];

/** One connection over the link: what either side writes arrives at the other as the lanes carry it. */
export class LinkConnection {
  readonly #dep: ConnectionDep;
  readonly #cutsAtBirth: number;
  readonly #senders: readonly [SocketSender, SocketSender];
  #isForgotten = false;
  #isOver = false;

  constructor(dep: ConnectionDep) {
    this.#dep = dep;
    const { profile, time, up, down, desk, server } = dep;
    const openAtMs = openAt(profile, time.nowMs());
    this.#cutsAtBirth = cutsBefore(profile, openAtMs);
    const isForgotten = () => this.#isForgotten;
    const sides = [
      { lane: up, from: desk, to: server, kbit: profile.upKbit },
      { lane: down, from: server, to: desk, kbit: profile.downKbit },
    ] as const;
    const [first, second] = sides.map(({ lane, from, to, kbit }) => new SocketSender({ profile, time, lane, from, to, windowBytes: windowOf(kbit), notBeforeMs: openAtMs, isForgotten, isOver: () => this.#onSideDone() }));
    this.#senders = [first!, second!];
    for (const socket of [desk, server]) {
      socket.on('error', () => undefined);
      socket.on('close', (hadError) => this.#onClose(socket, hadError));
    }
  }

  /** Told when a cut begins and when it is over; one that was made since knows nothing of it. */
  onCut(phase: 'begun' | 'over', atMs: number): void {
    const { profile } = this.#dep;
    if (cutsBefore(profile, atMs) <= this.#cutsAtBirth) return;
    const kind = profile.outage?.kind;
    if (kind === 'blackhole' && phase === 'begun') this.#isForgotten = true;
    if ((kind === 'reset' || kind === 'portal') && phase === 'over') this.end();
  }

  /** Both ends are told by a reset. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const sender of this.#senders) sender.close();
    this.#dep.desk.resetAndDestroy();
    this.#dep.server.resetAndDestroy();
    this.#dep.ended();
  }

  #onSideDone(): void {
    if (this.#senders.every(({ isDone }) => isDone)) this.end();
  }

  /** A side that broke off tells the other as soon as the link lets it. */
  #onClose(socket: Socket, hadError: boolean): void {
    const { profile, time } = this.#dep;
    const wasWhole = !hadError && socket.readableEnded;
    if (wasWhole || this.#isOver || this.#isForgotten) return;
    time.at(nextUpAt(profile, time.nowMs()) + profile.roundTripMs / 2, () => this.end());
  }
}

/** When the handshake is through: a first packet into a cut is sent again after one second, then after two, four, … */
function openAt(profile: LinkProfile, bornAtMs: number): number {
  const tries = SYN_AGAIN_MS.map((ms) => bornAtMs + ms);
  const through = tries.find((ms) => isUp(profile, ms) && isUp(profile, ms + profile.roundTripMs)) ?? Infinity;
  return through + profile.roundTripMs;
}

function windowOf(kbit: number | null): number {
  return kbit === null ? 1_048_576 : Math.max(QUEUE_BYTES_MIN, (kbit * QUEUE_MS) / 8);
}

interface SenderDep {
  readonly profile: LinkProfile;
  readonly time: LinkTime;
  readonly lane: LinkLane;
  readonly from: Socket;
  readonly to: Socket;
  readonly windowBytes: number;
  readonly notBeforeMs: number;
  readonly isForgotten: () => boolean;
  readonly isOver: () => void;
}

/** Reads no more from its side than the window, and sends no more than the other side takes. */
class SocketSender implements Sender {
  notBeforeMs: number;
  isDone = false;
  readonly #dep: SenderDep;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #inFlight = 0;
  #hasEnded = false;
  #isOtherFull = false;

  constructor(dep: SenderDep) {
    this.#dep = dep;
    this.notBeforeMs = dep.notBeforeMs;
    const { from, to, lane } = dep;
    lane.add(this);
    from.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.byteLength;
      if (this.#bytes + this.#inFlight >= dep.windowBytes) from.pause();
      lane.wake();
    });
    from.on('end', () => {
      const { profile, time } = dep;
      time.at(nextUpAt(profile, time.nowMs()) + profile.roundTripMs / 2, () => {
        this.#hasEnded = true;
        this.#finish();
      });
    });
    to.on('drain', () => {
      this.#isOtherFull = false;
      lane.wake();
    });
  }

  isHeld(): boolean {
    return this.#isOtherFull || this.#dep.isForgotten();
  }

  peek(bytesMax: number): Uint8Array {
    const first = this.#chunks[0];
    if (first === undefined) return EMPTY;
    if (first.byteLength >= bytesMax || this.#chunks.length === 1) return first.subarray(0, bytesMax);
    // Small writes share a packet, as they do on the way.
    const gathered = Buffer.concat(this.#chunks.slice(0, 8));
    this.#chunks.splice(0, 8, gathered);
    return gathered.subarray(0, bytesMax);
  }

  sent(bytes: number): void {
    const first = this.#chunks[0]!;
    if (first.byteLength === bytes) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(bytes);
    this.#bytes -= bytes;
    this.#inFlight += bytes;
  }

  deliver(bytes: Uint8Array): void {
    this.#inFlight -= bytes.byteLength;
    const { from, to, windowBytes } = this.#dep;
    if (!this.#dep.isForgotten() && !to.destroyed) this.#isOtherFull = !to.write(bytes);
    if (this.#bytes + this.#inFlight < windowBytes && !from.destroyed) from.resume();
    this.#finish();
  }

  close(): void {
    this.#dep.lane.remove(this);
  }

  /** A half that ended is told once all before it has arrived; the other half goes on. */
  #finish(): void {
    if (!this.#hasEnded || this.#bytes > 0 || this.#inFlight > 0 || this.isDone || this.#dep.isForgotten()) return;
    this.isDone = true;
    this.close();
    this.#dep.to.end(() => this.#dep.isOver());
  }
}

const EMPTY = new Uint8Array(0);

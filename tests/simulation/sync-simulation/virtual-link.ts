import { failure, type ExchangeFailure } from '../../../src-node/sync-engine/http-request.ts';
import type { LinkFault } from './plan.ts';
import type { World } from './world.ts';

/** A connection on which no byte moves for so long has died; as the product's client has it. */
const SILENCE_MS = 45_000;

/** One desk's way to the server, with whatever befalls it. */
export class Link {
  readonly #world: World;
  readonly delayMs: number;
  readonly bytesPerMs: number;
  readonly live = new Set<Connection>();
  upFreeMs = 0;
  downFreeMs = 0;
  #until: Partial<Record<LinkFault, number>> = {};
  #isPartitionSilent = false;
  #late = 0;
  #twice = 0;

  constructor(world: World, { delayMs, bytesPerMs }: { readonly delayMs: number; readonly bytesPerMs: number }) {
    this.#world = world;
    this.delayMs = delayMs;
    this.bytesPerMs = bytesPerMs;
  }

  /** What befalls it now, for how long or how often. */
  befall(fault: LinkFault, forMs: number, isSilent: boolean): void {
    switch (fault) {
      case 'cutUp':
      case 'cutDown':
      case 'silent':
        for (const connection of [...this.live]) connection.cut(fault);
        return;
      case 'late':
        this.#late += 2;
        return;
      case 'twice':
        this.#twice += 2;
        return;
      case 'partition':
        this.#isPartitionSilent = isSilent;
        for (const connection of [...this.live]) connection.cut(isSilent ? 'silent' : 'cutUp');
        break;
      case 'loss':
      case 'portal':
      case 'holdBack':
      case 'thin':
    }
    this.#until[fault] = Math.max(this.#until[fault] ?? 0, this.#world.time.nowMs + forMs);
  }

  /** All is well again, but what `but` names goes on. */
  heal(but: LinkFault | undefined): void {
    this.#until = but ? { [but]: Number.POSITIVE_INFINITY } : {};
    this.#late = 0;
    this.#twice = 0;
  }

  is(fault: LinkFault): boolean {
    return (this.#until[fault] ?? 0) > this.#world.time.nowMs;
  }

  get isPartitionSilent(): boolean {
    return this.#isPartitionSilent;
  }

  holdsStreamsBack(): boolean {
    return this.is('holdBack');
  }

  takesTwice(): boolean {
    if (this.#twice === 0) return false;
    this.#twice -= 1;
    return true;
  }

  takesLate(): boolean {
    if (this.#late === 0) return false;
    this.#late -= 1;
    return true;
  }

  letOthersGo(but: Connection | undefined): void {
    for (const connection of [...this.live]) if (connection !== but) connection.letGo();
  }
}

/** What a thin link carries up for one connection before that is cut: more than the smallest frame with its words. */
const THIN_BYTES = 3_200;

/** One connection of a desk. Bytes keep their order on it, and come late or never. */
export class Connection {
  onBroken: (error: ExchangeFailure) => void = () => undefined;
  bytesDown = 0;
  readonly #world: World;
  readonly #link: Link;
  #isOver = false;
  /** The server hears nothing more of what is on its way. */
  #isUpLost = false;
  #isDownLost = false;
  #upMs = 0;
  #downMs = 0;
  #bytesUp = 0;
  #cancelSilence: () => void = () => undefined;

  constructor(world: World, link: Link) {
    this.#world = world;
    this.#link = link;
    link.live.add(this);
    if (link.is('partition')) {
      if (link.isPartitionSilent) this.cut('silent');
      else world.time.after(link.delayMs, () => this.break('unreachable'));
    } else if (link.is('portal')) world.time.after(2 * link.delayMs, () => this.break('notOurServer'));
    this.#watch();
  }

  up(bytes: Uint8Array, arrive: () => void): void {
    const { time, figures } = this.#world;
    figures.bytesUp += bytes.byteLength;
    this.#bytesUp += bytes.byteLength;
    this.#watch();
    if (this.#link.is('thin') && this.#bytesUp > THIN_BYTES) return this.#endFull();
    const isLate = this.#link.takesLate();
    this.#upMs = Math.max(this.#upMs, this.#travelled('upFreeMs', bytes.byteLength)) + (isLate ? this.#world.chance.between(5_000, 90_000) : 0);
    time.after(this.#upMs - time.nowMs, () => {
      // What is late arrives although whoever sent it has long given up.
      if (this.#isUpLost || (this.#isOver && !isLate) || this.#link.is('portal')) return;
      this.#watch();
      arrive();
    });
  }

  down(bytes: Uint8Array, arrive: () => void): void {
    const { time, figures } = this.#world;
    this.#downMs = Math.max(this.#downMs, this.#travelled('downFreeMs', bytes.byteLength));
    time.after(this.#downMs - time.nowMs, () => {
      if (this.#isDownLost || this.#isOver) return;
      figures.bytesDown += bytes.byteLength;
      this.bytesDown += bytes.byteLength;
      this.#watch();
      arrive();
    });
  }

  /** What went up before still arrives; this does not, and nothing behind it. */
  #endFull(): void {
    const { time, chance } = this.#world;
    time.after(Math.max(0, this.#upMs - time.nowMs) + chance.between(1, 2_000), () => this.break('unreachable'));
  }

  /** Breaks; what is on its way down still arrives where only the other way was cut, and whoever waits hears of it later. */
  cut(how: 'cutUp' | 'cutDown' | 'silent'): void {
    this.#isUpLost ||= how !== 'cutDown';
    this.#isDownLost ||= how !== 'cutUp';
    if (how !== 'silent') this.#world.time.after(this.#world.chance.between(1, 2_000), () => this.break('unreachable'));
  }

  break(code: ExchangeFailure['code']): void {
    if (this.#isOver) return;
    this.end();
    this.onBroken(failure(code, 'simulated', true).error);
  }

  /** Whoever opened it wants no more of it. */
  letGo(): void {
    this.break('unreachable');
  }

  end(): void {
    this.#isOver = true;
    this.#cancelSilence();
    this.#link.live.delete(this);
  }

  #travelled(way: 'upFreeMs' | 'downFreeMs', bytes: number): number {
    const { time, chance } = this.#world;
    const link = this.#link;
    link[way] = Math.max(link[way], time.nowMs) + bytes / link.bytesPerMs;
    // A lost packet is sent again after a while, and everything behind it waits.
    const resentMs = link.is('loss') && chance.isHit(0.3) ? chance.between(1_000, 6_000) : 0;
    return link[way] + link.delayMs * (0.8 + 0.4 * chance.next()) + resentMs;
  }

  #watch(): void {
    this.#cancelSilence();
    if (!this.#isOver) this.#cancelSilence = this.#world.time.after(SILENCE_MS, () => this.break('timedOut'));
  }
}

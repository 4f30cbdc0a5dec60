import { expect, it } from 'vitest';
import { LinkLane, PACKET_BYTES, HEADER_BYTES, type Sender } from '../../../bench/links/link-lane.ts';
import { cutsBefore, isUp, LINKS, nextUpAt, upShare, type LinkProfile } from '../../../bench/links/link-profile.ts';
import { createChance } from '../../../bench/office/seeded-chance.ts';
import { HandLinkTime } from '../../helpers/hand-link-time.ts';

/** Sends so many bytes and remembers when they arrived. */
class Load implements Sender {
  notBeforeMs = 0;
  isStopped = false;
  left: number;
  readonly arrived: { readonly ms: number; readonly first: number; readonly bytes: number }[] = [];
  readonly #time: HandLinkTime;
  constructor(time: HandLinkTime, bytes: number) {
    this.#time = time;
    this.left = bytes;
  }
  isHeld = () => this.isStopped;
  peek = (bytesMax: number) => new Uint8Array(Math.min(bytesMax, this.left)).fill(this.left % 251);
  sent(bytes: number): void {
    this.left -= bytes;
  }
  deliver(bytes: Uint8Array): void {
    this.arrived.push({ ms: this.#time.nowMs(), first: bytes[0]!, bytes: bytes.byteLength });
  }
  total = () => this.arrived.reduce((sum, { bytes }) => sum + bytes, 0);
}

function laneOf(profile: LinkProfile, time: HandLinkTime, seed = 7) {
  const chance = createChance(seed);
  const acknowledged = { bytes: 0 };
  const lane = new LinkLane({ profile, kbit: profile.upKbit, time, chance: () => chance.below(1_000_000) / 1_000_000, acknowledged: (bytes) => void (acknowledged.bytes += bytes) });
  return { lane, acknowledged };
}

function run(profile: LinkProfile, bytes: number, untilMs: number, seed?: number) {
  const time = new HandLinkTime();
  const { lane, acknowledged } = laneOf(profile, time, seed);
  const load = new Load(time, bytes);
  lane.add(load);
  lane.wake();
  time.moveTo(untilMs);
  return { load, lane, acknowledged };
}

it('carries at the nominal rate, headers included, half a round trip later', () => {
  const { load, lane } = run({ ...LINKS.edge, loss: 0 }, 100 * PACKET_BYTES, 60_000);
  const packetMs = ((PACKET_BYTES + HEADER_BYTES) * 8) / 64;
  expect(load.arrived[0]!.ms).toBeCloseTo(packetMs + 300, 6);
  expect(load.arrived.at(-1)!.ms).toBeCloseTo(100 * packetMs + 300, 6);
  expect(lane.count).toMatchObject({ arrived: 100 * PACKET_BYTES, wire: 100 * (PACKET_BYTES + HEADER_BYTES), packets: 100, lost: 0 });
});

it('loses the nominal share, sends it again and keeps the order; the same seed loses the same', () => {
  const bytes = 5_000 * PACKET_BYTES;
  const { load, lane, acknowledged } = run(LINKS.edge, bytes, 10_000_000);
  expect(load.total()).toBe(bytes);
  expect(load.arrived.map(({ first }) => first)).toEqual(Array.from({ length: 5_000 }, (_, index) => (bytes - index * PACKET_BYTES) % 251));
  expect(lane.count.lost / lane.count.packets).toBeGreaterThan(0.016);
  expect(lane.count.lost / lane.count.packets).toBeLessThan(0.024);
  expect(lane.count.wire).toBe(lane.count.packets * (PACKET_BYTES + HEADER_BYTES));
  expect(acknowledged.bytes).toBe(2_500 * HEADER_BYTES);
  // Each loss stalls for a retransmission; nothing else slows it down.
  const limitMs = (lane.count.wire * 8) / 64 + lane.count.lost * 800;
  expect(load.arrived.at(-1)!.ms).toBeLessThan(limitMs * 1.05);
  expect(load.arrived.at(-1)!.ms).toBeGreaterThan(limitMs * 0.97);
  expect(run(LINKS.edge, bytes, 10_000_000).load.arrived).toEqual(load.arrived);
  expect(run(LINKS.edge, bytes, 10_000_000, 8).load.arrived).not.toEqual(load.arrived);
});

it('shares the link between connections, and passes over one whose other end takes nothing', () => {
  const time = new HandLinkTime();
  const { lane } = laneOf({ ...LINKS['3g'], loss: 0 }, time);
  const [one, other, stopped] = [new Load(time, 1e6), new Load(time, 1e6), new Load(time, 1e6)];
  stopped.isStopped = true;
  for (const load of [one, other, stopped]) lane.add(load);
  lane.wake();
  time.moveTo(10_000);
  expect(Math.abs(one.total() - other.total())).toBeLessThanOrEqual(PACKET_BYTES);
  expect(one.total() + other.total()).toBeGreaterThan(600_000);
  expect(stopped.total()).toBe(0);
});

it('carries nothing while it is cut, and goes on when the next retransmission falls into its time', () => {
  const profile = LINKS['edge-cuts-frozen'];
  const { load } = run({ ...profile, loss: 0 }, 1e6, 60_000);
  const inCut = load.arrived.filter(({ ms }) => ms > 20_000 && ms < 30_000);
  expect(inCut).toEqual([]);
  const back = load.arrived.find(({ ms }) => ms >= 30_000)!;
  expect(back.ms).toBeLessThan(40_000);
});

it('knows when a link is there', () => {
  const profile = LINKS['edge-cuts-reset'];
  expect([0, 19_999, 20_000, 29_999, 30_000].map((ms) => isUp(profile, ms))).toEqual([true, true, false, false, true]);
  expect([0, 19_999, 20_000, 49_999, 50_000].map((ms) => cutsBefore(profile, ms))).toEqual([0, 0, 1, 1, 2]);
  expect([5, 20_000, 29_999].map((ms) => nextUpAt(profile, ms))).toEqual([5, 30_000, 30_000]);
  expect(upShare(profile)).toBeCloseTo(2 / 3, 9);
  expect(upShare(LINKS.edge)).toBe(1);
});

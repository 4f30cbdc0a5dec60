import { createChance, type Chance } from '../seeded-chance.ts';

/** What befalls a link. `cutUp` and `cutDown`: connections break; what is on its way that way is lost. `silent`: they are forgotten without a word. */
export const LINK_FAULTS = ['cutUp', 'cutDown', 'silent', 'loss', 'late', 'twice', 'partition', 'portal', 'holdBack', 'thin'] as const;
/** What befalls a machine. `restore`: its folder goes back to an earlier state; `setBack`: the whole machine does. */
export const DESK_FAULTS = ['deskCrash', 'deskRestore', 'clockJump', 'setBack'] as const;
/** `busy`: the database is away for a moment; `fault`: the server's own, of one frame. */
export const SERVER_FAULTS = ['serverCrash', 'serverRestore', 'busy', 'fault'] as const;

export type LinkFault = (typeof LINK_FAULTS)[number];
export type FaultKind = LinkFault | (typeof DESK_FAULTS)[number] | (typeof SERVER_FAULTS)[number];

/** `newKinds`: a program that writes what the others do not know; `withoutStreams`, `otherCodec`: what an older one speaks. */
export type ProgramVersion = 'now' | 'withoutStreams' | 'otherCodec' | 'newKinds';

export interface Step {
  readonly gapMs: number;
  /** Chance of this step alone, so that it stays what it is when others are left out. */
  readonly seed: number;
  readonly do: 'write' | 'wish' | 'keepCopy' | 'revoke' | FaultKind;
  readonly desk: number;
}

export interface PlannedDesk {
  readonly version: ProgramVersion;
  readonly delayMs: number;
  readonly bytesPerMs: number;
  /** Its link is thin from the first to the last moment, and much is written there before anybody is met. */
  readonly isThin: boolean;
}

/** One run, as its seed has it. */
export interface Plan {
  readonly seed: number;
  readonly desks: readonly PlannedDesk[];
  readonly steps: readonly Step[];
}

/** The fourth desk is the one that may be stopped by the office, or be two machines. */
export const ODD_DESK = 3;
const ACTS = [60, 80] as const;
const FAULTS = [12, 20] as const;
const KINDS_MIN = 4;
const THIN_RUNS = 0.25;

export function planOf(seed: number): Plan {
  const chance = createChance(seed);
  const thin = thinDesk(seed);
  const desks = Array.from({ length: 4 }, (_, index) => ({
    isThin: index === thin,
    version: versionOf(index === 0 ? 'now' : chance.pick(['now', 'now', 'withoutStreams', 'otherCodec', 'newKinds']), index === thin),
    delayMs: chance.pick([5, 60, 300, 900]),
    bytesPerMs: chance.pick([2, 8, 60, 1_000]),
  }));
  const kinds = kindsOf(chance);
  const acts = Array.from({ length: chance.between(...ACTS) }, () => stepOf(chance, chance.isHit(0.06) ? 'wish' : 'write'));
  const faults = Array.from({ length: chance.between(...FAULTS) }, (_, index) => stepOf(chance, kinds[index] ?? chance.pick(kinds)));
  const steps = shuffled(chance, [...acts, ...faults, ...Array.from({ length: 4 }, () => stepOf(chance, 'keepCopy'))]);
  if (chance.isHit(0.2)) steps.splice(chance.between(steps.length >> 1, steps.length), 0, { ...stepOf(chance, 'revoke'), desk: 0 });
  if (thin !== undefined) steps.unshift({ do: 'partition', desk: thin, seed, gapMs: 0 });
  return { seed, desks, steps: steps.map(withRightDesk) };
}

/** What is written in another codec here was measured in the product's, and may be too much for a thin link. */
function versionOf(version: ProgramVersion, isThin: boolean): ProgramVersion {
  return isThin && version === 'otherCodec' ? 'withoutStreams' : version;
}

/** By a chance of its own. */
function thinDesk(seed: number): number | undefined {
  const chance = createChance(seed ^ 0x741);
  return chance.isHit(THIN_RUNS) ? chance.between(1, 3) : undefined;
}

/** At least four kinds, and of two histories of one device there is one judge: the server is not set back as well. */
function kindsOf(chance: Chance): readonly FaultKind[] {
  const isSetBack = chance.isHit(0.12);
  const all = [...LINK_FAULTS, ...DESK_FAULTS, ...SERVER_FAULTS].filter((kind) => (isSetBack ? kind !== 'serverRestore' && kind !== 'deskRestore' : kind !== 'setBack'));
  const kinds = shuffled<FaultKind>(chance, all).slice(0, chance.between(KINDS_MIN + 1, all.length));
  return isSetBack ? ['setBack', ...kinds.filter((kind) => kind !== 'setBack')] : kinds;
}

function stepOf(chance: Chance, what: Step['do']): Step {
  return { do: what, desk: chance.between(0, 3), seed: chance.between(0, 2 ** 31), gapMs: gapOf(chance) };
}

function gapOf(chance: Chance): number {
  const kind = chance.next();
  if (kind < 0.25) return chance.between(0, 200);
  if (kind < 0.75) return chance.between(200, 6_000);
  return kind < 0.95 ? chance.between(6_000, 30_000) : chance.between(30_000, 240_000);
}

function withRightDesk(step: Step): Step {
  return step.do === 'setBack' ? { ...step, desk: ODD_DESK } : step;
}

function shuffled<T>(chance: Chance, list: readonly T[]): T[] {
  const result = [...list];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = chance.between(0, index);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

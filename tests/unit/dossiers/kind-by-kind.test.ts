import { describe, expect, it } from 'vitest';
import { concurrencyRule, type ConcurrencyRule } from '../../../src-shared/domain/dossiers/dossier-concurrency.ts';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { DOSSIER_KINDS, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { DOSSIER_STATUSES, isBesideWay, STATE_ACTS } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import type { Choice } from '../../helpers/build-dossier-bodies.ts';
import { effectOf, exchange, idOf, openConflicts } from '../../helpers/build-operations.ts';
import { BASES, basesOf, startFrom, writeKind, type Base } from '../../helpers/legal-bases.ts';

/** Acts whose content is wording alone: two of them always say the same. */
const WORDING = new Set<DossierKind>(['dossier.voided', 'dossier.withdrawn', 'dossier.stopped', 'dossier.refused', 'dossier.reworked']);
const BIRTHS = new Set<DossierKind>(['dossier.received', 'dossier.imported']);
const pairs = DOSSIER_KINDS.flatMap((first, index) => DOSSIER_KINDS.slice(index).map((second): [DossierKind, DossierKind] => [first, second]));
const tabled = pairs.filter((pair) => !pair.includes('dossier.undone'));

/** What the dossier is, without who moved it there or when the clock was read. */
function facts(dossier: Dossier | undefined) {
  if (!dossier) return undefined;
  const { history: _history, heads: _heads, conflicts: _conflicts, appointmentSetBy: _setBy, codes, handOver, fees, stepVisits, ...rest } = dossier;
  const money = fees.map((entry) => ({ ...entry, at: 0, voided: entry.voided && { ...entry.voided, at: 0 } })).sort((one, other) => (one.id < other.id ? -1 : 1));
  return { ...rest, step: stepVisits.at(-1)?.index, fees: money, codes: codes.map((code) => code.code).sort(), handOver: handOver && { ...handOver, at: 0 } };
}

function concurrently(base: Base, first: DossierKind, second: DossierKind, choices: readonly [Choice, Choice], secondIsLater: boolean) {
  const { desks } = startFrom(base);
  const [one, two] = [desks[0]!, desks[1]!];
  two.wallOffsetMs = secondIsLater ? 600_000 : -600_000;
  const before = one.dossier();
  const acts = [writeKind(one, first, choices[0]), writeKind(two, second, choices[1])] as const;
  exchange(one, two);
  const dossier = one.dossier();
  expect(two.dossier()).toEqual(dossier);
  return { before, dossier, acts, effects: acts.map((act) => effectOf(dossier, act)), later: secondIsLater ? 1 : 0 };
}

type Outcome = 'bothApply' | 'oneFact' | 'earlierWins' | 'conflict';

/** The table in words, independent of the code that applies it. */
function expectedOutcome(rule: ConcurrencyRule, first: DossierKind, second: DossierKind, sameContent: boolean): Outcome {
  switch (rule) {
    case 'commutes':
      return 'bothApply';
    case 'conflict':
    case 'earlierWins':
      return rule;
    case 'byField':
      return first === second ? (sameContent ? 'oneFact' : 'conflict') : 'bothApply';
    case 'byHolder':
      return sameContent ? 'bothApply' : 'conflict';
    case 'byFee':
      return expectedOfMoney(first.replace('dossier.', ''), second.replace('dossier.', ''), sameContent);
    case 'sameFact':
    case 'byCode':
      if (sameContent || WORDING.has(first)) return 'oneFact';
      return BIRTHS.has(first) ? 'earlierWins' : 'conflict';
  }
}

/** Both are about the one collection of the base. Written by hand: money in two drawers was taken twice. */
function expectedOfMoney(first: string, second: string, sameContent: boolean): Outcome {
  if (first !== second) return [first, second].includes('feeVoided') && ![first, second].some((kind) => kind === 'feeCollected' || kind === 'feeExempted') ? 'conflict' : 'bothApply';
  if (first === 'feeCollected') return sameContent ? 'oneFact' : 'bothApply';
  // The reason of voiding is wording.
  return sameContent || first === 'feeVoided' ? 'oneFact' : 'conflict';
}

/** Why an act about money cannot follow what the desk knows, apart from the states of the dossier. */
function lacksMoney(kind: DossierKind, dossier: Dossier): boolean {
  const standing = dossier.fees.filter(({ voided }) => voided === null);
  const collections = standing.filter((entry) => entry.what === 'collected');
  if (kind === 'dossier.feeReceiptIssued') return !collections.some(({ receipt }) => receipt === null);
  if (kind === 'dossier.feeRefunded') return collections.length === 0;
  return kind === 'dossier.feeVoided' && standing.length === 0;
}

function expectOutcome(outcome: Outcome, run: ReturnType<typeof concurrently>): void {
  const { dossier, effects, later, before, acts } = run;
  const winnerFirst = later === 1 ? effects : [...effects].reverse();
  switch (outcome) {
    case 'bothApply':
      expect(effects).toEqual(['applied', 'applied']);
      expect(openConflicts(dossier)).toEqual([]);
      break;
    case 'oneFact':
      expect(winnerFirst).toEqual(['applied', 'sameFact']);
      expect(openConflicts(dossier)).toEqual([]);
      break;
    case 'earlierWins':
      // A second reception cannot be a mere notice: it is a conflict of its own, beside the dossier that stands.
      expect(winnerFirst).toEqual(['applied', BIRTHS.has(acts[0].header.kind as DossierKind) ? 'illegal' : 'superseded']);
      break;
    case 'conflict':
      expect(effects).toEqual(['inConflict', 'inConflict']);
      expect(openConflicts(dossier).map((conflict) => conflict.operations)).toEqual([acts.map(idOf).sort()]);
      expect(facts(dossier)).toEqual(facts(before));
      break;
  }
}

describe('the search for legal states', () => {
  it('reaches every state of a dossier and the time before it', () => {
    expect(BASES.map((base) => base.status).sort()).toEqual([...DOSSIER_STATUSES, 'nothing'].sort());
  });
});

describe('two desks at the same time, neither knowing the other', () => {
  it.each(tabled)('%s and %s', (first, second) => {
    const rule = concurrencyRule(first, second);
    expect(concurrencyRule(second, first)).toBe(rule);
    const bases = basesOf(first, second);
    // Without a common state only a forged act brings the two together; the fold then judges by role and state.
    if (bases.length === 0) expect(canBeConcurrent(first, second)).toBe(false);
    for (const base of bases) {
      for (const choices of [[0, 0], [0, 1]] as const) {
        const outcome = expectedOutcome(rule, first, second, choices[0] === choices[1]);
        const runs = [true, false].map((secondIsLater) => concurrently(base, first, second, choices, secondIsLater));
        for (const run of runs) expectOutcome(outcome, run);
        if (outcome === 'bothApply') expect(facts(runs[0]!.dossier)).toEqual(facts(runs[1]!.dossier));
      }
    }
  });

  /** By the table of states alone, so that the search cannot pass by finding nothing. */
  function canBeConcurrent(first: DossierKind, second: DossierKind): boolean {
    if (BIRTHS.has(first) !== BIRTHS.has(second)) return false;
    const [from, other] = [STATE_ACTS[first]?.from ?? DOSSIER_STATUSES, STATE_ACTS[second]?.from ?? DOSSIER_STATUSES];
    return from.some((status) => other.includes(status));
  }
});

describe('undoing at one desk while another goes on', () => {
  const undoable = BASES.filter((base) => basesOf('dossier.undone').includes(base));

  it('finds states whose last act can be undone', () => {
    expect(undoable.length).toBeGreaterThan(4);
  });

  it.each(DOSSIER_KINDS.filter((kind) => kind !== 'dossier.undone'))('while %s is built on the act undone', (kind) => {
    const bases = basesOf('dossier.undone', kind);
    for (const base of bases) {
      const commutes = isBesideWay(kind) || kind === 'dossier.conflictSettled';
      for (const later of [true, false]) expectOutcome(commutes ? 'bothApply' : 'conflict', concurrently(base, 'dossier.undone', kind, [0, 0], later));
    }
  });

  it('is one fact when two desks undo the same act', () => {
    for (const base of undoable) for (const later of [true, false]) expectOutcome('oneFact', concurrently(base, 'dossier.undone', 'dossier.undone', [0, 0], later));
  });
});

describe('the second desk knowing the first', () => {
  const ordered = pairs.flatMap(([first, second]): [DossierKind, DossierKind][] => (first === second ? [[first, second]] : [[first, second], [second, first]]));

  it.each(ordered)('%s, then %s is a conflict only where the state forbids it', (first, second) => {
    for (const base of basesOf(first)) {
      const { desks } = startFrom(base);
      const [one, two] = [desks[0]!, desks[1]!];
      writeKind(one, first);
      two.learn(one);
      const known = two.dossier()!;
      const { status } = known;
      const act = writeKind(two, second, 1);
      exchange(one, two);
      const dossier = one.dossier()!;
      expect(two.dossier()).toEqual(dossier);
      expect(dossier.conflicts.filter((conflict) => conflict.reason === 'concurrent')).toEqual([]);
      if (second === 'dossier.undone') continue;
      const forbidden = BIRTHS.has(second) || STATE_ACTS[second]?.from.includes(status) === false || lacksMoney(second, known);
      expect([first, second, effectOf(dossier, act)]).toEqual([first, second, forbidden ? 'illegal' : 'applied']);
    }
  });
});

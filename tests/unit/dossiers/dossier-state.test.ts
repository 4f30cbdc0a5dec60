import { describe, expect, it } from 'vitest';
import { concurrencyRule } from '../../../src-shared/domain/dossiers/dossier-concurrency.ts';
import { DOSSIER_KINDS, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { DOSSIER_STATUSES, isOpen, isPaused, NATIONAL_STATUS_CODES, STATE_ACTS, SUBMITTED_STATUS_CODE, type DossierStatus } from '../../../src-shared/domain/dossiers/dossier-state.ts';

/** Written by hand from domain.md §e.2; generated tests cannot see a wrong row of the table they are generated from. */
const LEGAL: Readonly<Partial<Record<DossierStatus, readonly string[]>>> = {
  received: ['taken', 'supplementRequested', 'dutyRequested', 'forwarded', 'apologised', 'withdrawn', 'stopped', 'refused', 'voided'],
  processing: ['supplementRequested', 'dutyRequested', 'forwarded', 'apologised', 'finished', 'withdrawn', 'stopped', 'refused', 'voided'],
  waitingSupplement: ['supplementReceived', 'withdrawn', 'stopped', 'refused', 'voided'],
  waitingDuty: ['dutyMet', 'withdrawn', 'stopped', 'refused', 'voided'],
  finished: ['reworked', 'handedOver', 'voided'],
  returned: ['voided'],
  withdrawn: ['voided'],
  stopped: ['voided'],
  refused: ['voided'],
  voided: [],
};

describe('the states of a dossier', () => {
  it.each(DOSSIER_STATUSES)('allow from %s what the state machine says', (status) => {
    const legal = DOSSIER_KINDS.filter((kind) => STATE_ACTS[kind]?.from.includes(status)).map((kind) => kind.replace('dossier.', ''));
    expect(legal.sort()).toEqual([...LEGAL[status]!].sort());
  });

  it('carry the national codes, all but that of what nobody has received; a voided dossier carries none', () => {
    const codes = Object.values(NATIONAL_STATUS_CODES).filter((code) => code !== null);
    expect([SUBMITTED_STATUS_CODE, ...codes].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(NATIONAL_STATUS_CODES).toMatchObject({ received: 2, processing: 4, finished: 9, returned: 10, voided: null });
  });

  it('are open or closed, and two of them stop the clock', () => {
    expect(DOSSIER_STATUSES.filter(isOpen)).toEqual(['received', 'processing', 'waitingSupplement', 'waitingDuty']);
    expect(DOSSIER_STATUSES.filter(isPaused)).toEqual(['waitingSupplement', 'waitingDuty']);
  });
});

describe('the kind by kind table', () => {
  it.each<[string, string, string]>([
    ['finished', 'supplementRequested', 'conflict'],
    ['finished', 'withdrawn', 'conflict'],
    ['finished', 'refused', 'conflict'],
    ['finished', 'stopped', 'conflict'],
    ['finished', 'voided', 'conflict'],
    ['finished', 'finished', 'sameFact'],
    ['handedOver', 'reworked', 'conflict'],
    ['taken', 'taken', 'earlierWins'],
    ['taken', 'withdrawn', 'commutes'],
    ['assigned', 'transferred', 'byHolder'],
    ['corrected', 'corrected', 'byField'],
    ['corrected', 'supplementReceived', 'byField'],
    ['corrected', 'finished', 'commutes'],
    ['codeLinked', 'codeLinked', 'byCode'],
    ['codeLinked', 'handedOver', 'commutes'],
    ['paperReprinted', 'voided', 'commutes'],
    ['conflictAsked', 'conflictAsked', 'commutes'],
    ['conflictAsked', 'conflictSettled', 'commutes'],
    ['feeCollected', 'feeCollected', 'byFee'],
    ['feeRefunded', 'feeVoided', 'byFee'],
    ['feeCollected', 'handedOver', 'commutes'],
    ['feeRefunded', 'voided', 'commutes'],
    ['received', 'imported', 'earlierWins'],
  ])('says of %s and %s: %s (settled.md 11 to 13)', (first, second, rule) => {
    expect(concurrencyRule(`dossier.${first}` as DossierKind, `dossier.${second}` as DossierKind)).toBe(rule);
  });
});

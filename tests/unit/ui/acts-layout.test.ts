import { describe, expect, it } from 'vitest';
import { actsLayout } from '../../../src-renderer/features/dossiers/acts-layout.ts';
import { LOOKS, type DossierAct } from '../../../src-renderer/features/dossiers/act-looks.ts';
import { dossierActSchema } from '../../../src-shared/contract/dossier-views.ts';
import { DOSSIER_STATUSES, type DossierStatus } from '../../../src-shared/domain/dossiers/dossier-state.ts';

const ALL = dossierActSchema.options;
const view = (status: DossierStatus, possible: readonly DossierAct[]) => ({ status, acts: ALL.map((act) => ({ act, possible: possible.includes(act), why: possible.includes(act) ? null : 'Chưa được.' })) });

describe('the acts on the page of a dossier', () => {
  it.each(DOSSIER_STATUSES)('stand once each, and none that can be done is left out: %s', (status) => {
    for (const possible of [ALL, ALL.filter((act) => act !== 'confirmTransfer'), []]) {
      const { next, everyday, beside, more } = actsLayout(view(status, possible), false);
      const shown = [...(next === undefined ? [] : [next]), ...everyday, ...beside, ...more];
      expect(new Set(shown).size).toBe(shown.length);
      expect(possible.filter((act) => !shown.includes(act)).filter((act) => !BOUND_TO_A_STATE.has(act))).toEqual([]);
    }
  });

  it('are few: one step ahead and at most six more keys', () => {
    const { everyday, beside } = actsLayout(view('processing', ALL), true);
    expect(everyday.length + beside.length).toBeLessThanOrEqual(6);
  });

  it('put the signature for the paper first, and the step after it into the list', () => {
    const layout = actsLayout(view('processing', ['confirmTransfer', 'finish']), false);
    expect(layout.next).toBe('confirmTransfer');
    expect(layout.more[0]).toBe('finish');
  });

  it('offer an apology beside the others once the day has come', () => {
    expect(actsLayout(view('processing', ['apologise']), true).beside).toEqual(['apologise']);
    expect(actsLayout(view('processing', ['apologise']), false)).toMatchObject({ beside: [], more: expect.arrayContaining(['apologise']) as DossierAct[] });
  });

  it('have keys that meet only where they never stand together', () => {
    const { next, everyday, beside } = actsLayout(view('processing', ALL), true);
    const combos = [next!, ...everyday, ...beside].map((act) => LOOKS[act].combo);
    expect(new Set(combos).size).toBe(combos.length);
  });
});

/** Possible only in the state whose next step they are. */
const BOUND_TO_A_STATE: ReadonlySet<DossierAct> = new Set<DossierAct>(['receiveSupplement', 'meetDuty', 'handOver', 'confirmTransfer']);

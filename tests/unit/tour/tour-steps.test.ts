import { describe, expect, it } from 'vitest';
import { stepAfter, TOUR_STEPS } from '../../../src-renderer/features/tour/tour-steps.ts';
import { vi } from '../../../src-renderer/text/vi.ts';

const step = (id: (typeof TOUR_STEPS)[number]['id']) => TOUR_STEPS.findIndex((one) => one.id === id);
const nothing = () => false;
const everything = () => true;

describe('the tour of the first day', () => {
  it('has words for each step, and steps for all its words', () => {
    expect(TOUR_STEPS.map(({ id }) => id)).toEqual(Object.keys(vi.tour.steps));
  });

  it('follows what the officer did by hand', () => {
    expect(stepAfter(step('home'), 'receive', nothing)).toBe(step('procedure'));
    expect(stepAfter(step('procedure'), 'receive', everything)).toBe(step('person'));
    expect(stepAfter(step('find'), 'dossiers', nothing)).toBe(step('handOver'));
    expect(stepAfter(step('handOver'), 'handOver', nothing)).toBe(step('help'));
  });

  it('goes on to finding from wherever it was once a dossier was saved', () => {
    for (const id of ['home', 'procedure', 'person', 'papers', 'save'] as const) expect(stepAfter(step(id), 'received', everything)).toBe(step('find'));
    expect(stepAfter(step('handOver'), 'received', everything)).toBe(step('handOver'));
  });

  it('stays where nothing was done, also on another screen', () => {
    expect(stepAfter(step('home'), 'today', everything)).toBe(step('home'));
    expect(stepAfter(step('procedure'), 'receive', nothing)).toBe(step('procedure'));
    expect(stepAfter(step('person'), 'dossier', everything)).toBe(step('person'));
    expect(stepAfter(step('help'), 'today', everything)).toBe(step('help'));
  });
});

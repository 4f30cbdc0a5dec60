import { expect, it } from 'vitest';
import { mergeRegister, type RegisterGap } from '../../../src-shared/domain/registers/register-gap.ts';

const gap = (at: number): RegisterGap => ({ kind: 'skipped', register: null, number: null, at, reason: String(at) });
const row = (no: number) => ({ no });
const places = (merged: readonly ({ no: number } | RegisterGap)[]) => merged.map((one) => ('no' in one ? one.no : `gap ${one.at}`));

it('puts numbers without a dossier where they were passed over', () => {
  const merged = mergeRegister([row(10_000), row(30_000)], [gap(20), gap(40), gap(5)], { after: 0, isLast: true, noPerMs: 1_000 });
  expect(places(merged)).toEqual(['gap 5', 10_000, 'gap 20', 30_000, 'gap 40']);
});

it('shows each of them on exactly one page, however the pages are cut', () => {
  const all = [row(10_000), row(20_000), row(30_000), row(40_000)];
  const gaps = [gap(5), gap(20), gap(20), gap(25), gap(90)];
  for (let size = 1; size <= all.length; size += 1) {
    const shown: (string | number)[] = [];
    for (let from = 0, after = 0; from < all.length; from += size) {
      const rows = all.slice(from, from + size);
      shown.push(...places(mergeRegister(rows, gaps, { after, isLast: from + size >= all.length, noPerMs: 1_000 })));
      after = rows.at(-1)!.no;
    }
    expect(shown).toEqual(['gap 5', 10_000, 'gap 20', 'gap 20', 20_000, 'gap 25', 30_000, 40_000, 'gap 90']);
  }
});

it('is nothing but them where nothing was received', () => {
  expect(places(mergeRegister([], [gap(7)], { after: 0, isLast: true, noPerMs: 1_000 }))).toEqual(['gap 7']);
});

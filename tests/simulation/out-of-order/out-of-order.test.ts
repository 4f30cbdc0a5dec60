import { describe, expect, it } from 'vitest';
import { OUT_OF_ORDER } from './cases.ts';
import { everyOrder, hear, play } from './play.ts';

describe('logs heard in another order than things were done', () => {
  it.each(OUT_OF_ORDER)('$name', ({ done, heard, seen }) => {
    const first = play(done);
    expect(hear(first, heard)).toEqual(seen);
    const dossier = first.listener.dossier();
    expect(dossier!.missing).toEqual([]);
    for (const order of everyOrder(first)) {
      const again = play(done);
      hear(again, order);
      expect(again.listener.dossier(), order).toEqual(dossier);
    }
  });
});

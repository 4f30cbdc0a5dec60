import { describe, expect, it } from 'vitest';
import { Turns } from '../../../src-server/exchange/turns.ts';

describe('turns', () => {
  /** Work that ends when the test says so. */
  function works() {
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const work = (name: number) => () => {
      begun.push(name);
      return new Promise<number>((resolve) => ends.push(() => resolve(name)));
    };
    return { ends, begun, work };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('are taken some at a time, in the order in which they were asked for, also behind one that failed', async () => {
    const { ends, begun, work } = works();
    const turns = new Turns(() => 0);
    const answers = Array.from({ length: 9 }, (_, name) => turns.take(work(name)));
    const failing = turns.take(() => Promise.reject(new Error('cut')));
    const last = turns.take(work(10));
    await settled();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
    ends[3]!();
    await settled();
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const refused = expect(failing).rejects.toThrow('cut');
    for (let next = 0; next < 10; next += 1) {
      ends[next]?.();
      await settled();
    }
    await refused;
    for (const end of ends) end();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 9 }, (_, value) => ({ ok: true, value })));
    expect(await last).toEqual({ ok: true, value: 10 });
    expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10]);
  });

  it('tell whoever comes to come again while the first one waits too long, and nobody who waits already', async () => {
    const { ends, begun, work } = works();
    let nowMs = 0;
    const turns = new Turns(() => nowMs);
    const answers = Array.from({ length: 8 }, (_, name) => turns.take(work(name)));
    nowMs = 10_001;
    expect(await turns.take(work(8))).toEqual({ ok: false, error: 'busy' });
    for (let next = 0; next < 8; next += 1) {
      ends[next]!();
      await settled();
    }
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    const again = turns.take(work(8));
    ends.at(-1)!();
    expect(await again).toEqual({ ok: true, value: 8 });
    expect(begun).toHaveLength(9);
  });
});

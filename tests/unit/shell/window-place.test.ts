import { describe, expect, it } from 'vitest';
import { parseWindowPlace, placeToOpen, zoomAfter, type WindowPlace } from '../../../src-main/shell/window/window-place.ts';

const LAPTOP = { x: 0, y: 0, width: 1366, height: 728 };
const LARGE = { x: 0, y: 0, width: 1920, height: 1040 };
const place = (changes: Partial<WindowPlace> = {}): WindowPlace => ({ x: 100, y: 50, width: 1200, height: 700, isMaximized: false, zoomLevel: 0, ...changes });

describe('where the window opens', () => {
  it('is the middle of the screen at first, and all of a small one', () => {
    expect(placeToOpen(undefined, [LARGE])).toEqual({ x: 277, y: 136, width: 1366, height: 768, isMaximized: false, zoomLevel: 0 });
    expect(placeToOpen(undefined, [LAPTOP])).toMatchObject({ x: 0, y: 0, width: 1366, height: 728, isMaximized: true });
  });

  it('is where it stood, also on a second screen', () => {
    const kept = place({ x: 2_000, y: 10 });
    expect(placeToOpen(kept, [LAPTOP, { x: 1_366, y: 0, width: 1_920, height: 1_080 }])).toEqual(kept);
  });

  it.each([
    ['the screen is gone', place({ x: 2_000 })],
    ['it hangs over the edge by all but a finger', place({ x: 1_300 })],
    ['its bar is above the screen', place({ y: -200 })],
    ['its bar is below the screen', place({ y: 720 })],
  ])('is a first place again when %s, with the zoom kept', (_why, kept) => {
    expect(placeToOpen({ ...kept, zoomLevel: 1 }, [LAPTOP])).toMatchObject({ x: 0, y: 0, zoomLevel: 1 });
  });

  it('is never smaller than the screens can be used at', () => {
    expect(placeToOpen(place({ width: 200, height: 200 }), [LAPTOP])).toMatchObject({ width: 800, height: 560 });
  });
});

describe('the kept place', () => {
  it('is read as it was written', () => {
    expect(parseWindowPlace(JSON.stringify(place({ zoomLevel: 0.5 })))).toEqual(place({ zoomLevel: 0.5 }));
  });

  it.each([
    '', '{', 'null', '[]', '"x"', '{}', JSON.stringify({ ...place(), x: 'left' }), JSON.stringify({ ...place(), width: 1.5 }), JSON.stringify({ ...place(), height: 1e9 }),
    JSON.stringify({ ...place(), isMaximized: 1 }), JSON.stringify({ ...place(), zoomLevel: null }),
  ])('is ignored when it reads %j', (text) => {
    expect(parseWindowPlace(text)).toBeUndefined();
  });

  it('never zooms out of reason', () => {
    expect(parseWindowPlace(JSON.stringify(place({ zoomLevel: 99 })))?.zoomLevel).toBe(3);
    expect(parseWindowPlace(JSON.stringify(place({ zoomLevel: -99 })))?.zoomLevel).toBe(-1.5);
  });
});

describe('zooming', () => {
  const key = (name: string, changes = {}) => ({ type: 'keyDown', key: name, control: true, alt: false, meta: false, ...changes });

  it.each([['+', 1.5], ['=', 1.5], ['-', 0.5], ['_', 0.5], ['0', 0]])('by Ctrl and %s', (name, level) => {
    expect(zoomAfter(1, key(name))).toBe(level);
  });

  it('ends where text can still be used', () => {
    expect(zoomAfter(3, key('+'))).toBe(3);
    expect(zoomAfter(-1.5, key('-'))).toBe(-1.5);
  });

  it.each([key('+', { control: false }), key('+', { type: 'keyUp' }), key('+', { alt: true }), key('a')])('leaves %j to the page', (input) => {
    expect(zoomAfter(1, input)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { filterOptions, markMatches } from '../../../src-renderer/ui/fields/filter-options.ts';
import { comboOf, isKeptAway } from '../../../src-renderer/ui/keyboard/key-combo.ts';
import { activeKeys, barKeys, dropKeys, findKey, keyStore, paletteKeys, setKeys } from '../../../src-renderer/ui/keyboard/key-store.ts';

const PLAIN = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false };

describe('names of keys', () => {
  it('names keys as they stand on caps', () => {
    expect(comboOf({ ...PLAIN, key: 'F2', code: 'F2' })).toBe('F2');
    expect(comboOf({ ...PLAIN, key: 'F6', code: 'F6', shiftKey: true })).toBe('Shift+F6');
    expect(comboOf({ ...PLAIN, key: 'Escape', code: 'Escape' })).toBe('Esc');
    expect(comboOf({ ...PLAIN, key: 'k', code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K');
  });

  it('goes by the physical key where a typing tool changes the letter', () => {
    expect(comboOf({ ...PLAIN, key: 'ł', code: 'KeyL', altKey: true })).toBe('Alt+L');
    expect(comboOf({ ...PLAIN, key: '¡', code: 'Digit1', altKey: true })).toBe('Alt+1');
  });

  it.each(['F5', 'F11', 'F12', 'Ctrl+F5', 'Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+A', 'Ctrl+Shift', 'Alt+Z'])('keeps away from %s', (combo) => {
    expect(isKeptAway(combo)).toBe(true);
    expect(() => setKeys(Symbol('test'), 'screen', [{ combo, label: 'x', run: () => undefined }])).toThrow();
  });

  it.each(['F1', 'F2', 'F10', 'Ctrl+K', 'Alt+1', 'Shift+F6', 'Esc'])('may use %s', (combo) => {
    expect(isKeptAway(combo)).toBe(false);
  });
});

describe('the keys in force', () => {
  function setupKeys() {
    const ran: string[] = [];
    const key = (combo: string, name: string) => ({ combo, label: name, run: () => ran.push(name) });
    const app = Symbol('app');
    const screen = Symbol('screen');
    const overlay = Symbol('overlay');
    return { ran, key, app, screen, overlay, done: () => [app, screen, overlay].forEach(dropKeys) };
  }

  it('prefers the screen to the program whichever came first', () => {
    const { key, app, screen, done } = setupKeys();
    setKeys(screen, 'screen', [key('Esc', 'to the list')]);
    setKeys(app, 'app', [key('Esc', 'home'), key('F3', 'find')]);
    expect(findKey(keyStore.getState(), 'Esc')?.label).toBe('to the list');
    expect(findKey(keyStore.getState(), 'F3')?.label).toBe('find');
    dropKeys(screen);
    expect(findKey(keyStore.getState(), 'Esc')?.label).toBe('home');
    done();
  });

  it('hides everything below an overlay', () => {
    const { key, screen, overlay, done } = setupKeys();
    setKeys(screen, 'screen', [key('F10', 'save')]);
    setKeys(overlay, 'overlay', [key('Esc', 'close')]);
    expect(findKey(keyStore.getState(), 'F10')).toBeUndefined();
    expect(activeKeys(keyStore.getState()).map((binding) => binding.label)).toEqual(['close']);
    done();
  });

  it('runs F10 by Ctrl+S too', () => {
    const { key, screen, done } = setupKeys();
    setKeys(screen, 'screen', [key('F10', 'save')]);
    expect(findKey(keyStore.getState(), 'Ctrl+S')?.label).toBe('save');
    done();
  });

  it('lists only what works: no disabled key anywhere, no bare hint in the palette', () => {
    const { key, screen, done } = setupKeys();
    setKeys(screen, 'screen', [key('F9', 'print'), { ...key('F8', 'hand over'), disabledReason: 'not ready' }, { combo: 'F4', label: 'open list' }]);
    expect(barKeys(keyStore.getState()).map((binding) => binding.combo)).toEqual(['F9', 'F4']);
    expect(paletteKeys(keyStore.getState()).map((binding) => binding.combo)).toEqual(['F9']);
    expect(findKey(keyStore.getState(), 'F4')).toBeUndefined();
    done();
  });
});

describe('finding in a list', () => {
  const OPTIONS = [
    { id: 'dh', label: 'Bằng tốt nghiệp đại học' },
    { id: 'thpt', label: 'Bằng tốt nghiệp THPT' },
    { id: 'dat', label: 'Giấy chứng nhận quyền sử dụng đất', keywords: 'sổ đỏ' },
    { id: 'tn', label: 'Giấy tốt nghiệp tạm thời' },
  ];
  const find = (query: string) => filterOptions(OPTIONS, query).rows.map((option) => option.id);

  it('needs no diacritics, takes beginnings of words in any order, and knows other names', () => {
    expect(find('bang thpt')).toEqual(['thpt']);
    expect(find('THPT bằ')).toEqual(['thpt']);
    expect(find('dai hoc')).toEqual(['dh']);
    expect(find('so do')).toEqual(['dat']);
    expect(find('nghiep')).toEqual(['dh', 'thpt', 'tn']);
    expect(find('xyz')).toEqual([]);
    expect(find('')).toHaveLength(4);
  });

  it('puts labels that begin so first', () => {
    expect(find('tot')).toEqual(['dh', 'thpt', 'tn']);
    expect(find('giay t')).toEqual(['tn']);
    expect(find('giay')).toEqual(['dat', 'tn']);
  });

  it('shows at most fifty rows and says how many are left out', () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ id: String(index), label: `Thôn ${index}` }));
    const found = filterOptions(many, 'thon');
    expect(found.rows).toHaveLength(50);
    expect(found.leftOut).toBe(70);
  });

  it('marks what was typed, letter by letter, in the written word', () => {
    expect(markMatches('Đặng Thị Ộ', 'dan o')).toEqual([
      { text: 'Đặn', isMatch: true }, { text: 'g Thị ', isMatch: false }, { text: 'Ộ', isMatch: true },
    ]);
    expect(markMatches('Lò Mai', '')).toEqual([{ text: 'Lò Mai', isMatch: false }]);
  });
});

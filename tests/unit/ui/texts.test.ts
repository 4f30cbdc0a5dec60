import { afterEach, describe, expect, it } from 'vitest';
import { REACT_ARIA_VI } from '../../../src-renderer/ui/react-aria-vi.ts';
import { setFormOfAddress, t } from '../../../src-renderer/text/t.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { viConsole } from '../../../src-renderer/text/vi/console.ts';

/** ux.md §8. Whole words, so that "online" inside another word or "OK" in a code would not be meant. */
const FORBIDDEN = ['đồng bộ', 'ngoại tuyến', 'server', 'dữ liệu', 'xung đột', 'hợp lệ', 'null', 'vui lòng', 'OK', 'Hủy', 'offline', 'online', 'error'];
const FORBIDDEN_PATTERN = new RegExp(`(?<![\\p{L}\\p{M}])(${FORBIDDEN.join('|')})(?![\\p{L}\\p{M}])|!`, 'iu');

/** Of the desk, and of the upper tier's page. */
const EVERY_TEXT = { ...vi, console: viConsole };

function allTexts(node: unknown, path = 'vi'): readonly (readonly [string, string])[] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => allTexts(value, `${path}.${key}`));
}

describe('the text catalogue', () => {
  it('finds a forbidden word wherever it stands', () => {
    expect('Đang ĐỒNG BỘ hồ sơ').toMatch(FORBIDDEN_PATTERN);
    expect('Số không hợp lệ.').toMatch(FORBIDDEN_PATTERN);
    expect('Đã lưu!').toMatch(FORBIDDEN_PATTERN);
    expect('Bấm OK').toMatch(FORBIDDEN_PATTERN);
    expect('Nơi nộp').not.toMatch(FORBIDDEN_PATTERN);
  });

  it.each(allTexts(EVERY_TEXT))('%s holds no forbidden word', (_path, text) => {
    expect(text.normalize('NFC')).not.toMatch(FORBIDDEN_PATTERN);
  });

  it('is written in composed letters, so that it can be searched and compared', () => {
    expect(allTexts(EVERY_TEXT).filter(([, text]) => text !== text.normalize('NFC'))).toEqual([]);
  });

  it('keeps every sentence within 20 words', () => {
    const long = allTexts(EVERY_TEXT).filter(([, text]) => text.split(/[.:;?]\s/).some((sentence) => sentence.split(/\s+/).length > 20));
    expect(long).toEqual([]);
  });
});

describe('filling in a text', () => {
  afterEach(() => setFormOfAddress('anh/chị'));

  it('writes numbers the Vietnamese way and leaves strings alone', () => {
    expect(t('Còn {count} hồ sơ của {name}.', { count: 1846, name: 'Lò Thị Mai' })).toBe('Còn 1.846 hồ sơ của Lò Thị Mai.');
  });

  it('addresses the officer as the profile says, also at the beginning of a sentence', () => {
    expect(t('{Xưng} xem lại giúp, {xưng} nhé')).toBe('Anh/chị xem lại giúp, anh/chị nhé');
    setFormOfAddress('đồng chí');
    expect(t('{Xưng} xem lại giúp, {xưng} nhé')).toBe('Đồng chí xem lại giúp, đồng chí nhé');
  });

  it('does not fill in what a parameter itself contains', () => {
    expect(t('Không thấy “{typed}”.', { typed: '{xưng}' })).toBe('Không thấy “{xưng}”.');
  });
});

describe('the hidden texts of the controls', () => {
  const library: Readonly<Record<string, string>> = { components: 'react-aria-components/dist/private/intl' };

  it.each(Object.keys(REACT_ARIA_VI))('has every text of the group %s and no other', async (group) => {
    const folder = library[group] ?? (group.startsWith('stately-') ? `react-stately/dist/private/intl/${group.slice(8)}` : `react-aria/dist/private/intl/${group}`);
    const file = new URL(`../../../node_modules/${folder}/en-US.mjs`, import.meta.url).href;
    const english = (await import(/* @vite-ignore */ file)) as { readonly default: object };
    expect(Object.keys(REACT_ARIA_VI[group] ?? {}).sort()).toEqual(Object.keys(english.default).sort());
  });
});

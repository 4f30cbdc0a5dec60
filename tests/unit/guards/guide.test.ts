import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vi } from '../../../src-renderer/text/vi.ts';
import { guidePages, keptPictures, namedKeys, picturesOf, PICTURES_FOLDER, quotedWords } from '../../helpers/guide.ts';

const ROOT = join(import.meta.dirname, '../../..');
const pages = guidePages();

/** Texts that stand on the screen as they are; those with parameters cannot be quoted. */
function plainTexts(node: unknown): readonly string[] {
  if (typeof node === 'string') return node.includes('{') ? [] : [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(plainTexts) : [];
}

/** Keys of fields and lists, which no button names. */
const KEYS_OF_FIELDS = ['Enter', 'Shift+Enter', 'Alt+Enter', 'Space', 'F4', 'F6', '↑', '↓', 'Ctrl+C', 'Ctrl+V', ...'123456789'];

function keysOfScreens(): ReadonlySet<string> {
  const sources = globSync('src-renderer/**/*.{ts,tsx}', { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  return new Set([...KEYS_OF_FIELDS, ...sources.flatMap((source) => [...source.matchAll(/\bcombo(?:=|: )["'{`]*([A-Z][A-Za-z0-9+]*)["'`]/g)].map(([, combo = '']) => combo))]);
}

describe('the user guide', () => {
  const texts = new Set(plainTexts(vi));
  const keys = keysOfScreens();
  const contents = pages.find(({ name }) => name === 'README.md')!;

  it.each(pages)('$name quotes only words that stand on a screen', ({ text }) => {
    expect(quotedWords(text).filter((words) => !texts.has(words))).toEqual([]);
  });

  it.each(pages)('$name names only keys that do something', ({ text }) => {
    expect(namedKeys(text).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('notices words and keys that are not there', () => {
    const text = 'Bấm **Lưu vào kho**, rồi `F5`, rồi **Tiếp nhận** bằng `F2`.';
    expect(quotedWords(text).filter((words) => !texts.has(words))).toEqual(['Lưu vào kho']);
    expect(namedKeys(text).filter((key) => !keys.has(key))).toEqual(['F5']);
  });

  it('lists every page in its contents', () => {
    expect(pages.filter(({ name }) => name !== 'README.md' && !contents.text.includes(`](${name})`))).toEqual([]);
  });

  it.each(pages)('$name uses no word that clerks do not', ({ text }) => {
    expect(text.normalize('NFC')).not.toMatch(/(?<![\p{L}\p{M}])(đồng bộ|ngoại tuyến|server|dữ liệu|xung đột|hợp lệ|vui lòng|offline|online|click)(?![\p{L}\p{M}])/iu);
    expect(text).toBe(text.normalize('NFC'));
  });

  it('shows the pictures that the walk makes, all of them, and keeps no other', () => {
    const shown = pages.flatMap(({ text }) => picturesOf(text)).sort();
    const walk = readFileSync(join(ROOT, 'tests/e2e/guide.test.ts'), 'utf8');
    const made = [...walk.matchAll(/takeGuidePicture\(\w+, '([\w-]+)'/g)].map(([, name = '']) => name).sort();
    expect(made).toEqual(shown);
    expect(keptPictures()).toEqual(shown);
  });

  it('stays small enough for a slow line and a USB stick', () => {
    const bytes = keptPictures().reduce((sum, name) => sum + statSync(join(PICTURES_FOLDER, `${name}.png`)).size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(3_000_000);
  });
});

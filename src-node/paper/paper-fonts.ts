/**
 * The font of every printed form as CSS text with the font files inside it (data: addresses), so that a paper needs no
 * other file, no network and no font installed on the machine. Pure forms get this text as a parameter.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Weights 400 and 700 are separate files: with 400 alone the bold would be drawn by smearing, and not as text. */
const FACES = [
  { weight: 400, style: 'normal' },
  { weight: 700, style: 'normal' },
  { weight: 400, style: 'italic' },
] as const;

const SUBSETS = ['latin', 'latin-ext', 'vietnamese'] as const;

let cssOnce: Promise<string> | undefined;

/** The `@font-face` rules of Be Vietnam Pro 400, 700 and 400 italic (about 190 KB). Read from disk once per process. */
export function paperFontCss(): Promise<string> {
  cssOnce ??= readFontCss();
  return cssOnce;
}

async function readFontCss(): Promise<string> {
  const require = createRequire(import.meta.url);
  const rangeBySubset = JSON.parse(
    await readFile(require.resolve('@fontsource/be-vietnam-pro/unicode.json'), 'utf8'),
  ) as Readonly<Record<string, string>>;
  const rules = FACES.flatMap(({ weight, style }) =>
    SUBSETS.map(async (subset) => {
      const file = require.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-${style}.woff2`);
      const base64 = (await readFile(file)).toString('base64');
      const range = rangeBySubset[subset] ?? '';
      return `@font-face{font-family:'Be Vietnam Pro';font-weight:${weight};font-style:${style};font-display:block;src:url(data:font/woff2;base64,${base64}) format('woff2');unicode-range:${range}}`;
    }),
  );
  return (await Promise.all(rules)).join('\n');
}

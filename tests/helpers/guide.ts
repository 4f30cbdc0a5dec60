import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The user guide in Vietnamese: what its pages promise about the screens. Words in bold stand on a screen, words in code are keys. */
const GUIDE_FOLDER = join(import.meta.dirname, '../../docs/vi');
export const PICTURES_FOLDER = join(GUIDE_FOLDER, 'hinh');

export interface GuidePage {
  readonly name: string;
  readonly text: string;
}

export function guidePages(): readonly GuidePage[] {
  return globSync('*.md', { cwd: GUIDE_FOLDER }).sort().map((name) => ({ name, text: readFileSync(join(GUIDE_FOLDER, name), 'utf8') }));
}

/** The pictures that a page shows, without folder and ending. */
export function picturesOf(text: string): readonly string[] {
  return [...text.matchAll(/!\[[^\]]+\]\(hinh\/([\w-]+)\.png\)/g)].map(([, name = '']) => name);
}

export function quotedWords(text: string): readonly string[] {
  return [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = '']) => words);
}

export function namedKeys(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key);
}

/** The pictures that lie in the folder, without ending. */
export function keptPictures(): readonly string[] {
  return globSync('*', { cwd: PICTURES_FOLDER }).map((name) => basename(name, '.png')).sort();
}

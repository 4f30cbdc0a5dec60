import { readFileSync } from 'node:fs';
import path from 'node:path';

export const PROGRAM_DIR = path.join(import.meta.dirname, '../../..');

/** No honest clock is earlier than the day this version was made; raised with each release. */
export const PROGRAM_BUILT_AT_MS = Date.parse('2026-11-21T00:00:00+07:00');

export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(PROGRAM_DIR, 'package.json'), 'utf8')) as { version: string };
  return version;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ShippedPack } from '../desk/set-up-desk.ts';
import { PROGRAM_DIR } from './program-info.ts';

/** The packs that come with the program, for a first set-up. Read only then. */
export function readShippedPacks(): ShippedPack[] {
  return [read('catalogue', 'catalogue-2026.json'), read('calendar', 'calendar-2024-2026.json')];
}

function read(pack: ShippedPack['pack'], file: string): ShippedPack {
  const text = readFileSync(path.join(PROGRAM_DIR, 'src-shared', 'packs', file), 'utf8').normalize('NFC');
  const { id, version } = JSON.parse(text) as { id: string; version: string | number };
  return { pack, id, version: String(version), text };
}

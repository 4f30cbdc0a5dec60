import { hash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOffice, type MadeOffice } from './make-office.ts';

/** A made office in a folder of its own. */
export interface CachedOffice extends MadeOffice {
  readonly folder: string;
}

const ROOT = path.join(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, 'out/bench');
let copies = 0;

/** The office of so many dossiers, made on the first call. Whoever only reads may open it where it lies. */
export async function officeOf(rows: number, tell: (line: string) => void): Promise<CachedOffice> {
  const folder = path.join(CACHE, `office-${rows}`);
  const note = path.join(folder, 'office.json');
  const format = formatHash();
  const known = existsSync(note) ? (JSON.parse(readFileSync(note, 'utf8')) as MadeOffice & { readonly format: string }) : undefined;
  if (known?.format === format) return { ...known, folder };
  const begun = performance.now();
  tell(`making an office of ${rows} dossiers`);
  const made = await makeOffice(folder, rows, tell);
  tell(`made in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  writeFileSync(note, JSON.stringify({ ...made, format }));
  return { ...made, folder };
}

/** A copy to write in; the cached one stays as it was made. As a copied folder it goes on as a new device, as the product does. */
export function copyOffice(office: CachedOffice): CachedOffice & { remove(): void } {
  copies += 1;
  const folder = path.join(CACHE, `copy-${process.pid}-${copies}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(office.folder, folder, { recursive: true });
  return { ...office, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What decides about the content; the rest of this folder only opens it. */
const MAKERS = ['make-office', 'write-dossiers', 'sample-dossiers', 'receptions', 'notes', 'people', 'seeded-chance'].map((name) => `bench/office/${name}.ts`);

/** An office made by other tables or another maker is no longer the one that is asked for. */
function formatHash(): string {
  const files = [...globSync('migrations/desk/*.sql', { cwd: ROOT }).sort(), ...MAKERS];
  return hash('sha256', files.map((file) => readFileSync(path.join(ROOT, file), 'utf8')).join('\n'));
}

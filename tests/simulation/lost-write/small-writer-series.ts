/** Kills the small writer again and again under the layer and counts what it had acknowledged and lost. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { Chance } from '../seeded-chance.ts';
import { layerEnvironment } from './lost-write-layer.ts';

export const SMALL_KEY = Buffer.alloc(32, 7);

export interface SmallOutcome {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
}

export async function runSmallWriter(options: { readonly library: string; readonly synchronous: 'FULL' | 'NORMAL'; readonly kills: number; readonly chance: Chance }): Promise<SmallOutcome> {
  let acknowledged = 0;
  let lost = 0;
  for (let kill = 0; kill < options.kills; kill += 1) {
    const folder = mkdtempSync(path.join(tmpdir(), 'motcua-small-'));
    const file = path.join(folder, 'small.db');
    const told = await writeUntilKilled({ ...options, folder, file, rows: options.chance.between(1, 700) });
    acknowledged += told;
    lost += Math.max(0, told - countRows(file));
    rmSync(folder, { recursive: true, force: true });
  }
  return { kills: options.kills, acknowledged, lost };
}

interface Writing {
  readonly library: string;
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly folder: string;
  readonly file: string;
  readonly rows: number;
}

/** The last number that the writer said. */
function writeUntilKilled({ library, synchronous, folder, file, rows }: Writing): Promise<number> {
  const program = path.join(import.meta.dirname, 'small-writer-run.ts');
  const child = spawn(process.execPath, [program, file, synchronous], {
    env: { ...process.env, ...layerEnvironment(library, { dirs: [folder] }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  return new Promise((resolve) => {
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      said += text;
      if (lastWhole(said) >= rows) child.kill('SIGKILL');
    });
    child.once('close', (_code, signal) => {
      assert(signal === 'SIGKILL', 'the small writer ends by being killed');
      resolve(lastWhole(said));
    });
  });
}

function lastWhole(said: string): number {
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) ?? 0);
}

function countRows(file: string): number {
  const opened = openDatabase({ file, key: SMALL_KEY, mode: 'write' });
  // A first commit that was forgotten leaves an empty file: everything in it is lost.
  if (!opened.ok) return 0;
  const hasTable = opened.value.value<number>("SELECT count(*) FROM sqlite_schema WHERE name = 'written'") === 1;
  const rows = hasTable ? (opened.value.value<number>('SELECT count(*) FROM written') ?? 0) : 0;
  closeDatabase(opened.value);
  return rows;
}

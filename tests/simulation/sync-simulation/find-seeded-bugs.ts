import { spawn } from 'node:child_process';
import path from 'node:path';
import { SEEDED_BUGS } from './seeded-bugs.ts';

export interface BugHunt {
  readonly runs: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Every seeded bug, each in a process of its own that is loaded with it; false when one was not found in so many runs. */
export async function findSeededBugs({ runs, seed, say }: BugHunt): Promise<boolean> {
  let isEachFound = true;
  for (const { name } of SEEDED_BUGS) {
    const begunMs = performance.now();
    const { isFound, lines } = await simulateWith(name, runs, seed);
    isEachFound &&= isFound;
    const found = /"seed": (\d+)/.exec(lines)?.[1];
    const finding = /"findings": \[\s*"([^"]{0,200})/.exec(lines)?.[1];
    say(JSON.stringify({ bug: name, isFound, seed: found === undefined ? null : Number(found), finding, seconds: Math.round((performance.now() - begunMs) / 1_000) }));
  }
  return isEachFound;
}

/** Found: the run ended with a finding, and not by a fault of its own. */
export async function simulateWith(bug: string | undefined, runs: number, seed: number): Promise<{ readonly isFound: boolean; readonly lines: string }> {
  const args = ['--max-semi-space-size=32', path.join(import.meta.dirname, 'simulate-run.ts'), '--runs', String(runs), '--seed', String(seed), '--no-shrink', ...(bug === undefined ? [] : ['--bug', bug])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let lines = '';
  child.stdout.on('data', (part: Buffer) => (lines += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (lines += part.toString('utf8')));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { isFound: code === 1 && lines.includes('"findings"'), lines };
}

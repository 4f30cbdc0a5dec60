/**
 * Stands for `src-main/core/platform/worker-parts.ts` in a simulation: the same parts, made in this process, each in a turn of its
 * own. A process of the machine's would answer when the machine likes, and not when the seed says.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

type Make = (task: object) => Generator<unknown, undefined>;
let makeParts: Make | undefined;

export function serveParts(make: Make): void {
  makeParts = make;
}

export async function* readParts(_file: string, task: object): AsyncGenerator<unknown, undefined> {
  if (!makeParts) throw new Error('no program for parts was loaded');
  const parts = makeParts(task);
  try {
    for (const part of parts) {
      await nextTurn();
      yield structuredClone(part);
    }
  } finally {
    parts.return(undefined);
  }
}

export async function readAnswer(): Promise<never> {
  throw new Error('a simulation does no such work');
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BOMBS } from '../../simulation/fuzz/frame-bombs.ts';

/** Enough for everything that a frame may hold; each of these frames took several times as much. */
const HEAP_MB = 192;
let child: ChildProcess;
afterEach(() => void child.kill('SIGKILL'));

describe('a frame that would become very large', () => {
  it.each(BOMBS.map(({ name, codec }, index) => ({ name, codec, index })))('is refused in bounded memory: $name as $codec', async ({ index }) => {
    child = fork(path.join(import.meta.dirname, '../../simulation/fuzz/bounded-decode-run.ts'), { execArgv: [`--max-old-space-size=${HEAP_MB}`], stdio: 'ignore' });
    const died = once(child, 'exit').then(() => ({ code: 'out of memory' }));
    child.send(index);
    const told = await Promise.race([once(child, 'message').then(([message]) => message as { readonly code: string }), died]);
    expect(told.code).toMatch(/^frame\.(malformed|tooLarge|otherDictionary)$/);
  });
});

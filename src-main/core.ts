import { mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { stateFolderOf } from '../src-shared/lib/state-folder.ts';

/**
 * Entry of the headless core. Compiled code is kept from start to start, since compiling takes half of one; it lies with
 * this machine's own state, where no other user can put code of theirs.
 */
function keepCompiledCode(): void {
  const folder = path.join(stateFolderOf({ platform: process.platform, environment: process.env, homeFolder: homedir() }, path), 'compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // Starting is slower without; whether the folder can be worked in is judged where its state is needed.
    return;
  }
  // Set already where one was named to Node itself; the processes that long work is given to find it there too.
  process.env['NODE_COMPILE_CACHE'] ??= folder;
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
}

keepCompiledCode();
// Loaded only now: what is imported above the line that keeps compiled code is compiled at every start.
const { runCore } = await import('./run-core.ts');
process.exitCode = await runCore(process.argv.slice(2));

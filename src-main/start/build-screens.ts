import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');

interface Built {
  /** Beside what was built: of which sources. */
  readonly stamp: string;
  readonly sources: readonly string[];
  readonly command: readonly string[];
}

const BUILT: readonly Built[] = [
  {
    stamp: 'out/renderer/.built',
    sources: ['src-renderer/**/*', 'src-shared/**/*', 'package-lock.json'],
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'src-renderer/vite.config.ts', '--logLevel', 'warn'],
  },
  { stamp: 'out/shell/.built', sources: ['src-main/shell.ts', 'src-main/shell/**/*', 'src-shared/{contract,lib}/**/*', 'package-lock.json'], command: ['src-main/start/build-shell.ts'] },
];

/** Builds screens and shell unless they are built from what is there now. A packaged program has them and no sources. */
export async function buildScreens(tell: (line: string) => void): Promise<boolean> {
  let isTold = false;
  for (const { stamp, sources, command } of BUILT) {
    const file = path.join(PROGRAM_DIR, stamp);
    const now = sourceStamp(sources);
    if (existsSync(file) && readFileSync(file, 'utf8') === now) continue;
    if (!isTold) tell('Đang dựng màn hình, chừng vài giây…');
    isTold = true;
    if ((await run(command)) !== 0) return false;
    writeFileSync(file, now);
  }
  return true;
}

/** Newest change and number of files of everything it is made of. */
function sourceStamp(sources: readonly string[]): string {
  const files = globSync([...sources], { cwd: PROGRAM_DIR });
  const newest = Math.max(...files.map((file) => statSync(path.join(PROGRAM_DIR, file)).mtimeMs));
  return `${files.length} ${newest}`;
}

function run(command: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, command, { cwd: PROGRAM_DIR, stdio: ['ignore', 2, 2] });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

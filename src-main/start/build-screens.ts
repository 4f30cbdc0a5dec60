import { spawn } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');
const STAMP_FILE = path.join(PROGRAM_DIR, 'out', 'renderer', '.built');

/** Builds the screens unless they are built from what is there now. A packaged program has them and no sources. */
export async function buildScreens(tell: (line: string) => void): Promise<boolean> {
  const stamp = sourceStamp();
  if (existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === stamp) return true;
  tell('Đang dựng màn hình, chừng vài giây…');
  const code = await runVite();
  if (code === 0) writeFileSync(STAMP_FILE, stamp);
  return code === 0;
}

/** Newest change and number of files of everything the screens are made of. */
function sourceStamp(): string {
  const files = globSync(['src-renderer/**/*', 'src-shared/**/*', 'package-lock.json'], { cwd: PROGRAM_DIR });
  const newest = Math.max(...files.map((file) => statSync(path.join(PROGRAM_DIR, file)).mtimeMs));
  return `${files.length} ${newest}`;
}

function runVite(): Promise<number> {
  const vite = path.join(PROGRAM_DIR, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--config', 'src-renderer/vite.config.ts', '--logLevel', 'warn'], { cwd: PROGRAM_DIR, stdio: ['ignore', 2, 2] });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

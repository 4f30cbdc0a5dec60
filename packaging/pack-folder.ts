import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildScreens } from '../src-main/start/build-screens.ts';
import { electronDist } from './electron-dist.ts';

const ROOT = path.join(import.meta.dirname, '..');
const OUT_DIR = path.join(ROOT, 'out/dist');

export interface PackedProgram {
  /** What an installer would put on an officer's PC. */
  readonly folder: string;
  readonly executable: string;
  readonly resources: string;
  /** The runtime alone, which it was packed around. */
  readonly electronDist: string;
  /** Why it cannot be started, where it was packed around a stand-in. */
  readonly standIn: string | undefined;
}

/** Packs the program as a folder for this system, without a network; progress goes to standard error. Undefined when building or packing failed; the tools have said why. */
export async function packFolder(): Promise<PackedProgram | undefined> {
  if (!(await buildScreens((line) => void process.stderr.write(`${line}\n`)))) return undefined;
  const isWindows = process.platform === 'win32';
  const dist = electronDist(ROOT, path.join(ROOT, 'out/pack'));
  rmSync(OUT_DIR, { recursive: true, force: true });
  const words = [path.join(ROOT, 'node_modules/electron-builder/cli.js'), isWindows ? '--win' : '--linux', '--dir', '--publish', 'never', `-c.electronDist=${dist.folder}`];
  // A stand-in is no Windows program that could be given an icon and the archive's hash.
  if (isWindows && dist.standIn !== undefined) words.push('-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true');
  if (spawnSync(process.execPath, words, { cwd: ROOT, stdio: ['ignore', process.stderr, process.stderr] }).status !== 0) return undefined;
  const folder = path.join(OUT_DIR, isWindows ? 'win-unpacked' : 'linux-unpacked');
  return { folder, executable: path.join(folder, isWindows ? 'motcua.exe' : 'motcua'), resources: path.join(folder, 'resources'), electronDist: dist.folder, standIn: dist.standIn };
}

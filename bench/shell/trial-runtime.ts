import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findElectron, type ElectronRuntime } from '../../src-main/start/electron-runtime.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

const PROGRAM_DIR = path.join(import.meta.dirname, '../..');
/** Gives developers a runtime where the official download cannot be reached; not part of this repository. */
const TOOL = path.join(PROGRAM_DIR, '../shared/tools/electron-runtime.sh');

/** An Electron to try this program, or another one, with: the one of this machine, else one that the developers' tool makes. */
export function trialRuntime(applicationDir: string, runDir: string): Result<ElectronRuntime, string> {
  const own = findElectron({ platform: process.platform, environment: process.env, programDir: applicationDir });
  if (own.ok) return own;
  const installed = findElectron({ platform: process.platform, environment: process.env, programDir: PROGRAM_DIR });
  // The dist folder of the package runs any application that it is told.
  if (installed.ok && installed.value.args.length > 0) return ok({ executable: installed.value.executable, args: [applicationDir] });
  if (process.platform !== 'linux' || !existsSync(TOOL)) return err(`no Electron: ${own.error}; no ${path.relative(PROGRAM_DIR, TOOL)}`);
  const made = spawnSync('bash', [TOOL, applicationDir, runDir], { encoding: 'utf8', timeout: 180_000 });
  const executable = made.stdout.trim().split('\n').at(-1) ?? '';
  return made.status === 0 && existsSync(executable) ? ok({ executable, args: [] }) : err(`no Electron: the developers' tool failed: ${made.stderr.trim().split('\n').at(-1) ?? ''}`);
}

/** How to run a command that opens windows: as it is where there is a display, else on a virtual one. */
export function displayCommand(): Result<readonly string[], string> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return ok([]);
  const hasVirtual = spawnSync('xvfb-run', ['--help'], { stdio: 'ignore' }).status === 0;
  return hasVirtual ? ok(['xvfb-run', '-a', '-s', '-screen 0 1366x768x24']) : err('no display and no xvfb-run');
}

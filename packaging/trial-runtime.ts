import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { findElectron, type ElectronRuntime } from '../src-main/start/electron-runtime.ts';
import { err, ok, type Result } from '../src-shared/lib/result.ts';

const PROGRAM_DIR = path.join(import.meta.dirname, '..');
/** Gives developers a runtime where the official download cannot be reached; not part of this repository. */
const TOOL = path.join(PROGRAM_DIR, '../shared/tools/electron-runtime.sh');

/**
 * An Electron to try an application with: the one of this machine, else one that the developers' tool makes in `runDir`.
 * Otherwise why there is none.
 */
export function trialRuntime(applicationDir: string, runDir: string): Result<ElectronRuntime, string> {
  const find = (programDir: string) => findElectron({ platform: process.platform, environment: process.env, programDir });
  const own = find(applicationDir);
  if (own.ok) return own;
  const installed = find(PROGRAM_DIR);
  if (installed.ok) return installed.value.args.length > 0 ? ok({ executable: installed.value.executable, args: [applicationDir] }) : ok(rehouse(installed.value.executable, applicationDir, runDir));
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) return err('ELECTRON_OVERRIDE_DIST_PATH names no folder with an Electron for this program');
  if (process.platform !== 'linux' || !existsSync(TOOL)) return err(`no Electron in node_modules/electron/dist, none by ELECTRON_OVERRIDE_DIST_PATH, and no ${path.relative(PROGRAM_DIR, TOOL)}`);
  const made = spawnSync('bash', [TOOL, applicationDir, runDir], { encoding: 'utf8', timeout: 180_000 });
  const executable = made.stdout.trim().split('\n').at(-1) ?? '';
  return made.status === 0 && existsSync(executable) ? ok({ executable, args: [] }) : err(`the developers' tool gave no Electron: ${made.stderr.trim().split('\n').at(-1) ?? ''}`);
}

/** The same runtime around another application: it finds its own beside its real file, so that one is copied. */
function rehouse(executable: string, applicationDir: string, runDir: string): ElectronRuntime {
  const from = path.dirname(executable);
  rmSync(runDir, { recursive: true, force: true });
  mkdirSync(path.join(runDir, 'resources'), { recursive: true });
  for (const name of readdirSync(from)) if (name !== 'resources' && name !== path.basename(executable)) symlinkSync(path.join(from, name), path.join(runDir, name));
  cpSync(executable, path.join(runDir, path.basename(executable)));
  symlinkSync(applicationDir, path.join(runDir, 'resources', 'app'));
  return { executable: path.join(runDir, path.basename(executable)), args: [] };
}

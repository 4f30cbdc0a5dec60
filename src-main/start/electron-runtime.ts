import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

/** A real Electron with what it must be told to run this program. */
export interface ElectronRuntime {
  readonly executable: string;
  readonly args: readonly string[];
}

export interface ElectronSources {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly programDir: string;
}

/**
 * The Electron of this machine: the folder that ELECTRON_OVERRIDE_DIST_PATH names, else what the package `electron` has
 * unpacked. Only looked for: asking that package would make it download. Otherwise why there is none, in a sentence.
 */
export function findElectron({ platform, environment, programDir }: ElectronSources): Result<ElectronRuntime, string> {
  const chosen = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen !== undefined && chosen !== '') {
    return electronIn(path.resolve(chosen), platform, programDir) ?? err(`ELECTRON_OVERRIDE_DIST_PATH (${chosen}) không có Electron chạy được chương trình này`);
  }
  return electronIn(path.join(programDir, 'node_modules', 'electron', 'dist'), platform, programDir) ?? err('chưa có Electron trên máy này');
}

function electronIn(folder: string, platform: NodeJS.Platform, programDir: string): Result<ElectronRuntime, string> | undefined {
  const executable = path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
  if (!existsSync(executable)) return undefined;
  const resources = path.join(folder, 'resources');
  if (existsSync(path.join(resources, 'default_app.asar'))) return ok({ executable, args: [programDir] });
  // A runtime with an application of its own runs that and nothing else, so it must be this one.
  const own = path.join(resources, 'app');
  return existsSync(own) && realpathSync(own) === realpathSync(programDir) ? ok({ executable, args: [] }) : undefined;
}

/** Why a window cannot be shown here although there is an Electron; undefined when it can. */
export function displayObstacle(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (platform !== 'linux') return undefined;
  return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? undefined : 'máy này không có màn hình đồ họa';
}

/** Chromium's sandbox does not work for root, and Electron then refuses to start without this word. */
export function rootArguments(platform: NodeJS.Platform, userId: number | undefined): readonly string[] {
  return platform === 'linux' && userId === 0 ? ['--no-sandbox'] : [];
}

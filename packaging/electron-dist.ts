import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trialRuntime } from './trial-runtime.ts';

/** An Electron as electron-builder wants it: the runtime alone, in a folder of real files. */
export interface ElectronDist {
  readonly folder: string;
  /** Why the packed program cannot be started: what stands there is no Electron. Undefined around a real one. */
  readonly standIn: string | undefined;
}

/**
 * The Electron of this machine to pack around, or a stand-in that has what packing looks at and cannot start. A network
 * is never asked for one.
 */
export function electronDist(root: string, outDir: string): ElectronDist {
  const folder = path.join(outDir, 'electron');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const runtime = trialRuntime(root, path.join(outDir, 'electron-runtime'));
  if (runtime.ok) copyRuntime(path.dirname(runtime.value.executable), folder);
  else writeStandIn(folder);
  return { folder, standIn: runtime.ok ? undefined : runtime.error };
}

/** Without the runtime's own or another application, which `resources` holds. */
function copyRuntime(from: string, folder: string): void {
  // By hand, because copying a folder keeps the links within it, which lead out of the package.
  for (const name of readdirSync(from).filter((entry) => entry !== 'resources').flatMap((entry) => filesBelow(from, entry))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    copyFileSync(path.join(from, name), path.join(folder, name));
  }
  mkdirSync(path.join(folder, 'resources'));
}

function filesBelow(from: string, entry: string): readonly string[] {
  if (!statSync(path.join(from, entry)).isDirectory()) return [entry];
  return readdirSync(path.join(from, entry)).flatMap((name) => filesBelow(from, path.join(entry, name)));
}

/** How Electron marks its fuses within the executable, then the wire's version, its length, and all fuses as they are delivered. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const DELIVERED_FUSES = '101100010';

function writeStandIn(folder: string): void {
  const wire = Buffer.concat([Buffer.from(FUSE_MARK), Buffer.from([1, DELIVERED_FUSES.length]), Buffer.from(DELIVERED_FUSES)]);
  writeFileSync(path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron'), Buffer.concat([Buffer.from('no Electron, only its fuses\n'), wire, Buffer.alloc(64)]), { mode: 0o755 });
  for (const name of ['chrome_100_percent.pak', 'resources.pak', 'LICENSE', 'LICENSES.chromium.html', 'version']) writeFileSync(path.join(folder, name), 'stand-in\n');
  mkdirSync(path.join(folder, 'locales'));
  for (const language of ['vi', 'en-US', 'de']) writeFileSync(path.join(folder, 'locales', `${language}.pak`), 'stand-in\n');
  mkdirSync(path.join(folder, 'resources'));
}

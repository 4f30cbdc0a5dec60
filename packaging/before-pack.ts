import { Arch } from 'electron-builder';
import path from 'node:path';
import { stageCore } from './stage-core.ts';

const ROOT = path.join(import.meta.dirname, '..');
/** As electron-builder.yml names it. */
const STAGE_DIR = path.join(ROOT, 'out/package');

/** electron-builder calls this before it packs for each system; its own type of the argument is not exported. */
export async function beforePack({ electronPlatformName, arch }: { readonly electronPlatformName: string; readonly arch: Arch }): Promise<void> {
  if ((electronPlatformName !== 'linux' && electronPlatformName !== 'win32') || arch !== Arch.x64) throw new Error(`no core for ${electronPlatformName} ${Arch[arch]}: the program ships for Windows x64 and Linux x64`);
  await stageCore({ root: ROOT, platform: electronPlatformName, stageDir: STAGE_DIR });
}

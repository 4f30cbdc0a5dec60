import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

export interface SocketAddressSources {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly temporaryFolder: string;
}

/**
 * A new place for the core's socket. On Windows a pipe with a name that cannot be guessed; elsewhere a file in a folder that
 * nobody else may enter. It lies in the machine's folder for such files, because a path of a socket holds 107 bytes at most
 * and a data folder may lie deep.
 */
export function newSocketAddress({ platform, environment, temporaryFolder }: SocketAddressSources): string {
  if (platform === 'win32') return `\\\\.\\pipe\\motcua-${randomBytes(16).toString('hex')}`;
  const runtime = environment['XDG_RUNTIME_DIR'];
  const base = runtime !== undefined && path.isAbsolute(runtime) && runtime.length <= SHORT_BYTES ? runtime : temporaryFolder;
  const folder = makeFolder(base) ?? mkdtempSync(path.join(temporaryFolder, PREFIX));
  chmodSync(folder, 0o700);
  return path.join(folder, FILE_NAME);
}

/** Removes a socket with its folder. A path that was not made here is left alone. */
export function removeSocketAddress(address: string): void {
  const folder = path.dirname(address);
  if (path.basename(address) === FILE_NAME && path.basename(folder).startsWith(PREFIX)) rmSync(folder, { recursive: true, force: true });
}

const PREFIX = 'motcua-';
const FILE_NAME = 'core.sock';
const SHORT_BYTES = 60;

/** Undefined where the session's folder is gone or not writable: the general one serves as well. */
function makeFolder(base: string): string | undefined {
  try {
    return mkdtempSync(path.join(base, PREFIX));
  } catch {
    return undefined;
  }
}

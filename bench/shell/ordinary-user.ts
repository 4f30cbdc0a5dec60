import { chmodSync, cpSync, lchownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Chromium's sandbox refuses root, and an officer is not root. 65534 is nobody on every Linux. */
export const ORDINARY_USER: { readonly uid?: number; readonly gid?: number } = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

export interface UserHome {
  readonly folder: string;
  remove(): void;
}

/** A home of the ordinary user's own, with a copy of what lies in `from`, if anything. */
export function makeUserHome(from?: string): UserHome {
  const above = mkdtempSync(path.join(tmpdir(), 'motcua-user-'));
  chmodSync(above, 0o755);
  const folder = path.join(above, 'home');
  mkdirSync(folder, { mode: 0o700 });
  if (from !== undefined) cpSync(from, folder, { recursive: true });
  giveToUser(folder);
  return { folder, remove: () => rmSync(above, { recursive: true, force: true }) };
}

function giveToUser(folder: string): void {
  const { uid, gid } = ORDINARY_USER;
  if (uid === undefined || gid === undefined) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) lchownSync(path.join(folder, name), uid, gid);
  lchownSync(folder, uid, gid);
}

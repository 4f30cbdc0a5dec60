import { statSync } from 'node:fs';

/** What tells a folder from a copy of it; renaming keeps it. Texts, because inode numbers exceed 2^53 on NTFS. */
export interface FolderIdentity {
  readonly inode: string;
  /** Nanoseconds; '' where the file system does not keep the time of birth. */
  readonly bornNs: string;
  readonly device: string;
}

/** Throws the operating system's error. */
export function folderIdentity(folder: string): FolderIdentity {
  const stat = statSync(folder, { bigint: true });
  // Where the time of birth is unknown, Node gives 0 or, on old kernels, the time of the last change.
  const isBirthKnown = stat.birthtimeNs !== 0n && stat.birthtimeNs !== stat.ctimeNs;
  return { inode: String(stat.ino), bornNs: isBirthKnown ? String(stat.birthtimeNs) : '', device: String(stat.dev) };
}

/**
 * The device number alone may change at every start of the machine (btrfs, disks found in another order), and a desk
 * taken for a copy spends one of its few reserves of numbers; so the time of birth decides where there is one.
 */
export function isSameFolder(left: FolderIdentity, right: FolderIdentity): boolean {
  if (left.inode !== right.inode) return false;
  if (left.bornNs !== '' && right.bornNs !== '') return left.bornNs === right.bornNs;
  return left.device === right.device;
}

/**
 * What the world can do to stored data, as closed codes (style.md 8, third kind of error). Decided by `error.code`
 * of SQLite or of the operating system, never by message text.
 */
export type StorageErrorCode =
  /** No room left on the disk; what was acknowledged before stays. */
  | 'storage.full'
  /** The folder or file may not be written by this user, or the medium is read-only. */
  | 'storage.readOnly'
  /** The content is not what was written: torn, truncated, overwritten. */
  | 'storage.damaged'
  /** The file is whole but was encrypted with another key. */
  | 'storage.wrongKey'
  /** Another program or connection holds the file. */
  | 'storage.locked'
  /** The file or folder is not there. */
  | 'storage.missing'
  /** A file is there where a new one was to be made. */
  | 'storage.alreadyExists'
  /** Written by a newer version of the program; this one must not touch it. */
  | 'storage.newer'
  /** The medium failed to read or write: pulled out, broken, network share gone. */
  | 'storage.ioFailed';

export interface StorageError {
  readonly code: StorageErrorCode;
  /** For the log only: the code below ours (`SQLITE_FULL`, `ENOSPC`) or which check failed. Never personal data. */
  readonly detail: string;
}

/**
 * Thrown where a read or a single statement meets the world and has no `Result` to answer with. It replaces
 * SqliteError at the border of db/; the edges turn it into its code.
 */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly storage: StorageError;

  constructor(storage: StorageError, cause: unknown) {
    super(`${storage.code} (${storage.detail})`, { cause });
    this.storage = storage;
  }
}

export function storageError(code: StorageErrorCode, detail: string): StorageError {
  return { code, detail };
}

/** The storage error that a thrown value stands for, or undefined when it is a fault of our own. */
export function storageErrorOf(thrown: unknown): StorageError | undefined {
  if (thrown instanceof StorageFailure) return thrown.storage;
  const code = codeOf(thrown);
  if (code === undefined) return undefined;
  const storageCode = code.startsWith('SQLITE_') ? codeOfSqlite(code) : codeOfSystem(code);
  return storageCode === undefined ? undefined : { code: storageCode, detail: code };
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Result codes: https://sqlite.org/rescode.html. What is not listed is our own SQL or our own promise broken. */
function codeOfSqlite(code: string): StorageErrorCode | undefined {
  // The shared-memory file is grown by writing it, so a full disk shows as this code and not as SQLITE_FULL.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'storage.full';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'storage.damaged';
  if (code.startsWith('SQLITE_IOERR')) return 'storage.ioFailed';
  if (code.startsWith('SQLITE_READONLY')) return 'storage.readOnly';
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED' || code === 'SQLITE_PROTOCOL') return 'storage.locked';
  if (code.startsWith('SQLITE_CANTOPEN')) return 'storage.ioFailed';
  return undefined;
}

/** Codes of the operating system as Node names them on Linux and Windows. */
function codeOfSystem(code: string): StorageErrorCode | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'storage.full';
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return 'storage.readOnly';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'storage.missing';
    case 'EEXIST':
      return 'storage.alreadyExists';
    case 'EBUSY':
      return 'storage.locked';
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'EISDIR':
      return 'storage.ioFailed';
    default:
      return undefined;
  }
}

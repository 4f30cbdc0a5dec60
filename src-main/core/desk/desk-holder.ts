import { openKeySlots, type KeySlots } from '../../../src-node/crypto/key-slots.ts';
import { lockFolder, type FolderLock } from '../../../src-node/db/lock-folder.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import { dataFolder, isSetUp, prepareFolder, removeLeftovers } from './data-folder.ts';
import { openDesk, type OpenDesk, type OpenDeskDep } from './open-desk.ts';

/**
 * The one data folder of this process through its three states: to be set up, locked (key slots alone), open. The folder's
 * lock is held from start to end, so a second start is refused whatever the state.
 */
export interface DeskHolder {
  readonly dep: OpenDeskDep;
  state(): 'setup' | 'locked' | 'open';
  keySlots(): KeySlots | undefined;
  desk(): OpenDesk | undefined;
  /** Opens with the database's key unless it is open already. */
  unlock(databaseKey: Buffer): Result<OpenDesk, StorageError>;
  /** After a set-up has made the folder. */
  adopt(keySlots: KeySlots, databaseKey: Buffer): Result<OpenDesk, StorageError>;
  /** After a join has made the folder: it stays locked until somebody signs in. */
  adoptLocked(keySlots: KeySlots): void;
  /** Called once the desk has opened, after the answer that waits for it. */
  onOpen(listener: (desk: OpenDesk) => void): void;
  close(): void;
}

export function holdDesk(dep: OpenDeskDep): Result<DeskHolder, StorageError | { readonly code: 'desk.alreadyOpen' }> {
  const prepared = prepareFolder(dataFolder(dep.dataDir));
  if (!prepared.ok) return prepared;
  const locked = lockFolder(dep.dataDir);
  if (!locked.ok) return locked;
  removeLeftovers(dep.dataDir);
  let keySlots: KeySlots | undefined;
  if (isSetUp(dataFolder(dep.dataDir))) {
    const opened = openKeySlots({ folder: dep.dataDir, clock: dep.clock });
    if (!opened.ok) {
      locked.value.release();
      return opened;
    }
    keySlots = opened.value;
  }
  return ok(holderOver(dep, locked.value, keySlots));
}

function holderOver(dep: OpenDeskDep, lock: FolderLock, initial: KeySlots | undefined): DeskHolder {
  let keySlots = initial;
  let desk: OpenDesk | undefined;
  const listeners: ((desk: OpenDesk) => void)[] = [];
  const unlock = (databaseKey: Buffer): Result<OpenDesk, StorageError> => {
    if (desk) return ok(desk);
    const opened = openDesk(dep, databaseKey);
    if (!opened.ok) return opened;
    const justOpened = (desk = opened.value);
    for (const listener of listeners) setImmediate(() => void (desk === justOpened && listener(justOpened)));
    return opened;
  };
  return {
    dep,
    state: () => (desk ? 'open' : keySlots ? 'locked' : 'setup'),
    keySlots: () => keySlots,
    desk: () => desk,
    unlock,
    adopt: (slots, databaseKey) => {
      keySlots = slots;
      return unlock(databaseKey);
    },
    adoptLocked: (slots) => {
      keySlots = slots;
    },
    onOpen: (listener) => void listeners.push(listener),
    close: () => {
      desk?.close();
      desk = undefined;
      lock.release();
    },
  };
}

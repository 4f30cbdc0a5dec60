import { wireError, type WireError } from '../../../src-shared/contract/errors.ts';
import type { StorageError, StorageErrorCode } from '../../../src-node/db/storage-error.ts';

type StorageWireCode = 'storage.full' | 'storage.readOnly' | 'storage.damaged' | 'storage.newer' | 'storage.busy';

const CODES: Readonly<Record<StorageErrorCode, StorageWireCode>> = {
  'storage.full': 'storage.full',
  'storage.readOnly': 'storage.readOnly',
  'storage.damaged': 'storage.damaged',
  'storage.wrongKey': 'storage.damaged',
  'storage.locked': 'storage.busy',
  'storage.missing': 'storage.damaged',
  'storage.alreadyExists': 'storage.damaged',
  'storage.newer': 'storage.newer',
  'storage.ioFailed': 'storage.damaged',
};

export function isStorageError(error: unknown): error is StorageError {
  return typeof error === 'object' && error !== null && 'detail' in error && 'code' in error && Object.hasOwn(CODES, String(error.code)) && !('sentence' in error);
}

/** Storage faults in the words of the contract; anything else passes as it is. */
export function storageToWire<E>(error: E | StorageError): Exclude<E, StorageError> | WireError<StorageWireCode> {
  return isStorageError(error) ? wireError(CODES[error.code]) : (error as Exclude<E, StorageError>);
}

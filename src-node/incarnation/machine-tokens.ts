/**
 * The tokens of number series that this machine has taken or given away, kept outside the data folder: a folder set back
 * to an older state has forgotten them, and would number with the same one again or grant it to another desk (rule 4).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { storageErrorOf, type StorageError } from '../db/storage-error.ts';
import { makeFolderDurably, replaceFileDurably } from '../files/durable-file.ts';

/** Empty on a machine that knows nothing yet. */
export function readMachineTokens(stateFolder: string, office: OfficeId): Result<ReadonlySet<string>, StorageError> {
  return answering(() => readTokens(fileOf(stateFolder, office)));
}

/** Durable when it answers ok. To be called once the act that takes the tokens is durable: a write that fails must not use them up. */
export function noteMachineTokens(stateFolder: string, office: OfficeId, tokens: readonly string[]): Result<undefined, StorageError> {
  return answering(() => {
    const file = fileOf(stateFolder, office);
    makeFolderDurably(path.dirname(file));
    replaceFileDurably(file, `${[...new Set([...readTokens(file), ...tokens])].join('\n')}\n`);
    return undefined;
  });
}

function readTokens(file: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(file, 'latin1').split('\n').filter((line) => /^[0-9A-Z]{1,2}$/.test(line)));
  } catch (error) {
    if (storageErrorOf(error)?.code === 'storage.missing') return new Set();
    throw error;
  }
}

function fileOf(stateFolder: string, office: OfficeId): string {
  return path.join(stateFolder, 'tokens', `${office}.txt`);
}

function answering<T>(work: () => T): Result<T, StorageError> {
  try {
    return ok(work());
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}

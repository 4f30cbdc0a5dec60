/**
 * The tokens of number series that this machine has taken or given away, kept outside the data folder: a folder set back
 * to an older state has forgotten them, and would number with the same one again or grant it to another desk (rule 4). With
 * each stands the business date on which it went: a token that came back to the office before may have gone again since.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { storageErrorOf, type StorageError } from '../db/storage-error.ts';
import { makeFolderDurably, replaceFileDurably } from '../files/durable-file.ts';

/** The tokens and when each went last. Empty on a machine that knows nothing yet. */
export function readMachineTokens(stateFolder: string, office: OfficeId): Result<ReadonlyMap<string, IsoDate>, StorageError> {
  return answering(() => readTokens(fileOf(stateFolder, office)));
}

/** Durable when it answers ok. To be called once the act that takes the tokens is durable: a write that fails must not use them up. */
export function noteMachineTokens(stateFolder: string, office: OfficeId, tokens: readonly string[], today: IsoDate): Result<undefined, StorageError> {
  return answering(() => {
    const file = fileOf(stateFolder, office);
    makeFolderDurably(path.dirname(file));
    const noted = new Map([...readTokens(file), ...tokens.map((token) => [token, today] as const)]);
    replaceFileDurably(file, `${[...noted].map(([token, date]) => `${token} ${date}`).join('\n')}\n`);
    return undefined;
  });
}

const LINE = /^([0-9A-Z]{1,2}) (\d{4}-\d{2}-\d{2})$/gm;

function readTokens(file: string): ReadonlyMap<string, IsoDate> {
  try {
    return new Map([...readFileSync(file, 'latin1').matchAll(LINE)].map(([, token, date]) => [token!, date!]));
  } catch (error) {
    if (storageErrorOf(error)?.code === 'storage.missing') return new Map();
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

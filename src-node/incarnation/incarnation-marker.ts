/**
 * Recognises a copied or restored data folder at open (design.md 1), because two desks that go on from the same state
 * would give the same numbers twice. A marker outside the data folder and its backups says which folder holds the
 * device, which nonce its database shows since the last start, and how far its sequence had come. A whole machine that
 * is set back, marker and all, cannot be seen from inside; such a fork shows as a conflict when the desks meet.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { assert } from '../../src-shared/lib/assert.ts';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { storageErrorOf } from '../db/storage-error.ts';
import type { StorageError } from '../db/storage-error.ts';
import { makeFolderDurably } from '../files/durable-file.ts';
import { folderIdentity, isSameFolder } from './folder-identity.ts';
import type { FolderIdentity } from './folder-identity.ts';
import { openSeqWriter, readMarker, writeMarker } from './marker-file.ts';
import type { Marker } from './marker-file.ts';

export interface IncarnationDep {
  /** Outside the data folder; see stateFolderOf. Made when missing. */
  readonly stateFolder: string;
  readonly dataFolder: string;
}

/** What the database says of itself. */
export interface DatabaseIncarnation {
  readonly device: DeviceId;
  /** Undefined in a backup of our own making, which is meant to become a new incarnation. */
  readonly nonce: string | undefined;
  /** The last sequence number of that device in the log, 0 before the first. */
  readonly lastSeq: number;
}

/** The database as this module needs it; knows no table. */
export interface IncarnationDatabase {
  read(): DatabaseIncarnation;
  /** Durable when it answers ok. */
  writeNonce(nonce: string): Result<unknown, StorageError>;
}

export type NewIncarnationReason =
  /** The machine knows nothing (or nothing whole) of this device: another machine, or its state was lost. */
  | 'noMarker'
  /** The machine knows the device in another folder, which may still be in use. */
  | 'folderCopied'
  /** The folder once held operations that its database no longer has. */
  | 'restoredOlder'
  /** The database comes from another start than the last one: a backup, or a copy put in place. */
  | 'nonceMismatch';

export type ResumeOutcome =
  | { readonly kind: 'same'; readonly marker: IncarnationMarker }
  | { readonly kind: 'newIncarnation'; readonly reason: NewIncarnationReason };

export interface IncarnationMarker {
  /**
   * To be called after each commit of own operations. Microseconds: not synced, since a number that lags is safe. An
   * error is for the log; work goes on, only an older copy put in place could pass unseen until the next start.
   */
  noteSeq(seq: number): Result<undefined, StorageError>;
  close(): void;
}

/**
 * Whether this folder goes on as the device that its database names. If so, the nonce is changed in marker and database
 * (in this order; a crash between them leaves both acceptable) and the marker follows the sequence from now on. The
 * caller holds the folder's lock.
 */
export function resumeIncarnation(dep: IncarnationDep, database: IncarnationDatabase): Result<ResumeOutcome, StorageError> {
  return answering<ResumeOutcome>(() => {
    const found = database.read();
    const file = markerFile(dep, found.device);
    const folder = folderIdentity(dep.dataFolder);
    const reason = reasonForNew(readMarker(file), folder, found);
    if (reason !== undefined) return ok({ kind: 'newIncarnation', reason });
    // What the database shows, not what the marker hoped for: an earlier start may have died before telling it.
    const marker = { device: found.device, nonce: newNonce(), previousNonce: found.nonce ?? '', folder, seq: found.lastSeq };
    writeMarker(file, marker);
    const told = database.writeNonce(marker.nonce);
    return told.ok ? ok({ kind: 'same', marker: followSeq(file, marker) }) : told;
  });
}

/**
 * The first marker of a new device, made before the transaction that writes device and nonce into the database. A crash
 * before that transaction leaves a marker that no database names, which harms nothing.
 */
export function beginIncarnation(
  dep: IncarnationDep,
  device: DeviceId,
): Result<{ readonly nonce: string; readonly marker: IncarnationMarker }, StorageError> {
  return answering(() => {
    const file = markerFile(dep, device);
    const marker = { device, nonce: newNonce(), previousNonce: '', folder: folderIdentity(dep.dataFolder), seq: 0 };
    writeMarker(file, marker);
    return ok({ nonce: marker.nonce, marker: followSeq(file, marker) });
  });
}

function reasonForNew(marker: Marker | undefined, folder: FolderIdentity, found: DatabaseIncarnation): NewIncarnationReason | undefined {
  if (marker === undefined || marker.device !== found.device) return 'noMarker';
  if (!isSameFolder(marker.folder, folder)) return 'folderCopied';
  if (marker.seq > found.lastSeq) return 'restoredOlder';
  const isNonceKnown = found.nonce !== undefined && found.nonce !== '' && [marker.nonce, marker.previousNonce].includes(found.nonce);
  return isNonceKnown ? undefined : 'nonceMismatch';
}

function followSeq(file: string, marker: Marker): IncarnationMarker {
  const writer = openSeqWriter(file, marker);
  let last = marker.seq;
  return {
    noteSeq(seq) {
      assert(seq > last, `the sequence of a device only grows: ${seq} after ${last}`);
      last = seq;
      return answering(() => {
        writer.write(seq);
        return ok(undefined);
      });
    },
    close: () => writer.close(),
  };
}

function markerFile(dep: IncarnationDep, device: DeviceId): string {
  assert(/^[a-z0-9-]+$/.test(device), 'a device id is safe in file names');
  const fromData = path.relative(path.resolve(dep.dataFolder), path.resolve(dep.stateFolder));
  const isInside = fromData === '' || (!fromData.startsWith('..') && !path.isAbsolute(fromData));
  assert(!isInside, 'the state folder lies outside the data folder, or it would be copied with it');
  const folder = path.join(dep.stateFolder, 'incarnations');
  makeFolderDurably(folder);
  return path.join(folder, `${device}.marker`);
}

function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

function answering<T>(work: () => Result<T, StorageError>): Result<T, StorageError> {
  try {
    return work();
  } catch (error) {
    const storage = storageErrorOf(error);
    if (storage === undefined) throw error;
    return err(storage);
  }
}

/** A small desk for these tests: a real encrypted database with a log and a nonce, driven as the core drives it. */
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { transaction } from '../../../src-node/db/transaction.ts';
import { beginIncarnation, resumeIncarnation } from '../../../src-node/incarnation/incarnation-marker.ts';
import type { IncarnationDatabase, IncarnationMarker, ResumeOutcome } from '../../../src-node/incarnation/incarnation-marker.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import type { Result } from '../../../src-shared/lib/result.ts';
import path from 'node:path';

const key = Buffer.alloc(32, 5);

export interface DeskPlace {
  readonly stateFolder: string;
  readonly dataFolder: string;
}

export interface OpenDesk {
  readonly outcome: ResumeOutcome['kind'] | Extract<ResumeOutcome, { kind: 'newIncarnation' }>['reason'];
  /** Appends an operation and tells the marker. */
  append(): void;
  close(): void;
}

export function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`unexpected ${JSON.stringify(result.error)}`);
  return result.value;
}

/** Sets up a new desk as `device` and closes it. */
export function setUpDesk(place: DeskPlace, device: string): void {
  const db = openDb(place, true);
  db.exec('CREATE TABLE meta (device TEXT NOT NULL, nonce TEXT) STRICT; CREATE TABLE log (seq INTEGER PRIMARY KEY) STRICT');
  const begun = valueOf(beginIncarnation(place, device as DeviceId));
  valueOf(transaction(db, () => ok(db.run('INSERT INTO meta VALUES (?, ?)', device, begun.nonce))));
  begun.marker.close();
  closeDatabase(db);
}

export function openDesk(place: DeskPlace): OpenDesk {
  const db = openDb(place, false);
  const outcome = valueOf(resumeIncarnation(place, databaseOf(db)));
  const marker: IncarnationMarker | undefined = outcome.kind === 'same' ? outcome.marker : undefined;
  return {
    outcome: outcome.kind === 'same' ? 'same' : outcome.reason,
    append() {
      const seq = lastSeq(db) + 1;
      valueOf(transaction<number, StorageError>(db, () => ok(db.run('INSERT INTO log VALUES (?)', seq).changes)));
      if (marker !== undefined) valueOf(marker.noteSeq(seq));
    },
    close() {
      marker?.close();
      closeDatabase(db);
    },
  };
}

/** Opens, appends so many operations, closes; answers how the folder was judged. */
export function runDesk(place: DeskPlace, operations = 0): OpenDesk['outcome'] {
  const desk = openDesk(place);
  for (let operation = 0; operation < operations; operation++) desk.append();
  desk.close();
  return desk.outcome;
}

/** What our own backup command does to its copy. */
export function clearNonce(place: DeskPlace): void {
  const db = openDb(place, false);
  db.run('UPDATE meta SET nonce = NULL');
  closeDatabase(db);
}

function openDb(place: DeskPlace, create: boolean): WritableDb {
  return valueOf(openDatabase({ file: path.join(place.dataFolder, 'desk.db'), key, mode: 'write', create }));
}

function databaseOf(db: WritableDb): IncarnationDatabase {
  return {
    read() {
      const meta = db.get<{ device: DeviceId; nonce: string | null }>('SELECT device, nonce FROM meta');
      if (meta === undefined) throw new Error('no meta');
      return { device: meta.device, nonce: meta.nonce ?? undefined, lastSeq: lastSeq(db) };
    },
    writeNonce: (nonce) => transaction(db, () => ok(db.run('UPDATE meta SET nonce = ?', nonce).changes)),
  };
}

function lastSeq(db: WritableDb): number {
  return db.value<number>('SELECT coalesce(max(seq), 0) FROM log') ?? 0;
}

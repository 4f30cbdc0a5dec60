import type { DeviceId } from '../../src-shared/lib/ids.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import { readFact } from './desk-facts.ts';
import type { Head, SignedHead } from './log.ts';
import type { Names } from './names.ts';

/**
 * The known end of a log whose older part has not come yet (decisions/0032). It begins at a head that the device signed, so what
 * goes on from there is as certain as any chain; operations before it may stand in the log already, ahead of their chain, as
 * those of a join file do.
 */
export interface LogTop {
  /** What the older part must end at. */
  readonly base: Head;
  readonly end: Head;
  readonly signed: SignedHead;
}

interface TopRow {
  readonly base_seq: number;
  readonly base_hash: Uint8Array;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly signed_seq: number;
  readonly signed_hash: Uint8Array;
  readonly signature: string;
}

export function readTop(db: ReadableDb, names: Names, device: DeviceId): LogTop | undefined {
  const no = names.find(device);
  const row = no === undefined ? undefined : db.get<TopRow>('SELECT * FROM log_tops WHERE device = ?', no);
  return row && {
    base: { seq: row.base_seq, hash: row.base_hash },
    end: { seq: row.seq, hash: row.hash },
    signed: { seq: row.signed_seq, hash: row.signed_hash, signature: row.signature },
  };
}

export function listTopDevices(db: ReadableDb, names: Names): readonly DeviceId[] {
  return db.all<{ device: number }>('SELECT device FROM log_tops').map(({ device }) => names.textOf(device) as DeviceId);
}

/** The fact that says how far a snapshot has come whose end has not. */
export const SNAPSHOT_UNDER_WAY = 'syncSnapshot';

/** True while a snapshot or the older part of some log has not come: what is counted from all operations is not whole. */
export function isHistoryArriving(db: ReadableDb): boolean {
  return db.value('SELECT 1 FROM log_tops LIMIT 1') === 1 || (readFact<unknown>(db, SNAPSHOT_UNDER_WAY) ?? null) !== null;
}

/** A log begins at its end: nothing behind `base` is known yet. */
export function insertTop(db: WritableDb, names: Names, device: DeviceId, base: SignedHead): void {
  db.run(
    'INSERT OR REPLACE INTO log_tops (device, base_seq, base_hash, seq, hash, signed_seq, signed_hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    names.enter(db, device), base.seq, base.hash, base.seq, base.hash, base.seq, base.hash, base.signature,
  );
}

/** Moves the end on, inside the transaction that brings what stands behind it. */
export function storeTop(db: WritableDb, names: Names, device: DeviceId, end: Head, signed: SignedHead | null): void {
  const no = names.enter(db, device);
  db.run('UPDATE log_tops SET seq = ?, hash = ? WHERE device = ?', end.seq, end.hash, no);
  if (signed) db.run('UPDATE log_tops SET signed_seq = ?, signed_hash = ?, signature = ? WHERE device = ? AND signed_seq < ?', signed.seq, signed.hash, signed.signature, no, signed.seq);
}

/** The older part has come as far as the base, and ends where that said: from now on it is one log like any other. */
export function joinTop(db: WritableDb, names: Names, device: DeviceId, { end, signed }: LogTop): void {
  const no = names.enter(db, device);
  db.run('DELETE FROM log_tops WHERE device = ?', no);
  db.run('UPDATE devices SET seq = ?, hash = ? WHERE device = ? AND seq < ?', end.seq, end.hash, no, end.seq);
  db.run('UPDATE devices SET signed_seq = ?, signed_hash = ?, signature = ? WHERE device = ? AND signed_seq < ?', signed.seq, signed.hash, signed.signature, no, signed.seq);
}

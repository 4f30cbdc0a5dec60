import { establishedOnce } from '../../src-shared/domain/office/established-once.ts';
import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import type { ClaimedOperation } from '../../src-node/codec/frame-operation.ts';
import { CHAIN_START } from '../../src-node/crypto/chain.ts';
import { isTextSigned } from '../../src-node/crypto/keys.ts';
import type { Head } from '../../src-node/operations/log.ts';
import { toOperation } from '../../src-node/operations/operation-rows.ts';
import type { ServerReads, ServerWrites } from '../db/server-db.ts';
import { listOfficeOperations } from './operation-queries.ts';

export interface AdmittedOffice {
  readonly public_key: string;
  /** The end of its list. */
  readonly position: number;
}

export interface HeldDevice extends Head {
  readonly public_key: string;
  readonly revoked: number;
}

export function getOffice(db: ServerReads, office: OfficeId): Promise<AdmittedOffice | undefined> {
  return db.get<AdmittedOffice>('SELECT public_key, position FROM offices WHERE office = ?', office);
}

/** The same, held against every other writer of this office until the transaction ends. */
export function lockOffice(db: ServerWrites, office: OfficeId): Promise<AdmittedOffice | undefined> {
  return db.returning<AdmittedOffice>('UPDATE offices SET position = position WHERE office = ? RETURNING public_key, position', office);
}

export async function insertOffice(db: ServerWrites, office: OfficeId, publicKey: string, nowMs: number): Promise<void> {
  await db.run('INSERT INTO offices (office, public_key, admitted_at, position) VALUES (?, ?, ?, 0)', office, publicKey, nowMs);
}

export function getDevice(db: ServerReads, office: OfficeId, device: string): Promise<HeldDevice | undefined> {
  return db.get<HeldDevice>('SELECT public_key, revoked, seq, hash FROM devices WHERE office = ? AND device = ?', office, device);
}

/**
 * The office as its own operations make it, with some that are not written yet; undefined before it was established.
 */
export async function readOffice(db: ServerReads, office: OfficeId, brought: readonly ClaimedOperation[]): Promise<Office | undefined> {
  const all: readonly ClaimedOperation[] = [...(await listOfficeOperations(db, office)), ...brought];
  return foldOffice(establishedOnce(all).map(toOperation), isTextSigned);
}

/** New devices and revocations as the office now has them. A key is never replaced, and where each log ends stays as it is. */
export async function writeDevices(db: ServerWrites, { id, devices, desks }: Office): Promise<void> {
  for (const { id: device, publicKey, desk } of devices.values()) {
    await db.run(
      `INSERT INTO devices (office, device, public_key, revoked, seq, hash) VALUES (?, ?, ?, ?, 0, ?)
       ON CONFLICT (office, device) DO UPDATE SET revoked = excluded.revoked`,
      id, device, publicKey, desks.get(desk)?.revokedAt == null ? 0 : 1, CHAIN_START as Uint8Array,
    );
  }
}

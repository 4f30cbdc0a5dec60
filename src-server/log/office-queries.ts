import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import type { DeskId, DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import type { Founder } from '../../src-shared/sync-protocol/admission.ts';
import type { ClaimedOperation } from '../../src-node/codec/frame-operation.ts';
import { CHAIN_START } from '../../src-node/crypto/chain.ts';
import { isTextSigned } from '../../src-node/crypto/keys.ts';
import type { Head } from '../../src-node/operations/log.ts';
import { toOperation } from '../../src-node/operations/operation-rows.ts';
import type { ServerReads, ServerWrites } from '../db/server-db.ts';
import { listOfficeOperations } from './operation-queries.ts';

export interface AdmittedOffice {
  readonly public_key: string;
  /** Named by the office's key at its admission; null for one that was admitted before that was asked and never sent anything. */
  readonly founder_device: string | null;
  readonly founder_key: string | null;
  /** The end of its list. */
  readonly position: number;
}

export interface HeldDevice extends Head {
  readonly public_key: string;
  readonly revoked: number;
}

export function getOffice(db: ServerReads, office: OfficeId): Promise<AdmittedOffice | undefined> {
  return db.get<AdmittedOffice>('SELECT public_key, founder_device, founder_key, position FROM offices WHERE office = ?', office);
}

/** The same, held against every other writer of this office until the transaction ends. */
export function lockOffice(db: ServerWrites, office: OfficeId): Promise<AdmittedOffice | undefined> {
  return db.returning<AdmittedOffice>('UPDATE offices SET position = position WHERE office = ? RETURNING public_key, founder_device, founder_key, position', office);
}

export async function insertOffice(db: ServerWrites, office: OfficeId, publicKey: string, founder: Founder, nowMs: number): Promise<void> {
  await db.run('INSERT INTO offices (office, public_key, founder_device, founder_key, admitted_at, position) VALUES (?, ?, ?, ?, ?, 0)', office, publicKey, founder.device, founder.publicKey, nowMs);
}

export async function writeFounder(db: ServerWrites, office: OfficeId, founder: Founder): Promise<void> {
  await db.run('UPDATE offices SET founder_device = ?, founder_key = ? WHERE office = ?', founder.device, founder.publicKey, office);
}

export function getDevice(db: ServerReads, office: OfficeId, device: string): Promise<HeldDevice | undefined> {
  return db.get<HeldDevice>('SELECT public_key, revoked, seq, hash FROM devices WHERE office = ? AND device = ?', office, device);
}

/**
 * The office as its own operations make it, with some that are not written yet; undefined before it was established. That counts
 * from the device that the office's key has named, by the key that was named with it, and from nobody else.
 */
export async function readOffice(db: ServerReads, office: OfficeId, brought: readonly ClaimedOperation[]): Promise<Office | undefined> {
  return foldAll(await getOffice(db, office), [...(await listOfficeOperations(db, office)), ...brought]);
}

/** The same as its list said up to a position, which stays so whatever comes later. */
export async function readOfficeAt(db: ServerReads, office: OfficeId, position: number): Promise<Office | undefined> {
  return foldAll(await getOffice(db, office), await listOfficeOperations(db, office, position));
}

function foldAll(admitted: AdmittedOffice | undefined, all: readonly ClaimedOperation[]): Office | undefined {
  const folded = foldOffice(all.filter(({ header }) => header.kind !== 'office.established' || header.device === admitted?.founder_device).map(toOperation), isTextSigned);
  return folded?.publicKey === admitted?.public_key && folded?.devices.get(admitted?.founder_device as DeviceId)?.publicKey === admitted?.founder_key ? folded : undefined;
}

export interface DeskStop {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** Desks of the office that an administrator of the server has stopped. */
export async function listStops(db: ServerReads, office: OfficeId): Promise<ReadonlyMap<DeskId, DeskStop>> {
  const rows = await db.all<{ desk: DeskId; by_name: string; at_ms: number; reason: string }>('SELECT desk, by_name, at_ms, reason FROM stopped_desks WHERE office = ?', office);
  return new Map(rows.map(({ desk, by_name, at_ms, reason }) => [desk, { by: by_name, at: at_ms, reason }]));
}

/**
 * New devices, and which are stopped, by the office as it now is or by an administrator of the server. A key is never replaced, and where
 * each log ends stays as it is.
 */
export async function writeDevices(db: ServerWrites, { id, devices, desks }: Office): Promise<void> {
  const stops = await listStops(db, id);
  for (const { id: device, publicKey, desk } of devices.values()) {
    await db.run(
      `INSERT INTO devices (office, device, public_key, revoked, seq, hash) VALUES (?, ?, ?, ?, 0, ?)
       ON CONFLICT (office, device) DO UPDATE SET revoked = excluded.revoked`,
      id, device, publicKey, desks.get(desk)?.revokedAt == null && !stops.has(desk) ? 0 : 1, CHAIN_START as Uint8Array,
    );
  }
}

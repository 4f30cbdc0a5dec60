import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import type { SnapshotPage, SnapshotRequest } from '../../src-shared/sync-protocol/snapshot.ts';
import { snapshotRequest } from '../../src-main/core/features/sync/snapshot-queries.ts';
import { decodeSnapshot } from '../../src-node/codec/snapshot-codec.ts';
import { isHeadSignatureValid } from '../../src-node/crypto/chain.ts';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import type { StoredOperation } from '../../src-node/operations/operation-rows.ts';
import type { ServerDb } from '../../src-server/db/server-db.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { readSnapshotPage } from '../../src-server/features/snapshot/read-snapshot.ts';
import type { CoreDesk, CoreOffice } from '../helpers/core-desk.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { connect, receive, syncNow } from '../helpers/sync-office.ts';
import type { TestServer } from '../helpers/test-server.ts';

export interface SnapshotStage {
  readonly db: ServerDb;
  readonly server: TestServer;
  readonly address: string;
  readonly office: CoreOffice;
  readonly first: CoreDesk;
}

/** What the pages of a snapshot are, whatever the server keeps its rows in; part of the central server's suite. */
export function itHandsPages(stage: () => SnapshotStage): void {
  it('hands a new desk its office page by page, whole at every size of page, and nothing of another office', async () => {
    const { db, server, address, office, first } = stage();
    const officeId = first.desk.office().id;
    const second = await office.join(first, 'Máy 2');
    const third = await office.join(first, 'Máy 3');
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(await receive(count % 2 ? first : second, office));
    for (const id of ids.slice(0, 4)) await first.call('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
    await connect(first, address, await makeAdmissionCode(db, Date.UTC(2026, 10, 27, 3)));
    await connect(second, address, null);
    await syncNow(first);
    await server.settle();
    const open = (await first.must('dossiers.search', { tab: 'open', limit: 200 })).dossiers.map(({ id }) => id).sort();
    const known = snapshotRequest(third.desk);
    for (const bytesMax of [1, 2_000, 1_000_000]) {
      const read = await readPages(stage(), bytesMax, known);
      expect([...new Set(read.operations.map(({ header }) => header.subject))].filter((subject) => subject !== (officeId as string)).sort()).toEqual(open);
      const rows = new Map((await db.all<{ device: string; seq: number; hash: Uint8Array }>('SELECT device, seq, hash FROM operations WHERE office = ?', officeId)).map((row) => [`${row.device} ${row.seq}`, Buffer.from(row.hash).toString('hex')]));
      for (const { header, hash } of read.operations) expect(rows.get(`${header.device} ${header.seq}`)).toBe(Buffer.from(hash).toString('hex'));
      expect(read.ends.map(({ device, seq }) => [device, seq]).sort()).toEqual([first, second].map(({ desk }) => [desk.device, desk.log.head().seq]).sort());
      expect(read.ends.every(({ device, seq, hash, signature }) => isHeadSignatureValid(first.desk.office().devices.get(device as DeviceId)!.publicKey as SigningPublicKey, { office: officeId, device: device as DeviceId, seq, hash: Buffer.from(hash, 'hex') }, signature))).toBe(true);
    }
    expect(await readSnapshotPage({ db, identity: server.identity }, { office: randomUUID() as OfficeId, device: 'x', asked: known, bytesMax: 1_000, operationsMin: 0 })).toBeUndefined();
    expect(await readSnapshotPage({ db, identity: server.identity }, { office: officeId, device: 'x', asked: known, bytesMax: 1_000, operationsMin: 10_000 })).toBeUndefined();
  });
}

async function readPages({ db, server, first }: SnapshotStage, bytesMax: number, from: SnapshotRequest): Promise<{ readonly operations: readonly StoredOperation[]; readonly ends: NonNullable<SnapshotPage['ends']> }> {
  const officeId = first.desk.office().id;
  const operations: StoredOperation[] = [];
  const about: Record<string, number> = { ...from.office };
  for (let asked = from; ;) {
    const { page, bytes } = (await readSnapshotPage({ db, identity: server.identity }, { office: officeId, device: 'a new one', asked, bytesMax, operationsMin: 1 }))!;
    const read = valueOf(decodeSnapshot(bytes, officeId));
    operations.push(...read);
    for (const { header } of read) if (header.subject === (officeId as string)) about[header.device] = header.seq;
    if (page.ends) return { operations, ends: page.ends };
    asked = { at: { epoch: server.identity.epoch, position: page.position }, after: page.last, office: { ...about } };
  }
}

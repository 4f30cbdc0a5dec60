import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FACT } from '../../../src-main/core/desk/open-desk.ts';
import { writeServer } from '../../../src-main/core/features/sync/sync-queries.ts';
import { encodeFrame } from '../../../src-node/codec/frame-codec.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import { signText } from '../../../src-node/crypto/keys.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import type { Head } from '../../../src-node/operations/log.ts';
import { composeServer, type CentralServer } from '../../../src-server/compose-server.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { admitOffice, makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { ingestFrame } from '../../../src-server/features/ingest/ingest-frame.ts';
import type { DeviceId, OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { officeAdmissionText, type Founder } from '../../../src-shared/sync-protocol/admission.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { closeDesks, exchange, openFirstDesk, openNeighbour, receive, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { ownBranch } from '../../helpers/own-branch.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';

export const NOW_MS = Date.UTC(2026, 10, 27, 3);

/** An admitted device in a hostile hand: its log, which only grows by what was taken in, and its key. */
export interface HostileDevice {
  readonly device: DeviceId;
  readonly privateKey: SigningPrivateKey;
  head: Head;
  /** What it was last heard to say, to say it once more or otherwise. */
  lastFrame: Uint8Array | null;
  readonly subjectKeys: Map<SubjectId, Buffer>;
}

/** A real server, a real desk that is met through it, and a device of the same office that says whatever it likes. */
export interface FuzzOffice {
  readonly office: OfficeId;
  readonly db: ServerDb;
  readonly server: CentralServer;
  readonly desk: NeighbourDesk;
  readonly deskKey: SigningPrivateKey;
  readonly officeKey: SigningPrivateKey;
  readonly hostile: HostileDevice;
  end(): Promise<void>;
}

export async function openFuzzOffice(): Promise<FuzzOffice> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-fuzz-'));
  const desk = await openFirstDesk();
  for (let count = 0; count < 3; count += 1) receive(desk);
  const other = openNeighbour(desk);
  const known = receive(other);
  exchange(desk, other);
  const db = valueOf(openSqliteServerDb(folder));
  const server = await composeServer({ db, name: 'Máy chủ thử', nowMs: () => NOW_MS, logTo: { write: () => undefined } });
  const office = desk.desk.office().id;
  const officeKey = readFact<SigningPrivateKey>(desk.desk.db, FACT.officePrivateKey)!;
  const code = await makeAdmissionCode(db, NOW_MS);
  const about = { code, office, officePublicKey: desk.desk.office().publicKey, founder: founderOf(desk) };
  valueOf(await admitOffice(db, server.identity.server, { protocol: PROTOCOL_VERSION, ...about, signature: signText(officeKey, officeAdmissionText(server.identity.server, about)) }, NOW_MS));
  const heads = [];
  for (const one of [desk, other]) heads.push((await handUp(db, one)).head);
  valueOf(desk.desk.log.write(({ db: own }) => {
    writeServer(own, { address: 'http://127.0.0.1:1', server: server.identity.server, publicKey: server.identity.publicKey, name: '' });
    return { ok: true as const, value: undefined };
  }));
  const hostile: HostileDevice = { device: other.desk.device, privateKey: other.desk.log.author.privateKey, head: heads[1]!, lastFrame: null, subjectKeys: new Map() };
  const branch = ownBranch(other.desk);
  const key = branch.subjectKeys.get(known);
  if (key) hostile.subjectKeys.set(known, Buffer.from(key));
  return {
    office, db, server, desk, officeKey, hostile,
    deskKey: desk.desk.log.author.privateKey,
    end: async () => {
      await server.close();
      closeDesks();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function founderOf({ desk }: NeighbourDesk): Founder {
  return { device: desk.device, publicKey: desk.office().devices.get(desk.device)!.publicKey };
}

async function handUp(db: ServerDb, desk: NeighbourDesk) {
  const branch = ownBranch(desk.desk);
  valueOf(await ingestFrame(db, branch.office, 'columns-zstd', encodeFrame('columns-zstd', branch), NOW_MS));
  return branch;
}

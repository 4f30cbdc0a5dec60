import { hash } from 'node:crypto';
import type { OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { snapshotText, type SnapshotPage, type SnapshotRequest } from '../../../src-shared/sync-protocol/snapshot.ts';
import { encodeSnapshot } from '../../../src-node/codec/snapshot-codec.ts';
import { commitOf } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import { signText } from '../../../src-node/crypto/keys.ts';
import type { KeyedOperation } from '../../../src-node/operations/ahead.ts';
import type { StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import type { ServerDb, ServerReads } from '../../db/server-db.ts';
import { listDeviceOperations, listSubjectsKeys, listSubjectsOperations, SUBJECTS_PER_READ } from '../../log/operation-queries.ts';
import { countDossiers, getFoldedPosition, isEndOfFrame, listLogEnds, listOfficePlaces, listOpenDossiers } from './snapshot-queries.ts';

export interface SnapshotDep {
  readonly db: ServerDb;
  /** Who signs, and in which life of the list. */
  readonly identity: { readonly server: string; readonly epoch: string; readonly privateKey: SigningPrivateKey };
}

export interface SnapshotQuestion {
  readonly office: OfficeId;
  /** Who asks: it has its own log. */
  readonly device: string;
  readonly asked: SnapshotRequest;
  readonly bytesMax: number;
  readonly operationsMin: number;
}

export interface WrittenPage {
  readonly page: SnapshotPage;
  readonly bytes: Uint8Array;
}

/** Some 300 dossiers: the whole list of less is on its way as fast. */
export const SNAPSHOT_OPERATIONS_MIN = 1_000;

/**
 * The next page of the office's snapshot (docs/SYNC.md); undefined where the office is small or is not folded, so that the list
 * itself is handed out. Nothing is kept of whoever asks: any process answers any page, also after a restart. What was closed since
 * the first page is left out, its past comes with the list; what was erased is in no page, for nothing of it is held.
 */
export function readSnapshotPage({ db, identity }: SnapshotDep, question: SnapshotQuestion): Promise<WrittenPage | undefined> {
  return db.snapshot(async (reads) => {
    const { office, asked: { at }, operationsMin } = question;
    const isGoingOn = at?.epoch === identity.epoch && (await isEndOfFrame(reads, office, at.position));
    const position = isGoingOn ? at.position : await getFoldedPosition(reads, office);
    if (position < operationsMin || position === 0) return undefined;
    const part = await readPart(reads, question, { position, after: isGoingOn ? question.asked.after : null });
    const told = { position, last: part.last, ends: part.isLast ? await listLogEnds(reads, office, position, question.device) : null, dossiers: await countDossiers(reads, office) };
    const signature = signText(identity.privateKey, snapshotText(identity.server, office, identity.epoch, told, hash('sha256', part.bytes)));
    return { page: { ...told, signature }, bytes: part.bytes };
  });
}

interface PagePart {
  readonly bytes: Uint8Array;
  readonly last: SubjectId | null;
  readonly isLast: boolean;
}

interface From {
  readonly position: number;
  readonly after: string | null;
}

/** First what the desk lacks of the office itself, whose officers and devices everything else stands on; then the dossiers. */
async function readPart(db: ServerReads, question: SnapshotQuestion, from: From): Promise<PagePart> {
  const about = await listLackingOfOffice(db, question, from.position);
  return about.length > 0 ? { bytes: encodeSnapshot(question.office, about), last: null, isLast: false } : readDossiers(db, question, from);
}

async function listLackingOfOffice(db: ServerReads, { office, asked, bytesMax }: SnapshotQuestion, position: number): Promise<readonly KeyedOperation[]> {
  const lacking: StoredOperation[] = [];
  let bytes = 0;
  for (const { device, seq } of await listOfficePlaces(db, office, position)) {
    if (seq <= (asked.office[device] ?? 0)) continue;
    if (lacking.length > 0 && bytes >= bytesMax) break;
    const operations = await listDeviceOperations(db, office, device, seq, seq);
    lacking.push(...operations);
    bytes += operations.reduce((sum, one) => sum + packedBytes(one), 0);
  }
  return lacking.length === 0 ? [] : withKeys(lacking, await listSubjectsKeys(db, office, [office as string as SubjectId]));
}

async function readDossiers(db: ServerReads, { office, bytesMax }: SnapshotQuestion, { position, after }: From): Promise<PagePart> {
  const taken: { readonly dossier: SubjectId; readonly operations: readonly KeyedOperation[] }[] = [];
  let [last, bytes, isLast] = [after, 0, false];
  while (bytes < bytesMax && !isLast) {
    const dossiers = await listOpenDossiers(db, office, last ?? '', SUBJECTS_PER_READ);
    isLast = dossiers.length < SUBJECTS_PER_READ;
    if (dossiers.length === 0) break;
    const operations = await listSubjectsOperations(db, office, dossiers, position);
    const keys = await listSubjectsKeys(db, office, dossiers);
    for (const dossier of dossiers) {
      const own = withKeys(operations.get(dossier) ?? [], keys);
      taken.push({ dossier, operations: own });
      bytes += own.reduce((sum, one) => sum + packedBytes(one), 0);
    }
    last = dossiers.at(-1)!;
  }
  for (let count = taken.length; ; count = Math.floor(count / 2)) {
    const packed = encodeSnapshot(office, taken.slice(0, count).flatMap(({ operations }) => operations));
    const isAll = count === taken.length;
    if (packed.byteLength <= bytesMax || count <= 1) return { bytes: packed, last: taken[count - 1]?.dossier ?? (after as SubjectId | null), isLast: isLast && isAll };
  }
}

/** What an operation weighs on the way: its link does not pack, the rest to a sixth or so. */
function packedBytes({ hash: link, body }: StoredOperation): number {
  return link.byteLength + ((body?.byteLength ?? 0) + 120) / 8;
}

/** Each with the key that it was committed with. Pure. */
function withKeys(operations: readonly StoredOperation[], keys: ReadonlyMap<SubjectId, readonly Uint8Array[]>): readonly KeyedOperation[] {
  return operations.flatMap((operation): readonly KeyedOperation[] => {
    const { header, body, commitment } = operation;
    if (body === null) return [{ ...operation, key: null }];
    const key = keys.get(header.subject)?.find((one) => Buffer.compare(commitOf(one, body), commitment) === 0);
    return key === undefined ? [] : [{ ...operation, key }];
  });
}

import { isOfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { FrameRefusal } from '../../../src-shared/sync-protocol/exchange.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import { DICTIONARY_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { decodeFrame, dictionaryOf, linkFrame } from '../../../src-node/codec/frame-codec.ts';
import { claimedOperations } from '../../../src-node/codec/frame-operation.ts';
import { CHAIN_START } from '../../../src-node/crypto/chain.ts';
import { isKeyText, type SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import type { Branch } from '../../../src-node/operations/ingest.ts';
import type { Head } from '../../../src-node/operations/log.ts';
import type { StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { keysOf } from '../../../src-node/operations/stretches.ts';
import { isDatabaseFailure, type ServerDb, type ServerWrites } from '../../db/server-db.ts';
import { faultWords } from '../../log/fault-words.ts';
import { getDevice, lockOffice, readOffice, writeDevices } from '../../log/office-queries.ts';
import { getOperationHash, insertOperations, insertSubjectKeys, listSmallOperations } from '../../log/operation-queries.ts';

/** What is durable of a device's log now that a frame was taken in. */
export interface TakenFrame extends Head {
  readonly device: string;
}

/**
 * Takes one frame in, in one transaction: the office's row is locked first, so positions are allocated and committed in one
 * order. At the door only chain, signed head, office and size are judged (design §1). A frame that is held already is
 * answered as when it came first (rule 2); one that cannot be taken in, be it by a fault of this program, says why and touches
 * nothing, so that the rest of its message goes on (rule 7). A database that is away throws: the next frame would fare no better.
 */
export async function ingestFrame(db: ServerDb, office: OfficeId, codec: Codec, bytes: Uint8Array, nowMs: number): Promise<Result<TakenFrame, FrameRefusal>> {
  let device = '';
  try {
    const name = dictionaryOf(codec, bytes);
    device = name?.device ?? '';
    const before = name === undefined ? [] : await listSmallOperations(db, office, name, DICTIONARY_BYTES_MAX);
    const decoded = decodeFrame(codec, bytes, before);
    if (!decoded.ok) return refusal(device, decoded.error.code, decoded.error.detail);
    const content = decoded.value;
    device = content.device;
    if (content.office !== office) return refusal(device, 'branch.foreignOffice', content.office);
    return ok(await db.transaction((writes) => takeIn(writes, office, content, nowMs)));
  } catch (error) {
    if (error instanceof Refused) return err(error.refusal);
    if (isDatabaseFailure(error)) throw error;
    return refusal(device, 'frame.unexpected', faultWords(error));
  }
}

/** Leaves a transaction without a trace. */
class Refused extends Error {
  readonly refusal: FrameRefusal;
  constructor(device: string, code: string, detail: string) {
    super(`${code} ${detail}`);
    this.refusal = { device, code, detail };
  }
}

async function takeIn(db: ServerWrites, office: OfficeId, content: FrameContent, nowMs: number): Promise<TakenFrame> {
  const { device } = content;
  const admitted = await lockOffice(db, office);
  if (!admitted) throw new Refused(device, 'sync.unknownOffice', office);
  const held = await getDevice(db, office, device);
  const known: Head = held ?? { seq: 0, hash: CHAIN_START };
  const link = await linkAt(db, office, device, known, content.after);
  const key = held?.public_key ?? (await admittedKey(db, office, content));
  if (key === undefined || !isKeyText<SigningPublicKey>(key)) throw new Refused(device, 'branch.unknownDevice', device);
  const branch = linkFrame(content, link, key);
  if (!branch.ok) throw new Refused(device, branch.error.code, branch.error.detail);
  const { operations, head } = branch.value;
  await refuseFork(db, office, branch.value, known, content.after);
  if (head.seq <= known.seq) return { device, seq: known.seq, hash: known.hash };
  const fresh = operations.slice(known.seq - content.after);
  await refuseFounding(db, office, fresh);
  await writeStretch(db, office, branch.value, fresh, { position: admitted.position, nowMs });
  await refreshOffice(db, office, fresh, known);
  await eraseSubjects(db, office);
  await db.run('UPDATE devices SET seq = ?, hash = ? WHERE office = ? AND device = ?', head.seq, head.hash, office, device);
  return { device, seq: head.seq, hash: head.hash };
}

/** The link that the frame stands on; there is none beyond what is held. */
async function linkAt(db: ServerWrites, office: OfficeId, device: string, known: Head, after: number): Promise<Head> {
  if (after === known.seq) return known;
  const hash = after === 0 ? CHAIN_START : after < known.seq ? await getOperationHash(db, office, device, after) : undefined;
  if (hash === undefined) throw new Refused(device, 'branch.gap', `${device}:${after}`);
  return { seq: after, hash };
}

/**
 * A new device's first frame brings the act that admits it, signed by the office's key or by the device before. What is
 * claimed here counts only because `linkFrame` then asks the very key whether it wrote it.
 */
async function admittedKey(db: ServerWrites, office: OfficeId, content: FrameContent): Promise<string | undefined> {
  const folded = await readOffice(db, office, claimedOperations(content).filter(({ header }) => header.subject === content.office));
  return folded?.devices.get(content.device as Branch['device'])?.publicKey;
}

/** What is held already must be what the frame says of it: two logs under one name are never mixed. */
async function refuseFork(db: ServerWrites, office: OfficeId, { device, operations, head }: Branch, known: Head, after: number): Promise<void> {
  const last = Math.min(known.seq, head.seq);
  if (last <= after) return;
  const told = operations[last - after - 1]!.hash;
  const own = last === known.seq ? known.hash : await getOperationHash(db, office, device, last);
  if (own === undefined || Buffer.compare(told, own) !== 0) throw new Refused(device, 'branch.badChain', `${device}:${last}`);
}

/** An office is established once: no desk of it takes in a second act that says so, which would keep the rest of that log from them. */
async function refuseFounding(db: ServerWrites, office: OfficeId, fresh: readonly StoredOperation[]): Promise<void> {
  const foundings = fresh.filter(({ header }) => header.kind === 'office.established');
  const last = foundings.at(-1)?.header;
  if (!last) return;
  const isEstablished = (await db.get("SELECT 1 AS one FROM operations WHERE office = ? AND subject = ? AND kind = 'office.established' LIMIT 1", office, office)) !== undefined;
  if (isEstablished || foundings.length > 1) throw new Refused(last.device, 'branch.foreignOffice', `${last.device}:${last.seq}`);
}

async function writeStretch(db: ServerWrites, office: OfficeId, { device, head, subjectKeys }: Branch, fresh: readonly StoredOperation[], { position, nowMs }: { readonly position: number; readonly nowMs: number }): Promise<void> {
  const last = position + fresh.length;
  await insertOperations(db, office, fresh, position + 1);
  await insertSubjectKeys(db, office, keysOf(fresh.filter(({ body }) => body !== null), subjectKeys));
  await db.run('INSERT INTO frames (office, position, first_position, device, seq, hash, signature, taken_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', office, last, position + 1, device, head.seq, head.hash, head.signature, nowMs);
  await db.run('UPDATE offices SET position = ? WHERE office = ?', last, office);
}

/** Devices and revocations follow from the office's operations; a training office stays where it is (rule 11). */
async function refreshOffice(db: ServerWrites, office: OfficeId, fresh: readonly StoredOperation[], known: Head): Promise<void> {
  const device = fresh[0]!.header.device;
  if (known.seq > 0 && !fresh.some(({ header }) => isOfficeKind(header.kind))) return;
  const folded = await readOffice(db, office, []);
  if (!folded) throw new Refused(device, 'branch.unknownDevice', device);
  if (folded.training) throw new Refused(device, 'sync.training', office);
  await writeDevices(db, folded);
  await db.insertMany('erased_subjects', { office: 'text', subject: 'text' }, [...folded.erasures.keys()].map((subject) => [office, subject]), 'nothing');
}

/** Also what comes only now of a subject that was erased long ago (design §1, erasure). The chain still links. */
async function eraseSubjects(db: ServerWrites, office: OfficeId): Promise<void> {
  const erased = await db.all<{ subject: string }>(
    'SELECT DISTINCT e.subject FROM erased_subjects e JOIN subject_keys k ON k.office = e.office AND k.subject = e.subject WHERE e.office = ?', office,
  );
  for (const { subject } of erased) {
    await db.run('UPDATE operations SET body = NULL WHERE office = ? AND subject = ?', office, subject);
    await db.run('DELETE FROM subject_keys WHERE office = ? AND subject = ?', office, subject);
    await db.run('DELETE FROM dossiers WHERE office = ? AND dossier = ?', office, subject);
    await db.run('UPDATE erased_subjects SET reclaimed = 0 WHERE office = ? AND subject = ?', office, subject);
  }
}

function refusal(device: string, code: string, detail: string): Result<never, FrameRefusal> {
  return err({ device, code, detail });
}

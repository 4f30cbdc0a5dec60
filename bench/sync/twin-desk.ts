import { randomUUID } from 'node:crypto';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { CHAIN_START, commitOf, hashOf, signHead } from '../../src-node/crypto/chain.ts';
import { generateSigningKeyPair, type SigningKeyPair } from '../../src-node/crypto/keys.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { headerBytes, type StoredOperation } from '../../src-node/operations/operation-rows.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { DeviceId, OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { BEST_CODEC } from '../../src-shared/sync-protocol/protocol-version.ts';

/** A desk of an office of its own that wrote what another one wrote: as many desks as wanted from one made office. */
export interface TwinDesk {
  readonly office: OfficeId;
  readonly device: DeviceId;
  readonly officeKeys: SigningKeyPair;
  readonly deviceKeys: SigningKeyPair;
  readonly operations: readonly StoredOperation[];
  readonly frames: readonly Uint8Array[];
}

/** The first `count` operations of the mould, in frames of so many; ids, keys, chain and signed heads are its own. */
export function makeTwin(mould: Branch, count: number, perFrame: number): TwinDesk {
  assert(mould.operations.length >= count, 'the mould has as many operations');
  const twin = { office: randomUUID() as string as OfficeId, device: randomUUID() as string as DeviceId, officeKeys: generateSigningKeyPair(), deviceKeys: generateSigningKeyPair() };
  const rename = (subject: SubjectId) => (subject === (mould.office as string as SubjectId) ? (twin.office as string as SubjectId) : subject);
  const subjectKeys = { get: (subject: SubjectId) => mould.subjectKeys.get(subject === (twin.office as string as SubjectId) ? (mould.office as string as SubjectId) : subject) };
  let before: Uint8Array = CHAIN_START;
  const operations = mould.operations.slice(0, count).map((one): StoredOperation => {
    const header = { ...one.header, office: twin.office, device: twin.device, subject: rename(one.header.subject), after: one.header.after.map(({ seq }) => ({ device: twin.device, seq })) };
    const body = header.kind === 'office.established' ? foundedBy(one.body!, twin) : one.body;
    const commitment = body === one.body ? one.commitment : commitOf(subjectKeys.get(header.subject)!, body!);
    before = hashOf(before, headerBytes(header), commitment);
    return { header, body, commitment, hash: before };
  });
  const frames: Uint8Array[] = [];
  for (let from = 0; from < count; from += perFrame) {
    const part = operations.slice(from, from + perFrame);
    const { header, hash } = part.at(-1)!;
    const head = { office: twin.office, device: twin.device, seq: header.seq, hash };
    frames.push(encodeFrame(BEST_CODEC, { office: twin.office, device: twin.device, operations: part, subjectKeys, head: { seq: head.seq, hash, signature: signHead(twin.deviceKeys.privateKey, head) } }));
  }
  return { ...twin, operations, frames };
}

function foundedBy(body: Uint8Array, { device, officeKeys, deviceKeys }: Pick<TwinDesk, 'device' | 'officeKeys' | 'deviceKeys'>): Uint8Array {
  const founding = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown>;
  return Buffer.from(canonicalJson({ ...founding, officePublicKey: officeKeys.publicKey, device: { device, publicKey: deviceKeys.publicKey } }), 'utf8');
}

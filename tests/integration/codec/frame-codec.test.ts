import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACT } from '../../../src-main/core/desk/open-desk.ts';
import { decodeFrame, encodeFrame, linkFrame } from '../../../src-node/codec/frame-codec.ts';
import { CHAIN_START, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import type { Branch } from '../../../src-node/operations/ingest.ts';
import { headerBytes } from '../../../src-node/operations/operation-rows.ts';
import { readBranch } from '../../../src-node/operations/read-branch.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import { FRAME_CONTENT_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import { closeDesks, openFirstDesk, receive, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

const START = { seq: 0, hash: CHAIN_START as Uint8Array };
let desk: NeighbourDesk;
let branch: Branch;
let content: FrameContent;

beforeAll(async () => {
  desk = await openFirstDesk();
  for (let count = 0; count < 5; count += 1) receive(desk);
  valueOf(desk.desk.checkpoint());
  const { desk: open } = desk;
  branch = readBranch({ db: open.db, names: open.log.names, office: open.office().id }, open.device, open.office().devices.get(open.device)!.publicKey as SigningPublicKey, 0)!;
  content = unpacked(encodeFrame('json-gzip', branch));
});
afterAll(closeDesks);

const unpacked = (frame: Uint8Array) => JSON.parse(gunzipSync(frame).toString('utf8')) as FrameContent;
const packed = (value: unknown) => gzipSync(JSON.stringify(value));
const take = (value: unknown) => {
  const decoded = decodeFrame('json-gzip', packed(value));
  return decoded.ok ? linkFrame(decoded.value, START, branch.publicKey) : decoded;
};
const privateKey = () => readFact<SigningPrivateKey>(desk.desk.db, FACT.devicePrivateKey)!;

describe('a frame', () => {
  it('gives back every operation byte for byte, with the links computed anew', () => {
    const taken = valueOf(linkFrame(valueOf(decodeFrame('json-gzip', encodeFrame('json-gzip', branch))), START, branch.publicKey));
    expect(taken.operations).toHaveLength(branch.operations.length);
    for (const [index, operation] of taken.operations.entries()) {
      const written = branch.operations[index]!;
      expect(headerBytes(operation.header).equals(headerBytes(written.header))).toBe(true);
      expect(Buffer.compare(operation.body!, written.body!)).toBe(0);
      expect(Buffer.compare(operation.commitment, written.commitment)).toBe(0);
      expect(Buffer.compare(operation.hash, written.hash)).toBe(0);
      expect(Buffer.compare(taken.subjectKeys.get(operation.header.subject)!, branch.subjectKeys.get(operation.header.subject)!)).toBe(0);
    }
  });

  it('says neither links nor places: they cannot be wrong', () => {
    expect(Object.keys(content.operations[0]!).sort()).toEqual(['actor', 'after', 'at', 'body', 'businessDate', 'kind', 'subject', 'version', 'wall']);
  });

  it('still links when bodies were erased, and shows nothing of them', () => {
    const subject = branch.operations.at(-1)!.header.subject;
    const erased = { ...branch, operations: branch.operations.map((one) => (one.header.subject === subject ? { ...one, body: null } : one)) };
    const frame = encodeFrame('json-gzip', erased);
    expect(unpacked(frame).keys[subject]).toBeUndefined();
    const taken = valueOf(linkFrame(valueOf(decodeFrame('json-gzip', frame)), START, branch.publicKey));
    expect(taken.operations.at(-1)).toMatchObject({ body: null });
    expect(Buffer.compare(taken.operations.at(-1)!.hash, branch.head.hash)).toBe(0);
  });

  it('goes on only from the link it stands on', () => {
    const decoded = valueOf(decodeFrame('json-gzip', encodeFrame('json-gzip', branch)));
    expect(codeOf(linkFrame(decoded, { seq: 1, hash: branch.operations[0]!.hash }, branch.publicKey))).toBe('branch.gap');
    expect(codeOf(linkFrame(decoded, { seq: 0, hash: branch.operations[0]!.hash }, branch.publicKey))).toBe('branch.badChain');
  });

  it('is refused when signed by a stranger', () => {
    const { seq, hash } = branch.head;
    const signature = signHead(generateSigningKeyPair().privateKey, { office: branch.office, device: branch.device, seq, hash });
    expect(codeOf(take({ ...content, head: { ...content.head, signature } }))).toBe('branch.badSignature');
  });

  it('is refused when its own author signs an end that its operations do not lead to', () => {
    const hash = Buffer.alloc(32, 7);
    const signature = signHead(privateKey(), { office: branch.office, device: branch.device, seq: branch.head.seq, hash });
    expect(codeOf(take({ ...content, head: { ...content.head, hash: hash.toString('hex'), signature } }))).toBe('branch.badChain');
  });
});

describe('bytes from outside', () => {
  it('are refused, whatever is changed, left out, doubled or put in another order', () => {
    const last = content.operations.length - 1;
    const at = fc.integer({ min: 0, max: last });
    const change = fc.oneof(
      at.map((index) => ({ ...content, operations: content.operations.filter((_, one) => one !== index) })),
      at.map((index) => ({ ...content, operations: content.operations.flatMap((one, number) => (number === index ? [one, one] : [one])) })),
      at.chain((index) => fc.constantFrom('wall', 'version', 'kind', 'subject', 'actor', 'businessDate', 'at', 'after', 'body').map((member) => ({
        ...content, operations: content.operations.map((one, number) => (number === index ? { ...one, [member]: otherOf(one[member]) } : one)),
      }))),
      fc.constantFrom('after', 'device', 'office').map((member) => ({ ...content, [member]: otherOf(content[member]) })),
      fc.constantFrom(...Object.keys(content.keys)).map((subject) => ({ ...content, keys: { ...content.keys, [subject]: 'A'.repeat(22) } })),
      fc.constantFrom(...Object.keys(content.keys)).map((subject) => ({ ...content, keys: Object.fromEntries(Object.entries(content.keys).filter(([key]) => key !== subject)) })),
    );
    fc.assert(fc.property(change, (value) => {
      expect(take(value).ok).toBe(false);
    }), { numRuns: 2_000 });
  });

  it('are refused when damaged in any byte', () => {
    const frame = encodeFrame('json-gzip', branch);
    fc.assert(fc.property(fc.integer({ min: 0, max: frame.byteLength - 1 }), fc.integer({ min: 1, max: 255 }), (index, bits) => {
      const damaged = Uint8Array.from(frame);
      damaged[index]! ^= bits;
      const decoded = decodeFrame('json-gzip', damaged);
      // A few bytes of gzip's own head mean nothing (its time, its system); then the content is the true one.
      if (decoded.ok) expect(decoded.value).toEqual(content);
    }), { numRuns: 2_000 });
  });

  it('that would unpack to more than a frame may hold are refused before they do', () => {
    const before = process.memoryUsage().rss;
    const bomb = gzipSync(Buffer.alloc(FRAME_CONTENT_BYTES_MAX * 8, 0x20));
    expect(codeOf(decodeFrame('json-gzip', bomb))).toBe('frame.tooLarge');
    expect(bomb.byteLength).toBeLessThan(FRAME_CONTENT_BYTES_MAX / 50);
    expect(process.memoryUsage().rss - before).toBeLessThan(FRAME_CONTENT_BYTES_MAX * 16);
  });

  it('of another kind are refused: no gzip, no JSON, another shape, ids in another spelling', () => {
    for (const bytes of [new Uint8Array(0), Buffer.from('nonsense'), gzipSync('nonsense'), packed(null), packed([]), packed({}), gzipSync(Buffer.from([0x22, 0xff, 0x22]))]) {
      expect(codeOf(decodeFrame('json-gzip', bytes))).toBe('frame.malformed');
    }
    const [first, ...others] = content.operations;
    expect(codeOf(take({ ...content, operations: [{ ...first, subject: first!.subject.toUpperCase() }, ...others] }))).toBe('frame.malformed');
    expect(codeOf(take({ ...content, operations: [{ ...first, kind: `${first!.kind}\u0301` }, ...others] }))).toBe('frame.malformed');
    expect(codeOf(take({ ...content, more: 1 }))).toBe('frame.malformed');
  });
});

/** Another value of the same form, so that the chain is what refuses it. */
function otherOf(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (value === null) return '00000000-0000-4000-8000-000000000001';
  if (Array.isArray(value)) return value.length > 0 && typeof value[0] === 'number' ? [value[0] + 1, value[1]] : [...(value as unknown[]), [content.device, 1]];
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return '2031-01-01';
  return /^[0-9a-f-]{36}$/.test(text) ? `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}` : `${text} `.replace(/^(\S+) $/, '$1x');
}

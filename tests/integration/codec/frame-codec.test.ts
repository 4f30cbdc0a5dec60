import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACT } from '../../../src-main/core/desk/open-desk.ts';
import { claimedOperations } from '../../../src-node/codec/frame-operation.ts';
import { writeColumns } from '../../../src-node/codec/columnar-content.ts';
import { decodeFrame, dictionaryOf, encodeFrame, encodeFrameGently, linkFrame } from '../../../src-node/codec/frame-codec.ts';
import { CHAIN_START, commitOf, hashOf, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import type { Branch } from '../../../src-node/operations/ingest.ts';
import { headerBytes } from '../../../src-node/operations/operation-rows.ts';
import { readBranch } from '../../../src-node/operations/read-branch.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import type { DeviceId, OfficeId, OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import type { Result } from '../../../src-shared/lib/result.ts';
import type { FrameContent } from '../../../src-shared/sync-protocol/frame.ts';
import { FRAME_CONTENT_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';
import { CODECS, type Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { closeDesks, openFirstDesk, receive, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { writtenFrame } from '../../simulation/fuzz/build-frame.ts';
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
const take = (value: unknown): Result<Branch, { readonly code: string }> => {
  const decoded = decodeFrame('json-gzip', packed(value));
  return decoded.ok ? linkFrame(decoded.value, START, branch.publicKey) : decoded;
};
const privateKey = () => readFact<SigningPrivateKey>(desk.desk.db, FACT.devicePrivateKey)!;

describe.each(CODECS)('a frame as %s', (codec) => {
  it('gives back every operation byte for byte, with the links computed anew', () => {
    const taken = valueOf(linkFrame(valueOf(decodeFrame(codec, encodeFrame(codec, branch))), START, branch.publicKey));
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
    const frame = encodeFrame(codec, erased);
    const decoded = valueOf(decodeFrame(codec, frame));
    expect(decoded.keys[subject]).toBeUndefined();
    const taken = valueOf(linkFrame(decoded, START, branch.publicKey));
    expect(taken.operations.at(-1)).toMatchObject({ body: null });
    expect(Buffer.compare(taken.operations.at(-1)!.hash, branch.head.hash)).toBe(0);
  });

  it('goes on only from the link it stands on', () => {
    const decoded = valueOf(decodeFrame(codec, encodeFrame(codec, branch)));
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

describe('a frame that leans on what the receiver holds', () => {
  const tail = () => branch.operations.slice(-2);
  const start = () => branch.operations.length - 2;
  const end = () => ({ ...branch, operations: tail() });
  const before = () => branch.operations.slice(0, -2);

  it('is much shorter, names what it leans on, and reads the same', () => {
    const [leaning, plain] = [encodeFrame('columns-2-zstd', end(), before()), encodeFrame('columns-2-zstd', end())];
    expect(leaning.byteLength).toBeLessThan(plain.byteLength * 0.7);
    const name = dictionaryOf('columns-2-zstd', leaning);
    expect(name).toEqual({ device: branch.device, firstSeq: 1, lastSeq: start() });
    expect(dictionaryOf('columns-2-zstd', plain)).toBeUndefined();
    expect(valueOf(decodeFrame('columns-2-zstd', leaning, before()))).toEqual(valueOf(decodeFrame('columns-2-zstd', plain)));
  });

  it('reads the same where operations in between are still on their way, and packed some at a time', async () => {
    const far = branch.operations.slice(0, -6);
    const plain = valueOf(decodeFrame('columns-2-zstd', encodeFrame('columns-2-zstd', end())));
    for (const frame of [encodeFrame('columns-2-zstd', end(), far), await encodeFrameGently(end(), far, 'small'), await encodeFrameGently(end(), before(), 'quick')]) {
      const name = dictionaryOf('columns-2-zstd', frame)!;
      expect(valueOf(decodeFrame('columns-2-zstd', frame, branch.operations.slice(name.firstSeq - 1, name.lastSeq)))).toEqual(plain);
    }
  });

  it('as protocol 3 wrote it is asked for again without what it leans on', () => {
    const former = Uint8Array.from(encodeFrame('columns-2-zstd', end(), before()));
    former[0] = 1;
    expect(codeOf(decodeFrame('columns-2-zstd', former, before()))).toBe('frame.otherDictionary');
  });

  it('says so when other operations are held, fewer, or one with an erased body', () => {
    const leaning = encodeFrame('columns-2-zstd', end(), before());
    const held = before();
    const others = [[], held.slice(1), held.slice(0, -1), held.map((one, index) => (index === 3 ? { ...one, body: null } : one))];
    for (const other of others) expect(codeOf(decodeFrame('columns-2-zstd', leaning, other))).toBe('frame.otherDictionary');
  });
});

describe('columns', () => {
  const rewritten = (codec: Exclude<Codec, 'json-gzip'>, value: FrameContent) => valueOf(decodeFrame(codec, writtenFrame(value, codec).bytes));
  /** Any bytes in the place of any others, also where a length or a count stands. */
  const mutation = (bytes: Uint8Array) => fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.nat(bytes.byteLength - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ bits : byte))) },
    { weight: 1, arbitrary: fc.nat(bytes.byteLength - 1).map((length) => bytes.slice(0, length)) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(bytes.byteLength - 1), fc.uint8Array({ maxLength: 12 })).map(([at, put]) => Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at)])) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(bytes.byteLength - 1), fc.integer({ min: 1, max: 12 })).map(([at, length]) => Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])) },
  );
  /** As an admitted device could send them: whatever they say, its key vouches for it. */
  function resigned(value: FrameContent): FrameContent {
    const claimed = linkFrame(value, { seq: value.after, hash: CHAIN_START as Uint8Array }, branch.publicKey);
    if (claimed.ok) return value;
    const [office, device] = [value.office as OfficeId, value.device as DeviceId];
    const hash = endOfChain(value);
    return { ...value, head: { seq: value.head.seq, hash: hash.toString('hex'), signature: signHead(privateKey(), { office, device, seq: value.head.seq, hash }) } };
  }

  it('that are damaged in their structure are refused, or read as something that still has to be vouched for; nothing else happens', () => {
    const columns = Buffer.from(writeColumns(content));
    let [read, vouched] = [0, 0];
    fc.assert(fc.property(mutation(columns), (bytes) => {
      const decoded = decodeFrame('columns-zstd', Buffer.concat([Buffer.from([0]), zstdCompressSync(bytes)]));
      if (!decoded.ok) return void expect(['frame.malformed', 'frame.tooLarge']).toContain(decoded.error.code);
      read += 1;
      if (Buffer.compare(bytes, columns) !== 0) expect(linkFrame(decoded.value, START, branch.publicKey).ok && !isDeepStrictEqual(decoded.value, content)).toBe(false);
      if (linkFrame(resigned(decoded.value), { seq: decoded.value.after, hash: CHAIN_START as Uint8Array }, branch.publicKey).ok) vouched += 1;
    }), { numRuns: 3_000 });
    // The test has a point only while many get as far as that.
    expect(read).toBeGreaterThan(600);
    expect(vouched).toBeGreaterThan(600);
  });

  it('give back any body byte for byte, canonical or not', () => {
    const key = fc.constantFrom('a', 'b', 'tên', '__proto__', 'constructor', 'x'.repeat(40));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string({ unit: 'grapheme' }), fc.uuid(), fc.constantFrom('0'.repeat(64), 'Nậm Khâu', '2026-11-19', '0000-02-29', 'H99-0998', 'H99-0999', 'H99-1000', '999999999999999', '9999999999999999', ' 12 '), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
    }));
    const body = fc.oneof({ weight: 4, arbitrary: value.map((one) => canonicalJson(one)) }, { weight: 1, arbitrary: fc.constantFrom('{ }', '1.5', '-0', '', 'nonsense', '{"b":1,"a":2}', '"\u0041"') });
    fc.assert(fc.property(fc.array(body, { minLength: 1, maxLength: 20 }), (bodies) => {
      const [first] = content.operations;
      const operations = bodies.map((text) => ({ ...first!, body: text }));
      const all: FrameContent = { ...content, head: { ...content.head, seq: content.after + operations.length }, operations };
      for (const codec of ['columns-zstd', 'columns-2-zstd'] as const) expect(rewritten(codec, all).operations.map((one) => one.body)).toEqual(bodies);
    }), { numRuns: 400 });
  });

  it('give back a text with its mark of byte order, which somebody pasted along', () => {
    const [first] = content.operations;
    for (const body of [canonicalJson({ address: '\ufeffNậm Khâu' }), '\ufeff{}']) {
      const operations = [{ ...first!, body }];
      const all: FrameContent = { ...content, head: { ...content.head, seq: content.after + 1 }, operations };
      for (const codec of ['columns-zstd', 'columns-2-zstd'] as const) expect(rewritten(codec, all).operations[0]!.body).toBe(body);
    }
  });

  it('cannot name a long text so often that writing it out would fill the memory', () => {
    const text = 'x'.repeat(200_000);
    const operations = Array.from({ length: 400 }, () => ({ ...content.operations[0]!, body: canonicalJson({ text }) }));
    const columns = writeColumns({ ...content, head: { ...content.head, seq: content.after + operations.length }, operations });
    expect(columns.byteLength).toBeLessThan(250_000);
    expect(codeOf(decodeFrame('columns-zstd', Buffer.concat([Buffer.from([0]), zstdCompressSync(columns)])))).toBe('frame.tooLarge');
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
    const much = Buffer.alloc(FRAME_CONTENT_BYTES_MAX * 8, 0x20);
    for (const [codec, bomb] of [['json-gzip', gzipSync(much)], ['columns-zstd', Buffer.concat([Buffer.from([0]), zstdCompressSync(much)])]] as const) {
      const before = process.memoryUsage().arrayBuffers;
      expect(codeOf(decodeFrame(codec, bomb))).toBe('frame.tooLarge');
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(FRAME_CONTENT_BYTES_MAX * 2);
    }
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

/** Where a chain from its start ends that says what this content says. */
function endOfChain(value: FrameContent): Buffer {
  return claimedOperations(value).reduce<Buffer>((before, { header, body }, index) => {
    const commitment = body === null ? Buffer.from(value.operations[index]!.commitment!, 'base64url') : commitOf(Buffer.from(value.keys[header.subject] ?? 'A'.repeat(22), 'base64url'), body);
    return hashOf(before, headerBytes(header), commitment);
  }, Buffer.from(CHAIN_START));
}

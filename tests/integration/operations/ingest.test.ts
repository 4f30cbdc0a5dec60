import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FACT } from '../../../src-main/core/desk/open-desk.ts';
import { commitOf, hashOf, signHead } from '../../../src-node/crypto/chain.ts';
import type { SigningPrivateKey, SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { readFact } from '../../../src-node/operations/desk-facts.ts';
import { ingestBranch, type Branch } from '../../../src-node/operations/ingest.ts';
import { readHead } from '../../../src-node/operations/log.ts';
import { headerBytes, type StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { readBranch } from '../../../src-node/operations/read-branch.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { closeDesks, openFirstDesk, openNeighbour, receive, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

let first: NeighbourDesk;
let second: NeighbourDesk;
beforeEach(async () => {
  first = await openFirstDesk();
  second = openNeighbour(first);
});
afterEach(closeDesks);

const OTHER_OFFICE = '99999999-0000-4000-8000-000000000001' as OfficeId;
const publicKeyOf = ({ desk }: NeighbourDesk) => desk.office().devices.get(desk.device)!.publicKey as SigningPublicKey;
const privateKeyOf = ({ desk }: NeighbourDesk) => readFact<SigningPrivateKey>(desk.db, FACT.devicePrivateKey)!;
const flipped = (bytes: Uint8Array) => Buffer.from(bytes.map((byte, index) => (index === 5 ? byte ^ 1 : byte)));

/** Five receptions that the first desk wrote and the second does not know. */
function newBranch(): Branch {
  for (let count = 0; count < 5; count += 1) receive(first);
  valueOf(first.desk.checkpoint());
  const { desk } = first;
  return readBranch({ db: desk.db, names: desk.log.names, office: desk.office().id }, desk.device, publicKeyOf(first), readHead(second.desk.db, second.desk.log.names, desk.device).seq)!;
}

const takeIn = (branch: Branch) => second.desk.log.write((writing) => ingestBranch(writing, second.desk.office().id, branch));
const change = (branch: Branch, at: number, change: Partial<StoredOperation>): Branch => ({ ...branch, operations: branch.operations.map((one, index) => (index === at ? { ...one, ...change } : one)) });

/** Everything that an arrival could have touched. */
function everything(): string {
  const { db } = second.desk;
  const tables = ['operations', 'subject_keys', 'devices', 'names', 'dossiers', 'issued_numbers'];
  return canonicalJson(tables.map((table) => db.all<Record<string, unknown>>(`SELECT * FROM ${table}`).map((row) => Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)))));
}

/** The chain from here on made right again, and the head signed, as the owner of the device could. */
function rechained(branch: Branch, from: number, operation: StoredOperation): Branch {
  let hash = from === 0 ? readHead(second.desk.db, second.desk.log.names, branch.device).hash : branch.operations[from - 1]!.hash;
  const operations = branch.operations.map((one, index) => {
    if (index < from) return one;
    const written = index === from ? operation : one;
    hash = hashOf(hash, headerBytes(written.header), written.commitment);
    return { ...written, hash };
  });
  const { seq } = branch.head;
  return { ...branch, operations, head: { seq, hash, signature: signHead(privateKeyOf(first), { office: branch.office, device: branch.device, seq, hash }) } };
}

describe('a branch that is not as its device wrote and signed it', () => {
  const last = 4;
  const cases: Readonly<Record<string, (branch: Branch) => { branch: Branch; code: string }>> = {
    'of another office': (branch) => ({ branch: { ...branch, office: OTHER_OFFICE }, code: 'branch.foreignOffice' }),
    'with one operation of another office': (branch) => {
      const one = branch.operations[last]!;
      return { branch: rechained(branch, last, { ...one, header: { ...one.header, office: OTHER_OFFICE } }), code: 'branch.foreignOffice' };
    },
    'with another signature': (branch) => ({ branch: { ...branch, head: { ...branch.head, signature: flipped(Buffer.from(branch.head.signature, 'base64url')).toString('base64url') } }, code: 'branch.badSignature' }),
    'signed by a stranger': (branch) => ({
      branch: { ...branch, head: { ...branch.head, signature: signHead(generateSigningKeyPair().privateKey, { office: branch.office, device: branch.device, seq: branch.head.seq, hash: branch.head.hash }) } },
      code: 'branch.badSignature',
    }),
    'without one in the middle': (branch) => ({ branch: { ...branch, operations: branch.operations.filter((_, index) => index !== 2) }, code: 'branch.gap' }),
    'without its last': (branch) => ({ branch: { ...branch, operations: branch.operations.slice(0, -1) }, code: 'branch.gap' }),
    'with more at its end than the head vouches for': (branch) => {
      const signed = branch.operations[2]!;
      const head = { seq: signed.header.seq, hash: signed.hash };
      return { branch: { ...branch, head: { ...head, signature: signHead(privateKeyOf(first), { office: branch.office, device: branch.device, ...head }) } }, code: 'branch.badSignature' };
    },
    'in another order': (branch) => ({ branch: { ...branch, operations: [...branch.operations].reverse() }, code: 'branch.gap' }),
    'with an altered body': (branch) => ({ branch: change(branch, last, { body: Buffer.from('{}') }), code: 'branch.badChain' }),
    'with an altered body and no key to check it by': (branch) => ({ branch: { ...change(branch, last, { body: Buffer.from('{}') }), subjectKeys: new Map() }, code: 'branch.badChain' }),
    'with an altered header': (branch) => ({ branch: change(branch, last, { header: { ...branch.operations[last]!.header, wall: 1 } }), code: 'branch.badChain' }),
    'with an altered commitment': (branch) => ({ branch: change(branch, last, { commitment: flipped(branch.operations[last]!.commitment) }), code: 'branch.badChain' }),
    'with an altered link': (branch) => ({ branch: change(branch, last, { hash: flipped(branch.operations[last]!.hash) }), code: 'branch.badChain' }),
    'with a body too large': (branch) => {
      const one = branch.operations[last]!;
      const body = Buffer.alloc(8_388_609, 0x20);
      return { branch: rechained(branch, last, { ...one, body, commitment: commitOf(branch.subjectKeys.get(one.header.subject)!, body) }), code: 'branch.tooLarge' };
    },
  };

  it.each(Object.keys(cases))('%s is refused, and nothing of it stays', (name) => {
    const { branch, code } = cases[name]!(newBranch());
    const before = everything();
    expect(codeOf(takeIn(branch))).toBe(code);
    expect(everything()).toBe(before);
  });

  it('is taken in whole when it is right, and a second time nothing is new', () => {
    const branch = newBranch();
    expect(valueOf(takeIn(branch))).toHaveLength(5);
    const after = everything();
    expect(valueOf(takeIn(branch))).toEqual([]);
    expect(everything()).toBe(after);
  });
});

describe('a device that wrote two things under one number', () => {
  /** The same device and number with other content: rightly chained and signed. */
  const forked = (branch: Branch, at: number): Branch => {
    const one = branch.operations[at]!;
    return rechained(branch, at, { ...one, header: { ...one.header, wall: one.header.wall + 1 } });
  };
  const shortened = (branch: Branch, length: number): Branch => {
    const operations = branch.operations.slice(0, length);
    const { header, hash } = operations.at(-1)!;
    return { ...branch, operations, head: { seq: header.seq, hash, signature: signHead(privateKeyOf(first), { office: branch.office, device: branch.device, seq: header.seq, hash }) } };
  };

  it.each([
    ['as long as the known one', 5, 5],
    ['longer than the known one', 3, 5],
    ['shorter than the known one', 5, 3],
  ])('is refused with the other branch %s, and the known one stays', (_name, knownLength, otherLength) => {
    const branch = newBranch();
    valueOf(takeIn(shortened(branch, knownLength)));
    const before = everything();
    expect(codeOf(takeIn(shortened(forked(branch, 1), otherLength)))).toBe('branch.badChain');
    expect(everything()).toBe(before);
  });
});

import { afterAll, expect, it } from 'vitest';
import { encodeFrame } from '../../../src-node/codec/frame-codec.ts';
import { CHAIN_START } from '../../../src-node/crypto/chain.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { signedContent, writtenFrame } from '../../simulation/fuzz/build-frame.ts';
import type { SigningPublicKey } from '../../../src-node/crypto/key-text.ts';
import { readBranch } from '../../../src-node/operations/read-branch.ts';
import { readFrame } from '../../../src-node/sync-engine/read-frame.ts';
import { closeDesks, openFirstDesk, openNeighbour } from '../../helpers/neighbour-desks.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

afterAll(closeDesks);

it('refuses a frame of a device whose key, as the office tells it, is none', async () => {
  const first = await openFirstDesk();
  const second = openNeighbour(first);
  valueOf(second.desk.checkpoint());
  const office = second.desk.office();
  const device = office.devices.get(second.desk.device)!;
  const branch = readBranch({ db: second.desk.db, names: second.desk.log.names, office: office.id }, device.id, device.publicKey as SigningPublicKey, 0)!;
  const told = { ...office, devices: new Map([[device.id, { ...device, publicKey: 'x' }]]) };
  const reader = { known: { db: first.desk.db, names: first.desk.log.names }, office: told, own: first.desk.device };
  expect(codeOf(readFrame(reader, 'columns-zstd', encodeFrame('columns-zstd', branch)))).toBe('branch.unknownDevice');
});

it('lets nobody establish the office once more, by an earlier stamp and a key of its own', async () => {
  const first = await openFirstDesk();
  const office = first.desk.office();
  const { publicKey, privateKey } = generateSigningKeyPair();
  const established = first.desk.log.listSubject(first.desk.officeSubject).find(({ header }) => header.kind === 'office.established')!;
  const body = { ...(established.body as object), officePublicKey: publicKey, device: { device: 'stranger', publicKey } };
  const key = Buffer.alloc(16, 1);
  const draft = {
    office: office.id, device: 'stranger', after: 0, keys: { [office.id]: key.toString('base64url') },
    operations: [{ subject: office.id, kind: 'office.established', version: 1, actor: null, at: [1, 0] as [number, number], wall: 1, businessDate: '2026-01-01', after: [], body: canonicalJson(body) }],
  };
  const frame = writtenFrame(signedContent(draft, { seq: 0, hash: CHAIN_START as Uint8Array }, privateKey), 'columns-zstd');
  const reader = { known: { db: first.desk.db, names: first.desk.log.names }, office, own: first.desk.device };
  expect(codeOf(readFrame(reader, frame.codec, frame.bytes))).toBe('branch.unknownDevice');
});

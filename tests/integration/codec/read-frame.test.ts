import { afterAll, expect, it } from 'vitest';
import { encodeFrame } from '../../../src-node/codec/frame-codec.ts';
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

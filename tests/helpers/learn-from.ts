import { foldArrived, takeStretch } from '../../src-main/core/desk/arrivals.ts';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import { branchFault } from '../../src-node/operations/ingest.ts';
import { readHead } from '../../src-node/operations/log.ts';
import { listSignedDevices, readBranch } from '../../src-node/operations/read-branch.ts';
import { stretchesOf } from '../../src-node/operations/stretches.ts';
import { valueOf, type CoreDesk } from './core-desk.ts';

/**
 * A desk takes in what another running desk holds: checked and written as whatever comes from outside, but without the copy of
 * a folder and the process that `desks.importBranch` needs, for tests in which desks meet many times. `devices`: these logs alone.
 */
export async function learnFrom({ desk }: CoreDesk, { desk: from }: CoreDesk, devices?: readonly string[]): Promise<void> {
  valueOf(from.checkpoint());
  const source = { db: from.db, names: from.log.names, office: from.office().id };
  for (const { device } of listSignedDevices(source)) {
    if (devices && !devices.includes(device)) continue;
    const publicKey = from.office().devices.get(device)!.publicKey as SigningPublicKey;
    const head = readHead(desk.db, desk.log.names, device);
    const branch = readBranch(source, device, publicKey, head.seq);
    if (!branch) continue;
    const fault = branchFault({ db: desk.db, names: desk.log.names }, source.office, branch);
    if (fault) throw new Error(`refused: ${JSON.stringify(fault)}`);
    for (const stretch of stretchesOf(branch, head)) valueOf(takeStretch(desk, stretch));
  }
  valueOf(await foldArrived(desk));
}

import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { readBranch } from '../../src-node/operations/read-branch.ts';
import { valueOf } from './open-test-desk.ts';

/** What a desk has written itself behind `after`, its end signed: as it hands it up. */
export function ownBranch(desk: OpenDesk, after = 0): Branch {
  valueOf(desk.checkpoint());
  const publicKey = desk.office().devices.get(desk.device)!.publicKey as SigningPublicKey;
  return readBranch({ db: desk.db, names: desk.log.names, office: desk.office().id }, desk.device, publicKey, after)!;
}

import type { WrappedSecret } from '../../../src-node/crypto/password-wrap.ts';
import { bytesOfKey, isKeyText, type SealingPublicKey } from '../../../src-node/crypto/key-text.ts';
import type { KeySlots, UnlockedByPassword } from '../../../src-node/crypto/key-slots.ts';
import { sealingKeyPairFrom } from '../../../src-node/crypto/keys.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import type { Officer } from '../../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import type { OpenDesk } from './open-desk.ts';

/**
 * An unlocked desk seals its key to every officer of the log and to the office's recovery code, so that who was added or
 * given a new password elsewhere can sign in here as soon as the operation has arrived (design §3). Retired officers and
 * replaced recovery codes lose their slot, in both copies of the file.
 */
export function refreshKeySlots(keySlots: KeySlots, desk: OpenDesk): Result<undefined, StorageError> {
  const listed = new Set(keySlots.listSignInOfficers().map(({ id }) => id));
  for (const officer of desk.office().officers.values()) {
    if (officer.retired) {
      if (!listed.has(officer.id)) continue;
      const removed = keySlots.removeOfficerSlot(officer.id);
      if (!removed.ok) return removed;
      continue;
    }
    if (keySlots.hasSlotFor(officerToAdmit(officer))) continue;
    const set = keySlots.setOfficerSlot(desk.databaseKey, officerToAdmit(officer));
    if (!set.ok) return set;
  }
  const { publicKey } = desk.office().recovery;
  if (isKeyText<SealingPublicKey>(publicKey) && keySlots.recoveryPublicKey() !== publicKey) {
    const set = keySlots.setRecoverySlot(desk.databaseKey, publicKey);
    if (!set.ok) return set;
  }
  return keySlots.saveAgain();
}

/** True when what opened the recovery slot is the office's present code; an older `keys.json` put back opens with a former one. */
export function isPresentRecoveryCode(keySlots: KeySlots, desk: OpenDesk): boolean {
  return keySlots.recoveryPublicKey() === desk.office().recovery.publicKey;
}

/**
 * True when the password that opened a slot is the officer's present one in the log. An older `keys.json` put back, or a
 * password changed while another was being tried, would open with one that no longer counts.
 */
export function isPresentPassword(officer: Officer | undefined, unlocked: UnlockedByPassword): boolean {
  return officer?.credentials.publicKey === sealingKeyPairFrom(bytesOfKey(unlocked.privateKey)).publicKey;
}

export function officerToAdmit(officer: Officer) {
  return {
    id: officer.id,
    displayName: officer.name,
    publicKey: officer.credentials.publicKey as SealingPublicKey,
    wrappedPrivateKey: JSON.parse(officer.credentials.wrappedPrivateKey) as WrappedSecret,
  };
}

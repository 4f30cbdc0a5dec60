import type { WrappedSecret } from '../../../src-node/crypto/password-wrap.ts';
import { bytesOfKey, type SealingPublicKey } from '../../../src-node/crypto/key-text.ts';
import type { KeySlots, UnlockedByPassword } from '../../../src-node/crypto/key-slots.ts';
import { sealingKeyPairFrom } from '../../../src-node/crypto/keys.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import type { Officer } from '../../../src-shared/domain/office/office.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import type { OpenDesk } from './open-desk.ts';

/**
 * An unlocked desk seals its key to every officer of the log, so that who was added or given a new password elsewhere can
 * sign in here as soon as the operation has arrived (design §3). Retired officers lose their slot.
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
  return ok(undefined);
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

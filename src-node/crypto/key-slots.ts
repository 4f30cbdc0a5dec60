/**
 * Who can open the database: every admitted officer by password, and the office's recovery code. Each slot holds the
 * database key sealed to a public key; the officers' private keys are wrapped by their passwords and travel between
 * desks as operations, so a desk needs no password to admit an officer (design.md 3).
 */
import { assert } from '../../src-shared/lib/assert.ts';
import type { Clock } from '../../src-shared/lib/clock.ts';
import type { OfficerId } from '../../src-shared/lib/ids.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { storageError } from '../db/storage-error.ts';
import type { StorageError } from '../db/storage-error.ts';
import { keySlotsExist, readKeySlots, writeKeySlots } from './key-slots-file.ts';
import type { KeySlotsContent, KeySlotsHealth, OfficerSlot, RecoverySlot } from './key-slots-file.ts';
import { bytesOfKey, KEY_BYTES, keyOfBytes } from './key-text.ts';
import type { SealingPrivateKey, SealingPublicKey } from './key-text.ts';
import { generateSealingKeyPair } from './keys.ts';
import { DEFAULT_PASSWORD_PARAMETERS, unwrapByPassword, wrapByPassword } from './password-wrap.ts';
import type { PasswordParameters, WrappedSecret } from './password-wrap.ts';
import { parseRecoveryCode, recoveryKeyPair } from './recovery-code.ts';
import type { RecoveryCodeError } from './recovery-code.ts';
import { openSealed, sealToPublicKey } from './sealed-box.ts';
import { afterWrongTry, heldAgainstClock, lockMsLeft, nextLockMs, NO_WRONG_TRIES, triesLeft } from './sign-in-lockout.ts';
import type { WrongTries } from './sign-in-lockout.ts';

export interface KeySlotsDep {
  /** The data folder. */
  readonly folder: string;
  readonly clock: Clock;
}

/** What an officer's operation carries (design.md 3); opens nothing without the password. */
export interface OfficerCredential {
  readonly publicKey: SealingPublicKey;
  readonly wrappedPrivateKey: WrappedSecret;
}

export interface OfficerToAdmit extends OfficerCredential {
  readonly id: OfficerId;
  readonly displayName: string;
}

export interface SignInOfficer {
  readonly id: OfficerId;
  readonly displayName: string;
  /** What the clock will say when a running lock-out ends. */
  readonly lockedUntilMs?: number;
}

export interface UnlockedByPassword {
  readonly databaseKey: Buffer;
  readonly privateKey: SealingPrivateKey;
  /** The password was right but the counters could not be set back on the disk. */
  readonly unsaved?: StorageError;
}

export type SignInError =
  | { readonly code: 'session.wrongPassword'; readonly triesLeft: number; readonly nextLockMs: number }
  | { readonly code: 'session.lockedOut'; readonly untilMs: number; readonly remainingMs: number }
  | { readonly code: 'session.unknownOfficer' }
  | StorageError;

export type RecoveryError = RecoveryCodeError | { readonly code: 'session.wrongRecoveryCode' } | StorageError;

export interface KeySlots {
  readonly health: KeySlotsHealth;
  listSignInOfficers(): readonly SignInOfficer[];
  /** Tries are answered one after the other, so that no two share one count. */
  unlockWithPassword(officer: OfficerId, password: string): Promise<Result<UnlockedByPassword, SignInError>>;
  /** Takes the code as typed. No lock-out: 140 random bits cannot be guessed. */
  unlockWithRecoveryCode(typed: string): Result<Buffer, RecoveryError>;
  /** Adds an officer or replaces what is known of one; a new password also clears the wrong tries. */
  setOfficerSlot(databaseKey: Uint8Array, officer: OfficerToAdmit): Result<undefined, StorageError>;
  /** True when the officer's slot is up to date: same name, same password. */
  hasSlotFor(officer: OfficerToAdmit): boolean;
  removeOfficerSlot(officer: OfficerId): Result<undefined, StorageError>;
  /** Replaces the code that opens the file: the former one opens nothing any more. */
  setRecoverySlot(databaseKey: Uint8Array, publicKey: SealingPublicKey): Result<undefined, StorageError>;
  /** Of the code that opens the file. */
  recoveryPublicKey(): SealingPublicKey;
  /** Writes what an earlier failed write left in memory alone; nothing to do otherwise. */
  saveAgain(): Result<undefined, StorageError>;
}

/** A new key pair for an officer, its private half wrapped by the password. Used at creation and at every reset. */
export async function createOfficerCredential(
  officer: OfficerId,
  password: string,
  parameters: PasswordParameters = DEFAULT_PASSWORD_PARAMETERS,
): Promise<OfficerCredential> {
  const pair = generateSealingKeyPair();
  const wrappedPrivateKey = await wrapByPassword(bytesOfKey(pair.privateKey), password, privateKeyPurpose(officer), parameters);
  return { publicKey: pair.publicKey, wrappedPrivateKey };
}

export interface NewKeySlots {
  /** 32 random bytes that the database was or will be made with. */
  readonly databaseKey: Uint8Array;
  readonly recoveryPublicKey: SealingPublicKey;
  readonly officers: readonly OfficerToAdmit[];
}

/** Makes the key-slot file of a new data folder; storage.alreadyExists when there is one, which is never overwritten. */
export function createKeySlots(dep: KeySlotsDep, first: NewKeySlots): Result<KeySlots, StorageError> {
  if (keySlotsExist(dep.folder)) return err(storageError('storage.alreadyExists', 'key slots'));
  const content: KeySlotsContent = {
    officers: first.officers.map((officer) => officerSlot(first.databaseKey, officer, NO_WRONG_TRIES)),
    recovery: recoverySlot(first.databaseKey, first.recoveryPublicKey),
  };
  const written = writeKeySlots(dep.folder, content);
  return written.ok ? ok(keySlotsOver(dep, content, { readFrom: 'keys.json' })) : written;
}

/** Reads the key slots of a data folder. Errors: storage.missing, damaged (both copies), newer, readOnly, ioFailed. */
export function openKeySlots(dep: KeySlotsDep): Result<KeySlots, StorageError> {
  const read = readKeySlots(dep.folder);
  if (!read.ok) return read;
  const { content, health } = read.value;
  const wallMs = dep.clock.wallMs();
  const officers = content.officers.map((slot) => ({ ...slot, wrongTries: heldAgainstClock(slot.wrongTries, wallMs) }));
  if (officers.every(({ wrongTries }, index) => wrongTries === content.officers[index]?.wrongTries)) return ok(keySlotsOver(dep, content, health));
  const anchored = { ...content, officers };
  const written = writeKeySlots(dep.folder, anchored);
  return ok(keySlotsOver(dep, anchored, written.ok ? health : { ...health, repairError: written.error }));
}

function keySlotsOver(dep: KeySlotsDep, initial: KeySlotsContent, health: KeySlotsHealth): KeySlots {
  const store = slotStore(dep.folder, initial);
  const locks = lockClock(dep.clock, initial.officers);
  let lastAttempt: Promise<unknown> = Promise.resolve();
  return {
    health,
    listSignInOfficers: () =>
      store.content().officers.map(({ id, displayName }) => {
        const remainingMs = locks.remainingMs(id);
        return remainingMs > 0 ? { id, displayName, lockedUntilMs: dep.clock.wallMs() + remainingMs } : { id, displayName };
      }),
    unlockWithPassword(officer, password) {
      const answer = lastAttempt.then(() => tryPassword({ clock: dep.clock, store, locks }, officer, password));
      lastAttempt = answer.catch(() => undefined);
      return answer;
    },
    unlockWithRecoveryCode: (typed) => unlockWithCode(store.content().recovery, typed),
    setOfficerSlot(databaseKey, officer) {
      const { officers } = store.content();
      const known = officers.find(({ id }) => id === officer.id);
      const isSamePassword = known?.wrappedPrivateKey.sealed === officer.wrappedPrivateKey.sealed;
      if (!isSamePassword) locks.end(officer.id);
      const slot = officerSlot(databaseKey, officer, known !== undefined && isSamePassword ? known.wrongTries : NO_WRONG_TRIES);
      return store.save({ officers: known === undefined ? [...officers, slot] : officers.map((one) => (one === known ? slot : one)) });
    },
    hasSlotFor: ({ id, displayName, publicKey, wrappedPrivateKey }) =>
      store.content().officers.some(
        (slot) => slot.id === id && slot.displayName === displayName && slot.publicKey === publicKey && slot.wrappedPrivateKey.sealed === wrappedPrivateKey.sealed,
      ),
    removeOfficerSlot: (officer) => store.save({ officers: store.content().officers.filter(({ id }) => id !== officer) }),
    setRecoverySlot: (databaseKey, publicKey) => store.save({ recovery: recoverySlot(databaseKey, publicKey) }),
    recoveryPublicKey: () => store.content().recovery.publicKey,
    saveAgain: () => (store.isSaved() ? ok(undefined) : store.save({})),
  };
}

interface SlotStore {
  content(): KeySlotsContent;
  isSaved(): boolean;
  save(change: Partial<KeySlotsContent>): Result<undefined, StorageError>;
}

function slotStore(folder: string, initial: KeySlotsContent): SlotStore {
  let content = initial;
  let isSaved = true;
  return {
    content: () => content,
    isSaved: () => isSaved,
    save(change) {
      // Memory first: a disk that cannot be written must not give anybody more tries.
      content = { ...content, ...change };
      const written = writeKeySlots(folder, content);
      isSaved = written.ok;
      return written;
    },
  };
}

interface SignInDep {
  readonly clock: Clock;
  readonly store: SlotStore;
  readonly locks: LockClock;
}

async function tryPassword(dep: SignInDep, officer: OfficerId, password: string): Promise<Result<UnlockedByPassword, SignInError>> {
  const slot = dep.store.content().officers.find(({ id }) => id === officer);
  if (slot === undefined) return err({ code: 'session.unknownOfficer' });
  const remainingMs = dep.locks.remainingMs(officer);
  if (remainingMs > 0) return lockedOut(dep.clock, remainingMs);
  const unwrapped = await unwrapByPassword(slot.wrappedPrivateKey, password, privateKeyPurpose(officer));
  if (unwrapped.ok) return openSlot(dep, slot, unwrapped.value);
  if (unwrapped.error.code === 'wrap.unreasonable') return err(storageError('storage.damaged', 'password parameters'));
  return countWrongTry(dep, slot);
}

function openSlot(dep: SignInDep, slot: OfficerSlot, privateKeyBytes: Buffer): Result<UnlockedByPassword, SignInError> {
  const privateKey = keyOfBytes<SealingPrivateKey>(privateKeyBytes);
  const databaseKey = openSealed(privateKey, slot.sealedDatabaseKey, databaseKeyPurpose(slot.id));
  if (!databaseKey.ok) return err(storageError('storage.damaged', 'sealed database key'));
  const found = { databaseKey: databaseKey.value, privateKey };
  if (slot.wrongTries.count === 0) return ok(found);
  const saved = saveTries(dep.store, slot.id, NO_WRONG_TRIES);
  return ok(saved.ok ? found : { ...found, unsaved: saved.error });
}

function countWrongTry(dep: SignInDep, slot: OfficerSlot): Result<never, SignInError> {
  const wrongTries = afterWrongTry(slot.wrongTries, dep.clock.wallMs());
  dep.locks.begin(slot.id, wrongTries.lockedForMs);
  const saved = saveTries(dep.store, slot.id, wrongTries);
  if (!saved.ok) return saved;
  if (wrongTries.lockedForMs > 0) return lockedOut(dep.clock, wrongTries.lockedForMs);
  return err({ code: 'session.wrongPassword', triesLeft: triesLeft(wrongTries), nextLockMs: nextLockMs(wrongTries) });
}

function saveTries(store: SlotStore, officer: OfficerId, wrongTries: WrongTries): Result<undefined, StorageError> {
  return store.save({ officers: store.content().officers.map((slot) => (slot.id === officer ? { ...slot, wrongTries } : slot)) });
}

function lockedOut(clock: Clock, remainingMs: number): Result<never, SignInError> {
  return err({ code: 'session.lockedOut', untilMs: clock.wallMs() + remainingMs, remainingMs });
}

interface LockClock {
  remainingMs(officer: OfficerId): number;
  begin(officer: OfficerId, lockMs: number): void;
  end(officer: OfficerId): void;
}

/** Running lock-outs, measured on the monotonic clock. */
function lockClock(clock: Clock, officers: readonly OfficerSlot[]): LockClock {
  const untilMonotonicMs = new Map<OfficerId, number>();
  const begin = (officer: OfficerId, lockMs: number): void => void untilMonotonicMs.set(officer, clock.monotonicMs() + lockMs);
  for (const { id, wrongTries } of officers) begin(id, lockMsLeft(wrongTries, clock.wallMs()));
  return {
    begin,
    end: (officer) => void untilMonotonicMs.delete(officer),
    remainingMs: (officer) => Math.max(0, Math.ceil((untilMonotonicMs.get(officer) ?? -Infinity) - clock.monotonicMs())),
  };
}

function unlockWithCode(recovery: RecoverySlot, typed: string): Result<Buffer, RecoveryError> {
  const code = parseRecoveryCode(typed);
  if (!code.ok) return code;
  const pair = recoveryKeyPair(code.value);
  if (pair.publicKey !== recovery.publicKey) return err({ code: 'session.wrongRecoveryCode' });
  const databaseKey = openSealed(pair.privateKey, recovery.sealedDatabaseKey, RECOVERY_PURPOSE);
  return databaseKey.ok ? databaseKey : err(storageError('storage.damaged', 'sealed database key'));
}

function officerSlot(databaseKey: Uint8Array, officer: OfficerToAdmit, wrongTries: WrongTries): OfficerSlot {
  const { id, displayName, publicKey, wrappedPrivateKey } = officer;
  return { id, displayName, publicKey, wrappedPrivateKey, sealedDatabaseKey: sealKey(databaseKey, publicKey, databaseKeyPurpose(id)), wrongTries };
}

function recoverySlot(databaseKey: Uint8Array, publicKey: SealingPublicKey): RecoverySlot {
  return { publicKey, sealedDatabaseKey: sealKey(databaseKey, publicKey, RECOVERY_PURPOSE) };
}

function sealKey(databaseKey: Uint8Array, publicKey: SealingPublicKey, purpose: string): string {
  assert(databaseKey.length === KEY_BYTES, 'a database key has 32 bytes');
  return sealToPublicKey(publicKey, databaseKey, purpose);
}

const RECOVERY_PURPOSE = 'motcua-database-key-v1|recovery';

function databaseKeyPurpose(officer: OfficerId): string {
  return `motcua-database-key-v1|officer|${officer}`;
}

function privateKeyPurpose(officer: OfficerId): string {
  return `motcua-officer-key-v1|${officer}`;
}

import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Numbering, OfficeAttributes } from '../../../src-shared/domain/office/office-operations.ts';
import type { FormOfAddress, Role } from '../../../src-shared/domain/officers/officer.ts';
import { grantTokens } from '../../../src-shared/domain/numbers/series-tokens.ts';
import { packHash } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { DeviceId, OfficeId, OfficerId } from '../../../src-shared/lib/ids.ts';
import { officeDate, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { generateSigningKeyPair, randomKeyBytes } from '../../../src-node/crypto/keys.ts';
import { createKeySlots, createOfficerCredential, type KeySlots, type OfficerCredential } from '../../../src-node/crypto/key-slots.ts';
import { generateRecoveryCode, recoveryKeyPair, recoverySheetNumber } from '../../../src-node/crypto/recovery-code.ts';
import { closeDatabase, DATABASE_KEY_BYTES, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { beginIncarnation } from '../../../src-node/incarnation/incarnation-marker.ts';
import { writeFact } from '../../../src-node/operations/desk-facts.ts';
import { createLog } from '../../../src-node/operations/log.ts';
import { createOfficeClock, type ClockAnchor } from '../../../src-node/operations/office-clock.ts';
import { officeSubject } from '../../../src-node/operations/office-projection.ts';
import { dataFolder, finishSetUp, migrationsFolder, removeUnfinished } from './data-folder.ts';
import { FACT, type OpenDeskDep } from './open-desk.ts';

export interface NewOffice {
  readonly attributes: OfficeAttributes;
  readonly numbering: Numbering;
  readonly deskName: string;
  readonly training: boolean;
  /** Today as the officer confirmed it on the last step of the wizard. */
  readonly confirmedDate: IsoDate;
  readonly administrator: { readonly name: string; readonly title: string; readonly formOfAddress: FormOfAddress; readonly roles: readonly Role[]; readonly password: string };
  readonly packs: readonly ShippedPack[];
}

export interface ShippedPack {
  readonly pack: 'catalogue' | 'calendar';
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

export interface SetUpDesk {
  readonly keySlots: KeySlots;
  readonly databaseKey: Buffer;
  readonly officer: OfficerId;
  readonly recoveryCode: string;
  /** What tells this code's printed sheet from a later one. */
  readonly sheet: string;
}

/**
 * Makes the first desk of an office: keys, database, key slots, and the first operations in one transaction. The database
 * appears only once everything is in it, so a crash in the middle leaves a folder that is still to be set up.
 */
export async function setUpDesk(dep: OpenDeskDep, office: NewOffice): Promise<Result<SetUpDesk, StorageError>> {
  const folder = dataFolder(dep.dataDir);
  mkdirSync(dep.dataDir, { recursive: true });
  removeUnfinished(folder);
  const databaseKey = randomKeyBytes(DATABASE_KEY_BYTES);
  const recoveryCode = generateRecoveryCode();
  const recoveryPublicKey = recoveryKeyPair(recoveryCode).publicKey;
  const officer = randomUUID() as string as OfficerId;
  const credential = await createOfficerCredential(officer, office.administrator.password, dep.passwordParameters);
  const keySlots = createKeySlots(
    { folder: dep.dataDir, clock: dep.clock },
    { databaseKey, recoveryPublicKey, officers: [{ id: officer, displayName: office.administrator.name, ...credential }] },
  );
  if (!keySlots.ok) return keySlots;
  const written = writeFirstOperations(dep, databaseKey, { office, officer, credential, recoveryPublicKey });
  if (!written.ok) return written;
  finishSetUp(folder);
  return ok({ keySlots: keySlots.value, databaseKey, officer, recoveryCode, sheet: recoverySheetNumber(recoveryPublicKey) });
}

interface FirstOperations {
  readonly office: NewOffice;
  readonly officer: OfficerId;
  readonly credential: OfficerCredential;
  readonly recoveryPublicKey: string;
}

function writeFirstOperations(dep: OpenDeskDep, databaseKey: Buffer, first: FirstOperations): Result<undefined, StorageError> {
  const opened = openDatabase({ file: dataFolder(dep.dataDir).unfinishedFile, key: databaseKey, mode: 'write', create: true });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const migrated = runMigrations(db, migrationsFolder());
    if (!migrated.ok) return migrated;
    const officeId = randomUUID() as string as OfficeId;
    const device = randomUUID() as string as DeviceId;
    const keys = generateSigningKeyPair();
    const begun = beginIncarnation({ stateFolder: dep.stateDir, dataFolder: dep.dataDir }, device);
    if (!begun.ok) return begun;
    const anchor = confirmedAnchor(dep, first.office.confirmedDate);
    const clock = createOfficeClock({ clock: dep.clock, anchor, lastHlc: { ms: 0, counter: 0 }, lastBusinessDate: null, builtAtMs: 0 });
    const log = createLog(db, { office: officeId, device, privateKey: keys.privateKey }, clock);
    const officeKeys = generateSigningKeyPair();
    const written = log.write(({ append }) => {
      const bodies = firstBodies(first, { officePublicKey: officeKeys.publicKey, device: { device, publicKey: keys.publicKey } });
      let after: { device: DeviceId; seq: number }[] = [];
      for (const { kind, body } of bodies) {
        const actor = kind === 'office.established' ? null : first.officer;
        const { header } = append({ kind, version: 1, subject: officeSubject(officeId), actor, after, body });
        after = [{ device: header.device, seq: header.seq }];
      }
      const facts = { office: officeId, desk: deskOf(bodies), device, devicePrivateKey: keys.privateKey, officePrivateKey: officeKeys.privateKey };
      for (const [name, value] of Object.entries(facts)) writeFact(db, name, value);
      writeFact(db, FACT.nonce, begun.value.nonce);
      writeFact(db, FACT.clock, anchor);
      writeFact(db, FACT.bufferSecret, randomKeyBytes(32).toString('base64url'));
      return ok(undefined);
    });
    const noted = written.ok ? begun.value.marker.noteSeq(log.head().seq) : ok(undefined);
    begun.value.marker.close();
    if (!written.ok) return err(written.error as StorageError);
    return noted;
  } finally {
    closeDatabase(db);
  }
}

function deskOf(bodies: readonly { readonly kind: string; readonly body: unknown }[]): string {
  const established = bodies[0]?.body as { readonly desk: { readonly desk: string } };
  return established.desk.desk;
}

function firstBodies({ office, officer, credential, recoveryPublicKey }: FirstOperations, keys: { officePublicKey: string; device: { device: string; publicKey: string } }) {
  const tokens = grantTokens(new Set(), office.numbering.tokenLength, office.numbering.alphabet);
  assert(tokens, 'an empty pool serves the first desk');
  const { name, title, formOfAddress, roles } = office.administrator;
  return [
    {
      kind: 'office.established',
      body: {
        attributes: office.attributes,
        numbering: office.numbering,
        officePublicKey: keys.officePublicKey,
        recoveryPublicKey,
        training: office.training,
        desk: { desk: randomUUID(), name: office.deskName, ...tokens },
        device: keys.device,
      },
    },
    { kind: 'officer.created', body: { officer, name, title, formOfAddress, roles, credentials: credentialBody(credential) } },
    ...office.packs.map((pack) => ({ kind: 'pack.installed', body: { ...pack, hash: packHash(pack.text) } })),
  ];
}

/** As it travels in operations. */
export function credentialBody(credential: OfficerCredential): { publicKey: string; wrappedPrivateKey: string } {
  return { publicKey: credential.publicKey, wrappedPrivateKey: JSON.stringify(credential.wrappedPrivateKey) };
}

/** The clock starts trusted: somebody has just read the date on the screen and agreed. */
export function confirmedAnchor(dep: OpenDeskDep, confirmedDate: IsoDate): ClockAnchor {
  const wallMs = dep.clock.wallMs();
  const correctionMs = Date.parse(`${confirmedDate}T00:00:00Z`) - Date.parse(`${officeDate(wallMs)}T00:00:00Z`);
  return { trustedMs: wallMs + correctionMs, wallMs, correctionMs, unverified: false };
}

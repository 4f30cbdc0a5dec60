import { randomUUID } from 'node:crypto';
import { officeKindVersions, type Numbering, type OfficeAttributes, type OfficeKind } from '../../../src-shared/domain/office/office-operations.ts';
import type { FormOfAddress, Role } from '../../../src-shared/domain/officers/officer.ts';
import { grantTokens } from '../../../src-shared/domain/numbers/series-tokens.ts';
import { packHash } from '../../../src-shared/domain/packs/catalogue-pack.ts';
import type { OperationRef } from '../../../src-shared/domain/operations/operation.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { DeskId, OfficeId, OfficerId } from '../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import { generateSigningKeyPair } from '../../../src-node/crypto/keys.ts';
import { createOfficerCredential, type OfficerCredential } from '../../../src-node/crypto/key-slots.ts';
import { generateRecoveryCode, recoveryKeyPair, recoverySheetNumber } from '../../../src-node/crypto/recovery-code.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { officeSubject } from '../../../src-node/operations/office-projection.ts';
import { foundDesk, type FoundedDesk, type NewDevice } from './found-desk.ts';
import type { OpenDeskDep } from './open-desk.ts';

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

export interface SetUpDesk extends FoundedDesk {
  readonly officer: OfficerId;
  readonly recoveryCode: string;
  /** What tells this code's printed sheet from a later one. */
  readonly sheet: string;
}

/** Makes the first desk of an office: its keys, its names, its first administrator, the packs it comes with. */
export async function setUpDesk(dep: OpenDeskDep, office: NewOffice): Promise<Result<SetUpDesk, StorageError>> {
  const recoveryCode = generateRecoveryCode();
  const recoveryPublicKey = recoveryKeyPair(recoveryCode).publicKey;
  const officer = randomUUID() as string as OfficerId;
  const credential = await createOfficerCredential(officer, office.administrator.password, dep.passwordParameters);
  const officeId = randomUUID() as string as OfficeId;
  const desk = randomUUID() as string as DeskId;
  const { publicKey: officePublicKey, privateKey: officePrivateKey } = generateSigningKeyPair();
  const founded = foundDesk(dep, {
    office: officeId, desk, officePrivateKey,
    slots: { recoveryPublicKey, officers: [{ id: officer, displayName: office.administrator.name, ...credential }] },
    confirmedDate: office.confirmedDate,
    known: [],
    writeFirst: ({ append }, device) => {
      const bodies = firstBodies({ office, desk, officer, credential, officePublicKey, recoveryPublicKey, device });
      let after: OperationRef[] = [];
      for (const { kind, body } of bodies) {
        const actor = kind === 'office.established' ? null : officer;
        const { header } = append({ kind, version: officeKindVersions[kind], subject: officeSubject(officeId), actor, after, body });
        after = [{ device: header.device, seq: header.seq }];
      }
    },
  });
  return founded.ok ? ok({ ...founded.value, officer, recoveryCode, sheet: recoverySheetNumber(recoveryPublicKey) }) : founded;
}

interface FirstOperations {
  readonly office: NewOffice;
  readonly desk: DeskId;
  readonly officer: OfficerId;
  readonly credential: OfficerCredential;
  readonly officePublicKey: string;
  readonly recoveryPublicKey: string;
  readonly device: NewDevice;
}

function firstBodies(first: FirstOperations): readonly { readonly kind: OfficeKind; readonly body: unknown }[] {
  const { office, desk, officer, credential, officePublicKey, recoveryPublicKey, device } = first;
  const { attributes, numbering, training } = office;
  const tokens = grantTokens(new Set(), numbering.tokenLength, numbering.alphabet);
  assert(tokens, 'an empty pool serves the first desk');
  const { name, title, formOfAddress, roles } = office.administrator;
  return [
    { kind: 'office.established', body: { attributes, numbering, officePublicKey, recoveryPublicKey, training, desk: { desk, name: office.deskName, ...tokens }, device } },
    { kind: 'officer.created', body: { officer, name, title, formOfAddress, roles, credentials: credentialBody(credential) } },
    ...office.packs.map((pack) => ({ kind: 'pack.installed' as const, body: { ...pack, hash: packHash(pack.text) } })),
  ];
}

/** As it travels in operations. */
export function credentialBody(credential: OfficerCredential): { publicKey: string; wrappedPrivateKey: string } {
  return { publicKey: credential.publicKey, wrappedPrivateKey: JSON.stringify(credential.wrappedPrivateKey) };
}

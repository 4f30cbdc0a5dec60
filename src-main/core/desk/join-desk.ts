import type { Office } from '../../../src-shared/domain/office/office.ts';
import { officeKindVersions, type OfficeBody } from '../../../src-shared/domain/office/office-operations.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { DeskId } from '../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import type { Result } from '../../../src-shared/lib/result.ts';
import type { SealingPublicKey, SigningPrivateKey } from '../../../src-node/crypto/key-text.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { officeSubject } from '../../../src-node/operations/office-projection.ts';
import { subjectToBytes } from '../../../src-node/operations/operation-rows.ts';
import { insertSubjectKey } from '../../../src-node/operations/subject-keys.ts';
import { foundDesk, type FoundedDesk } from './found-desk.ts';
import type { JoinContent } from './join-file.ts';
import { officerToAdmit } from './office-slots.ts';
import type { OpenDeskDep } from './open-desk.ts';

/**
 * Makes this folder a further desk of an office out of a checked join file. Officers sign in here with the passwords they
 * have; the recovery code of the office opens this desk too. The desk that made the file need not be reachable.
 */
export function joinDesk(dep: OpenDeskDep, join: { readonly content: JoinContent; readonly office: Office }, confirmedDate: IsoDate): Result<FoundedDesk, StorageError> {
  const { content, office } = join;
  const { joinId, grant } = content;
  const officers = [...office.officers.values()].filter((officer) => !officer.retired).map(officerToAdmit);
  const subject = officeSubject(content.office);
  return foundDesk(dep, {
    office: content.office,
    desk: grant.desk as DeskId,
    officePrivateKey: content.officePrivateKey as SigningPrivateKey,
    slots: { recoveryPublicKey: office.recovery.publicKey as SealingPublicKey, officers },
    confirmedDate,
    known: content.operations,
    writeFirst: ({ db, append }, device) => {
      insertSubjectKey(db, subject, content.subjectKey);
      const admission = { grant: { ...grant, reserves: [...grant.reserves] }, signature: content.signature };
      const body: OfficeBody<'desk.joined'> = { desk: grant.desk, joinId, device, admission };
      append({ kind: 'desk.joined', version: officeKindVersions['desk.joined'], subject, actor: null, after: office.heads.map(parseOperationId), body });
    },
  });
}

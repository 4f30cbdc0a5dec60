import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Office } from '../../../src-shared/domain/office/office.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import { officeKindVersions } from '../../../src-shared/domain/office/office-operations.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { createKeySlots } from '../../../src-node/crypto/key-slots.ts';
import type { SealingPublicKey } from '../../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair, randomKeyBytes } from '../../../src-node/crypto/keys.ts';
import { closeDatabase, DATABASE_KEY_BYTES, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations } from '../../../src-node/db/run-migrations.ts';
import type { StorageError } from '../../../src-node/db/storage-error.ts';
import { beginIncarnation } from '../../../src-node/incarnation/incarnation-marker.ts';
import { writeFact } from '../../../src-node/operations/desk-facts.ts';
import { createLog } from '../../../src-node/operations/log.ts';
import { createOfficeClock } from '../../../src-node/operations/office-clock.ts';
import { officeSubject } from '../../../src-node/operations/office-projection.ts';
import { insertOperation, subjectToBytes } from '../../../src-node/operations/operation-rows.ts';
import { dataFolder, finishSetUp, migrationsFolder, removeUnfinished } from './data-folder.ts';
import type { JoinContent } from './join-file.ts';
import { officerToAdmit } from './office-slots.ts';
import { FACT, type OpenDeskDep } from './open-desk.ts';
import { confirmedAnchor } from './set-up-desk.ts';

/**
 * Makes this folder a further desk of an office out of a checked join file. Officers sign in here with the passwords they
 * have; the recovery code of the office opens this desk too. The desk that made the file need not be reachable.
 */
export function joinDesk(dep: OpenDeskDep, join: { readonly content: JoinContent; readonly office: Office }, confirmedDate: IsoDate): Result<undefined, StorageError> {
  const folder = dataFolder(dep.dataDir);
  mkdirSync(dep.dataDir, { recursive: true });
  removeUnfinished(folder);
  const databaseKey = randomKeyBytes(DATABASE_KEY_BYTES);
  const officers = [...join.office.officers.values()].filter((officer) => !officer.retired).map(officerToAdmit);
  const slots = createKeySlots({ folder: dep.dataDir, clock: dep.clock }, { databaseKey, recoveryPublicKey: join.office.recovery.publicKey as SealingPublicKey, officers });
  if (!slots.ok) return slots;
  const written = writeJoinedDatabase(dep, databaseKey, join, confirmedDate);
  if (written.ok) finishSetUp(folder);
  return written;
}

function writeJoinedDatabase(
  dep: OpenDeskDep,
  databaseKey: Buffer,
  { content, office }: { readonly content: JoinContent; readonly office: Office },
  confirmedDate: IsoDate,
): Result<undefined, StorageError> {
  const opened = openDatabase({ file: dataFolder(dep.dataDir).unfinishedFile, key: databaseKey, mode: 'write', create: true });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const migrated = runMigrations(db, migrationsFolder());
    if (!migrated.ok) return migrated;
    const device = randomUUID() as string as DeviceId;
    const keys = generateSigningKeyPair();
    const begun = beginIncarnation({ stateFolder: dep.stateDir, dataFolder: dep.dataDir }, device);
    if (!begun.ok) return begun;
    const anchor = confirmedAnchor(dep, confirmedDate);
    const clock = createOfficeClock({ clock: dep.clock, anchor, lastHlc: { ms: 0, counter: 0 }, lastBusinessDate: null, builtAtMs: 0 });
    for (const { header } of content.operations) clock.adopt(header.at);
    const log = createLog(db, { office: content.office, device, privateKey: keys.privateKey }, clock);
    const written = log.write(({ append, names }) => {
      const subject = officeSubject(content.office);
      db.run('INSERT INTO subject_keys (subject, key) VALUES (?, ?)', subjectToBytes(subject), content.subjectKey);
      for (const operation of content.operations) insertOperation(db, names, operation);
      append({
        kind: 'desk.joined',
        version: officeKindVersions['desk.joined'],
        subject,
        actor: null,
        after: office.heads.map(parseOperationId),
        body: { desk: content.grant.desk, joinId: content.joinId, device: { device, publicKey: keys.publicKey } },
      });
      const facts = { office: content.office, desk: content.grant.desk, device, devicePrivateKey: keys.privateKey, officePrivateKey: content.officePrivateKey };
      for (const [name, value] of Object.entries(facts)) writeFact(db, name, value);
      writeFact(db, FACT.nonce, begun.value.nonce);
      writeFact(db, FACT.clock, anchor);
      writeFact(db, FACT.bufferSecret, randomKeyBytes(32).toString('base64url'));
      return ok(undefined);
    });
    const noted = written.ok ? begun.value.marker.noteSeq(log.head().seq) : ok(undefined);
    begun.value.marker.close();
    if (!written.ok) return err(written.error);
    return noted;
  } finally {
    closeDatabase(db);
  }
}

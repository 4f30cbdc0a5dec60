import { randomUUID } from 'node:crypto';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import { admissionText } from '../../../../src-shared/domain/office/office-proofs.ts';
import { attributesOn } from '../../../../src-shared/domain/office/office.ts';
import { grantTokens } from '../../../../src-shared/domain/numbers/series-tokens.ts';
import type { ResultOf } from '../../../../src-shared/contract/contract.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import type { Clock } from '../../../../src-shared/lib/clock.ts';
import { isIsoDate, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { SigningPrivateKey } from '../../../../src-node/crypto/key-text.ts';
import { signText } from '../../../../src-node/crypto/keys.ts';
import { noteMachineTokens } from '../../../../src-node/incarnation/machine-tokens.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import { readHead } from '../../../../src-node/operations/log.ts';
import { listStoredOperations, subjectToBytes } from '../../../../src-node/operations/operation-rows.ts';
import { readSubjectKey } from '../../../../src-node/operations/subject-keys.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { writeOfficeAct, writeWhoMayAct, type JudgeAnew } from '../../calls/office-acts.ts';
import { storageToWire } from '../../calls/storage-to-wire.ts';
import type { DeskHolder } from '../../desk/desk-holder.ts';
import { freeTokens, takenTokens } from '../../desk/free-tokens.ts';
import { importBranch } from '../../desk/import-branch.ts';
import { joinDesk } from '../../desk/join-desk.ts';
import { generateJoinCode, readJoinFile, writeJoinFile } from '../../desk/join-file.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { branchError, refusedView } from './branch-words.ts';

export interface DesksDep {
  readonly holder: DeskHolder;
  readonly clock: Clock;
  readonly announce: Announce;
  readonly refreshKeySlots: (desk: OpenDesk) => void;
  readonly openConflicts: (desk: OpenDesk) => number;
  readonly bulkWork: BulkWork;
  readonly judgeAnew: JudgeAnew;
}

export function createDesksHandlers(
  dep: DesksDep,
): Handlers<'office.join' | 'desks.admit' | 'desks.list' | 'desks.importBranch' | 'desks.confirmDate' | 'desks.pickToken' | 'desks.freeTokens'> {
  return {
    'office.join': async ({ file, code, confirmedDate }) => {
      if (dep.holder.state() !== 'setup') return err(wireError('office.alreadySetUp'));
      if (!isIsoDate(confirmedDate)) return err(wireError('desks.badDate'));
      const join = await readJoinFile(file, code);
      if (!join.ok) return err(wireError('office.badJoinFile'));
      const joined = joinDesk(dep.holder.dep, join.value, confirmedDate);
      if (!joined.ok) return err(storageToWire(joined.error));
      dep.holder.adoptLocked(joined.value.keySlots);
      return ok({ deskName: join.value.content.grant.name, officeName: attributesOn(join.value.office, confirmedDate).attributes.unitName });
    },
    'desks.admit': (input, context) => admit(dep, input, context),
    'desks.list': (_input, { desk }) => ok({ desks: listDesks(desk) }),
    'desks.importBranch': async ({ dataDir, password, recoveryCode }, { desk, officer }) => {
      const imported = await dep.bulkWork.begin(() => importBranch(desk, dep.clock, dataDir, { officer, password, recoveryCode }));
      if (!imported) return err(wireError('desks.workUnderWay'));
      if (!imported.ok) return err(branchError(imported.error));
      dep.refreshKeySlots(desk);
      dep.announce({ type: 'office' });
      return ok({ ...imported.value, refused: imported.value.refused.map(refusedView), conflicts: dep.openConflicts(desk) });
    },
    'desks.confirmDate': ({ date }, context) => confirmDate(dep, date, context),
    'desks.pickToken': ({ token }, { desk, officer }) => {
      const free = freeTokens(dep.holder.dep.stateDir, desk);
      if (!free.ok) return err(storageToWire(free.error));
      if (!free.value.includes(token)) return err(wireError('desks.tokenHeld'));
      const written = writeOfficeAct(desk, { kind: 'number.tokenPicked', actor: officer, body: { desk: desk.deskId, token } });
      if (!written.ok) return written;
      const noted = noteMachineTokens(dep.holder.dep.stateDir, desk.office().id, [token], desk.clock.businessDate());
      if (!noted.ok) return err(storageToWire(noted.error));
      dep.announce({ type: 'office' });
      return ok({ token });
    },
    'desks.freeTokens': (_input, { desk }) => {
      const free = freeTokens(dep.holder.dep.stateDir, desk);
      return free.ok ? ok({ tokens: free.value }) : err(storageToWire(free.error));
    },
  };
}

function confirmDate(dep: DesksDep, date: string, { desk, officer, roles }: OfficerContext): ResultOf<'desks.confirmDate'> {
  const question = desk.clock.question();
  if (!isIsoDate(date) || date < '2026-01-01' || date > '2100-01-01') return err(wireError('desks.badDate'));
  if (!question && !mayConfirmUnasked(desk, date, roles)) return err(wireError('desks.dateNotAsked'));
  const body = { desk: desk.deskId, date, wall: dep.clock.wallMs(), cause: question?.cause ?? 'outsideBounds' } as const;
  // First the clock, so that the operation itself carries the date that was confirmed.
  const takeBack = desk.clock.confirm(date, roles.has('leader'));
  let isKept = false;
  try {
    const written = writeOfficeAct(desk, { kind: 'desk.dateConfirmed', actor: officer, body }, ({ db }) => writeFact(db, FACT.clock, desk.clock.anchor()));
    isKept = written.ok;
    if (!written.ok) return written;
  } finally {
    // Also after a throw: a date that is not written down moves nothing.
    if (!isKept) takeBack();
  }
  dep.announce({ type: 'office' });
  return ok({ clockUnverified: desk.clock.unverified });
}

/**
 * Unasked, only a leader speaks of the date: to confirm the one in use, or to put right one that somebody typed after a
 * fault. A date that nobody doubts does not move.
 */
function mayConfirmUnasked({ clock }: OpenDesk, date: IsoDate, roles: ReadonlySet<Role>): boolean {
  return roles.has('leader') && (date === clock.businessDate() || clock.unverified || clock.anchor().correctionMs !== 0);
}

/** The grant is written down first; a file that then gets lost serves nobody, and its tokens stay held. */
async function admit(dep: DesksDep, { name }: ParsedInput<'desks.admit'>, { desk, officer }: OfficerContext): Promise<ResultOf<'desks.admit'>> {
  const { numbering } = attributesOn(desk.office(), desk.clock.businessDate());
  const taken = takenTokens(dep.holder.dep.stateDir, desk);
  if (!taken.ok) return err(storageToWire(taken.error));
  const tokens = grantTokens(taken.value, numbering.tokenLength, numbering.alphabet);
  if (!tokens) return err(wireError('desks.noTokenLeft'));
  const grant = { desk: randomUUID(), name, ...tokens, reserves: [...tokens.reserves] };
  const joinId = randomUUID();
  const officePrivateKey = readFact<SigningPrivateKey>(desk.db, FACT.officePrivateKey);
  assert(officePrivateKey, 'every desk of an office holds its key');
  const signature = signText(officePrivateKey, admissionText({ office: desk.office().id, joinId, grant }));
  const written = await writeWhoMayAct(dep.judgeAnew, desk, { kind: 'desk.admitted', actor: officer, body: { grant, joinId, signature } });
  if (!written.ok) return written;
  const noted = noteMachineTokens(dep.holder.dep.stateDir, desk.office().id, [tokens.token, ...tokens.reserves], desk.clock.businessDate());
  if (!noted.ok) return err(storageToWire(noted.error));
  dep.announce({ type: 'office' });
  const code = generateJoinCode();
  const content = { office: desk.office().id, joinId, grant, signature, officePrivateKey, ...officeOperations(desk) };
  return ok({ fileName: `them-may-${tokens.token}.motcua`, file: await writeJoinFile(content, code, dep.holder.dep.passwordParameters), code, token: tokens.token, reserves: [...tokens.reserves] });
}

/** The office's operations with the key of their subject, as a join file carries them. */
function officeOperations(desk: OpenDesk) {
  const operations = listStoredOperations(desk.db, desk.log.names, desk.officeSubject);
  const subjectKey = readSubjectKey(desk.db, desk.officeSubject);
  assert(subjectKey, 'the office has a subject key');
  return { operations, subjectKey };
}

function listDesks(desk: OpenDesk) {
  const office: Office = desk.office();
  return [...office.desks.values()].map((one) => ({
    id: one.id,
    name: one.name,
    here: one.id === desk.deskId,
    revoked: one.revokedAt !== null,
    reserves: [...one.reserves],
    devices: [...office.devices.values()]
      .filter((device) => device.desk === one.id)
      .map((device) => ({
        id: device.id,
        token: device.token,
        provisional: device.tokenProvisional,
        previous: device.previousDevice,
        operations: readHead(desk.db, desk.log.names, device.id).seq,
      })),
  }));
}

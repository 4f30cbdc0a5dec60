import { createHmac } from 'node:crypto';
import type { SessionView } from '../../../../src-shared/contract/office.api.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { delegationsAt, rolesAt } from '../../../../src-shared/domain/office/permissions.ts';
import { HLC_END } from '../../../../src-shared/lib/hlc.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { SignInError, UnlockedByPassword } from '../../../../src-node/crypto/key-slots.ts';
import { readFact } from '../../../../src-node/operations/desk-facts.ts';
import type { Handlers } from '../../calls/handlers.ts';
import type { Session, Sessions } from '../../calls/sessions.ts';
import { isStorageError, storageToWire } from '../../calls/storage-to-wire.ts';
import type { DeskHolder } from '../../desk/desk-holder.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';
import { isPresentPassword, isPresentRecoveryCode } from '../../desk/office-slots.ts';
import { officerView } from '../../desk/officer-view.ts';

export interface SessionDep {
  readonly holder: DeskHolder;
  readonly sessions: Sessions;
  readonly idleLockMinutes: (desk: OpenDesk) => number;
  /** Brings this desk's key slots in step with the officers of the log: new people, new passwords, retired ones. */
  readonly refreshKeySlots: (desk: OpenDesk) => void;
}

export function createSessionHandlers(
  dep: SessionDep,
): Handlers<'session.open' | 'session.openByRecovery' | 'session.lock' | 'session.unlock' | 'session.close' | 'session.current'> {
  const checkPassword = async (officer: OfficerId, password: string): Promise<Result<UnlockedByPassword, SignInWireError>> => {
    const keySlots = dep.holder.keySlots();
    if (!keySlots) return err(wireError('office.notSetUp'));
    const unlocked = await keySlots.unlockWithPassword(officer, password);
    return unlocked.ok ? ok(unlocked.value) : err(signInError(unlocked.error));
  };
  return {
    'session.open': async ({ officer, password }) => {
      const unlocked = await checkPassword(officer as OfficerId, password);
      if (!unlocked.ok) return unlocked;
      const opened = dep.holder.unlock(unlocked.value.databaseKey);
      if (!opened.ok) return err(storageToWire(opened.error));
      const known = opened.value.office().officers.get(officer as OfficerId);
      dep.refreshKeySlots(opened.value);
      if (!known || known.retired) return err(wireError('session.unknownOfficer'));
      if (!isPresentPassword(known, unlocked.value)) return err(wireError('session.wrongPassword'));
      return ok(sessionView(dep, opened.value, dep.sessions.open(officer as OfficerId)));
    },
    'session.openByRecovery': ({ recoveryCode }) => {
      const keySlots = dep.holder.keySlots();
      if (!keySlots) return err(wireError('office.notSetUp'));
      const key = keySlots.unlockWithRecoveryCode(recoveryCode);
      if (!key.ok) return err(isStorageError(key.error) ? storageToWire(key.error) : wireError('session.wrongRecoveryCode', { ...key.error }));
      const opened = dep.holder.unlock(key.value);
      if (!opened.ok) return err(storageToWire(opened.error));
      const isPresent = isPresentRecoveryCode(keySlots, opened.value);
      dep.refreshKeySlots(opened.value);
      if (!isPresent) return err(wireError('session.wrongRecoveryCode'));
      return ok(sessionView(dep, opened.value, dep.sessions.openFor('recovery')));
    },
    'session.lock': (_input, { session }) => {
      dep.sessions.lock(session);
      return ok({});
    },
    'session.unlock': async ({ password }, { session, desk }) => {
      if (!session || !desk || session.officer === null) return err(wireError('session.required'));
      const unlocked = await checkPassword(session.officer, password);
      if (!unlocked.ok) return unlocked;
      dep.refreshKeySlots(desk);
      if (!isPresentPassword(desk.office().officers.get(session.officer), unlocked.value)) return err(wireError('session.wrongPassword'));
      session.locked = false;
      return ok(sessionView(dep, desk, session));
    },
    'session.close': (_input, { session }) => {
      if (session) dep.sessions.close(session);
      return ok({});
    },
    'session.current': (_input, { session, desk }) => {
      if (!session || !desk) return ok({ session: null, locked: false });
      return ok({ session: sessionView(dep, desk, session), locked: session.locked });
    },
  };
}

/** A locked session says whose it is and no more: token and buffer key come with the password. */
export function sessionView(dep: Pick<SessionDep, 'idleLockMinutes'>, desk: OpenDesk, session: Session): SessionView {
  const office = desk.office();
  const officer = session.officer === null ? undefined : office.officers.get(session.officer);
  const now = { at: HLC_END, businessDate: desk.clock.businessDate() };
  return {
    token: session.locked ? '' : session.token,
    officer: officer ? officerView(officer) : null,
    roles: officer ? [...rolesAt(office, officer.id, now)] : [],
    standsInFor: officer ? delegationsAt(office, officer.id, now).map((one) => ({ officer: one.for, name: office.officers.get(one.for)?.name ?? '', roles: [...one.roles] })) : [],
    recovery: session.kind === 'recovery',
    deskName: office.desks.get(desk.deskId)?.name ?? '',
    bufferKey: session.locked || session.officer === null ? '' : bufferKeyOf(desk, session.officer),
    idleLockMinutes: dep.idleLockMinutes(desk),
  };
}

function bufferKeyOf(desk: OpenDesk, officer: OfficerId): string {
  const secret = readFact<string>(desk.db, FACT.bufferSecret) ?? '';
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(officer).digest('base64url');
}

type SignInWireError = CommonError | WireError<'session.wrongPassword' | 'session.lockedOut' | 'session.unknownOfficer'>;
function signInError(error: SignInError): SignInWireError {
  if (isStorageError(error)) return storageToWire(error);
  switch (error.code) {
    case 'session.wrongPassword':
      return wireError(error.code, { triesLeft: error.triesLeft, lockMinutes: Math.ceil(error.nextLockMs / 60_000) }, `Mật khẩu chưa đúng. Còn ${error.triesLeft} lần thử, sau đó chờ ${Math.ceil(error.nextLockMs / 60_000)} phút.`);
    case 'session.lockedOut':
      return wireError(error.code, { untilMs: error.untilMs }, `Nhập sai nhiều lần. Chờ ${Math.ceil(error.remainingMs / 60_000)} phút rồi thử lại.`);
    case 'session.unknownOfficer':
      return wireError(error.code);
  }
}

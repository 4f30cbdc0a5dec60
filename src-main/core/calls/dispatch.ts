import { randomUUID } from 'node:crypto';
import { contract, type CallName } from '../../../src-shared/contract/contract.ts';
import type { Access } from '../../../src-shared/contract/call.ts';
import { wireError, type WireError } from '../../../src-shared/contract/errors.ts';
import { hasAnyRole, rolesAt } from '../../../src-shared/domain/office/permissions.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import { isCanonicalValue } from '../../../src-shared/lib/canonical-json.ts';
import { HLC_END } from '../../../src-shared/lib/hlc.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { StorageFailure } from '../../../src-node/db/storage-error.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import type { Logger } from '../platform/logger.ts';
import type { Handlers, OpenContext } from './handlers.ts';
import type { Session } from './sessions.ts';
import { storageToWire } from './storage-to-wire.ts';

export interface Dispatch {
  /** Looks a call up, asks for permission, parses, runs, parses the output. Never throws. */
  (name: CallName, input: unknown, session: Session | undefined): Promise<Result<unknown, WireError>>;
}

export interface DispatchDep {
  readonly handlers: Handlers;
  readonly desk: () => OpenDesk | undefined;
  readonly log: Logger;
}

type AnyHandler = (input: unknown, context: unknown) => Promise<Result<unknown, WireError>> | Result<unknown, WireError>;

export function createDispatch(dep: DispatchDep): Dispatch {
  return async (name, input, session) => {
    const call = contract[name];
    // Permission first: a malformed request of a stranger tells nothing of the desk.
    const context = contextFor(call.access, dep.desk(), session);
    if (!context.ok) return context;
    // What cannot be written into the log as it stands is no input of any call, and nothing deep may reach a parser that recurses.
    if (!isCanonicalValue(input)) return err(wireError('request.malformed', { issues: [{ path: '', message: 'not canonical JSON' }] }));
    try {
      const parsed = call.input.safeParse(input);
      if (!parsed.success) {
        const issues = parsed.error.issues.slice(0, 10).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
        return err(wireError('request.malformed', { issues }));
      }
      const handler = dep.handlers[name] as AnyHandler;
      const answer = await handler(parsed.data, context.value);
      if (!answer.ok) return err(storageToWire(answer.error));
      return ok(call.output.parse(answer.value));
    } catch (thrown) {
      return err(unexpected(dep.log, name, thrown));
    }
  };
}

/** A throw is a broken promise of ours or the world failing under a read: logged with an id the user can quote. */
function unexpected(log: Logger, call: string, thrown: unknown): WireError {
  if (thrown instanceof StorageFailure) return storageToWire(thrown.storage);
  const incident = randomUUID().slice(0, 8);
  log.error('call failed', { call, incident, error: thrown });
  return { ...wireError('internal.unexpected'), incident };
}

function contextFor(access: Access, desk: OpenDesk | undefined, session: Session | undefined): Result<unknown, WireError> {
  if (access === 'open') return ok<OpenContext>({ session, desk });
  if (!session || !desk) return err(wireError('session.required'));
  if (session.locked) return err(wireError('session.locked'));
  if (session.officer === null) return admitsWithoutOfficer(access, session) ? ok({ session, desk, officer: null }) : err(wireError('session.notPermitted'));
  const roles = rolesNow(desk, session.officer);
  if (roles.size === 0) return err(wireError('session.required'));
  if ((access === 'recovery' || access === 'maintenance') && !roles.has('admin')) return err(wireError('session.notPermitted', { roles: ['admin'] }));
  if (typeof access !== 'string' && !hasAnyRole(roles, access)) return err(wireError('session.notPermitted', { roles: access }));
  return ok({ session, desk, officer: session.officer, roles });
}

function admitsWithoutOfficer(access: Access, session: Session): boolean {
  return access === 'maintenance' || (access === 'recovery' && session.kind === 'recovery');
}

/** The officer's roles at this moment, delegations of today included. */
export function rolesNow(desk: OpenDesk, officer: NonNullable<Session['officer']>): ReadonlySet<Role> {
  return rolesAt(desk.office(), officer, { at: HLC_END, businessDate: desk.clock.businessDate() });
}

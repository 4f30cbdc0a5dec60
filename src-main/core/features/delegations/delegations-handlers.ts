import { randomUUID } from 'node:crypto';
import type { DelegationView } from '../../../../src-shared/contract/delegations.api.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { delegationFault, delegationState, type DelegationFault } from '../../../../src-shared/domain/office/delegation-rules.ts';
import type { Delegation, Office } from '../../../../src-shared/domain/office/office.ts';
import { mayDelegateFor } from '../../../../src-shared/domain/office/permissions.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { HLC_END } from '../../../../src-shared/lib/hlc.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { appendOfficeAct, type JudgeAnew } from '../../calls/office-acts.ts';

export interface DelegationsDep {
  readonly announce: Announce;
  readonly judgeAnew: JudgeAnew;
}

/** Who stands in for whom. What makes no sense is refused here; who may do what is judged by the fold at the time of each act. */
export function createDelegationsHandlers(dep: DelegationsDep): Handlers<'delegations.list' | 'delegations.grant' | 'delegations.end'> {
  const told = async <E>(context: OfficerContext, done: Result<{ readonly delegation: string }, E>): Promise<Result<DelegationView, E>> => {
    if (!done.ok) return done;
    const known = context.desk.reloadOffice().delegations.get(done.value.delegation);
    assert(known, 'what was just written can be read');
    await dep.judgeAnew(context.desk);
    dep.announce({ type: 'office' });
    return ok(viewOf(known, context));
  };
  return {
    'delegations.list': (_input, context) => {
      const office = context.desk.office();
      const officers = [...office.officers.values()].filter(({ retired }) => !retired).map(({ id, name, roles }) => ({ id, name, roles: [...roles] }));
      return ok({ delegations: listed(office).map((one) => viewOf(one, context)).sort(byNearness), officers });
    },
    'delegations.grant': (input, context) => told(context, grant(input, context)),
    'delegations.end': (input, context) => told(context, end(input, context)),
  };
}

const LISTED_MAX = 100;
const NEARNESS = ['running', 'coming', 'ended', 'over'] as const satisfies readonly DelegationView['state'][];

/** The latest ones; a Map keeps them in the order of the log. */
function listed(office: Office): readonly Delegation[] {
  return [...office.delegations.values()].slice(-LISTED_MAX).reverse();
}

function byNearness(one: DelegationView, other: DelegationView): number {
  return NEARNESS.indexOf(one.state) - NEARNESS.indexOf(other.state);
}

type GrantError = CommonError | WireError<DelegationFault | 'dossiers.keyReused'>;

function grant({ idempotencyKey, ...input }: ParsedInput<'delegations.grant'>, { desk, officer }: OfficerContext): Result<{ delegation: string }, GrantError> {
  return answerOnce<{ delegation: string }, GrantError>(desk, { key: idempotencyKey, call: 'delegations.grant', input }, (writing) => {
    const office = desk.office();
    const ask = { ...input, from: input.from as OfficerId, to: input.to as OfficerId };
    if (!mayDelegateFor(office, officer, HLC_END, ask.from)) return err(wireError('session.notPermitted', { roles: ['admin'] }));
    const fault = delegationFault(office, ask, desk.clock.businessDate());
    if (fault) return err(wireError(fault));
    const delegation = randomUUID();
    appendOfficeAct(writing, desk, { kind: 'delegation.granted', actor: officer, body: { ...ask, roles: [...new Set(ask.roles)], delegation } });
    return ok({ delegation });
  });
}

type EndError = CommonError | WireError<'delegations.unknown' | 'delegations.over' | 'dossiers.keyReused'>;

function end({ idempotencyKey, delegation }: ParsedInput<'delegations.end'>, { desk, officer }: OfficerContext): Result<{ delegation: string }, EndError> {
  return answerOnce<{ delegation: string }, EndError>(desk, { key: idempotencyKey, call: 'delegations.end', input: { delegation } }, (writing) => {
    const office = desk.office();
    const known = office.delegations.get(delegation);
    if (!known) return err(wireError('delegations.unknown'));
    if (!mayDelegateFor(office, officer, HLC_END, known.from)) return err(wireError('session.notPermitted', { roles: ['admin'] }));
    if (isOver(known, desk.clock.businessDate())) return err(wireError('delegations.over'));
    appendOfficeAct(writing, desk, { kind: 'delegation.ended', actor: officer, body: { delegation } });
    return ok({ delegation });
  });
}

function isOver(delegation: Delegation, today: string): boolean {
  const state = delegationState(delegation, today);
  return state === 'over' || state === 'ended';
}

function viewOf(delegation: Delegation, { desk, officer }: OfficerContext): DelegationView {
  const office = desk.office();
  const today = desk.clock.businessDate();
  const nameOf = (id: OfficerId) => office.officers.get(id)?.name ?? '';
  const { id, from, to, roles, firstDate, lastDate, reason, grantedBy, endedOn } = delegation;
  return {
    id, from, to, firstDate, lastDate, reason, endedOn,
    roles: [...roles],
    fromName: nameOf(from),
    toName: nameOf(to),
    grantedByName: grantedBy === null ? null : nameOf(grantedBy),
    state: delegationState(delegation, today),
    mayEnd: !isOver(delegation, today) && mayDelegateFor(office, officer, HLC_END, from),
  };
}

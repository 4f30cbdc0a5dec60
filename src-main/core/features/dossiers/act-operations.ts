import type { WireError } from '../../../../src-shared/contract/errors.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { NewDateChoice } from '../../../../src-shared/domain/deadlines/appointment-choice.ts';
import type { Appointment } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { DOSSIER_PERMISSIONS, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { openTransfer } from '../../../../src-shared/domain/dossiers/dossier-transfers.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { hasAnyRole } from '../../../../src-shared/domain/office/permissions.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { MINUTE_MS } from '../../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { rolesNow } from '../../calls/dispatch.ts';
import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Act, ActError } from './act-on-dossier.ts';
import { KIND_OF_ACT, senseFault } from './act-rules.ts';
import { feeOperation, type FeeError, type ReceiptDep } from './money-acts.ts';
import { numberedForm } from './form-numbers.ts';
import { createNaming } from './naming.ts';
import { idNumberFault } from './person-faults.ts';
import { postFault, receiverFault } from './receiver-rules.ts';
import { chosenStep, resumedStep, stepMovedAlong, stoppedStep, type StepClockDep } from './step-operations.ts';

/** What acts need of the deadline engine. */
export interface ClockDep extends StepClockDep {
  /** What is left of the term when the clock stops; undefined without a date. */
  readonly stopClock: (desk: OpenDesk, dossier: Dossier, stoppedAt: number) => Record<string, unknown> | undefined;
  /** The appointment once the citizen has brought or paid what was missing. */
  readonly resumeClock: (desk: OpenDesk, dossier: Dossier, resumedAt: number, officer: OfficerId) => Appointment;
  /** The appointment in place of one that cannot be kept. */
  readonly extendAppointment: (desk: OpenDesk, dossier: Dossier, choice: NewDateChoice, extendedAt: number, officer: OfficerId) => Result<Appointment, WireError<'dossiers.badAppointment'>>;
}

export type OperationError = ActError | FeeError | WireError<'dossiers.badOfficer' | 'dossiers.badStep' | 'dossiers.repeatReasonMissing' | 'dossiers.badTime' | 'dossiers.badAppointment'>;

/** What acts need of other features. */
export type OperationDep = ClockDep & ReceiptDep;

type Input = ParsedInput<'dossiers.act'>['act'];

interface Acting {
  readonly dep: OperationDep;
  readonly desk: OpenDesk;
  readonly officer: OfficerId;
  readonly roles: ReadonlySet<Role>;
  readonly dossier: Dossier;
  /** UTC milliseconds. */
  readonly now: number;
}

/** The operation that a call's act stands for. */
export function operationOf(dep: OperationDep, input: Input, { desk, officer, roles }: OfficerContext, dossier: Dossier): Result<Act, OperationError> {
  // Who may not do it is told so before anything about the matter itself; the fold judges it once more.
  if (!hasAnyRole(roles, DOSSIER_PERMISSIONS[KIND_OF_ACT[input.act]])) return err(wireError('session.notPermitted'));
  const fault = senseFault(input.act, dossier, officer, createNaming(desk.office()));
  if (fault !== null) return err(wireError('dossiers.wrongState', { status: dossier.status }, fault));
  return OPERATIONS[input.act](input as never, { dep, desk, officer, roles, dossier, now: desk.clock.nowMs() });
}

type OperationOf<A extends Input['act']> = (input: Extract<Input, { readonly act: A }>, acting: Acting) => Result<Act, OperationError>;

/** A mapped type in place of a switch: the compiler refuses a forgotten act. */
const OPERATIONS: { readonly [A in Input['act']]: OperationOf<A> } = {
  take: (_input, acting) => write('dossier.taken', { officer: acting.officer, ...stepMovedAlong('dossier.taken', acting.now, acting) }),
  assign: ({ officer, note, step }, acting) => {
    if (!mayWork(acting.desk, officer, 'dossier.taken')) return err(wireError('dossiers.badOfficer'));
    const moved = chosenStep(step, acting.now, acting);
    return moved.ok ? write('dossier.assigned', { officer, ...optional({ note }), ...moved.value }) : moved;
  },
  moveStep: ({ step, note }, acting) => {
    const moved = chosenStep(step, acting.now, acting);
    return moved.ok ? write('dossier.assigned', { officer: acting.dossier.holder ?? acting.officer, ...optional({ note }), ...moved.value }) : moved;
  },
  transfer: giveDossier,
  confirmTransfer: (_input, { dossier, now }) => {
    const given = openTransfer(dossier);
    assert(given, 'only a dossier on its way can be taken');
    return write('dossier.transferred', { from: given.from, to: given.to, givenAt: given.givenAt, takenAt: now });
  },
  requestSupplement: ({ papers, reason, repeatReason }, acting) =>
    repeated(acting.dossier.supplementRounds.length, repeatReason) ?? 
    write('dossier.supplementRequested', { papers, reason, ...optional({ repeatReason }), ...stoppedNow(acting), ...numberedForm(acting.desk, 'supplementRequest') }),
  receiveSupplement: ({ papers }, acting) =>
    resumed('waitingSupplement', acting, (moved) => write('dossier.supplementReceived', { papers, receivedAt: acting.now, moved, ...resumedStep(acting.now, acting) })),
  requestDuty: ({ text, dong }, acting) => write('dossier.dutyRequested', { text, dong, ...stoppedNow(acting) }),
  meetDuty: ({ evidence }, acting) =>
    resumed('waitingDuty', acting, (moved) => write('dossier.dutyMet', { evidence, metAt: acting.now, moved, ...resumedStep(acting.now, acting) })),
  apologise: ({ reason, repeatReason, newDate }, { dep, desk, dossier, now, officer }) => {
    const unexplained = repeated(dossier.apologies, repeatReason);
    if (unexplained) return unexplained;
    const appointment = dep.extendAppointment(desk, dossier, newDate, now, officer);
    if (!appointment.ok) return appointment;
    return write('dossier.apologised', { reason, ...optional({ repeatReason }), moved: { appointment: appointment.value, base: dossier.appointmentSetBy }, ...numberedForm(desk, 'apology') });
  },
  forward: ({ agency, note }, acting) => write('dossier.forwarded', { agency, ...optional({ note }), ...stepMovedAlong('dossier.forwarded', acting.now, acting) }),
  withdraw: ({ reason, by }) => {
    const fault = idNumberFault(by, 'by');
    return fault ? err(fault) : write('dossier.withdrawn', { reason, by });
  },
  stop: ({ reason }) => write('dossier.stopped', { reason }),
  refuse: ({ reason }, { desk }) => write('dossier.refused', { reason, ...numberedForm(desk, 'refusal') }),
  finish: ({ result }, acting) => write('dossier.finished', { result, finishedAt: acting.now, ...stepMovedAlong('dossier.finished', acting.now, acting) }),
  rework: ({ reason }, acting) => write('dossier.reworked', { reason, ...stepMovedAlong('dossier.reworked', acting.now, acting) }),
  handOver: ({ act: _act, ...body }, { dossier }) => {
    const fault = idNumberFault(body.receiver, 'receiver') ?? receiverFault(dossier.content, body) ?? postFault(body);
    return fault ? err(fault) : write('dossier.handedOver', body);
  },
  collectFee: feeOperation,
  issueFeeReceipt: feeOperation,
  exemptFee: feeOperation,
  refundFee: feeOperation,
  voidFee: feeOperation,
  undo: ({ operation, reason }) => write('dossier.undone', { operation, reason }),
};

/** What the law allows once is done again only with a reason: it is never blocked (R15), and never without a word. */
function repeated(times: number, repeatReason: string | undefined): Result<never, OperationError> | undefined {
  return times > 0 && (repeatReason ?? '').trim() === '' ? err(wireError('dossiers.repeatReasonMissing', { times })) : undefined;
}

function write<K extends DossierKind>(kind: K, body: DossierBody<K>): Result<Act, never> {
  return ok({ kind, body: body as Act['body'] });
}

/** Members that say something: an empty note is none. */
function optional<T extends Readonly<Record<string, string | undefined>>>(members: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, text]) => text !== undefined && text !== '')) as { [K in keyof T]?: string };
}

function stoppedNow(acting: Acting) {
  const { dep, desk, dossier, now } = acting;
  const pause = dep.stopClock(desk, dossier, now);
  return { pausedAt: now, ...(pause ? { pause: pause as never } : {}), ...stoppedStep(now, acting) };
}

/** With the date on which the clock runs on; only the wait that stands can end. */
function resumed(
  status: Dossier['status'],
  { dep, desk, dossier, now, officer }: Acting,
  act: (moved: DossierBody<'dossier.dutyMet'>['moved']) => Result<Act, OperationError>,
): Result<Act, OperationError> {
  if (dossier.status !== status) return err(wireError('dossiers.wrongState', { status: dossier.status }));
  return act({ appointment: dep.resumeClock(desk, dossier, now, officer), base: dossier.appointmentSetBy });
}

function giveDossier({ to, givenAt, note, step }: Extract<Input, { readonly act: 'transfer' }>, acting: Acting): Result<Act, OperationError> {
  const { desk, officer, dossier, now } = acting;
  if (to === officer) return err(wireError('dossiers.badOfficer', { to }, 'Người nhận phải là người khác.'));
  if (!mayWork(desk, to, 'dossier.transferred')) return err(wireError('dossiers.badOfficer', { to }));
  // The giver's minute may be one that is running, and the dossier was received at a minute too.
  if (givenAt !== undefined && (givenAt > now || givenAt + MINUTE_MS <= dossier.receivedAt)) return err(wireError('dossiers.badTime'));
  const moved = chosenStep(step, givenAt ?? now, acting);
  return moved.ok ? write('dossier.transferred', { from: officer, to, givenAt: givenAt ?? now, takenAt: null, ...optional({ note }), ...moved.value }) : moved;
}

/** The officer is here and may do acts of this kind today, by own roles or delegated ones. */
function mayWork(desk: OpenDesk, officer: string, kind: DossierKind): boolean {
  return hasAnyRole(rolesNow(desk, officer as OfficerId), DOSSIER_PERMISSIONS[kind]);
}

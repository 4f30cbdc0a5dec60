import { randomUUIDv7 } from 'node:crypto';
import type { ParsedInput, OfficerContext } from '../../calls/handlers.ts';
import type { CommonError, WireError } from '../../../../src-shared/contract/errors.ts';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { dossierContentSchema, type Appointment, type Charge, type DossierContent, type DossierReceived } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { content as readContent } from '../../../../src-shared/domain/dossiers/read-content.ts';
import type { Dossier } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { dossierKindVersions, type DossierBody, type DossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { dossierSeries, formatCode, registerSeries, type IssuedNumber, type NumberSeries } from '../../../../src-shared/domain/numbers/number-series.ts';
import { attributesOn } from '../../../../src-shared/domain/office/office.ts';
import type { Operation } from '../../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import { officeDate } from '../../../../src-shared/lib/office-time.ts';
import { noteWellFormed } from '../../../../src-shared/domain/dossiers/dossier-acts.ts';
import type { PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { projectDossier } from '../../../../src-node/operations/dossier-projection.ts';
import { nextCounter } from '../../../../src-node/operations/issued-numbers.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { personFault } from './person-faults.ts';
import { missingReceiver } from './receiver-rules.ts';
import type { StepClockDep } from './step-operations.ts';

export type ReceiveRequest = ParsedInput<'dossiers.receive'>;

export type ReceiveError =
  | CommonError
  | WireError<
      | 'procedures.unknown' | 'procedures.notOffered' | 'dossiers.badPerson' | 'dossiers.badIdNumber' | 'dossiers.badContent'
      | 'dossiers.badAppointment' | 'dossiers.termUnknown' | 'dossiers.keyReused' | 'numbers.noSeries'
    >;

/** What the catalogue says of a reception: words, date, sums. Computed before anything is written. */
export interface ReceptionTerms {
  readonly procedure: DossierContent['procedure'];
  readonly appointment: Appointment;
  readonly fee: Charge;
  readonly levy: Charge;
}

export interface ReceiveDep extends Pick<StepClockDep, 'beginStep'> {
  /** The catalogue's answer for this reception, or why it cannot be received. */
  readonly termsOf: (desk: OpenDesk, request: ReceiveRequest, receivedAt: number, context: OfficerContext) => Result<ReceptionTerms, ReceiveError>;
  /** Puts the receipt's print job into the same transaction (rule 8); returns the job. */
  readonly insertReceiptJob: (writing: Writing, desk: OpenDesk, dossier: Dossier, act: Operation, size: 'A4' | 'A5') => PrintJobView;
  readonly dropDraft: (writing: Writing, draft: string, context: OfficerContext) => void;
}

export interface ReceiveAnswer {
  readonly dossier: SubjectId;
  readonly job: string | null;
}

/** What was just written, as folded then, with the only paper it has; a replay has only the kept answer. */
export type Received = ReceiveAnswer & { readonly folded: Dossier | undefined; readonly papers: readonly PrintJobView[] | undefined };

/**
 * Receives a dossier in one durable transaction: number, register, operation, list rows, print job, answer. The number is
 * taken inside, so a crash anywhere leaves either everything or nothing, and never a gap (rules 1, 2, 4, 8).
 */
export function receiveDossier(dep: ReceiveDep, request: ReceiveRequest, context: OfficerContext): Result<Received, ReceiveError> {
  const { desk } = context;
  let written: Pick<Received, 'folded' | 'papers'> = { folded: undefined, papers: undefined };
  // Even the checks come after the look for an earlier answer: a replay is answered as the first time, whatever holds now.
  const done = answerOnce<ReceiveAnswer, ReceiveError>(desk, { key: request.idempotencyKey, call: 'dossiers.receive', input: request }, (writing) => {
    const reception = prepareReception(dep, request, context);
    if (!reception.ok) return reception;
    const subject = randomUUIDv7() as SubjectId;
    const born = receivedBody(writing, desk, reception.value, dep);
    noteWellFormed('dossier.received', born);
    const operations = [appendAct(writing, subject, context, 'dossier.received', born, [])];
    if (request.onTheSpot) appendOnTheSpot(writing, subject, context, request, operations);
    const dossier = projectDossier(writing.db, writing.names, desk.office(), operations);
    if (!dossier || dossier.conflicts.length > 0) return err(wireError('session.notPermitted'));
    const job = request.receiptWanted ? dep.insertReceiptJob(writing, desk, dossier, operations[0]!, request.paperSize) : null;
    if (request.draft) dep.dropDraft(writing, request.draft, context);
    written = { folded: dossier, papers: job ? [job] : [] };
    return ok({ dossier: subject, job: job?.id ?? null });
  });
  return done.ok ? ok({ ...done.value, ...written }) : done;
}

/** Everything a reception needs before it takes a number, or the first reason against it. */
function prepareReception(dep: ReceiveDep, request: ReceiveRequest, context: OfficerContext): Result<Birth, ReceiveError> {
  const { desk } = context;
  const badPerson = personFault(request, context);
  if (badPerson) return err(badPerson);
  const noReceiver = request.onTheSpot && missingReceiver(request, request.onTheSpot.receiverIs);
  if (noReceiver) return err(noReceiver);
  const device = desk.office().devices.get(desk.device);
  if (!device?.token) return err(wireError('numbers.noSeries'));
  const receivedAt = timeOfReception(desk, request.openedAt);
  const terms = dep.termsOf(desk, request, receivedAt, context);
  if (!terms.ok) return terms;
  const told = contentOf(request, terms.value);
  const content = readContent(told, 0);
  if (!content) return err(wireError('dossiers.badContent', { issues: (dossierContentSchema.safeParse(told).error?.issues ?? []).slice(0, 5).map((issue) => issue.path.join('.')) }));
  const { token, tokenProvisional } = device;
  return ok({ content, receivedAt, token, tokenProvisional, receiptWanted: request.receiptWanted });
}

/** The citizen stood there when the form was opened; a form taken up again on another day counts from now. */
function timeOfReception(desk: OpenDesk, openedAt: number): number {
  const now = desk.clock.nowMs();
  return openedAt <= now && officeDate(openedAt) === officeDate(now) ? openedAt : now;
}

function contentOf(request: ReceiveRequest, terms: ReceptionTerms): DossierContent {
  const { owner, submitter, authorised, fields, papers, documents, sets, channel, delivery, warnings, note } = request;
  return {
    ...terms,
    fee: request.fee ?? terms.fee,
    levy: request.levy ?? terms.levy,
    request: request.request,
    owner, fields, papers, documents, sets, channel, delivery, warnings,
    ...(submitter ? { submitter } : {}),
    ...(authorised ? { authorised } : {}),
    ...(note ? { note } : {}),
  };
}

interface Birth {
  readonly content: DossierContent;
  readonly receivedAt: number;
  readonly token: string;
  readonly tokenProvisional: boolean;
  readonly receiptWanted: boolean;
}

function receivedBody(writing: Writing, desk: OpenDesk, birth: Birth, dep: Pick<ReceiveDep, 'beginStep'>): DossierReceived {
  const businessDate = desk.clock.businessDate();
  const { attributes, numbering } = attributesOn(desk.office(), businessDate);
  const skipped = desk.office().skippedNumbers.map(({ number }) => number);
  const stepDue = dep.beginStep(desk, birth.content.procedure, 0, birth.receivedAt);
  const issue = (series: NumberSeries): IssuedNumber => ({ ...series, counter: nextCounter(writing.db, series, skipped) });
  const number = issue(dossierSeries(birth.token, businessDate));
  return {
    content: birth.content,
    receivedAt: birth.receivedAt,
    clockUnverified: desk.clock.unverified,
    codes: [{ system: 'own', code: formatCode(numbering.pattern, attributes.agencyCode, number) }],
    number,
    register: issue(registerSeries(birth.token, businessDate)),
    codeProvisional: birth.tokenProvisional || numbering.mode === 'provisional',
    receiptWanted: birth.receiptWanted,
    ...(stepDue && { stepDue }),
  };
}

/** "4 tại chỗ": the whole way at one counter, each act of its own in the history. */
function appendOnTheSpot(writing: Writing, subject: SubjectId, context: OfficerContext, request: ReceiveRequest, operations: Operation[]): void {
  const { result, receiverIs } = request.onTheSpot!;
  const receiver = request[receiverIs];
  assert(receiver, 'asked before anything was written');
  const { relation: _relation, authorisation: _authorisation, ...person } = receiver as typeof receiver & { relation?: string; authorisation?: string };
  const then = <K extends DossierKind>(kind: K, body: DossierBody<K>) => {
    const { device, seq } = operations.at(-1)!.header;
    operations.push(appendAct(writing, subject, context, kind, body, [{ device, seq }]));
  };
  then('dossier.taken', { officer: context.officer });
  then('dossier.finished', { result, finishedAt: context.desk.clock.nowMs() });
  then('dossier.handedOver', { receiver: person, receiverIs, how: 'counter', shown: 'Trả ngay tại quầy', despiteConflicts: [] });
}

/** Appends one act about a dossier at this program's version of its kind. */
function appendAct<K extends DossierKind>(
  writing: Writing,
  subject: SubjectId,
  context: OfficerContext,
  kind: K,
  body: DossierBody<K>,
  after: Operation['header']['after'],
): Operation {
  return writing.append({ kind, version: dossierKindVersions[kind], subject, actor: context.officer, after, body });
}

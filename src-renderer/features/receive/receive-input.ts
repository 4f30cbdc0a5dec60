import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { AppointmentChoice } from '../../../src-shared/domain/deadlines/appointment-choice.ts';
import type { Charge } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { officeInstant } from '../../../src-shared/lib/office-time.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { toDocuments } from './receive-documents.ts';
import type { AppointmentForm, ChargeChoice, ReceiveForm } from './receive-form.ts';
import { missingNames, papersToSend, substitutesOfMissing } from './receive-papers.ts';
import { toPartialPerson, toPerson } from './receive-people.ts';
import { generatedRequest } from './receive-request.ts';

export type Preview = OutputOf<'dossiers.preview'>;
export type ReceiveInput = InputOf<'dossiers.receive'>;
const WARNINGS_MAX = 30;

/** What the side column is asked for; undefined while there is no procedure. */
export function toPreviewInput(form: ReceiveForm, procedure: Procedure | undefined): InputOf<'dossiers.preview'> | undefined {
  if (procedure === undefined) return undefined;
  const owner = toPartialPerson(form.owner);
  const submitter = form.other === 'none' ? undefined : toPartialPerson(form.otherPerson);
  const quantity = quantityOf(form, procedure);
  return {
    procedureCode: procedure.code, channel: form.channel, openedAt: form.openedAt,
    documents: procedure.certification ? toDocuments(form.documents) : [],
    fields: filledFields(form, procedure),
    ...(owner !== undefined && { owner }), ...(submitter !== undefined && { submitter }), ...(quantity !== undefined && { quantity }),
  };
}

/** A procedure that asks for a number of copies is paid by them. */
function quantityOf(form: ReceiveForm, procedure: Procedure): number | undefined {
  const field = procedure.fields.find(({ key, type }) => type === 'number' && key === 'copies');
  const count = field === undefined ? Number.NaN : Number(form.fields[field.key]);
  return Number.isInteger(count) && count >= 1 && count <= 999 ? count : undefined;
}

function filledFields(form: ReceiveForm, procedure: Procedure): Record<string, string> {
  return Object.fromEntries(procedure.fields.flatMap(({ key }) => {
    const answer = form.fields[key]?.trim() ?? '';
    return answer === '' ? [] : [[key, answer]];
  }));
}

/** Everything the officer decided, as the core receives it. */
export function toReceiveInput(form: ReceiveForm, procedure: Procedure, draft: string, preview: Preview | undefined): ReceiveInput {
  const { standing } = form.otherPerson;
  const said = standing.trim();
  const isCounted = quantityOf(form, procedure) !== undefined;
  const fee = chargeToSend(form.fee, isCounted ? preview?.fee : undefined);
  const levy = chargeToSend(form.levy, isCounted ? preview?.levy : undefined);
  return {
    idempotencyKey: form.idempotencyKey, draft, openedAt: form.openedAt, procedureCode: procedure.code,
    owner: toPerson(form.owner),
    ...(form.other === 'submitter' && { submitter: { ...toPerson(form.otherPerson), ...(said !== '' && { relation: said }) } }),
    ...(form.other === 'authorised' && { authorised: { ...toPerson(form.otherPerson), ...(said !== '' && { authorisation: said }) } }),
    request: requestLine(form, procedure),
    fields: filledFields(form, procedure),
    papers: procedure.certification ? [] : papersToSend(form.papers),
    documents: procedure.certification ? toDocuments(form.documents) : [],
    sets: form.sets, channel: form.channel,
    delivery: { by: form.deliveryBy, ...(form.deliveryPlace.trim() !== '' && { place: form.deliveryPlace.trim() }) },
    ...(fee !== undefined && { fee }), ...(levy !== undefined && { levy }),
    appointment: toAppointmentChoice(form.appointment),
    warnings: shownWarnings(form, procedure, preview).map(({ code, text }) => ({ code, text })).slice(0, WARNINGS_MAX),
    ...(form.note.trim() !== '' && { note: form.note.trim() }),
    receiptWanted: form.receiptWanted,
    ...(form.isOnTheSpot && { onTheSpot: { result: { summary: form.resultSummary.trim() || resultName(procedure) }, receiverIs: form.receiverIs } }),
  };
}

function requestLine(form: ReceiveForm, procedure: Procedure): string {
  const typed = form.request?.trim() ?? '';
  return typed === '' ? generatedRequest(procedure, form) : typed;
}

export function resultName(procedure: Procedure): string {
  return procedure.results[0]?.name ?? procedure.shortName;
}

/** Left out: as the catalogue computes it. `computed`: what the preview showed, where the core cannot count by itself. */
function chargeToSend(choice: ChargeChoice, computed: Charge | undefined): Charge | undefined {
  switch (choice.mode) {
    case 'catalogue':
      return computed;
    case 'typed':
      return choice.dong === null ? undefined : { amount: { state: 'due', dong: choice.dong }, explanation: vi.receive.money.typedByHand };
    case 'later':
      return { amount: { state: 'unknown', note: vi.receive.money.laterNote } };
    case 'exempt':
      return {
        amount: { state: 'exempt', ground: choice.ground.trim(), ...(choice.evidence.trim() !== '' && { evidence: choice.evidence.trim() }) },
        explanation: t(vi.receive.money.exempt, { ground: choice.ground.trim() }),
      };
  }
}

/** The sum as it will be saved, for the side column. */
export function chargeShown(choice: ChargeChoice, preview: Charge | undefined): Charge | undefined {
  return chargeToSend(choice, preview) ?? (choice.mode === 'catalogue' ? preview : undefined);
}

export function toAppointmentChoice(form: AppointmentForm): AppointmentChoice {
  const reason = form.reason.trim();
  switch (form.mode) {
    case 'computed':
      return { mode: 'computed' };
    case 'none':
      return { mode: 'none', reason };
    case 'byHand':
      return { mode: 'byHand', dueAt: officeInstant(form.date, form.minute), reason };
    case 'typedTerm':
      return { mode: 'typedTerm', term: { unit: form.unit, value: form.count ?? 1 }, reason };
  }
}

/** True when the choice is whole: then the core may be asked what it comes to. */
export function isAppointmentReady(form: AppointmentForm): boolean {
  if (form.mode === 'computed') return true;
  if (form.reason.trim() === '') return false;
  return form.mode === 'none' || (form.mode === 'byHand' ? form.date !== '' : form.count !== null);
}

export type ShownWarning = Preview['warnings'][number];

/** What warns and never blocks; it is saved with the dossier (ux.md §5.3). */
export function shownWarnings(form: ReceiveForm, procedure: Procedure, preview: Preview | undefined): readonly ShownWarning[] {
  const chosen = form.appointment.mode !== 'computed';
  // The length of a number is an error at its field and need not be said twice.
  const fromCore = (preview?.warnings ?? []).filter(({ code }) => !code.endsWith('.idNumber.length') &&
    !(chosen && code === 'term.unknown') && !(form.fee.mode !== 'catalogue' && code === 'fee.unknown') && !(form.levy.mode !== 'catalogue' && code === 'levy.unknown'));
  return [...fromCore, ...papersWarning(form, procedure)];
}

/** Said once the officer has begun to tick: before that nothing is missing, it is only not looked at yet. */
function papersWarning(form: ReceiveForm, procedure: Procedure): readonly ShownWarning[] {
  if (procedure.certification || !form.papers.some((row) => row.isHere)) return [];
  const missing = missingNames(form.papers);
  if (missing.length === 0) return [];
  const substitutes = substitutesOfMissing(form.papers);
  const names = missing.join('; ');
  const text = substitutes.length === 0
    ? t(vi.receive.papers.missingWarning, { names })
    : t(vi.receive.papers.missingOrSubstitute, { names, substitutes: substitutes.join('; ') });
  return [{ code: 'papers.missing', text: text.slice(0, 500), dossier: null }];
}

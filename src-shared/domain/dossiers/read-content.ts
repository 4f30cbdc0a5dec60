import { byMember, flag, integer, json, line, list, matching, nullable, object, oneOf, optional, record, suchThat, text, type Reader } from '../../lib/read-value.ts';
import { isIsoDate } from '../../lib/office-time.ts';
import { isOfOneMoment } from '../deadlines/deadline-record.ts';
import { FEE_KINDS, DONG_MAX } from '../fees/fee-rule.ts';
import { NUMBER_KINDS, type FormNumberKind, type NumberKind } from '../numbers/number-series.ts';
import { ID_KINDS, isBirthDate } from '../persons/person.ts';
import { isPersonName } from '../persons/written-name.ts';
import { FLOW_ROLES, STEP_NAME_MAX } from '../procedures/flow-step.ts';
import { CHANNELS } from '../procedures/term.ts';
import type { DossierContent, DossierReceived } from './dossier-content.ts';

/** The parts of dossier bodies as the fold reads them: the schemas of `dossier-content.ts` and what it is made of, once more by hand (`read-value.ts`). */

/** UTC milliseconds. */
export const instant = integer();
export const operationId = text(60);
export const feeKind = oneOf(FEE_KINDS);

const personMembers = {
  type: oneOf(['individual', 'organisation']),
  name: suchThat(line(120, 1), isPersonName),
  birthDate: optional(suchThat(text(10), isBirthDate)),
  sex: optional(oneOf(['male', 'female'])),
  idKind: optional(oneOf(ID_KINDS)),
  idNumber: optional(text(30)),
  phone: optional(text(20)),
  email: optional(text(120)),
  address: optional(text(300)),
  source: optional(oneOf(['typed', 'cardQr', 'vneid', 'known'])),
};
export const person = object(personMembers);

export const paper = object({
  name: line(400, 1),
  original: integer(0, 999),
  certified: integer(0, 999),
  photo: integer(0, 999),
  seen: flag,
  missing: flag,
  compulsory: flag,
  note: optional(line(200)),
});

export const dossierCode = object({ system: oneOf(['own', 'province', 'ministry']), code: line(60, 1) });

const issuedNumberOf = <K extends NumberKind>(kinds: readonly K[]) => object({
  kind: oneOf(kinds),
  token: matching(/^[0-9A-Z]{1,2}$/),
  period: matching(/^\d{4}(-\d{2}-\d{2})?$/),
  counter: integer(1),
});
const issuedNumber = issuedNumberOf(NUMBER_KINDS);

/** The number of a form, as the act bears it whose form it is. */
export const formNumberOfKind = <K extends FormNumberKind>(kind: K) => object({ number: issuedNumberOf([kind]), text: line(60, 1) });

const stepTerm = byMember('unit', {
  working_day: object({ unit: oneOf(['working_day']), value: integer(1, 999) }),
  hour: object({ unit: oneOf(['hour']), value: integer(1, 999) }),
});

const steps = list(object({ name: line(STEP_NAME_MAX, 1), role: oneOf(FLOW_ROLES), unit: optional(line(120, 1)), term: nullable(stepTerm) }), 40);

const deadlineInputs = {
  settings: object({ receptionOutsideHours: oneOf(['nextWorkingDayIsDayOne', 'nextWorkingDayIsReceptionDay', 'calendarDaysRunOn']) }),
  calendarKey: text(40, 1),
  packs: list(object({ kind: oneOf(['calendar', 'officeCalendar', 'catalogue']), id: text(80, 1), version: text(40), hash: matching(/^[0-9a-f]{64}$/) }), 4),
  result: suchThat(object({ dueAt: instant, dueDate: suchThat(text(10), isIsoDate), dueMinute: integer(0, 1_439), calendarUnconfirmed: flag }), isOfOneMoment),
};

const stoppedClock = object({ unit: oneOf(['working_day', 'calendar_day', 'working_minute']), remaining: integer(0, 100_000), stoppedAt: instant, dueAt: instant });

const stepDue = object({
  dueAt: instant,
  record: byMember('how', {
    begun: object({ how: oneOf(['begun']), begunAt: instant, term: stepTerm, ...deadlineInputs }),
    resumed: object({ how: oneOf(['resumed']), resumedAt: instant, stopped: stoppedClock, ...deadlineInputs }),
  }),
});

const stepIndex = integer(0, 39);
export const stepMove = object({ index: stepIndex, name: line(120, 1), at: instant, due: optional(stepDue) });
export const resumedStep = object({ index: stepIndex, due: stepDue });

const procedure = object({
  code: line(40, 1),
  name: line(2_000, 1),
  sector: optional(line(120)),
  pack: text(64),
  localVersion: integer(0),
  confirmed: flag,
  termText: optional(line(300)),
  resultName: optional(line(300)),
  flow: optional(list(line(120), 20)),
  steps: optional(steps),
  authority: optional(text(40)),
});

const amount = byMember('state', {
  due: object({ state: oneOf(['due']), dong: integer(0, DONG_MAX * 1_000) }),
  unknown: object({ state: oneOf(['unknown']), note: line(500, 1) }),
  exempt: object({ state: oneOf(['exempt']), ground: line(500, 1), evidence: optional(line(500, 1)) }),
});

const charge = object({ amount, explanation: optional(line(1_000)) });

export const appointment = object({
  mode: oneOf(['computed', 'byHand', 'none']),
  dueAt: nullable(instant),
  reason: optional(line(300)),
  explanation: line(600),
  calendarUnconfirmed: flag,
  record: optional(record(json)),
  packs: list(text(64), 4),
});

export const content: Reader<DossierContent> = object({
  procedure,
  owner: person,
  submitter: optional(object({ ...personMembers, relation: optional(line(80)) })),
  authorised: optional(object({ ...personMembers, authorisation: optional(line(200)) })),
  request: line(600, 1),
  fields: record(line(400), 40),
  papers: list(paper, 60),
  documents: list(object({ name: line(300, 1), pages: integer(1, 2_000), copies: integer(1, 999) }), 60),
  sets: integer(1, 99),
  channel: oneOf(CHANNELS),
  delivery: object({ by: oneOf(['counter', 'post', 'online', 'elsewhere']), place: optional(line(300)) }),
  fee: charge,
  levy: charge,
  appointment,
  warnings: list(object({ code: text(60), text: line(500) }), 30),
  note: optional(line(1_000)),
});

export const received: Reader<DossierReceived> = object({
  content,
  receivedAt: instant,
  clockUnverified: flag,
  codes: list(dossierCode, 4, 1),
  number: issuedNumber,
  register: issuedNumber,
  codeProvisional: flag,
  receiptWanted: flag,
  stepDue: optional(stepDue),
});


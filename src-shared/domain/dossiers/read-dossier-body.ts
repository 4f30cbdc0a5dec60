import { integer, json, line, list, nullable, object, oneOf, optional, record, suchThat, text, uuid, type Reader } from '../../lib/read-value.ts';
import { FEE_MEANS, RECEIPT_SERIES_PATTERN } from '../fees/fee-operations.ts';
import { DONG_MAX, FEE_KINDS } from '../fees/fee-rule.ts';
import { CORRECTABLE_FIELDS } from './dossier-content.ts';
import type { DossierBody, DossierKind } from './dossier-operations.ts';
import type { FormNumberKind } from '../numbers/number-series.ts';
import { appointment, content, dossierCode, feeKind, formNumberOfKind, instant, operationId, paper, person, received, resumedStep, stepMove } from './read-content.ts';

/**
 * Every dossier body as the fold reads it: what `dossierBodySchemas` says, once more by hand, because the fold of a log spends
 * more than half of its time in zod. The schemas stay the one description; these readers are held to them for every kind.
 */
const reason = line(600, 1);
const movesStep = { step: optional(stepMove) };
const stoppedClocks = { pause: optional(record(json)), stepPause: optional(record(json)) };
const moved = object({ appointment, base: operationId });
const movesDate = { moved, resumedStep: optional(resumedStep) };
/** Of an act whose form has a number, unless it is written by hand (decision 0025). */
const bearsNumber = <K extends FormNumberKind>(kind: K) => ({ formNumber: optional(formNumberOfKind(kind)) });
const receipt = object({ series: suchThat(line(20), (series) => RECEIPT_SERIES_PATTERN.test(series)), number: integer(1, 99_999_999) });
const result = object({ number: optional(line(60)), date: optional(line(10)), summary: line(600), signer: optional(line(80)) });

const READERS: { readonly [K in DossierKind]: Reader<DossierBody<K>> } = {
  'dossier.received': received,
  'dossier.imported': object({
    content,
    receivedAt: instant,
    codes: list(dossierCode, 4, 1),
    status: oneOf(['received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished']),
    source: line(120),
  }),
  'dossier.taken': object({ officer: uuid, ...movesStep }),
  'dossier.assigned': object({ officer: uuid, note: optional(line(300)), ...movesStep }),
  'dossier.transferred': object({ from: uuid, to: uuid, givenAt: instant, takenAt: nullable(instant), note: optional(line(300)), ...movesStep }),
  'dossier.supplementRequested': object({ papers: list(line(400, 1), 40, 1), reason, repeatReason: optional(line(300)), pausedAt: instant, ...stoppedClocks, ...bearsNumber('supplementRequest') }),
  'dossier.supplementReceived': object({ papers: list(paper, 60), receivedAt: instant, ...movesDate }),
  'dossier.dutyRequested': object({ text: line(600, 1), dong: nullable(integer(0)), pausedAt: instant, ...stoppedClocks }),
  'dossier.dutyMet': object({ evidence: line(300), metAt: instant, ...movesDate }),
  'dossier.apologised': object({ reason, repeatReason: optional(line(300)), moved, ...bearsNumber('apology') }),
  'dossier.forwarded': object({ agency: line(200, 1), note: optional(line(300)), ...movesStep }),
  'dossier.corrected': object({ changes: list(object({ field: oneOf(CORRECTABLE_FIELDS), before: json, after: json }), CORRECTABLE_FIELDS.length, 1), reason }),
  'dossier.voided': object({ reason }),
  'dossier.withdrawn': object({ reason, by: optional(person) }),
  'dossier.stopped': object({ reason }),
  'dossier.refused': object({ reason, ...bearsNumber('refusal') }),
  'dossier.finished': object({ result, finishedAt: instant, ...movesStep }),
  'dossier.reworked': object({ reason, ...movesStep }),
  'dossier.handedOver': object({
    receiver: person,
    receiverIs: oneOf(['owner', 'submitter', 'authorised', 'other']),
    how: oneOf(['counter', 'post', 'online']),
    shown: line(200),
    postOrder: optional(line(60)),
    despiteConflicts: list(text(64), 10),
  }),
  'dossier.codeLinked': object({ code: dossierCode }),
  'dossier.feeCollected': object({
    lines: list(object({ kind: feeKind, name: line(200), quantity: integer(1, 100_000), dong: integer(1, DONG_MAX) }), 6, 1),
    means: oneOf(FEE_MEANS),
    reference: optional(line(80)),
    payer: line(120, 1),
    receipt: nullable(receipt),
    note: optional(line(300)),
  }),
  'dossier.feeReceiptIssued': object({ collection: operationId, receipt }),
  'dossier.feeExempted': object({ kinds: list(feeKind, FEE_KINDS.length, 1), ground: reason, evidence: optional(line(500)) }),
  'dossier.feeRefunded': object({
    collection: operationId,
    sums: list(object({ kind: feeKind, dong: integer(1, DONG_MAX * 6) }), FEE_KINDS.length, 1),
    means: oneOf(FEE_MEANS),
    to: line(120, 1),
    reason,
  }),
  'dossier.feeVoided': object({ entry: operationId, reason, receipt: optional(oneOf(['spoiled', 'unwritten'])) }),
  'dossier.undone': object({ operation: operationId, reason: line(300) }),
  'dossier.conflictSettled': object({ conflict: text(64, 64), keep: list(operationId, 20), note: line(600) }),
  'dossier.conflictAsked': object({ conflict: text(64, 64), note: line(600) }),
  'dossier.paperReported': object({ job: uuid, form: text(40), copy: oneOf(['keep', 'citizen']), outcome: oneOf(['printed', 'failed', 'unknown']), act: operationId }),
  'dossier.paperReprinted': object({ job: uuid, form: text(40), ordinal: integer(1), reason: optional(line(300)) }),
};

/** A body as its kind's newest version has it; undefined for anything else, also for what canonical JSON cannot hold. */
export function readDossierBody<K extends DossierKind>(kind: K, body: unknown): DossierBody<K> | undefined {
  return READERS[kind](body, 0);
}

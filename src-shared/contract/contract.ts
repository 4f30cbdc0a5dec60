import { z } from 'zod';
import type { Call, CallInput, CallOutput, CallResult } from './call.ts';
import { defineCall } from './call.ts';
import { delegationsCalls } from './delegations.api.ts';
import { dossiersCalls } from './dossiers.api.ts';
import { feesCalls } from './fees.api.ts';
import { importsCalls } from './imports.api.ts';
import { numbersCalls } from './numbers.api.ts';
import { officeCalls } from './office.api.ts';
import { proceduresCalls } from './procedures.api.ts';
import { provinceCalls } from './province.api.ts';
import { registersCalls } from './registers.api.ts';
import { settingsCalls } from './settings.api.ts';
import { syncCalls } from './sync.api.ts';
import { workloadCalls } from './workload.api.ts';

/**
 * The whole contract. Names are `noun.verb`, are OpenAPI's operationIds and never change. A change of anything here shows
 * in `tests/contract` and wants a higher `CONTRACT_VERSION` with a line of history.
 *
 * 1  2026-11  first desk
 * 2  2026-11  dossiers.erase
 * 3  2026-11  openedAt of dossiers.receive lies between 1970 and 2100; the events and papers stand in the document;
 *             every act may answer desks.dateQuestionOpen, desks.confirmDate also desks.dateNotAsked
 * 4  2026-11  a new recovery code: office.getRecovery, makeRecoveryCode, renewRecovery; office.setup also answers the sheet's number, office.get the one in force;
 *             numbers.list, skip, returnToken; dossiers.correct may answer dossiers.badPerson; desks.importBranch names the devices that it refused and takes
 *             the others in; desks.importBranch and system.rebuild may answer desks.workUnderWay;
 *             request.wrongSecret: on the window's socket every request carries the secret of that start
 * 5  2026-11  every remaining act of dossiers.act (assign, transfer, confirmTransfer, requestDuty, meetDuty, apologise, forward, withdraw, stop, refuse, rework),
 *             dossiers.previewNewDate, officers.atWork; a dossier also shows money asked for, apologies, where it was forwarded, a paper on its way and its control sheet
 *             delegations.list, grant, end; a session tells today's roles and for whom its officer stands in; workload.get, changes;
 *             registers.list, totals, uncollected;
 *             beside the province's system: dossiers.listToEnter, dossiers.linkCode; imports.preview, run, progress, stop with an event of their own
 * 6  2026-11  people and settings: office.change, getLogo, history, forms.preview, desks.rename, desks.revoke, calendar.previewChange; a desk that the office has
 *             stopped says so in office.get and answers every act with desks.revoked; officers.change takes no roles for somebody retired and may answer officers.lastLeader
 * 7  2026-11  money of a dossier: acts collectFee, issueFeeReceipt, exemptFee, refundFee, voidFee; a dossier also shows its fees; fees.sheet, sheetPaper, nextReceipts,
 *             books, saveBook, markNumber; workload.changes tells of voided and refunded money too
 * 8  2026-11  steps of a flow: their terms in procedures, moveStep and the step of assign and transfer in dossiers.act, steps and the present step of a dossier,
 *             steps on the control sheet, late steps in workload.get; dossiers.badStep; dossiers.act may answer dossiers.repeatReasonMissing
 * 9  2026-11  stepsToReview in workload.get: steps whose time another desk set without knowing of a wait
 *             officers.list tells how many open dossiers each holds
 * 10 2026-11  the desk and its server: sync.status, look, connect, now, pause, resume with an event of their own
 * 11 2026-11  numbers of forms: registers.formNumbers; their series in numbers.list and numbers.skip; imports know a state "submitted", which is left out
 *             fees.printSheet: the cash sheet is a print job; printing.reprint also by job; printing.getPrinter, choosePrinter; badRowsAfter in imports.preview;
 *             dueNext of workload.get begins with tomorrow; sync.connect takes the upper tier's text and may answer sync.tooManyTries; sync.status tells minutes,
 *             dossiers and the day's bytes, which sync.setBudget bounds; dossiers.get tells what has arrived above
 *             a new desk starts from a snapshot: sync.status tells what is still on its way; registers and the printed cash sheet may answer sync.olderArriving
 *             packs of the upper tier: packs.offered, compare, take
 */
export const CONTRACT_VERSION = 11;

const systemCalls = {
  'system.verify': defineCall({
    method: 'POST', path: '/system/verify', summary: 'Check chain, sequences, numbers and projections against the log', access: 'maintenance',
    input: z.strictObject({}),
    output: z.object({ ok: z.boolean(), operations: z.int(), dossiers: z.int(), faults: z.array(z.object({ code: z.string(), detail: z.string() })) }), errors: [],
  }),
  'system.rebuild': defineCall({
    method: 'POST', path: '/system/rebuild', summary: 'Throw the projections away and fold them again from the log', access: 'maintenance',
    input: z.strictObject({}), output: z.object({ operations: z.int(), dossiers: z.int(), durationMs: z.int() }), errors: ['desks.workUnderWay'],
  }),
} as const;

export const contract = {
  ...officeCalls, ...delegationsCalls, ...numbersCalls, ...proceduresCalls, ...dossiersCalls, ...provinceCalls, ...importsCalls, ...workloadCalls, ...registersCalls, ...feesCalls, ...settingsCalls, ...syncCalls, ...systemCalls,
} as const satisfies Record<string, Call>;

export type Contract = typeof contract;
export type CallName = keyof Contract;
export type InputOf<N extends CallName> = CallInput<Contract[N]>;
export type OutputOf<N extends CallName> = CallOutput<Contract[N]>;
export type ResultOf<N extends CallName> = CallResult<Contract[N]>;

/**
 * Server-sent events at /api/events: what changed, never the content; a screen asks again.
 * `imports`: an import has come further or has ended. `sync`: what waits for the server or why has changed. `session`: the session was locked or closed; the last word of its stream.
 */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('dossier'), id: z.uuid() }),
  z.object({ type: z.literal('office') }),
  z.object({ type: z.literal('drafts') }),
  z.object({ type: z.literal('printing'), job: z.uuid() }),
  z.object({ type: z.literal('imports') }),
  z.object({ type: z.literal('sync') }),
  z.object({ type: z.literal('session') }),
]);
export type CoreEvent = z.infer<typeof eventSchema>;

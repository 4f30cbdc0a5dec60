import type { OfficerId } from '../../lib/ids.ts';
import { withFeeAct, type FeeEntry } from '../fees/fee-entry.ts';
import { isFeeAct, type FeeKindOfAct } from '../fees/fee-operations.ts';
import { writtenAt } from '../operations/operation.ts';
import type { Act } from './dossier-acts.ts';
import type { Dossier, DutyRound, SupplementRound } from './dossier.ts';
import type { DossierContent, DossierReceived } from './dossier-content.ts';
import type { DossierBody, DossierKind } from './dossier-operations.ts';
import { isClosed, STATE_ACTS } from './dossier-state.ts';
import { beginSteps, endStep, resumeStep } from './dossier-steps.ts';

/** The part of a dossier that acts change; the rest (history, conflicts …) is about the acts themselves. */
export type DossierFacts = Omit<Dossier, 'conflicts' | 'history' | 'missing' | 'needsUpdate' | 'heads' | 'reprints'> & {
  /** Acts that have taken effect, for judging what later ones were based on. */
  readonly effective: ReadonlySet<string>;
};

/** The facts after an act; the caller has judged that it is legal here. Pure. */
export function applyAct(facts: DossierFacts | undefined, act: Act): DossierFacts {
  if (act.kind === 'dossier.received') return receivedFacts(act);
  if (act.kind === 'dossier.imported') return importedFacts(act);
  const before = facts!;
  const status = STATE_ACTS[act.kind]?.to ?? before.status;
  const changed = isFeeAct(act.kind) ? { fees: withFeeAct(before.fees, act.kind, act.body, authorOf(act)) } : (EFFECTS[act.kind]?.(before, act.body as never, act) ?? {});
  const after = { ...before, status, ...changed };
  const stepVisits = isClosed(after.status) ? endStep(after.stepVisits, writtenAt(act.header), before.holder) : after.stepVisits;
  return { ...after, stepVisits, effective: new Set(before.effective).add(act.id) };
}

function receivedFacts(act: Act): DossierFacts {
  const body = act.body as DossierReceived;
  return {
    ...bornFacts(act, body.content, body.receivedAt),
    status: 'received',
    stepVisits: beginSteps(body, act.id),
    clockUnverified: body.clockUnverified,
    codes: body.codes,
    codeProvisional: body.codeProvisional,
    number: body.number,
    register: body.register,
  };
}

function importedFacts(act: Act): DossierFacts {
  const body = act.body as DossierBody<'dossier.imported'>;
  return {
    ...bornFacts(act, body.content, body.receivedAt),
    // Whoever brought the file neither received it nor works on it.
    receivedBy: null,
    holder: null,
    status: body.status,
    clockUnverified: false,
    codes: body.codes,
    codeProvisional: false,
    number: null,
    register: null,
  };
}

function bornFacts(act: Act, content: DossierContent, receivedAt: number) {
  return {
    id: act.header.subject,
    content,
    receivedAt,
    receivedBy: act.header.actor,
    holder: act.header.actor,
    pausedAt: null,
    supplementRounds: [],
    dutyRounds: [],
    stepVisits: [],
    apologies: 0,
    appointmentSetBy: act.id,
    appointmentNeedsReview: false,
    result: null,
    handOver: null,
    fees: [],
    closingReason: null,
    forwardedTo: null,
    amendments: 0,
    effective: new Set([act.id]),
  };
}

/** The entry that an act about money makes by itself. */
export function freshFeeEntry(act: Act): FeeEntry {
  return withFeeAct([], act.kind as FeeKindOfAct, act.body, authorOf(act))[0]!;
}

function authorOf({ id, header }: Act) {
  return { id, device: header.device, seq: header.seq, by: header.actor, businessDate: header.businessDate, at: writtenAt(header) };
}

type Effect<K extends DossierKind> = (facts: DossierFacts, body: DossierBody<K>, act: Act) => Partial<DossierFacts>;

const closed = (_facts: DossierFacts, body: { readonly reason: string }): Partial<DossierFacts> => ({ closingReason: body.reason, pausedAt: null });

const EFFECTS: { readonly [K in DossierKind]?: Effect<K> } = {
  // Beside a weightier act of another desk the state has moved on already.
  'dossier.taken': (facts, body) => ({ holder: body.officer as OfficerId, status: facts.status === 'received' ? 'processing' : facts.status }),
  'dossier.assigned': (_facts, body) => ({ holder: body.officer as OfficerId }),
  'dossier.transferred': (_facts, body) => ({ holder: body.to as OfficerId }),
  'dossier.supplementRequested': (facts, body) => ({
    pausedAt: body.pausedAt,
    supplementRounds: [
      ...facts.supplementRounds,
      { papers: body.papers, reason: body.reason, pausedAt: body.pausedAt, pause: body.pause, stepPause: body.stepPause, receivedAt: null },
    ],
  }),
  'dossier.supplementReceived': (facts, body, act) => ({
    ...movedAppointment(facts, body.moved, act),
    pausedAt: null,
    supplementRounds: closeLastRound(facts.supplementRounds, body.receivedAt),
    stepVisits: resumeStep(facts.stepVisits, body.resumedStep),
    content: { ...facts.content, appointment: body.moved.appointment, papers: body.papers },
  }),
  'dossier.dutyRequested': (facts, { text, dong, pausedAt, pause, stepPause }) => ({
    pausedAt,
    dutyRounds: [...facts.dutyRounds, { text, dong, pausedAt, pause, stepPause, metAt: null, evidence: null }],
  }),
  'dossier.dutyMet': (facts, body, act) => ({
    ...movedAppointment(facts, body.moved, act),
    pausedAt: null,
    dutyRounds: closeLastDuty(facts.dutyRounds, body),
    stepVisits: resumeStep(facts.stepVisits, body.resumedStep),
  }),
  'dossier.apologised': (facts, body, act) => ({ ...movedAppointment(facts, body.moved, act), apologies: facts.apologies + 1 }),
  'dossier.forwarded': (_facts, body) => ({ forwardedTo: body.agency }),
  'dossier.corrected': (facts, body) => ({ amendments: facts.amendments + 1, content: correctedContent(facts.content, body) as DossierContent }),
  'dossier.voided': closed,
  'dossier.withdrawn': closed,
  'dossier.stopped': closed,
  'dossier.refused': closed,
  'dossier.finished': (_facts, body) => ({ result: { ...body.result, finishedAt: body.finishedAt } }),
  'dossier.reworked': () => ({ result: null }),
  'dossier.handedOver': (_facts, body, act) => ({ handOver: { ...body, at: act.header.wall, by: act.header.actor } }),
  'dossier.codeLinked': (facts, body) => ({
    codes: facts.codes.some((code) => code.system === body.code.system && code.code === body.code.code) ? facts.codes : [...facts.codes, body.code],
  }),
};

function movedAppointment(
  facts: DossierFacts,
  moved: DossierBody<'dossier.apologised'>['moved'],
  act: Act,
): Partial<DossierFacts> {
  return {
    content: { ...facts.content, appointment: moved.appointment },
    appointmentSetBy: act.id,
    appointmentNeedsReview: !facts.effective.has(moved.base),
  };
}

/** The content with the corrected fields replaced; null takes an optional field away. Not validated: see the fold. */
export function correctedContent(content: DossierContent, body: DossierBody<'dossier.corrected'>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...content };
  for (const change of body.changes) {
    if (change.after === null) delete merged[change.field];
    else merged[change.field] = change.after;
  }
  return merged;
}

function closeLastDuty(rounds: readonly DutyRound[], { metAt, evidence }: DossierBody<'dossier.dutyMet'>): DutyRound[] {
  return rounds.map((round, index) => (index === rounds.length - 1 ? { ...round, metAt, evidence } : round));
}

function closeLastRound(rounds: readonly SupplementRound[], receivedAt: number): SupplementRound[] {
  return rounds.map((round, index) => (index === rounds.length - 1 ? { ...round, receivedAt } : round));
}

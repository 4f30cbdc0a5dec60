import { canonicalJson } from '../../lib/canonical-json.ts';
import type { DossierBody, DossierKind } from './dossier-operations.ts';
import { STATE_ACTS } from './dossier-state.ts';

/**
 * The kind × kind table: what it means when two desks wrote these two acts, neither knowing the other (settled.md 11–13).
 *
 * - commutes: both take effect, in the fold's order.
 * - sameFact: the same act with the same content is one fact and a notice; with other content a conflict.
 * - earlierWins: of two officers taking it up the earlier one has it; the later act leaves a notice.
 * - conflict: neither takes effect until somebody settles it.
 * - byField: corrections: other fields commute, the same field to the same value is one fact, else a conflict.
 * - byCode: linked codes: another system commutes, the same code is one fact, another code of the same system a conflict.
 */
export type ConcurrencyRule = 'commutes' | 'sameFact' | 'earlierWins' | 'conflict' | 'byField' | 'byCode';
export type ConcurrencyVerdict = 'commutes' | 'sameFact' | 'earlierWins' | 'conflict';

/** Paper, settlements and undoing stand outside the table: the fold treats them by what they point at. */
const OUTSIDE = new Set<DossierKind>(['dossier.paperReported', 'dossier.paperReprinted', 'dossier.conflictSettled', 'dossier.undone']);

/** The same kind twice. */
const SAME_KIND: Readonly<Partial<Record<DossierKind, ConcurrencyRule>>> = {
  'dossier.taken': 'earlierWins',
  'dossier.corrected': 'byField',
  'dossier.codeLinked': 'byCode',
};

/** Acts that move the due date also clash with each other, although only some move the state. */
const MOVES_APPOINTMENT = new Set<DossierKind>(['dossier.supplementReceived', 'dossier.dutyMet', 'dossier.apologised']);
/** Who works on it. One person at a time, so two different ones need a decision. */
const MOVES_HOLDER = new Set<DossierKind>(['dossier.assigned', 'dossier.transferred']);
const BIRTHS = new Set<DossierKind>(['dossier.received', 'dossier.imported']);

export function concurrencyRule(first: DossierKind, second: DossierKind): ConcurrencyRule {
  if (OUTSIDE.has(first) || OUTSIDE.has(second)) return 'commutes';
  if (first === second) return SAME_KIND[first] ?? 'sameFact';
  if (BIRTHS.has(first) || BIRTHS.has(second)) return BIRTHS.has(first) && BIRTHS.has(second) ? 'conflict' : 'commutes';
  const [stateFirst, stateSecond] = [first in STATE_ACTS, second in STATE_ACTS];
  // Taking up comes before everything else; beside a weightier act it changes nothing and the fold passes over it.
  if (stateFirst && stateSecond) return first === 'dossier.taken' || second === 'dossier.taken' ? 'commutes' : 'conflict';
  if (MOVES_APPOINTMENT.has(first) && MOVES_APPOINTMENT.has(second)) return 'conflict';
  if (MOVES_HOLDER.has(first) && MOVES_HOLDER.has(second)) return 'conflict';
  return 'commutes';
}

interface Act {
  readonly kind: DossierKind;
  readonly body: unknown;
}

/** The table applied to two acts with their contents. Symmetric. */
export function judgeConcurrent(first: Act, second: Act): ConcurrencyVerdict {
  const rule = concurrencyRule(first.kind, second.kind);
  switch (rule) {
    case 'commutes':
    case 'earlierWins':
    case 'conflict':
      return rule;
    case 'sameFact':
      return decisiveContent(first) === decisiveContent(second) ? 'sameFact' : 'conflict';
    case 'byField':
      return judgeCorrections(first.body as DossierBody<'dossier.corrected'>, second.body as DossierBody<'dossier.corrected'>);
    case 'byCode':
      return judgeCodes(first.body as DossierBody<'dossier.codeLinked'>, second.body as DossierBody<'dossier.codeLinked'>);
  }
}

function judgeCorrections(first: DossierBody<'dossier.corrected'>, second: DossierBody<'dossier.corrected'>): ConcurrencyVerdict {
  let shared = false;
  for (const change of first.changes) {
    const other = second.changes.find((candidate) => candidate.field === change.field);
    if (!other) continue;
    if (canonicalJson(other.after) !== canonicalJson(change.after)) return 'conflict';
    shared = true;
  }
  if (!shared) return 'commutes';
  // One fact only when neither brings more than the other; else both apply, the shared field to the same value.
  return first.changes.length === second.changes.length && first.changes.every((change) => second.changes.some((other) => other.field === change.field))
    ? 'sameFact'
    : 'commutes';
}

function judgeCodes(first: DossierBody<'dossier.codeLinked'>, second: DossierBody<'dossier.codeLinked'>): ConcurrencyVerdict {
  if (first.code.system !== second.code.system) return 'commutes';
  return first.code.code === second.code.code ? 'sameFact' : 'conflict';
}

/** What of an act must be equal to be the same fact: the decision, not its wording or minute. */
function decisiveContent(act: Act): string {
  switch (act.kind) {
    case 'dossier.finished': {
      const { number, date, summary } = (act.body as DossierBody<'dossier.finished'>).result;
      return canonicalJson({ number, date, summary });
    }
    case 'dossier.supplementRequested':
      return canonicalJson([...(act.body as DossierBody<'dossier.supplementRequested'>).papers].sort());
    case 'dossier.supplementReceived': {
      const { papers, moved } = act.body as DossierBody<'dossier.supplementReceived'>;
      return canonicalJson({ papers, dueAt: moved.appointment.dueAt });
    }
    case 'dossier.dutyMet':
    case 'dossier.apologised':
      return canonicalJson((act.body as DossierBody<'dossier.apologised'>).moved.appointment.dueAt);
    case 'dossier.dutyRequested':
      return canonicalJson((act.body as DossierBody<'dossier.dutyRequested'>).dong);
    case 'dossier.handedOver': {
      const { receiver, how } = act.body as DossierBody<'dossier.handedOver'>;
      return canonicalJson({ name: receiver.name, idNumber: receiver.idNumber, how });
    }
    case 'dossier.assigned':
      return (act.body as DossierBody<'dossier.assigned'>).officer;
    case 'dossier.transferred': {
      const { from, to } = act.body as DossierBody<'dossier.transferred'>;
      return canonicalJson({ from, to });
    }
    case 'dossier.forwarded':
      return (act.body as DossierBody<'dossier.forwarded'>).agency;
    case 'dossier.voided':
    case 'dossier.withdrawn':
    case 'dossier.stopped':
    case 'dossier.refused':
    case 'dossier.reworked':
      return '';
    default:
      return canonicalJson(act.body);
  }
}

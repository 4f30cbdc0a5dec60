import { judgeFees } from '../fees/fee-concurrency.ts';
import { isFeeAct, type FeeKindOfAct } from '../fees/fee-operations.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { isBirth } from './dossier-birth.ts';
import type { DossierBody, DossierKind } from './dossier-operations.ts';
import { STATE_ACTS } from './dossier-state.ts';

/**
 * The kind × kind table: what it means when two desks wrote these two acts, neither knowing the other (settled.md 11–13).
 *
 * - commutes: both take effect, in the fold's order.
 * - sameFact: the same act with the same content is one fact and a notice; with other content a conflict.
 * - earlierWins: of two officers taking it up the earlier one has it; the later act leaves a notice. Of two receptions
 *   under one id the earlier one stands, so that the dossier is never invisible; the later is a conflict of its own.
 * - conflict: neither takes effect until somebody settles it.
 * - byField: acts that replace fields: other fields commute, the same field to the same value too, else a conflict;
 *   two corrections of just the same to the same are one fact.
 * - byHolder: who works on it: the same officer twice commutes, two different ones need a decision.
 * - byFee: acts about money: see `fee-concurrency.ts`.
 * - byCode: linked codes: another system commutes, the same code is one fact, another code of the same system a conflict.
 */
export type ConcurrencyRule = 'commutes' | 'sameFact' | 'earlierWins' | 'conflict' | 'byField' | 'byHolder' | 'byCode' | 'byFee';
export type ConcurrencyVerdict = 'commutes' | 'sameFact' | 'earlierWins' | 'conflict';

/** Paper, settlements, asking for one and undoing stand outside the table: the fold treats them by what they point at. */
const OUTSIDE = new Set<DossierKind>(['dossier.paperReported', 'dossier.paperReprinted', 'dossier.conflictSettled', 'dossier.conflictAsked', 'dossier.undone']);

/** The same kind twice. */
const SAME_KIND: Readonly<Partial<Record<DossierKind, ConcurrencyRule>>> = {
  'dossier.taken': 'earlierWins',
  'dossier.corrected': 'byField',
  'dossier.codeLinked': 'byCode',
};

/** They name who works on it. One person at a time, and stronger than taking it up oneself. */
export const MOVES_HOLDER: ReadonlySet<DossierKind> = new Set<DossierKind>(['dossier.assigned', 'dossier.transferred']);
/** They replace fields of the content. */
const MOVES_FIELDS = new Set<DossierKind>(['dossier.corrected', 'dossier.supplementReceived']);

export function concurrencyRule(first: DossierKind, second: DossierKind): ConcurrencyRule {
  if (OUTSIDE.has(first) || OUTSIDE.has(second)) return 'commutes';
  if (isFeeAct(first) && isFeeAct(second)) return 'byFee';
  if (first === second) return SAME_KIND[first] ?? 'sameFact';
  if (isBirth(first) || isBirth(second)) return isBirth(first) && isBirth(second) ? 'earlierWins' : 'commutes';
  const [stateFirst, stateSecond] = [first in STATE_ACTS, second in STATE_ACTS];
  // Taking up comes before everything else; beside a weightier act it only says who works on it.
  if (stateFirst && stateSecond) return first === 'dossier.taken' || second === 'dossier.taken' ? 'commutes' : 'conflict';
  if (MOVES_HOLDER.has(first) && MOVES_HOLDER.has(second)) return 'byHolder';
  if (MOVES_FIELDS.has(first) && MOVES_FIELDS.has(second)) return 'byField';
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
      if (decisiveContent(first) === decisiveContent(second)) return 'sameFact';
      return isBirth(first.kind) ? 'earlierWins' : 'conflict';
    case 'byField':
      return judgeFields(first, second);
    case 'byHolder':
      return namedHolder(first) === namedHolder(second) ? 'commutes' : 'conflict';
    case 'byFee':
      return judgeFees({ kind: first.kind as FeeKindOfAct, body: first.body }, { kind: second.kind as FeeKindOfAct, body: second.body });
    case 'byCode':
      return judgeCodes(first.body as DossierBody<'dossier.codeLinked'>, second.body as DossierBody<'dossier.codeLinked'>);
  }
}

function judgeFields(first: Act, second: Act): ConcurrencyVerdict {
  const [one, other] = [replacedFields(first), replacedFields(second)];
  const shared = [...one.keys()].filter((field) => other.has(field));
  if (shared.some((field) => one.get(field) !== other.get(field))) return 'conflict';
  // One fact only when neither brings more than the other; else both apply, the shared field to the same value.
  return first.kind === second.kind && shared.length === one.size && shared.length === other.size ? 'sameFact' : 'commutes';
}

/** The fields an act replaces, with their new values in canonical form. */
function replacedFields(act: Act): Map<string, string> {
  if (act.kind === 'dossier.supplementReceived') {
    return new Map([['papers', canonicalJson((act.body as DossierBody<'dossier.supplementReceived'>).papers)]]);
  }
  return new Map((act.body as DossierBody<'dossier.corrected'>).changes.map((change) => [change.field, canonicalJson(change.after)]));
}

function namedHolder(act: Act): string {
  return act.kind === 'dossier.transferred' ? (act.body as DossierBody<'dossier.transferred'>).to : (act.body as DossierBody<'dossier.assigned'>).officer;
}

function judgeCodes(first: DossierBody<'dossier.codeLinked'>, second: DossierBody<'dossier.codeLinked'>): ConcurrencyVerdict {
  if (first.code.system !== second.code.system) return 'commutes';
  return first.code.code === second.code.code ? 'sameFact' : 'conflict';
}

/** What of an act must be equal to be the same fact: the decision, not its wording or minute. */
function decisiveContent(act: Act): string {
  const decisive = DECISIVE[act.kind];
  return canonicalJson(decisive ? decisive(act.body as never) : act.body);
}

const nothing = () => null;
const DECISIVE: { readonly [K in DossierKind]?: (body: DossierBody<K>) => unknown } = {
  'dossier.finished': ({ result: { number, date, summary } }) => ({ number, date, summary }),
  'dossier.supplementRequested': ({ papers }) => [...papers].sort(),
  'dossier.supplementReceived': ({ papers, moved }) => ({ papers, dueAt: moved.appointment.dueAt }),
  'dossier.dutyMet': ({ moved }) => moved.appointment.dueAt,
  'dossier.apologised': ({ moved }) => moved.appointment.dueAt,
  'dossier.dutyRequested': ({ dong }) => dong,
  'dossier.handedOver': ({ receiver, how }) => ({ name: receiver.name, idNumber: receiver.idNumber, how }),
  'dossier.assigned': ({ officer }) => officer,
  'dossier.transferred': ({ from, to }) => ({ from, to }),
  'dossier.forwarded': ({ agency }) => agency,
  'dossier.voided': nothing,
  'dossier.withdrawn': nothing,
  'dossier.stopped': nothing,
  'dossier.refused': nothing,
  'dossier.reworked': nothing,
};

import { canonicalJson } from '../../lib/canonical-json.ts';
import type { FeeBody, FeeKindOfAct } from './fee-operations.ts';

/**
 * What it means when two desks wrote these two acts about the money of one dossier, neither knowing the other. Money that lies
 * in two drawers was taken twice, so collections both stand and the dossier says "thu nhiều hơn"; one biên lai with one content
 * is one payment, until it is voided where only one of the two was known. Acts about the same entry are one fact when they say the same, else somebody decides.
 */
export function judgeFees(first: { kind: FeeKindOfAct; body: unknown }, second: { kind: FeeKindOfAct; body: unknown }): 'commutes' | 'sameFact' | 'conflict' {
  if (first.kind === 'dossier.feeCollected' && second.kind === 'dossier.feeCollected') return judgeCollections(first.body as Collected, second.body as Collected);
  if (first.kind === 'dossier.feeExempted' && second.kind === 'dossier.feeExempted') return judgeExemptions(first.body as Exempted, second.body as Exempted);
  const [one, other] = [entryOf(first), entryOf(second)];
  if (one === null || one !== other) return 'commutes';
  if (first.kind === second.kind) return decisiveOf(first) === decisiveOf(second) ? 'sameFact' : 'conflict';
  // Writing the biên lai of a payment and giving a part of it back are both done.
  return first.kind === 'dossier.feeVoided' || second.kind === 'dossier.feeVoided' ? 'conflict' : 'commutes';
}

/** The act with the entry that it is about under the one name that `nameOf` gives it. */
export function withEntryNamed<A extends { readonly kind: string; readonly body: unknown }>(act: A, nameOf: (entry: string) => string): A {
  if (act.kind === 'dossier.feeVoided') return { ...act, body: { ...(act.body as FeeBody<'dossier.feeVoided'>), entry: nameOf((act.body as FeeBody<'dossier.feeVoided'>).entry) } };
  if (act.kind !== 'dossier.feeReceiptIssued' && act.kind !== 'dossier.feeRefunded') return act;
  const body = act.body as FeeBody<'dossier.feeReceiptIssued' | 'dossier.feeRefunded'>;
  return { ...act, body: { ...body, collection: nameOf(body.collection) } };
}

type Collected = FeeBody<'dossier.feeCollected'>;
type Exempted = FeeBody<'dossier.feeExempted'>;

function judgeCollections(one: Collected, other: Collected): 'commutes' | 'sameFact' {
  if (one.receipt === null || other.receipt === null) return 'commutes';
  const content = ({ receipt, lines, means }: Collected) => canonicalJson({ receipt, means, lines: lines.map(({ kind, dong }) => ({ kind, dong })) });
  return content(one) === content(other) ? 'sameFact' : 'commutes';
}

function judgeExemptions(one: Exempted, other: Exempted): 'commutes' | 'sameFact' | 'conflict' {
  if (!one.kinds.some((kind) => other.kinds.includes(kind))) return 'commutes';
  const content = ({ kinds, ground }: Exempted) => canonicalJson({ kinds: [...kinds].sort(), ground });
  return content(one) === content(other) ? 'sameFact' : 'conflict';
}

/** Which entry an act is about; null for those that make one. */
function entryOf({ kind, body }: { kind: FeeKindOfAct; body: unknown }): string | null {
  if (kind === 'dossier.feeVoided') return (body as FeeBody<'dossier.feeVoided'>).entry;
  if (kind === 'dossier.feeReceiptIssued' || kind === 'dossier.feeRefunded') return (body as FeeBody<typeof kind>).collection;
  return null;
}

/** What of two acts about one entry must be equal to be the same fact: the decision, not its wording. */
function decisiveOf({ kind, body }: { kind: FeeKindOfAct; body: unknown }): string {
  if (kind === 'dossier.feeRefunded') {
    const { sums, means } = body as FeeBody<'dossier.feeRefunded'>;
    return canonicalJson({ sums, means });
  }
  return canonicalJson((body as FeeBody<'dossier.feeReceiptIssued' | 'dossier.feeVoided'>).receipt ?? null);
}

import { assert } from '../../lib/assert.ts';
import { withEntryNamed } from '../fees/fee-concurrency.ts';
import { feeFault, findEntry, withTwin, withTwinsApart } from '../fees/fee-entry.ts';
import { isFeeAct, type FeeBody, type FeeKindOfAct } from '../fees/fee-operations.ts';
import type { Conflict, ConflictReason } from '../conflicts/conflict.ts';
import { conflictId } from '../conflicts/conflict.ts';
import type { OfficerId } from '../../lib/ids.ts';
import type { Office } from '../office/office.ts';
import { deviceFaultAt, hasAnyRole, rolesAt } from '../office/permissions.ts';
import { orderCausally, type CausalOrder } from '../operations/causal-order.ts';
import { operationId, type Operation, type OperationId } from '../operations/operation.ts';
import { currentBodyReader, readAct, readActs, type Act, type BodyReader } from './dossier-acts.ts';
import { asVoiding, dropsBirth, isBirth, uncountedBirth } from './dossier-birth.ts';
import { judgeConcurrent, MOVES_HOLDER } from './dossier-concurrency.ts';
import { findClashes, type Clashes } from './dossier-conflicts.ts';
import { dossierContentSchema } from './dossier-content.ts';
import { applyAct, correctedContent, freshFeeEntry, type DossierFacts } from './dossier-effects.ts';
import { DOSSIER_PERMISSIONS, type DossierBody, type DossierKind } from './dossier-operations.ts';
import { isOpen, STATE_ACTS } from './dossier-state.ts';
import { readDecisions, type Decisions } from './dossier-settlements.ts';
import { readUndos, type ActJudges, type Undo } from './dossier-undo.ts';
import { moveStep, stepMoveOf } from './dossier-steps.ts';
import type { Dossier, HistoryEntry, OperationEffect } from './dossier.ts';

/**
 * Folds a dossier from the set of its operations and the office they were made in. Pure: no clock, calendar or catalogue.
 * Any arrival order, duplication or batching gives the same dossier everywhere (rule 5). Returns undefined while no
 * reception has arrived that can be read; what is there already is kept by the log and folded then.
 */
export function foldDossier(operations: Iterable<Operation>, office: Office, reader: BodyReader = currentBodyReader): Dossier | undefined {
  return readAll(operations, office, reader).finish();
}

/** How a dossier was folded, to ask the same judge about what may come next. */
const folds = new WeakMap<Dossier, Fold>();

function foldOf(dossier: Dossier): Fold {
  const fold = folds.get(dossier);
  assert(fold, 'a dossier that the fold has made');
  return fold;
}

/** What a dossier was folded from, once each and in the fold's order. */
export function operationsOf(dossier: Dossier): readonly Operation[] {
  return foldOf(dossier).operations;
}

function readAll(operations: Iterable<Operation>, office: Office, reader: BodyReader): Fold {
  const order = orderCausally(operations);
  const acts = readActs(order, reader);
  const onAdmittedDesk = (act: Act) => deviceFaultAt(office, act.header.device, act.header.at) === null;
  const permitted = askedOnce((act: Act) => act.fault === null && onAdmittedDesk(act) && mayAct(act, office));
  const judges: ActJudges = { onAdmittedDesk, admissible: permitted, isLeader: (act) => isLeader(act, office) };
  const decisions = readDecisions(acts, order, judges);
  const admissible = (act: Act) => decisions.approved.has(act.id) || permitted(act);
  const undos = readUndos(acts, order, { ...judges, admissible });
  const clashes = findClashes(acts.filter(admissible), order, undos, decisions);
  const uncounted = uncountedBirth(acts, (act) => admissible(act) && !clashes.effects.has(act.id));
  const fold = new Fold(order, office, { permitted, decisions, undos, clashes, uncounted });
  for (const act of acts) fold.read(act);
  return fold;
}

function askedOnce(ask: (act: Act) => boolean): (act: Act) => boolean {
  const answers = new Map<Act, boolean>();
  return (act) => {
    const known = answers.get(act);
    if (known !== undefined) return known;
    const answer = ask(act);
    answers.set(act, answer);
    return answer;
  };
}

/** The door asks the same judge: would this act take effect on what is known here? Null: yes. */
export function whyNot(operations: Iterable<Operation>, candidate: Operation, office: Office): ConflictReason | null {
  return readAll([...operations, candidate], office, currentBodyReader).whyNot(operationId(candidate.header));
}

/** Acts that say something of earlier ones: what was read before has to be judged anew with them. */
const SPEAKS_OF_EARLIER: ReadonlySet<string> = new Set<DossierKind>(['dossier.undone', 'dossier.conflictSettled']);

/**
 * The same answer about an act written on top of a folded dossier. One that comes after everything known is concurrent with
 * nothing and changes nothing that was read, so only the act itself is judged; a screen asks about a dozen of them.
 */
export function whyNotNext(dossier: Dossier, candidate: Operation, office: Office): ConflictReason | null {
  const fold = foldOf(dossier);
  const { kind, after } = candidate.header;
  const isOnTop = fold.office === office && after.length === dossier.heads.length && after.every((ref) => dossier.heads.includes(operationId(ref)));
  if (!isOnTop || SPEAKS_OF_EARLIER.has(kind)) return whyNot(fold.operations, candidate, office);
  return fold.whyNotNext(readAct(candidate, fold.operations.length, currentBodyReader));
}

function mayAct(act: Act, office: Office): boolean {
  if (act.header.actor === null) return false;
  return hasAnyRole(rolesAt(office, act.header.actor, act.header), DOSSIER_PERMISSIONS[act.kind]);
}

function isLeader(act: Act, office: Office): boolean {
  return act.header.actor !== null && rolesAt(office, act.header.actor, act.header).has('leader');
}

/** What was found out about the acts before any state is looked at. */
interface Judged {
  readonly permitted: (act: Act) => boolean;
  readonly decisions: Decisions;
  readonly undos: readonly Undo[];
  readonly clashes: Clashes;
  readonly uncounted: Act | undefined;
}

class Fold {
  readonly #order: CausalOrder;
  readonly office: Office;
  readonly #permitted: (act: Act) => boolean;
  readonly #decisions: Decisions;
  readonly #clashes: Clashes;
  readonly #uncounted: Act | undefined;
  readonly #undoById: ReadonlyMap<OperationId, Undo>;
  readonly #conflicts: Conflict[];
  readonly #history: HistoryEntry[] = [];
  readonly #applied: Act[] = [];
  /** The same fact as an act in effect. */
  readonly #twins: Act[] = [];
  readonly #reprints: Record<string, number> = {};
  /** Acts that brought it to a step, also those that only say once more what another desk had said. */
  readonly #stepMoves: Act[] = [];
  #facts: DossierFacts | undefined;
  #needsUpdate = false;

  constructor(order: CausalOrder, office: Office, { permitted, decisions, undos, clashes, uncounted }: Judged) {
    this.#order = order;
    this.office = office;
    this.#permitted = permitted;
    this.#decisions = decisions;
    this.#clashes = clashes;
    this.#uncounted = uncounted;
    this.#undoById = new Map(undos.map((undo) => [undo.act.id, undo]));
    this.#conflicts = [...clashes.conflicts];
  }

  read(act: Act): void {
    const effect = this.#judge(act);
    const holder = this.#facts?.holder ?? null;
    if (effect === 'applied') {
      this.#facts = act.kind === 'dossier.undone' ? this.#facts : this.#applyOrCount(act);
      this.#applied.push(act);
    }
    if (act === this.#uncounted) this.#facts = applyAct(undefined, act);
    // What was based on the same fact from another desk still has its base.
    if (effect === 'sameFact') this.#twins.push(act);
    if (effect === 'sameFact' && this.#facts) this.#facts = { ...this.#facts, fees: this.#feesWithTwin(act), effective: new Set(this.#facts.effective).add(act.id) };
    if (effect === 'applied' || effect === 'sameFact') this.#moveStep(act, holder);
    this.#history.push({ id: act.id, header: act.header, body: act.body, effect });
  }

  /** Of two desks that moved it on apart, the one that came further in the flow has it; at the same step it is the earlier one. */
  #moveStep(act: Act, holder: OfficerId | null): void {
    const move = stepMoveOf(act.body);
    if (move === undefined || !this.#facts) return;
    const isBehind = this.#stepMoves.some((other) => this.#concurrent(other, act) && stepMoveOf(other.body)!.index >= move.index);
    this.#stepMoves.push(act);
    if (!isBehind) this.#facts = { ...this.#facts, stepVisits: moveStep(this.#facts, move, act.id, holder) };
  }

  get operations(): readonly Operation[] {
    return this.#order.operations;
  }

  whyNot(id: OperationId): ConflictReason | null {
    return this.#reasonOf(id, this.#history.find((entry) => entry.id === id)?.effect);
  }

  /** Judges an act that follows all others and leaves the fold as it was. */
  whyNotNext(act: Act): ConflictReason | null {
    const before = { conflicts: this.#conflicts.length, needsUpdate: this.#needsUpdate };
    const reason = this.#reasonOf(act.id, this.#judge(act));
    this.#conflicts.length = before.conflicts;
    this.#needsUpdate = before.needsUpdate;
    return reason;
  }

  #reasonOf(id: OperationId, effect: OperationEffect | undefined): ConflictReason | null {
    return effect === 'applied' ? null : (this.#conflicts.find((conflict) => conflict.operations.includes(id))?.reason ?? 'wrongState');
  }

  finish(): Dossier | undefined {
    if (!this.#facts) return undefined;
    const { effective: _effective, ...facts } = this.#facts;
    const dossier: Dossier = {
      ...facts,
      reprints: this.#reprints,
      conflicts: this.#conflicts,
      history: this.#history,
      missing: this.#order.missing,
      needsUpdate: this.#needsUpdate,
      heads: this.#order.heads,
    };
    folds.set(dossier, this);
    return dossier;
  }

  #applyOrCount(act: Act): DossierFacts | undefined {
    if (act.kind === 'dossier.paperReprinted') {
      const { form } = act.body as DossierBody<'dossier.paperReprinted'>;
      this.#reprints[form] = (this.#reprints[form] ?? 0) + 1;
    }
    const facts = applyAct(this.#facts && { ...this.#facts, fees: this.#feesKnownTo(act) }, this.#dropsReception(act) ? asVoiding(act) : act);
    // An assignment is stronger than taking it up, whichever of the two stamps is earlier.
    const assigned = act.kind === 'dossier.taken' && this.#applied.some((other) => MOVES_HOLDER.has(other.kind) && this.#concurrent(other, act));
    return assigned ? { ...facts, holder: this.#facts!.holder } : facts;
  }

  #dropsReception(act: Act): boolean {
    const birth = this.#uncounted;
    if (!birth || !dropsBirth(birth, act) || deviceFaultAt(this.office, birth.header.device, birth.header.at)) return false;
    return isLeader(act, this.office) && this.#decisions.settlements.get(conflictId([birth.id]))?.by === act.id;
  }

  #judge(act: Act): OperationEffect {
    if (act.fault === 'unknown') {
      this.#needsUpdate = true;
      return 'unknown';
    }
    if (act.fault === 'erased') return 'erased';
    if (act.fault === 'malformed') return this.#illegal(act, 'malformed');
    const fixed = this.#clashes.effects.get(act.id);
    if (fixed) return fixed;
    const fault = deviceFaultAt(this.office, act.header.device, act.header.at);
    if (fault) return this.#illegal(act, fault);
    const permitted = this.#permitted(act);
    if (!permitted && !this.#decisions.approved.has(act.id)) return this.#illegal(act, 'notPermitted');
    const effect = this.#judgeByState(act);
    if (!permitted && effect !== 'illegal') this.#conflicts.push(this.#conflictOf(act, 'notPermitted'));
    return effect;
  }

  #judgeByState(act: Act): OperationEffect {
    const birth = isBirth(act.kind);
    if (!birth && !this.#facts) return this.#illegal(act, 'notReceived');
    if (birth && this.#facts) return this.#knownFact(act) === 'sameFact' ? 'sameFact' : this.#illegal(act, 'wrongState');
    if (act.kind === 'dossier.undone') return this.#judgeUndo(act);
    const known = this.#knownFact(act);
    if (known) return known;
    if (act.kind === 'dossier.corrected' && !this.#leavesContentWhole(act)) return this.#illegal(act, 'malformed');
    if (isFeeAct(act.kind)) return this.#judgeFee(act, act.kind);
    const rule = STATE_ACTS[act.kind];
    if (!rule || rule.from.includes(this.#facts!.status)) return 'applied';
    if (act.kind === 'dossier.taken' && this.#wasReceivedForAuthor(act)) return 'applied';
    if (act.kind === 'dossier.handedOver' && this.#handsOverDespiteConflict(act)) return 'applied';
    return this.#illegal(act, 'wrongState');
  }

  /** Money is judged by what is known of it: nothing goes back twice, and only the author or a leader takes an entry back. */
  #judgeFee(act: Act, kind: FeeKindOfAct): OperationEffect {
    const fault = feeFault(this.#feesKnownTo(act), kind, act.body, { by: act.header.actor, mayVoidAny: isLeader(act, this.office) });
    if (fault === null) return 'applied';
    if (fault !== 'ofAnother') return this.#illegal(act, 'wrongState');
    this.#conflicts.push(this.#conflictOf(act, 'notPermitted'));
    return this.#decisions.approved.has(act.id) ? 'applied' : 'illegal';
  }

  #feesKnownTo(act: Act): DossierFacts['fees'] {
    const { fees } = this.#facts!;
    if (act.kind !== 'dossier.feeVoided') return fees;
    const acts = new Map([...this.#applied, ...this.#twins].map((one) => [one.id, one]));
    const isKnown = (id: OperationId) => !this.#concurrent(acts.get(id)!, act);
    return withTwinsApart(fees, (act.body as FeeBody<'dossier.feeVoided'>).entry, isKnown, ([id, ...twins]) => ({ ...freshFeeEntry(acts.get(id!)!), twins }));
  }

  #feesWithTwin(act: Act): DossierFacts['fees'] {
    const { fees } = this.#facts!;
    if (!isFeeAct(act.kind)) return fees;
    const same = this.#applied.find((other) => this.#concurrent(other, act) && this.#judgeKnown(other, act) === 'sameFact');
    return same ? withTwin(fees, same.id, act.id) : fees;
  }

  #judgeUndo(act: Act): OperationEffect {
    const undo = this.#undoById.get(act.id);
    if (!undo?.valid) return this.#illegal(act, 'badUndo');
    return this.#applied.some((other) => this.#undoById.get(other.id)?.target === undo.target) ? 'sameFact' : 'applied';
  }

  #concurrent(first: Act, second: Act): boolean {
    const isNext = Math.max(first.position, second.position) >= this.#order.operations.length;
    return !isNext && this.#order.areConcurrent(first.position, second.position);
  }

  #knownFact(act: Act): 'sameFact' | 'superseded' | null {
    for (const other of this.#applied) {
      if (!this.#concurrent(other, act)) continue;
      const verdict = this.#judgeKnown(other, act);
      if (verdict === 'sameFact') return 'sameFact';
      if (verdict === 'earlierWins') return 'superseded';
    }
    return null;
  }

  /** An entry that was voided by somebody who did not know of the other is no longer the same fact; two names of one entry are one. */
  #judgeKnown(other: Act, act: Act): ReturnType<typeof judgeConcurrent> {
    if (!isFeeAct(act.kind) || !isFeeAct(other.kind)) return judgeConcurrent(other, act);
    const { fees } = this.#facts!;
    if (findEntry(fees, other.id)?.voided) return 'commutes';
    const nameOf = (entry: string) => findEntry(fees, entry as OperationId)?.id ?? entry;
    return judgeConcurrent(withEntryNamed(other, nameOf), withEntryNamed(act, nameOf));
  }

  #leavesContentWhole(act: Act): boolean {
    // Each field is whole by itself, and those that stay were whole before.
    const body = act.body as DossierBody<'dossier.corrected'>;
    const content = correctedContent(this.#facts!.content, body);
    return body.changes.every(({ field }) => dossierContentSchema.shape[field].safeParse(content[field]).success);
  }

  /** All that has moved it on since reception happened at other desks meanwhile: then taking it up was right there. */
  #wasReceivedForAuthor(act: Act): boolean {
    return this.#applied.every((other) => {
      if (other.kind === 'dossier.imported') return (other.body as DossierBody<'dossier.imported'>).status === 'received';
      return (STATE_ACTS[other.kind]?.to ?? null) === null || this.#concurrent(other, act);
    });
  }

  /** Until a conflict about a result is settled nobody may hand it over without saying so (settled.md 12). */
  #handsOverDespiteConflict(act: Act): boolean {
    const named = new Set((act.body as DossierBody<'dossier.handedOver'>).despiteConflicts);
    const disputed = this.#conflicts.filter((conflict) => conflict.settledBy === null && named.has(conflict.id)).flatMap((conflict) => conflict.operations);
    return isOpen(this.#facts!.status) && this.#history.some((entry) => entry.header.kind === 'dossier.finished' && disputed.includes(entry.id));
  }

  #illegal(act: Act, reason: ConflictReason): OperationEffect {
    this.#conflicts.push(this.#conflictOf(act, reason));
    return 'illegal';
  }

  /** Only a leader's approval keeps an act that does not fit; anybody may note that it has no effect. */
  #conflictOf(act: Act, reason: ConflictReason): Conflict {
    const id = conflictId([act.id]);
    const settlement = this.#decisions.settlements.get(id);
    const approved = reason === 'notPermitted' && this.#decisions.approved.has(act.id);
    const settledBy = settlement && (approved || settlement.keep?.length === 0) ? settlement.by : null;
    return { id, reason, operations: [act.id], options: reason === 'notPermitted' ? [[], [act.id]] : [[]], settledBy };
  }
}


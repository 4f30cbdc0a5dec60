import type { Conflict, ConflictReason } from '../conflicts/conflict.ts';
import { conflictId } from '../conflicts/conflict.ts';
import type { Office } from '../office/office.ts';
import { hasAnyRole, rolesAt } from '../office/permissions.ts';
import { compareHlc } from '../../lib/hlc.ts';
import { orderCausally, type CausalOrder } from '../operations/causal-order.ts';
import type { Operation, OperationId } from '../operations/operation.ts';
import { currentBodyReader, readActs, type Act, type BodyReader } from './dossier-acts.ts';
import { judgeConcurrent } from './dossier-concurrency.ts';
import { findClashes, type Clashes } from './dossier-conflicts.ts';
import { dossierContentSchema } from './dossier-content.ts';
import { applyAct, correctedContent, type DossierFacts } from './dossier-effects.ts';
import { DOSSIER_PERMISSIONS, type DossierBody } from './dossier-operations.ts';
import { isOpen, STATE_ACTS } from './dossier-state.ts';
import { readUndos, type Undo } from './dossier-undo.ts';
import type { Dossier, HistoryEntry, OperationEffect } from './dossier.ts';

/**
 * Folds a dossier from the set of its operations and the office they were made in. Pure: no clock, calendar or catalogue.
 * Any arrival order, duplication or batching gives the same dossier everywhere (rule 5). Returns undefined while the
 * reception itself has not arrived; what is there already is kept by the log and folded then.
 */
export function foldDossier(operations: Iterable<Operation>, office: Office, reader: BodyReader = currentBodyReader): Dossier | undefined {
  const order = orderCausally(operations);
  const acts = readActs(order, reader);
  const leads = (act: Act) => isLeader(act, office);
  const undos = readUndos(acts, order, leads);
  const admissible = (act: Act) => deviceFault(act, office) === null && mayAct(act, office);
  const clashes = findClashes(acts, order, undos, { admissible, isLeader: leads });
  const fold = new Fold(order, office, clashes, undos);
  for (const act of acts) fold.read(act);
  return fold.finish();
}

/** The door asks the same judge: would this act take effect on what is known here? Null: yes. */
export function whyNot(operations: Iterable<Operation>, candidate: Operation, office: Office): ConflictReason | null {
  const dossier = foldDossier([...operations, candidate], office);
  const id = `${candidate.header.device}:${candidate.header.seq}`;
  const entry = dossier?.history.find((other) => other.id === id);
  if (!dossier || !entry) return 'notReceived';
  if (entry.effect === 'applied') return null;
  return dossier.conflicts.find((conflict) => conflict.operations.includes(id))?.reason ?? 'wrongState';
}

function mayAct(act: Act, office: Office): boolean {
  if (act.header.actor === null) return false;
  return hasAnyRole(rolesAt(office, act.header.actor, act.header), DOSSIER_PERMISSIONS[act.kind]);
}

function isLeader(act: Act, office: Office): boolean {
  return act.header.actor !== null && rolesAt(office, act.header.actor, act.header).has('leader');
}

function deviceFault(act: Act, office: Office): ConflictReason | null {
  const device = office.devices.get(act.header.device);
  if (!device) return 'unknownDevice';
  const revokedAt = office.desks.get(device.desk)?.revokedAt ?? null;
  return revokedAt !== null && compareHlc(revokedAt, act.header.at) <= 0 ? 'revokedDevice' : null;
}

class Fold {
  readonly #order: CausalOrder;
  readonly #office: Office;
  readonly #clashes: Clashes;
  readonly #undoById: ReadonlyMap<OperationId, Undo>;
  readonly #conflicts: Conflict[];
  readonly #history: HistoryEntry[] = [];
  readonly #applied: Act[] = [];
  readonly #reprints: Record<string, number> = {};
  #facts: DossierFacts | undefined;
  #needsUpdate = false;

  constructor(order: CausalOrder, office: Office, clashes: Clashes, undos: readonly Undo[]) {
    this.#order = order;
    this.#office = office;
    this.#clashes = clashes;
    this.#undoById = new Map(undos.map((undo) => [undo.act.id, undo]));
    this.#conflicts = [...clashes.conflicts];
  }

  read(act: Act): void {
    const effect = this.#judge(act);
    if (effect === 'applied') {
      this.#facts = act.kind === 'dossier.undone' ? this.#facts : this.#applyOrCount(act);
      this.#applied.push(act);
    }
    this.#history.push({ id: act.id, header: act.header, body: act.body, effect });
  }

  finish(): Dossier | undefined {
    if (!this.#facts) return undefined;
    const { effective: _effective, ...facts } = this.#facts;
    return {
      ...facts,
      reprints: this.#reprints,
      conflicts: this.#conflicts,
      history: this.#history,
      missing: this.#order.missing,
      needsUpdate: this.#needsUpdate,
      heads: this.#order.heads,
    };
  }

  #applyOrCount(act: Act): DossierFacts | undefined {
    if (act.kind === 'dossier.paperReprinted') {
      const { form } = act.body as DossierBody<'dossier.paperReprinted'>;
      this.#reprints[form] = (this.#reprints[form] ?? 0) + 1;
    }
    return applyAct(this.#facts, act);
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
    const fault = deviceFault(act, this.#office);
    if (fault) return this.#illegal(act, fault);
    if (!this.#clashes.approved.has(act.id) && !mayAct(act, this.#office)) return this.#illegal(act, 'notPermitted');
    return this.#judgeByState(act);
  }

  #judgeByState(act: Act): OperationEffect {
    const birth = act.kind === 'dossier.received' || act.kind === 'dossier.imported';
    if (!birth && !this.#facts) return this.#illegal(act, 'notReceived');
    if (birth && this.#facts) return this.#illegal(act, 'wrongState');
    if (act.kind === 'dossier.undone') return this.#undoById.get(act.id)?.valid ? 'applied' : this.#illegal(act, 'badUndo');
    const known = this.#knownFact(act);
    if (known) return known;
    if (act.kind === 'dossier.corrected' && !this.#leavesContentWhole(act)) return this.#illegal(act, 'malformed');
    const rule = STATE_ACTS[act.kind];
    if (!rule || rule.from.includes(this.#facts!.status)) return 'applied';
    if (act.kind === 'dossier.taken' && this.#workWasDoneMeanwhile(act)) return 'superseded';
    if (act.kind === 'dossier.handedOver' && this.#handsOverDespiteConflict(act)) return 'applied';
    return this.#illegal(act, 'wrongState');
  }

  #knownFact(act: Act): 'sameFact' | 'superseded' | null {
    for (const other of this.#applied) {
      if (!this.#order.areConcurrent(other.position, act.position)) continue;
      const verdict = judgeConcurrent(other, act);
      if (verdict === 'sameFact') return 'sameFact';
      if (verdict === 'earlierWins') return 'superseded';
    }
    return null;
  }

  #leavesContentWhole(act: Act): boolean {
    return dossierContentSchema.safeParse(correctedContent(this.#facts!.content, act.body as DossierBody<'dossier.corrected'>)).success;
  }

  #workWasDoneMeanwhile(act: Act): boolean {
    return this.#applied.some((other) => other.kind in STATE_ACTS && this.#order.areConcurrent(other.position, act.position));
  }

  /** Until a conflict is settled nobody may hand a result over without saying so (settled.md 12). */
  #handsOverDespiteConflict(act: Act): boolean {
    const named = new Set((act.body as DossierBody<'dossier.handedOver'>).despiteConflicts);
    const open = this.#conflicts.filter((conflict) => conflict.settledBy === null);
    return isOpen(this.#facts!.status) && open.length > 0 && open.some((conflict) => named.has(conflict.id));
  }

  #illegal(act: Act, reason: ConflictReason): OperationEffect {
    const id = conflictId([act.id]);
    const settledBy = this.#clashes.settledBy.get(id) ?? null;
    this.#conflicts.push({ id, reason, operations: [act.id], options: [[]], settledBy });
    return 'illegal';
  }
}


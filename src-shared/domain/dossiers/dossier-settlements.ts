import { canonicalJson } from '../../lib/canonical-json.ts';
import { conflictId } from '../conflicts/conflict.ts';
import type { CausalOrder } from '../operations/causal-order.ts';
import type { OperationId } from '../operations/operation.ts';
import type { Act } from './dossier-acts.ts';
import type { DossierBody } from './dossier-operations.ts';
import type { ActJudges } from './dossier-undo.ts';

/** What was decided about a conflict. */
export interface Settlement {
  readonly by: OperationId;
  /** Null when two concurrent settlements chose differently: the conflict stays open. */
  readonly keep: readonly OperationId[] | null;
}

export interface Decisions {
  /** By the conflict's id; a settlement of something that is no conflict (any more) is here too. */
  readonly settlements: ReadonlyMap<string, Settlement>;
  /** Acts that a leader decided to keep although their author had no permission. */
  readonly approved: ReadonlySet<OperationId>;
}

/** What people decided about this dossier's conflicts. */
export function readDecisions(acts: readonly Act[], order: CausalOrder, judges: ActJudges): Decisions {
  const settlements = readSettlements(acts, order, judges);
  return { settlements, approved: readApprovals(settlements, acts, judges) };
}

/** The settlement in force per conflict: the one that knew all others; of several last ones only if they agree. */
function readSettlements(acts: readonly Act[], order: CausalOrder, judges: ActJudges): Map<string, Settlement> {
  const actsByConflict = new Map<string, Act[]>();
  for (const act of acts) {
    if (act.kind !== 'dossier.conflictSettled' || !judges.admissible(act)) continue;
    const { conflict } = act.body as DossierBody<'dossier.conflictSettled'>;
    actsByConflict.set(conflict, [...(actsByConflict.get(conflict) ?? []), act]);
  }
  const settlements = new Map<string, Settlement>();
  for (const [conflict, candidates] of actsByConflict) {
    const replaced = (act: Act) => candidates.some((other) => other.position > act.position && !order.areConcurrent(other.position, act.position));
    const last = candidates.filter((act) => !replaced(act));
    const choices = new Set(last.map((act) => canonicalJson([...keepOf(act)].sort())));
    settlements.set(conflict, { by: last.at(-1)!.id, keep: choices.size === 1 ? keepOf(last[0]!) : null });
  }
  return settlements;
}

/** An act without permission stands once a leader settles its own conflict in its favour. */
function readApprovals(settlements: ReadonlyMap<string, Settlement>, acts: readonly Act[], judges: ActJudges): Set<OperationId> {
  const byId = new Map(acts.map((act) => [act.id, act]));
  const approved = new Set<OperationId>();
  for (const [conflict, { keep, by }] of settlements) {
    const act = keep?.length === 1 && conflict === conflictId(keep) ? byId.get(keep[0]!) : undefined;
    if (act?.fault === null && judges.onAdmittedDesk(act) && judges.isLeader(byId.get(by)!)) approved.add(act.id);
  }
  return approved;
}

function keepOf(act: Act): readonly OperationId[] {
  return (act.body as DossierBody<'dossier.conflictSettled'>).keep;
}

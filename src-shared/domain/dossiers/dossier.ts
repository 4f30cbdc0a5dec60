import type { OfficerId, SubjectId } from '../../lib/ids.ts';
import type { Conflict } from '../conflicts/conflict.ts';
import type { IssuedNumber } from '../numbers/number-series.ts';
import type { FeeEntry } from '../fees/fee-entry.ts';
import type { OperationHeader, OperationId } from '../operations/operation.ts';
import type { DossierCode, DossierContent } from './dossier-content.ts';
import type { DossierBody } from './dossier-operations.ts';
import type { DossierStatus } from './dossier-state.ts';
import type { StepDue } from './dossier-step-bodies.ts';

/** A dossier as folded from its operations. Read-only: it changes by new operations alone. */
export interface Dossier {
  readonly id: SubjectId;
  readonly status: DossierStatus;
  readonly content: DossierContent;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly receivedBy: OfficerId | null;
  readonly clockUnverified: boolean;
  readonly codes: readonly DossierCode[];
  readonly codeProvisional: boolean;
  /** Absent for imported dossiers, which have the province's code only. */
  readonly number: IssuedNumber | null;
  readonly register: IssuedNumber | null;
  /** Who works on it now. */
  readonly holder: OfficerId | null;
  readonly pausedAt: number | null;
  readonly supplementRounds: readonly SupplementRound[];
  readonly dutyRounds: readonly DutyRound[];
  /** The steps of the flow it has come to, in order; the last may still be going on. Empty without a flow. */
  readonly stepVisits: readonly StepVisit[];
  readonly apologies: number;
  /** The act that set the present appointment. */
  readonly appointmentSetBy: OperationId;
  /** "Hẹn cần tính lại": an act that this date was computed from has lost its effect (design §1). */
  readonly appointmentNeedsReview: boolean;
  readonly result: (DossierBody<'dossier.finished'>['result'] & { readonly finishedAt: number }) | null;
  readonly handOver: (DossierBody<'dossier.handedOver'> & { readonly at: number; readonly by: OfficerId | null }) | null;
  /** Money taken, given back or not asked for; what was voided stays listed. */
  readonly fees: readonly FeeEntry[];
  readonly closingReason: string | null;
  readonly forwardedTo: string | null;
  /** How many corrections are in effect: papers printed afterwards say SỬA ĐỔI lần n. */
  readonly amendments: number;
  /** Reprints per form. */
  readonly reprints: Readonly<Record<string, number>>;
  readonly conflicts: readonly Conflict[];
  readonly history: readonly HistoryEntry[];
  /** Operations that others refer to and that have not arrived. */
  readonly missing: readonly OperationId[];
  /** True when a newer program wrote something here: "cần cập nhật phần mềm". */
  readonly needsUpdate: boolean;
  /** What the next operation names in its `after`. */
  readonly heads: readonly OperationId[];
}

export interface SupplementRound {
  readonly papers: readonly string[];
  readonly reason: string;
  readonly pausedAt: number;
  readonly pause: Readonly<Record<string, unknown>> | undefined;
  /** The same of the step that was going on. */
  readonly stepPause: Readonly<Record<string, unknown>> | undefined;
  readonly receivedAt: number | null;
}

/** Money that the citizen had to pay first; the clock stood still meanwhile. */
export interface DutyRound {
  readonly text: string;
  /** Null where the sum was not known. */
  readonly dong: number | null;
  readonly pausedAt: number;
  readonly pause: Readonly<Record<string, unknown>> | undefined;
  /** The same of the step that was going on. */
  readonly stepPause: Readonly<Record<string, unknown>> | undefined;
  readonly metAt: number | null;
  readonly evidence: string | null;
}

/** A step of the flow that the dossier has come to. */
export interface StepVisit {
  /** Place in the flow. */
  readonly index: number;
  readonly begunAt: number;
  readonly endedAt: number | null;
  readonly due: StepDue | null;
  /** Moved by a desk that did not know of a wait: the due time does not reckon with it. */
  readonly dueNeedsReview: boolean;
  /** Who had the dossier when the step ended; null while it goes on. */
  readonly officer: OfficerId | null;
  /** The act that brought it here. */
  readonly act: OperationId;
}

export type OperationEffect =
  | 'applied'
  /** Waits for a decision about the conflict it is part of. */
  | 'inConflict'
  /** A settlement kept the other side. */
  | 'setAside'
  | 'undone'
  /** The same fact was already known from another desk. */
  | 'sameFact'
  /** Came after a concurrent act that had done the work. */
  | 'superseded'
  /** Not permitted, wrong state, malformed …: see the conflict of the same operation. */
  | 'illegal'
  /** Written by a newer program. */
  | 'unknown'
  | 'erased';

export interface HistoryEntry {
  readonly id: OperationId;
  readonly header: OperationHeader;
  readonly body: unknown;
  readonly effect: OperationEffect;
}

/** What the run knows it was told: every acknowledged fact, and per counter the one request whose fate is open. */
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';

export type ReceiveInput = InputOf<'dossiers.receive'>;

/** One dossier as this run brought it in. `request.request` is a text of its own, by which it is found again. */
export interface ModelDossier {
  readonly input: ReceiveInput;
  /** Set once the core acknowledged the reception. */
  known: { readonly id: string; readonly code: string; readonly job: string | null } | null;
  /** Kinds of the operations that must be in its history, in any order. */
  readonly kinds: string[];
  /** Print jobs that are no original: reprints and SỬA ĐỔI. */
  furtherJobs: number;
}

export interface ModelDraft {
  readonly id: string;
  /** Null until a save was acknowledged. */
  saved: { readonly revision: number; readonly text: string } | null;
  /** What a save under way would make of it. */
  sending: { readonly revision: number; readonly text: string } | null;
}

/** A request whose answer did not come yet. After a crash it is sent again exactly as it was. */
export interface Pending<N extends CallName = CallName> {
  readonly name: N;
  readonly input: InputOf<N>;
  /** Notes in the model what an acknowledgement promises. */
  readonly acknowledge: (value: OutputOf<N>) => void;
}

/** What may still be done with a dossier that was received. */
export type FollowUp = 'printing.report' | 'printing.reprint' | 'dossiers.correct' | 'dossiers.act';

/** A place at the counter: does one thing after another, so at most one of its requests is open at a time. */
export interface Counter {
  dossier: ModelDossier | null;
  draft: ModelDraft | null;
  pending: Pending | null;
  /** What is still to be done with the dossier in hand. */
  readonly plan: FollowUp[];
}

export interface DeskModel {
  readonly counters: readonly Counter[];
  readonly dossiers: ModelDossier[];
  /** Dossiers that changed since the last check. */
  readonly touched: Set<ModelDossier>;
  readonly keptDrafts: Map<string, { readonly revision: number; readonly text: string }>;
  readonly droppedDrafts: Set<string>;
  acknowledged: number;
  /** Refusals that nobody expected: each is a fault. */
  readonly refusals: string[];
}

export function createDeskModel(counters: number): DeskModel {
  return {
    counters: Array.from({ length: counters }, () => ({ dossier: null, draft: null, pending: null, plan: [] })),
    dossiers: [],
    touched: new Set(),
    keptDrafts: new Map(),
    droppedDrafts: new Set(),
    acknowledged: 0,
    refusals: [],
  };
}

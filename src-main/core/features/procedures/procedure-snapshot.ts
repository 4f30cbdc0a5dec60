import type { z } from 'zod';
import type { Charge, procedureSnapshotSchema } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { CertifiedDocument, ExplainedAmount } from '../../../../src-shared/domain/fees/fee.ts';
import { feeOfKind } from '../../../../src-shared/domain/fees/procedure-fee.ts';
import type { ChosenExemption } from '../../../../src-shared/domain/fees/procedure-fee.ts';
import { termOnReceipt } from '../../../../src-shared/domain/deadlines/deadline-words.ts';
import { STEP_NAME_MAX } from '../../../../src-shared/domain/procedures/flow-step.ts';
import type { EffectiveProcedure } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import type { Procedure } from '../../../../src-shared/domain/procedures/procedure.ts';
import { termOnChannel } from '../../../../src-shared/domain/procedures/term.ts';
import type { Channel } from '../../../../src-shared/domain/procedures/term.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';

/** What a dossier keeps of the procedure it was received under, and what it costs by that procedure. */

export type ProcedureSnapshot = z.infer<typeof procedureSnapshotSchema>;

/**
 * The words of a procedure as a dossier keeps them. `termText` replaces the catalogue's where the officer typed a term.
 * Names on the portal reach 900 letters; beyond what a receipt holds they are cut at a word.
 */
export function procedureSnapshot(effective: EffectiveProcedure, channel: Channel, termText?: string): ProcedureSnapshot {
  const { procedure, provenance } = effective;
  return {
    code: procedure.code,
    name: cut(procedure.name, 300),
    sector: cut(procedure.sector, 120),
    pack: provenance.packHash ?? '',
    localVersion: provenance.localVersion,
    confirmed: procedure.confirmed,
    termText: cut(termText ?? termOnReceipt(termOnChannel(procedure.terms, channel).term), 300),
    resultName: cut(procedure.results.map((result) => result.name).join('; '), 300),
    steps: procedure.flow.map((step) => ({ ...step, name: cut(step.name, STEP_NAME_MAX) })),
    authority: procedure.authority,
  };
}

export interface ChargeInputs {
  readonly channel: Channel;
  /** Answers of block 3 by field key. */
  readonly fields: Readonly<Record<string, string>>;
  readonly documents: readonly CertifiedDocument[];
  readonly quantity?: number | undefined;
  readonly receivedOn: IsoDate;
  /** By line id; a line that is not named takes the exemption the facts propose. */
  readonly exemptionByLine?: Readonly<Record<string, ChosenExemption | null>>;
}

/** Phí and lệ phí of a procedure, each as one sum with its explanation; a blank amount is unknown, never free (settled.md 14). */
export function chargesOf(procedure: Procedure, inputs: ChargeInputs): { readonly fee: Charge; readonly levy: Charge } {
  const { channel, fields, receivedOn, exemptionByLine = {} } = inputs;
  const counts = {
    ...(inputs.quantity === undefined ? {} : { quantity: inputs.quantity }),
    // Elsewhere a table that was left over from another choice of procedure must not count.
    ...(procedure.certification ? { documents: inputs.documents } : {}),
  };
  const sum = (kind: 'charge' | 'levy') => charge(feeOfKind(procedure.fees, kind, { channel, counts, fields, receivedOn, exemptionByLine }));
  return { fee: sum('charge'), levy: sum('levy') };
}

function charge({ amount, explanation }: ExplainedAmount): Charge {
  return { amount, explanation: cut(explanation, 1_000) };
}

function cut(text: string, charactersMax: number): string {
  const trimmed = text.trim();
  if (trimmed.length <= charactersMax) return trimmed;
  const head = trimmed.slice(0, charactersMax - 1);
  const lastSpace = head.lastIndexOf(' ');
  return `${head.slice(0, lastSpace > charactersMax / 2 ? lastSpace : undefined).trimEnd()}…`;
}

/** Thông báo dừng giải quyết hồ sơ (Mẫu 05 of TT 03/2025; domain.md §c.2 item 5) as data: who asks, at which stage, what was paid. */
import { z } from 'zod';
import { DOSSIER_STATUSES, STATE_ACTS, type DossierStatus } from '../../domain/dossiers/dossier-state.ts';
import type { DossierBody, DossierKind } from '../../domain/dossiers/dossier-operations.ts';
import type { Dossier, HistoryEntry } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import type { OperationId } from '../../domain/operations/operation.ts';
import { assert } from '../../lib/assert.ts';
import { identityOf, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);
/** Null is unknown and never printed as nothing (settled.md 14). */
const sum = z.int().min(0).nullable();

export const stopNoticeDataSchema = z
  .strictObject({
    ...paperFactsShape,
    /** `withdrawn`: at the citizen's wish; `stopped`: decided by the office. */
    kind: z.enum(['withdrawn', 'stopped']),
    reason: line(600),
    /** Who asked for it; null where the office decided, or nobody was written down. */
    askedBy: paperFactsShape.submitter.nullable(),
    /** The stage it had reached. */
    stage: z.enum(DOSSIER_STATUSES),
    /** Phí and lệ phí that were due at reception, as far as anybody knows; what was collected is not kept yet. */
    feeDong: sum,
    levyDong: sum,
  })
  .readonly();
export type StopNoticeData = z.infer<typeof stopNoticeDataSchema>;

export function stopNoticeData(dossier: Dossier, act: OperationId, office: Office): StopNoticeData {
  const entry = dossier.history.find(({ id }) => id === act);
  assert(entry !== undefined && (entry.header.kind === 'dossier.withdrawn' || entry.header.kind === 'dossier.stopped'), 'a withdrawal or a stop');
  const { reason, by } = entry.body as DossierBody<'dossier.withdrawn'>;
  const { fee, levy } = dossier.content;
  return {
    ...paperFactsOf(dossier, entry, office),
    kind: entry.header.kind === 'dossier.withdrawn' ? 'withdrawn' : 'stopped',
    reason,
    askedBy: by === undefined ? null : identityOf(by),
    stage: statusBefore(dossier.history, act),
    feeDong: dueDong(fee),
    levyDong: dueDong(levy),
  };
}

/** The state that the effective acts before this one had led to. */
function statusBefore(history: readonly HistoryEntry[], act: OperationId): DossierStatus {
  let status: DossierStatus = 'received';
  for (const { id, header, body, effect } of history) {
    if (id === act) break;
    if (effect !== 'applied') continue;
    if (header.kind === 'dossier.imported') status = (body as DossierBody<'dossier.imported'>).status;
    status = STATE_ACTS[header.kind as DossierKind]?.to ?? status;
  }
  return status;
}

function dueDong({ amount }: Dossier['content']['fee']): number | null {
  if (amount.state === 'exempt') return 0;
  return amount.state === 'due' ? amount.dong : null;
}

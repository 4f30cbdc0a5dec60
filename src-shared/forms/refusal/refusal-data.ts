/** Phiếu từ chối tiếp nhận, giải quyết hồ sơ (Mẫu 03; domain.md §c.2 item 3) as data, for a dossier that was received already. */
import { z } from 'zod';
import type { Dossier } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import type { OperationId } from '../../domain/operations/operation.ts';
import { actOf, formNumberLine, formNumberText, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

export const refusalDataSchema = z
  .strictObject({
    ...paperFactsShape,
    number: formNumberLine,
    reason: z.string().max(600),
  })
  .readonly();
export type RefusalData = z.infer<typeof refusalDataSchema>;

/** `officerName` is the leader who refused and signs. */
export function refusalData(dossier: Dossier, act: OperationId, office: Office): RefusalData {
  const entry = actOf(dossier, act, 'dossier.refused');
  return { ...paperFactsOf(dossier, entry, office), number: formNumberText(entry), reason: entry.body.reason };
}

/** Giấy biên nhận trả kết quả (domain.md §c.2, other papers) as data: who gave, who took, which result. */
import { z } from 'zod';
import type { Dossier } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import { writtenAt, type OperationId } from '../../domain/operations/operation.ts';
import { actOf, identityOf, known, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);

export const resultReceiptDataSchema = z
  .strictObject({
    ...paperFactsShape,
    receiver: paperFactsShape.submitter,
    receiverIs: z.enum(['owner', 'submitter', 'authorised', 'other']),
    how: z.enum(['counter', 'post', 'online']),
    shown: line(200).nullable(),
    /** Số bưu gửi (BCCI). */
    postOrder: line(60).nullable(),
    handedOverAt: z.int(),
    /** Null where the hand-over came before a result that was taken back since. */
    result: z.strictObject({ number: line(60).nullable(), date: line(10).nullable(), summary: line(600), signer: line(80).nullable() }).readonly().nullable(),
  })
  .readonly();
export type ResultReceiptData = z.infer<typeof resultReceiptDataSchema>;

export function resultReceiptData(dossier: Dossier, act: OperationId, office: Office): ResultReceiptData {
  const entry = actOf(dossier, act, 'dossier.handedOver');
  const { receiver, receiverIs, how, shown, postOrder } = entry.body;
  const { result } = dossier;
  return {
    ...paperFactsOf(dossier, entry, office),
    receiver: identityOf(receiver),
    receiverIs,
    how,
    shown: known(shown),
    postOrder: known(postOrder),
    handedOverAt: writtenAt(entry.header),
    result: result && { number: known(result.number), date: known(result.date), summary: result.summary, signer: known(result.signer) },
  };
}

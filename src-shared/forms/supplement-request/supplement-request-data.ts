/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02; domain.md §c.2 item 2) as data. */
import { z } from 'zod';
import type { Dossier } from '../../domain/dossiers/dossier.ts';
import { attributesOfAct, type Office } from '../../domain/office/office.ts';
import type { OperationId } from '../../domain/operations/operation.ts';
import { actOf, formNumberLine, formNumberText, known, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);

export const supplementRequestDataSchema = z
  .strictObject({
    ...paperFactsShape,
    number: formNumberLine,
    papers: z.array(line(400)).min(1).max(40).readonly(),
    reason: line(600),
    /** 1 for the first request; the law knows one, a further one says why. */
    round: z.int().min(1),
    repeatReason: line(300).nullable(),
    /** UTC milliseconds: since when the term stands still. */
    pausedAt: z.int(),
    /** Whom to ask: the officer's own number is nowhere kept, the office's hotline is. */
    hotlineText: line(120).nullable(),
  })
  .readonly();
export type SupplementRequestData = z.infer<typeof supplementRequestDataSchema>;

/** The paper of one request; a later one has its own. */
export function supplementRequestData(dossier: Dossier, act: OperationId, office: Office): SupplementRequestData {
  const entry = actOf(dossier, act, 'dossier.supplementRequested');
  const { papers, reason, repeatReason, pausedAt } = entry.body;
  const requests = dossier.history.filter(({ header, effect, id }) => header.kind === 'dossier.supplementRequested' && (effect === 'applied' || id === act));
  return {
    ...paperFactsOf(dossier, entry, office),
    number: formNumberText(entry),
    papers,
    reason,
    round: requests.findIndex(({ id }) => id === act) + 1,
    repeatReason: known(repeatReason),
    pausedAt,
    hotlineText: known(attributesOfAct(office, entry.header).attributes.hotline),
  };
}

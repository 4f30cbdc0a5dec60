/** Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu 04; domain.md §c.2 item 4) as data. */
import { z } from 'zod';
import type { DossierBody } from '../../domain/dossiers/dossier-operations.ts';
import type { Dossier, HistoryEntry } from '../../domain/dossiers/dossier.ts';
import type { Office } from '../../domain/office/office.ts';
import type { OfficerId } from '../../lib/ids.ts';
import type { OperationId } from '../../domain/operations/operation.ts';
import { actOf, formNumberLine, formNumberText, known, paperFactsOf, paperFactsShape } from '../paper/paper-facts.ts';

const line = (max: number) => z.string().max(max);

export const apologyDataSchema = z
  .strictObject({
    ...paperFactsShape,
    number: formNumberLine,
    reason: line(600),
    /** The legal term, as the receipt printed it. */
    termText: line(300).nullable(),
    /** UTC milliseconds; null where no date had been promised. */
    previousDueAt: z.int().nullable(),
    newDueAt: z.int().nullable(),
    calendarUnconfirmed: z.boolean(),
    /** How often a date was moved by now; the law knows one, a further one says why. */
    extension: z.int().min(1),
    repeatReason: line(300).nullable(),
    /** Chức vụ of who did it; the paper is signed by hand. */
    signerTitle: line(80).nullable(),
    /** Cơ quan đang giữ hồ sơ. */
    holdingAgency: line(200).nullable(),
  })
  .readonly();
export type ApologyData = z.infer<typeof apologyDataSchema>;

export function apologyData(dossier: Dossier, act: OperationId, office: Office): ApologyData {
  const entry = actOf(dossier, act, 'dossier.apologised');
  const { reason, repeatReason, moved } = entry.body;
  const facts = paperFactsOf(dossier, entry, office);
  const upToHere = actsUpTo(dossier.history, act);
  const officer = entry.header.actor === null ? undefined : office.officers.get(entry.header.actor as OfficerId);
  return {
    ...facts,
    number: formNumberText(entry),
    reason,
    termText: known(dossier.content.procedure.termText),
    previousDueAt: dueBefore(upToHere),
    newDueAt: moved.appointment.dueAt,
    calendarUnconfirmed: moved.appointment.calendarUnconfirmed,
    extension: upToHere.filter(({ header }) => header.kind === 'dossier.apologised').length,
    repeatReason: known(repeatReason),
    signerTitle: known(officer?.title),
    holdingAgency: forwardedBefore(upToHere) ?? facts.officeHead.unitLines.join(' ').slice(0, 200),
  };
}

function actsUpTo(history: readonly HistoryEntry[], act: OperationId): readonly HistoryEntry[] {
  const end = history.findIndex(({ id }) => id === act);
  return history.slice(0, end + 1).filter(({ effect, id }) => effect === 'applied' || id === act);
}

/** The date that stood before the last of these acts. */
function dueBefore(acts: readonly HistoryEntry[]): number | null {
  let dueAt: number | null = null;
  for (const { header, body } of acts.slice(0, -1)) {
    if (header.kind === 'dossier.received' || header.kind === 'dossier.imported') dueAt = (body as DossierBody<'dossier.received'>).content.appointment.dueAt;
    if (MOVES_DATE.has(header.kind)) dueAt = (body as DossierBody<'dossier.apologised'>).moved.appointment.dueAt;
  }
  return dueAt;
}

const MOVES_DATE: ReadonlySet<string> = new Set(['dossier.supplementReceived', 'dossier.dutyMet', 'dossier.apologised']);

function forwardedBefore(acts: readonly HistoryEntry[]): string | null {
  const forwarded = acts.findLast(({ header }) => header.kind === 'dossier.forwarded');
  return forwarded ? (forwarded.body as DossierBody<'dossier.forwarded'>).agency : null;
}

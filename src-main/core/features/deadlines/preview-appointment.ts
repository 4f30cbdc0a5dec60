import type { WireError } from '../../../../src-shared/contract/errors.ts';
import { termOnReceipt } from '../../../../src-shared/domain/deadlines/deadline-words.ts';
import { termOnChannel } from '../../../../src-shared/domain/procedures/term.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import { noDate, type AppointmentAsk, type DeadlineService, type GivenAppointment } from './deadline-service.ts';

/**
 * The appointment as the form shows it before it is saved: where the term is unknown there is no date yet and the
 * sentence asks for one (ux.md §8, 14). Saving it so is refused by `appointmentFor`.
 */
export function previewAppointment(deadlines: DeadlineService, ask: AppointmentAsk): Result<GivenAppointment, WireError<'dossiers.badAppointment'>> {
  const given = deadlines.appointmentFor(ask);
  if (given.ok) return given;
  if (given.error.code === 'dossiers.badAppointment') return err({ ...given.error, code: given.error.code });
  const term = termOnChannel(ask.procedure.procedure.terms, ask.channel).term;
  return ok({
    appointment: noDate({ packs: [] }, given.error.sentence),
    termText: termOnReceipt(term),
    termKnown: false,
    deadline: { known: false, reason: 'termUnknown', note: term.unit === 'unknown' ? term.note : null },
  });
}

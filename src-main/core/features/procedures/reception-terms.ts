import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { Appointment, Charge } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { AppointmentChoice } from '../../../../src-shared/domain/deadlines/appointment-choice.ts';
import type { CertifiedDocument } from '../../../../src-shared/domain/fees/fee.ts';
import type { Channel } from '../../../../src-shared/domain/procedures/term.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { officeDate } from '../../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { CatalogueOf } from './catalogue.ts';
import type { PreviewAsk } from './preview-handlers.ts';
import { chargesOf, procedureSnapshot, type ProcedureSnapshot } from './procedure-snapshot.ts';

/** The part of a reception that the catalogue answers. */
export interface ReceptionAsk {
  readonly procedureCode: string;
  readonly channel: Channel;
  readonly fields: Readonly<Record<string, string>>;
  readonly documents: readonly CertifiedDocument[];
  readonly appointment: AppointmentChoice;
}

export interface TermsOfReception {
  readonly procedure: ProcedureSnapshot;
  readonly appointment: Appointment;
  readonly fee: Charge;
  readonly levy: Charge;
}

export type TermsRefusal = WireError<'procedures.unknown' | 'procedures.notOffered' | 'dossiers.termUnknown' | 'dossiers.badAppointment'>;

export interface ReceptionTermsDep {
  readonly catalogueOf: CatalogueOf;
  readonly appointmentFor: (
    desk: OpenDesk,
    ask: PreviewAsk,
  ) => Result<{ readonly appointment: Appointment; readonly termText: string }, WireError<'dossiers.termUnknown' | 'dossiers.badAppointment'>>;
}

/**
 * What a dossier is received under: the procedure's words, the appointment, phí and lệ phí. The dossier keeps it; a
 * later pack or change of the office never touches it again.
 */
export function createReceptionTerms(dep: ReceptionTermsDep) {
  return (desk: OpenDesk, ask: ReceptionAsk, receivedAt: number, officer: OfficerId): Result<TermsOfReception, TermsRefusal> => {
    const procedure = dep.catalogueOf(desk).find(ask.procedureCode);
    if (procedure === undefined) return err(wireError('procedures.unknown'));
    if (!procedure.received) return err(wireError('procedures.notOffered'));
    const { channel } = ask;
    const given = dep.appointmentFor(desk, { procedure, channel, receivedAt, choice: ask.appointment, officer });
    if (!given.ok) return given;
    return ok({
      procedure: procedureSnapshot(procedure, channel, given.value.termText),
      appointment: given.value.appointment,
      ...chargesOf(procedure.procedure, { ...ask, receivedOn: officeDate(receivedAt) }),
    });
  };
}

import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import type { Appointment } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import type { AppointmentChoice } from '../../../../src-shared/domain/deadlines/appointment-choice.ts';
import type { Deadline } from '../../../../src-shared/domain/deadlines/deadline.ts';
import { proposedExemption } from '../../../../src-shared/domain/fees/fee.ts';
import { personKey } from '../../../../src-shared/domain/persons/person.ts';
import type { EffectiveProcedure } from '../../../../src-shared/domain/procedures/local-procedure.ts';
import type { Procedure } from '../../../../src-shared/domain/procedures/procedure.ts';
import type { Channel } from '../../../../src-shared/domain/procedures/term.ts';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Handlers, OutputOf, ParsedInput } from '../../calls/handlers.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { CatalogueOf } from './catalogue.ts';
import { getOwnerNameById, listOpenOfOwner } from './preview-queries.ts';
import { dateWarnings, feeWarnings, isSamePerson, openDossierWarning, personWarnings, procedureWarnings } from './preview-warnings.ts';
import type { PersonPart, PreviewWarning, Who } from './preview-warnings.ts';
import { chargesOf } from './procedure-snapshot.ts';

/** What the preview asks of the deadlines. */
export interface PreviewDep {
  readonly catalogueOf: CatalogueOf;
  readonly previewAppointment: (desk: OpenDesk, ask: PreviewAsk) => Result<PreviewedAppointment, WireError>;
  /** True while no calendar pack can be read. */
  readonly calendarMissing: (desk: OpenDesk) => boolean;
  /** How the officer is spoken to. */
  readonly addressOf: (desk: OpenDesk, officer: OfficerId) => string;
}

export interface PreviewAsk {
  readonly procedure: EffectiveProcedure;
  readonly channel: Channel;
  readonly receivedAt: number;
  readonly choice: AppointmentChoice;
  readonly officer: OfficerId;
}

export interface PreviewedAppointment {
  readonly appointment: Appointment;
  readonly termText: string;
  readonly termKnown: boolean;
  readonly deadline: Deadline;
}

/** Everything the side column of the receive form shows, while it is being filled. Reads only. */
export function createPreviewHandlers(dep: PreviewDep): Handlers<'dossiers.preview'> {
  return {
    'dossiers.preview': (input, { desk, officer }) => {
      const procedure = dep.catalogueOf(desk).find(input.procedureCode);
      if (procedure === undefined) return err(wireError('procedures.unknown'));
      const { channel, openedAt } = input;
      const given = dep.previewAppointment(desk, { procedure, channel, receivedAt: openedAt, choice: { mode: 'computed' }, officer });
      assert(given.ok, 'a preview by the catalogue always answers');
      const today = desk.clock.businessDate();
      const charges = chargesOf(procedure.procedure, { ...input, receivedOn: today });
      const address = dep.addressOf(desk, officer);
      const { appointment, termText, termKnown, deadline } = given.value;
      const warnings = [
        ...peopleWarnings(desk, procedure.procedure, input, { today, address }),
        ...procedureWarnings(procedure, address),
        ...dateWarnings(deadline, { clockUnverified: desk.clock.unverified, calendarMissing: dep.calendarMissing(desk), today, explanation: appointment.explanation, address }),
        ...feeWarnings(procedure, channel, { charge: charges.fee, levy: charges.levy }, address),
      ];
      return ok({ appointment, termText, termKnown, ...charges, exemptions: exemptionsOf(procedure.procedure, input.fields, today), warnings });
    },
  };
}

type Input = ParsedInput<'dossiers.preview'>;
type Exemptions = OutputOf<'dossiers.preview'>['exemptions'];

function exemptionsOf(procedure: Procedure, fields: Input['fields'], today: IsoDate): Exemptions {
  return procedure.fees.flatMap((line) => {
    const proposed = proposedExemption(line, fields, today)?.exemption;
    return line.exemptions.map((exemption) => ({
      line: line.kind === 'charge' ? ('fee' as const) : ('levy' as const),
      ground: exemption.ground,
      evidenceWished: exemption.evidence,
      proposed: exemption === proposed,
    }));
  });
}

function peopleWarnings(desk: OpenDesk, procedure: Procedure, input: Input, facts: { readonly today: IsoDate; readonly address: string }): readonly PreviewWarning[] {
  const people: (readonly [Who, PersonPart])[] = [];
  if (input.owner !== undefined) people.push(['owner', input.owner]);
  if (input.submitter !== undefined && !isSamePerson(input.submitter, input.owner ?? {})) people.push(['submitter', input.submitter]);
  return people.flatMap(([who, person]) => [
    ...personWarnings(who, person, { ...facts, knownName: knownName(desk, person) }),
    ...openDossierWarning(person, procedure.shortName, openDossiers(desk, person, procedure.code), facts.today),
  ]);
}

/** Half a number would find strangers: it is looked up once it can be whole. */
const ID_CHARACTERS_MIN = 8;

function knownName(desk: OpenDesk, { idNumber = '' }: PersonPart): string | undefined {
  return idNumber.length < ID_CHARACTERS_MIN ? undefined : getOwnerNameById(desk.db, idNumber);
}

function openDossiers(desk: OpenDesk, person: PersonPart, procedureCode: string) {
  const { type = 'individual', name = '', idNumber, birthDate } = person;
  const key = personKey({ type, name, ...(idNumber && { idNumber }), ...(birthDate && { birthDate }) });
  return key === null ? [] : listOpenOfOwner(desk.db, key, procedureCode);
}

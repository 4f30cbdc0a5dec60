import type { DossierContent } from '../dossiers/dossier-content.ts';
import type { Dossier } from '../dossiers/dossier.ts';
import type { DossierStatus } from '../dossiers/dossier-state.ts';
import type { IssuedNumber } from '../numbers/number-series.ts';
import { writtenAt } from '../operations/operation.ts';

/**
 * One line of the register (sổ theo dõi hồ sơ, domain.md §c): what the form asks for, as far as a dossier alone tells it.
 * Instants are UTC milliseconds. Names of officers and of the office are looked up when it is read, because both change.
 */
export interface RegisterEntry {
  readonly id: string;
  readonly codes: Dossier['codes'];
  /** Quyển and STT; absent for what came from another system. */
  readonly register: IssuedNumber | null;
  readonly status: DossierStatus;
  readonly procedureCode: string;
  readonly procedureName: string;
  readonly request: string;
  readonly sets: number;
  readonly ownerName: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly channel: DossierContent['channel'];
  readonly delivery: DossierContent['delivery']['by'];
  readonly receivedAt: number;
  readonly receivedBy: string | null;
  readonly holder: string | null;
  readonly dueAt: number | null;
  readonly forwardedTo: string | null;
  readonly forwardedAt: number | null;
  readonly finishedAt: number | null;
  readonly returnedAt: number | null;
  readonly receiverName: string | null;
  /** Why it was voided, withdrawn, stopped or refused. */
  readonly closingReason: string | null;
  readonly amendments: number;
  readonly apologies: number;
  readonly supplements: number;
}

export function registerEntryOf(dossier: Dossier): RegisterEntry {
  const { content } = dossier;
  const forwarded = dossier.history.findLast(({ header, effect }) => header.kind === 'dossier.forwarded' && effect === 'applied');
  return {
    id: dossier.id,
    codes: dossier.codes,
    register: dossier.register,
    status: dossier.status,
    procedureCode: content.procedure.code,
    procedureName: content.procedure.name,
    request: content.request,
    sets: content.sets,
    ownerName: content.owner.name,
    address: content.owner.address ?? null,
    // The owner may have none: then whoever came with the papers is called.
    phone: content.owner.phone ?? content.submitter?.phone ?? null,
    channel: content.channel,
    delivery: content.delivery.by,
    receivedAt: dossier.receivedAt,
    receivedBy: dossier.receivedBy,
    holder: dossier.holder,
    dueAt: content.appointment.dueAt,
    forwardedTo: dossier.forwardedTo,
    forwardedAt: forwarded ? writtenAt(forwarded.header) : null,
    finishedAt: dossier.result?.finishedAt ?? null,
    returnedAt: dossier.handOver?.at ?? null,
    receiverName: dossier.handOver?.receiver.name ?? null,
    closingReason: dossier.closingReason,
    amendments: dossier.amendments,
    apologies: dossier.apologies,
    supplements: dossier.supplementRounds.length,
  };
}

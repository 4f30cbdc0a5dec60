import type { ConflictView, DossierSummary, DossierView, HistoryEntryView, PrintJobView } from '../../../../src-shared/contract/dossier-views.ts';
import type { DossierReceived } from '../../../../src-shared/domain/dossiers/dossier-content.ts';
import { NATIONAL_STATUS_CODES } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import { openTransfer } from '../../../../src-shared/domain/dossiers/dossier-transfers.ts';
import type { Dossier, HistoryEntry } from '../../../../src-shared/domain/dossiers/dossier.ts';
import { supplementLapsedOn } from '../../../../src-shared/domain/dossiers/supplement-limit.ts';
import { DOSSIER_PERMISSIONS, isDossierKind } from '../../../../src-shared/domain/dossiers/dossier-operations.ts';
import { formNumberOf } from '../../../../src-shared/domain/numbers/form-number.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import { actedFor } from '../../../../src-shared/domain/office/permissions.ts';
import type { Role } from '../../../../src-shared/domain/officers/officer.ts';
import { writtenAt, type OperationHeader, type OperationId } from '../../../../src-shared/domain/operations/operation.ts';
import { readOfficeSettings } from '../../../../src-shared/domain/settings/office-settings.ts';
import { controlRows } from '../../../../src-shared/forms/control-sheet/control-rows.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { officeDate } from '../../../../src-shared/lib/office-time.ts';
import { toSummary, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { feesView } from './fees-view.ts';
import { citizenSentence } from './citizen-sentence.ts';
import { conflictViews } from './conflict-words.ts';
import { createNaming, type Naming } from './naming.ts';
import { operationWords } from './operation-words.ts';
import { possibleActs } from './possible-acts.ts';
import { stepViews } from './step-views.ts';

export interface DossierViewDep {
  /** The short check code as printed on papers; its computation belongs to printing. */
  readonly checkCodeOf: (desk: OpenDesk, dossier: Dossier) => string;
  /** How much of it has arrived above; null where no upper tier is known. */
  readonly deliveryOf: (desk: OpenDesk, dossier: Dossier['id']) => DossierView['delivery'];
}

/** What the screen of one dossier shows this officer now. Reads only; may be called inside a transaction. */
export type DossierViewer = (desk: OpenDesk, dossier: Dossier, officer: OfficerId, roles: ReadonlySet<Role>, jobs: readonly PrintJobView[]) => DossierView;

export function createDossierView(dep: DossierViewDep): DossierViewer {
  return (desk, dossier, officer, roles, jobs) => {
    const naming = namingFor(desk.office(), dossier);
    const settings = readOfficeSettings(desk.office().settings);
    const { acts, undoable } = possibleActs(desk, dossier, { officer, roles }, naming);
    const birth = dossier.history.find(({ header, effect }) => effect === 'applied' && (header.kind === 'dossier.received' || header.kind === 'dossier.imported'));
    return {
      ...summaryToWire(toSummary(dossier), naming),
      ...detailsOf(dossier, naming),
      supplementLapsedOn: supplementLapsedOn(dossier, settings.supplementLimitDays, officeDate(desk.clock.nowMs())),
      fees: feesView(dossier, naming, { officer, roles }),
      controlSheet: [...controlRows(dossier, desk.office())],
      steps: stepViews(dossier, naming, desk.clock.nowMs()),
      deskName: birth ? naming.deskName(birth.header.device) : null,
      delivery: dep.deliveryOf(desk, dossier.id),
      conflicts: conflictViews(dossier, naming),
      history: historyViews(dossier, desk.office(), naming, undoable),
      jobs: [...jobs],
      acts,
      sentence: citizenSentence(dossier, { now: desk.clock.nowMs(), addressBands: settings.citizenAddress, hasReceipt: wantsReceipt(birth) }),
      checkCode: dep.checkCodeOf(desk, dossier),
    };
  };
}

/** A list row: the stored summary with today's name of the officer who holds it. */
export function summaryToWire(summary: StoredSummary, naming: Pick<Naming, 'officerName'>): DossierSummary {
  return { ...summary, codes: [...summary.codes], holderName: naming.officerName(summary.holder) };
}

/** Names for texts about this dossier; an operation that another points at is called by its title and minute. */
function namingFor(office: Office, dossier: Dossier): Naming {
  const plain = createNaming(office);
  const entryById = new Map(dossier.history.map((entry) => [entry.id, entry]));
  return {
    ...plain,
    operationTitle: (id) => {
      const entry = entryById.get(id);
      if (!entry) return null;
      const author = plain.officerName(entry.header.actor);
      return operationWords(entry.header.kind, undefined, plain).title + (author === null ? '' : ` (${author})`);
    },
  };
}

function detailsOf(dossier: Dossier, naming: Naming) {
  const { handOver } = dossier;
  return {
    statusCode: NATIONAL_STATUS_CODES[dossier.status],
    content: dossier.content,
    receivedByName: naming.officerName(dossier.receivedBy),
    clockUnverified: dossier.clockUnverified,
    codeProvisional: dossier.codeProvisional,
    register: dossier.register,
    supplementRounds: dossier.supplementRounds.map(({ papers, reason, pausedAt, receivedAt }) => ({ papers: [...papers], reason, pausedAt, receivedAt })),
    dutyRounds: dossier.dutyRounds.map(({ text, dong, pausedAt, metAt, evidence }) => ({ text, dong, pausedAt, metAt, evidence })),
    apologies: dossier.apologies,
    forwardedTo: dossier.forwardedTo,
    openTransfer: openTransferToWire(dossier, naming),
    result: dossier.result,
    handOver: handOver && handOverToWire(handOver, naming),
    closingReason: dossier.closingReason,
    amendments: dossier.amendments,
    needsUpdate: dossier.needsUpdate,
    missing: dossier.missing.length,
  };
}

function openTransferToWire(dossier: Dossier, naming: Naming): DossierView['openTransfer'] {
  const transfer = openTransfer(dossier);
  if (transfer === undefined) return null;
  const { from, to, givenAt, note = null } = transfer;
  return { from, fromName: naming.officerName(from), to, toName: naming.officerName(to), givenAt, note };
}

function handOverToWire({ by, ...handOver }: NonNullable<Dossier['handOver']>, naming: Naming) {
  return { ...handOver, byName: naming.officerName(by) };
}

function historyViews(dossier: Dossier, office: Office, naming: Naming, undoable: ReadonlySet<OperationId>): HistoryEntryView[] {
  return dossier.history.map((entry) => historyView(entry, office, naming, undoable));
}

function historyView({ id, header, body, effect }: HistoryEntry, office: Office, naming: Naming, undoable: ReadonlySet<OperationId>): HistoryEntryView {
  const words = operationWords(header.kind, body, naming);
  const absent = delegatedBy(header, office);
  return {
    id,
    kind: header.kind,
    effect,
    at: writtenAt(header),
    businessDate: header.businessDate,
    actor: header.actor,
    actorName: naming.officerName(header.actor),
    deskName: naming.deskName(header.device),
    title: words.title,
    lines: [...words.lines, ...(absent === null ? [] : [{ label: 'Làm thay', text: naming.officerName(absent) ?? 'người đã giao quyền' }])],
    formNumber: formNumberOf(header.kind, body)?.text ?? null,
    undoable: undoable.has(id),
  };
}

/** The conflicts of a dossier in words, for lists of them. */
export function conflictsOfDossier(desk: OpenDesk, dossier: Dossier): ConflictView[] {
  return conflictViews(dossier, namingFor(desk.office(), dossier));
}

/** For whom the officer acted, when only a delegation of that day allowed the act; else null. */
function delegatedBy({ actor, kind, at, businessDate }: OperationHeader, office: Office): OfficerId | null {
  return actor === null || !isDossierKind(kind) ? null : actedFor(office, actor, { at, businessDate }, DOSSIER_PERMISSIONS[kind]);
}

function wantsReceipt(birth: HistoryEntry | undefined): boolean {
  return birth?.header.kind === 'dossier.received' && (birth.body as DossierReceived).receiptWanted;
}

import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { nextWorkingDay } from '../../src-shared/domain/deadlines/calendar.ts';
import { standingPause } from '../../src-shared/domain/dossiers/standing-pause.ts';
import { readOfficeSettings } from '../../src-shared/domain/settings/office-settings.ts';
import type { OfficeState } from '../../src-shared/contract/office.api.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { paperCheckCode } from '../../src-node/paper/check-code.ts';
import type { StoredSummary } from '../../src-node/operations/dossier-projection.ts';
import { getOperationHash } from '../../src-node/operations/operation-rows.ts';
import { createBulkWork, type BulkWork } from './calls/bulk-work.ts';
import { createJudgeAnew } from './calls/judge-anew.ts';
import type { Announce, Handlers, OfficerContext } from './calls/handlers.ts';
import type { Sessions } from './calls/sessions.ts';
import type { DeskHolder } from './desk/desk-holder.ts';
import { isPresentRecoveryCode, refreshKeySlots } from './desk/office-slots.ts';
import type { OpenDesk } from './desk/open-desk.ts';
import { createConflictsHandlers } from './features/conflicts/conflicts-handlers.ts';
import { calendarStates } from './features/deadlines/calendar-states.ts';
import { addressOf, createDeadlinesOf } from './features/deadlines/deadline-service.ts';
import { createStepClockOf } from './features/deadlines/step-clock.ts';
import { createDeadlinesHandlers } from './features/deadlines/deadlines-handlers.ts';
import { createCalendarsOf, type CalendarsOf } from './features/deadlines/office-calendars.ts';
import { previewAppointment } from './features/deadlines/preview-appointment.ts';
import { createDelegationsHandlers } from './features/delegations/delegations-handlers.ts';
import { createDeskActsHandlers, type DeskActsDep } from './features/desks/desk-acts.ts';
import { createDesksHandlers } from './features/desks/desks-handlers.ts';
import { createDossierHandlers } from './features/dossiers/dossier-handlers.ts';
import { countDossiers, searchDossiers } from './features/dossiers/dossier-list-queries.ts';
import { describeOperation } from './features/dossiers/conflict-words.ts';
import { createNaming } from './features/dossiers/naming.ts';
import { conflictsOfDossier, createDossierView, summaryToWire } from './features/dossiers/dossier-view.ts';
import { createProvinceHandlers, type ProvinceDep } from './features/dossiers/province-handlers.ts';
import type { StepClockDep } from './features/dossiers/step-operations.ts';
import { createDraftsHandlers } from './features/drafts/drafts-handlers.ts';
import { dropDraft, officersWithDrafts } from './features/drafts/draft-queries.ts';
import { createFeesHandlers } from './features/fees/fees-handlers.ts';
import { receiptFault } from './features/fees/receipt-books.ts';
import { createFormsHandlers } from './features/forms/forms-handlers.ts';
import { ownCode } from './features/forms/receipt-rules.ts';
import { receiptPaperOf } from './features/forms/receipt-paper.ts';
import { createImportsHandlers, type ImportsDep } from './features/imports/imports-handlers.ts';
import { createNumbersHandlers } from './features/numbers/numbers-handlers.ts';
import { createOfficeHandlers } from './features/office/office-handlers.ts';
import { createHistoryHandlers } from './features/office/history-handlers.ts';
import { createNamesHandlers } from './features/office/names-handlers.ts';
import { createRecoveryHandlers } from './features/office/recovery-handlers.ts';
import { createOfficersHandlers } from './features/officers/officers-handlers.ts';
import { createPackCarrier } from './features/packs/carry-packs.ts';
import { createPacksHandlers } from './features/packs/packs-handlers.ts';
import { createPersonsHandlers } from './features/persons/persons-handlers.ts';
import { getPrintJob } from './features/printing/print-job-queries.ts';
import { createPrinting } from './features/printing/printing-handlers.ts';
import { catalogueStates } from './features/procedures/catalogue-states.ts';
import { createCatalogueOf, type CatalogueOf } from './features/procedures/catalogue.ts';
import { createPreviewHandlers } from './features/procedures/preview-handlers.ts';
import { createProceduresHandlers } from './features/procedures/procedures-handlers.ts';
import { procedureSnapshot } from './features/procedures/procedure-snapshot.ts';
import { createReceptionTerms } from './features/procedures/reception-terms.ts';
import { createRegistersHandlers } from './features/registers/registers-handlers.ts';
import { createSessionHandlers, sessionView } from './features/session/session-handlers.ts';
import { createSettingsHandlers } from './features/settings/settings-handlers.ts';
import { createSyncHandlers } from './features/sync/sync-handlers.ts';
import { readDelivery, readLink, readServer } from './features/sync/sync-queries.ts';
import { createSyncWorker, type SyncWorker, type SyncWorkerDep } from './features/sync/sync-worker.ts';
import { createSystemHandlers } from './features/system/system-handlers.ts';
import { createWorkloadHandlers } from './features/workload/workload-handlers.ts';
import { countOpenByHolder } from './features/workload/workload-queries.ts';
import type { Logger } from './platform/logger.ts';
import { programVersion } from './platform/program-info.ts';
import { readShippedPacks } from './platform/shipped-packs.ts';

export interface FeaturesDep {
  readonly holder: DeskHolder;
  readonly sessions: Sessions;
  readonly announce: Announce;
  readonly log: Logger;
  readonly demoAccounts: () => NonNullable<OfficeState['demo']>['accounts'] | null;
  readonly sync: Pick<SyncWorkerDep, 'client' | 'timer' | 'seed'>;
}

export interface Features {
  readonly handlers: Handlers;
  readonly sync: SyncWorker;
}

/** Hands each feature what it needs of the others; features themselves never meet (style: one composition root). */
export function composeFeatures(dep: FeaturesDep): Features {
  const { holder, announce, log } = dep;
  const bulkWork = createBulkWork();
  const keepKeySlots = createKeepKeySlots(dep);
  const sync = createSyncWorker({ ...dep.sync, clock: holder.dep.clock, program: programVersion(), bulkWork, announce, refreshKeySlots: keepKeySlots, log, packs: createPackCarrier({ program: programVersion(), announce }) });
  holder.onOpen((desk) => sync.start(desk));
  return { handlers: { ...composeOffice(dep, bulkWork, keepKeySlots), ...createSyncHandlers({ worker: sync, client: dep.sync.client }) }, sync };
}

/** Everything that needs no network. */
function composeOffice(dep: FeaturesDep, bulkWork: BulkWork, keepKeySlots: (desk: OpenDesk) => void) {
  const { holder, sessions, announce } = dep;
  const catalogueOf = createCatalogueOf();
  const calendarsOf = createCalendarsOf();
  const deadlinesOf = createDeadlinesOf(calendarsOf);
  const findProcedure = (desk: OpenDesk, code: string) => catalogueOf(desk).find(code);
  const procedureName = (desk: OpenDesk, code: string) => findProcedure(desk, code)?.procedure.name;
  const idleLockMinutes = (desk: OpenDesk) => readOfficeSettings(desk.office().settings).idleLockMinutes;
  // The catalogue is read a little at a time while the officer looks at the home screen.
  holder.onOpen((desk) => void catalogueOf(desk).warmUp());
  const judgeAnew = createJudgeAnew(bulkWork, announce);
  const printing = createPrinting({ makeReceipt: receiptPaperOf, announce });
  const view = createDossierView({ checkCodeOf, deliveryOf: readDelivery });
  const shown = ({ desk, officer, roles }: OfficerContext, dossier: Dossier, papers = printing.dossierJobs(desk, dossier.id)) => view(desk, dossier, officer, roles, papers);
  const termsOf = createReceptionTerms({ catalogueOf, appointmentFor: (desk, ask) => deadlinesOf(desk).appointmentFor(ask) });

  return {
    ...createOfficeHandlers({
      holder, sessions,
      version: programVersion(),
      shippedPacks: readShippedPacks,
      demoAccounts: dep.demoAccounts,
      sessionView: (desk, session) => sessionView({ idleLockMinutes }, desk, session),
      officersWithDrafts: (desk) => officersWithDrafts(desk.db),
      calendarValidTo: (desk) => calendarsOf(desk).pack?.validTo ?? null,
    }),
    ...createRecoveryHandlers({ holder, sessions, announce }),
    ...createSessionHandlers({ holder, sessions, idleLockMinutes, refreshKeySlots: keepKeySlots }),
    ...createOfficersHandlers({ keySlots: holder.keySlots, sessions, refreshKeySlots: keepKeySlots, announce, judgeAnew, passwordParameters: holder.dep.passwordParameters, openByHolder: countOpenByHolder }),
    ...createDesksHandlers({ holder, clock: holder.dep.clock, announce, refreshKeySlots: keepKeySlots, bulkWork, judgeAnew, openConflicts: (desk) => desk.db.value<number>('SELECT count(*) FROM dossiers WHERE open_conflicts > 0') ?? 0 }),
    ...createNumbersHandlers({ stateDir: holder.dep.stateDir, announce }),
    ...createProceduresHandlers({ catalogueOf, announce }),
    ...createPreviewHandlers({
      catalogueOf, addressOf,
      previewAppointment: (desk, ask) => previewAppointment(deadlinesOf(desk), ask),
      calendarMissing: (desk) => calendarsOf(desk).pack === undefined,
    }),
    ...createDeadlinesHandlers({ findProcedure, calendarsOf, deadlinesOf, announce }),
    ...createPacksHandlers({ packStates: (desk) => [...catalogueStates(catalogueOf(desk)), ...calendarStates(calendarsOf(desk))], warmUp: (desk) => catalogueOf(desk).warmUp(), announce, serverOf: offeringServer }),
    ...createOfficesOwnHandlers({ announce, judgeAnew }),
    ...createDossierHandlers({
      announce,
      termsOf: (desk, request, receivedAt, { officer }) => termsOf(desk, request, receivedAt, officer),
      insertReceiptJob: printing.insertReceiptJob,
      insertAmendedReceiptJob: printing.insertAmendedReceiptJob,
      settleJobsAfterUndo: printing.settleJobsAfterUndo,
      dropDraft: (writing, draft, { desk, officer }) => void dropDraft(writing.db, { id: draft, officer, nowMs: desk.clock.nowMs() }),
      stopClock: (desk, dossier, stoppedAt) => deadlinesOf(desk).stopClock(dossier.content.appointment, stoppedAt),
      resumeClock: (desk, dossier, resumedAt, officer) =>
        deadlinesOf(desk).resumeClock({ appointment: dossier.content.appointment, pause: standingPause(dossier), pausedAt: dossier.pausedAt ?? resumedAt, resumedAt, officer }),
      extendAppointment: (desk, dossier, choice, extendedAt, officer) => deadlinesOf(desk).extend({ appointment: dossier.content.appointment, choice, extendedAt, officer }),
      receiptFault,
      ...stepClockDep(calendarsOf),
      procedureName,
      view: shown,
      job: printing.jobView,
      search: (desk, input, { officer }) => searchDossiers(desk, { ...input, officer }, readDelivery),
      counts: (desk, { officer }) => countDossiers(desk, officer),
    }),
    ...createOverviewHandlers({ calendarsOf, procedureName }),
    ...createBesideProvinceHandlers({ announce, view: shown, bulkWork, catalogueOf }),
    ...createConflictsHandlers({ announce, conflictsOf: conflictsOfDossier, describe: describeOperation, view: shown }),
    ...createFeesHandlers({ announce, sheetJob: printing.sheetJob }),
    ...createDraftsHandlers({ announce }),
    ...createPersonsHandlers(),
    ...createFormsHandlers({ paperToDraw: getPrintJob }),
    ...printing.handlers,
    ...createSystemHandlers({ bulkWork }),
  };
}

/** Whoever publishes packs for this office, with the link as it was last. */
function offeringServer({ db }: OpenDesk) {
  const server = readServer(db);
  return server && { ...server, bytesPerMs: readLink(db).bytesPerMs };
}

/** What acts ask of the terms of steps. */
function stepClockDep(calendarsOf: CalendarsOf): StepClockDep {
  const clockOf = createStepClockOf(calendarsOf);
  return {
    beginStep: (desk, ...step) => clockOf(desk).begin(...step),
    stopStep: (desk, ...step) => clockOf(desk).stop(...step),
    resumeStep: (desk, ...step) => clockOf(desk).resume(...step),
  };
}

/** Lets the key file follow what the office has decided. */
function createKeepKeySlots({ holder, sessions, log }: Pick<FeaturesDep, 'holder' | 'sessions' | 'log'>) {
  return (desk: OpenDesk) => {
    const keySlots = holder.keySlots();
    // Whoever sits here by a code that was replaced elsewhere meanwhile has to leave.
    if (keySlots && !isPresentRecoveryCode(keySlots, desk)) sessions.closeRecovery();
    const refreshed = keySlots && refreshKeySlots(keySlots, desk);
    // Signing in goes on with the slots as they were; the next change tries again.
    if (refreshed && !refreshed.ok) log.warn('key slots not refreshed', { code: refreshed.error.code });
  };
}

/** What the office says of itself, of its desks and of who stands in for whom, and who said it. */
function createOfficesOwnHandlers({ announce, judgeAnew }: DeskActsDep) {
  return {
    ...createSettingsHandlers({ announce }),
    ...createNamesHandlers({ announce }),
    ...createDelegationsHandlers({ announce, judgeAnew }),
    ...createDeskActsHandlers({ announce, judgeAnew }),
    ...createHistoryHandlers({ describe: describeOperation }),
  };
}

/** What is only looked at: the leader's page and the register. */
function createOverviewHandlers(dep: { readonly calendarsOf: CalendarsOf; readonly procedureName: (desk: OpenDesk, code: string) => string | undefined }) {
  const summary = (desk: OpenDesk, stored: StoredSummary) => summaryToWire(stored, createNaming(desk.office()));
  return {
    ...createRegistersHandlers({ procedureName: dep.procedureName, summary }),
    ...createWorkloadHandlers({
      nextWorkingDay: (desk, date) => nextWorkingDay(dep.calendarsOf(desk).office.calendar, date),
      summary,
      describe: describeOperation,
    }),
  };
}

/** Beside the province's system: what has to be entered there, and what runs there and comes in. */
function createBesideProvinceHandlers({ announce, view, bulkWork, catalogueOf }: Pick<ImportsDep, 'announce' | 'bulkWork'> & Pick<ProvinceDep, 'view'> & { readonly catalogueOf: CatalogueOf }) {
  return {
    ...createProvinceHandlers({ announce, view }),
    ...createImportsHandlers({ announce, bulkWork, ...importedProcedures(catalogueOf) }),
  };
}

/** What an import asks of the catalogue. */
function importedProcedures(catalogueOf: CatalogueOf): Pick<ImportsDep, 'procedures' | 'snapshotOf'> {
  return {
    procedures: (desk) => catalogueOf(desk).current().entries.map(({ procedure: { code, name } }) => ({ code, name })),
    snapshotOf: (desk, code, channel) => {
      const procedure = catalogueOf(desk).find(code);
      if (procedure === undefined) return undefined;
      // What another system began has come to some step of its own there; nothing of it is known here.
      const { steps: _steps, ...snapshot } = procedureSnapshot(procedure, channel);
      return snapshot;
    },
  };
}

/** The short code under a paper, bound to the receiving operation's place in the log. */
function checkCodeOf(desk: OpenDesk, dossier: Dossier): string {
  const birth = dossier.history.find(({ header }) => header.kind === 'dossier.received' || header.kind === 'dossier.imported');
  const hash = birth && getOperationHash(desk.db, desk.log.names, birth.header);
  assert(hash, 'a folded operation is in the log');
  return paperCheckCode(ownCode(dossier), hash);
}

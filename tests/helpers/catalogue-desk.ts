import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CoreEvent, ResultOf } from '../../src-shared/contract/contract.ts';
import { createDispatch } from '../../src-main/core/calls/dispatch.ts';
import type { CallName, Handlers, InputOf } from '../../src-main/core/calls/handlers.ts';
import { createSessions } from '../../src-main/core/calls/sessions.ts';
import { openDesk, type OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { addressOf, createDeadlinesOf, type DeadlinesOf } from '../../src-main/core/features/deadlines/deadline-service.ts';
import { calendarStates } from '../../src-main/core/features/deadlines/calendar-states.ts';
import { createDeadlinesHandlers } from '../../src-main/core/features/deadlines/deadlines-handlers.ts';
import { createCalendarsOf } from '../../src-main/core/features/deadlines/office-calendars.ts';
import { previewAppointment } from '../../src-main/core/features/deadlines/preview-appointment.ts';
import { createPacksHandlers } from '../../src-main/core/features/packs/packs-handlers.ts';
import { catalogueStates } from '../../src-main/core/features/procedures/catalogue-states.ts';
import { createCatalogueOf, type CatalogueOf } from '../../src-main/core/features/procedures/catalogue.ts';
import { createPreviewHandlers } from '../../src-main/core/features/procedures/preview-handlers.ts';
import { createProceduresHandlers } from '../../src-main/core/features/procedures/procedures-handlers.ts';
import { createReceptionTerms } from '../../src-main/core/features/procedures/reception-terms.ts';
import { createSettingsHandlers } from '../../src-main/core/features/settings/settings-handlers.ts';
import { setUpDesk, type ShippedPack } from '../../src-main/core/desk/set-up-desk.ts';
import { createLogger } from '../../src-main/core/platform/logger.ts';
import { projectDossier } from '../../src-node/operations/dossier-projection.ts';
import { calendarPackSchema } from '../../src-shared/domain/deadlines/calendar-pack.ts';
import { cataloguePackSchema } from '../../src-shared/domain/packs/catalogue-pack.ts';
import type { FormOfAddress, Role } from '../../src-shared/domain/officers/officer.ts';
import type { OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import { ATTRIBUTES, contentBody, NUMBERING, PERSON, receivedBody } from './build-operations.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';
import { writeOffice } from './write-office.ts';

/** Friday 20/11/2026, 09:00 at the office. */
export const NOW_MS = Date.UTC(2026, 10, 20, 2, 0);

/** Who signs in: one officer per role, each spoken to in another way. */
export type CatalogueOfficer = Role | 'reception2';
const OFFICERS: readonly (readonly [CatalogueOfficer, Role, FormOfAddress])[] = [
  ['reception', 'reception', 'chị'],
  ['reception2', 'reception', 'đồng chí'],
  ['processing', 'processing', 'anh'],
  ['leader', 'leader', 'ông'],
];

/** The value of what must have gone well; the error becomes the test's failure. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`expected ok, got ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The text of a pack as it ships with the program. */
export function shippedText(pack: 'catalogue' | 'calendar'): string {
  const file = pack === 'catalogue' ? 'catalogue-2026.json' : 'calendar-2024-2026.json';
  return readFileSync(path.join(import.meta.dirname, '../../src-shared/packs', file), 'utf8');
}

export const shippedCatalogue = () => cataloguePackSchema.parse(JSON.parse(shippedText('catalogue')));
export const shippedCalendar = () => calendarPackSchema.parse(JSON.parse(shippedText('calendar')));

export function shippedPacks(): readonly ShippedPack[] {
  const { id, version } = shippedCatalogue();
  const calendar = shippedCalendar();
  return [
    { pack: 'catalogue', id, version: String(version), text: shippedText('catalogue') },
    { pack: 'calendar', id: calendar.id, version: String(calendar.version), text: shippedText('calendar') },
  ];
}

export interface CatalogueDesk {
  readonly desk: OpenDesk;
  readonly officers: Readonly<Record<CatalogueOfficer, OfficerId>>;
  /** What open screens were told. */
  readonly events: readonly CoreEvent[];
  /** A call through dispatch, signed in as this officer; null: nobody. */
  call<N extends CallName>(as: CatalogueOfficer | null, name: N, input: InputOf<N>): Promise<ResultOf<N>>;
  /** As above with input that no screen would send. */
  callRaw(as: CatalogueOfficer | null, name: CallName, input: unknown): Promise<Result<unknown, { readonly code: string }>>;
  /** The machine's clock goes on by so much. */
  advance(ms: number): void;
  readonly catalogueOf: CatalogueOf;
  readonly deadlinesOf: DeadlinesOf;
  readonly receptionTerms: ReturnType<typeof createReceptionTerms>;
}

const opened: { readonly desk: OpenDesk; readonly folder: string }[] = [];

/** A desk with a real encrypted database and the features that answer for catalogue, dates, packs and settings. */
export async function openCatalogueDesk(options: { readonly packs?: readonly ShippedPack[]; readonly nowMs?: number } = {}): Promise<CatalogueDesk> {
  let elapsedMs = 0;
  const startMs = options.nowMs ?? NOW_MS;
  const clock = { wallMs: () => startMs + elapsedMs, monotonicMs: () => elapsedMs };
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-catalogue-'));
  const dep = { dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state'), clock, builtAtMs: 0, passwordParameters: QUICK_PASSWORDS };
  const made = valueOf(
    await setUpDesk(dep, {
      attributes: ATTRIBUTES,
      numbering: NUMBERING as Parameters<typeof setUpDesk>[1]['numbering'],
      deskName: 'Máy 1',
      training: false,
      confirmedDate: officeDate(startMs),
      administrator: { name: 'Quản Trị', title: '', formOfAddress: 'anh', roles: ['admin'], password: 'mat-khau-thu' },
      packs: options.packs ?? shippedPacks(),
    }),
  );
  const desk = valueOf(openDesk(dep, made.databaseKey));
  opened.push({ desk, folder });
  const officers = { admin: made.officer } as Record<CatalogueOfficer, OfficerId>;
  for (const [name, role, formOfAddress] of OFFICERS) officers[name] = addOfficer(desk, made.officer, role, formOfAddress);
  return { desk, officers, advance: (ms) => void (elapsedMs += ms), ...featuresOf(desk, officers) };
}

/** Without a password: nobody signs in here, sessions are opened directly. */
function addOfficer(desk: OpenDesk, admin: OfficerId, role: Role, formOfAddress: FormOfAddress): OfficerId {
  const officer = randomUUID() as string as OfficerId;
  const body = { officer, name: `Cán bộ ${role}`, title: '', formOfAddress, roles: [role], credentials: { publicKey: 'none', wrappedPrivateKey: 'none' } };
  writeOffice(desk, admin, 'officer.created', body);
  return officer;
}

/** Closes every desk of a test file and removes its folder. */
export function closeCatalogueDesks(): void {
  for (const { desk, folder } of opened.splice(0)) {
    desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function featuresOf(desk: OpenDesk, officers: CatalogueDesk['officers']): Omit<CatalogueDesk, 'desk' | 'officers' | 'advance'> {
  const catalogueOf = createCatalogueOf();
  const calendarsOf = createCalendarsOf();
  const deadlinesOf = createDeadlinesOf(calendarsOf);
  const events: CoreEvent[] = [];
  const announce = (event: CoreEvent) => void events.push(event);
  const handlers = {
    ...createProceduresHandlers({ catalogueOf, announce }),
    ...createDeadlinesHandlers({ findProcedure: (open, code) => catalogueOf(open).find(code), calendarsOf, deadlinesOf, announce }),
    ...createPreviewHandlers({
      catalogueOf,
      previewAppointment: (open, ask) => previewAppointment(deadlinesOf(open), ask),
      calendarMissing: (open) => calendarsOf(open).pack === undefined,
      addressOf,
    }),
    ...createPacksHandlers({ packStates: (open) => [...catalogueStates(catalogueOf(open)), ...calendarStates(calendarsOf(open))], warmUp: (open) => catalogueOf(open).warmUp(), announce, serverOf: () => undefined }),
    ...createSettingsHandlers({ announce }),
  };
  const sessions = createSessions();
  const dispatch = createDispatch({ handlers: handlers as unknown as Handlers, desk: () => desk, log: createLogger() });
  const callRaw: CatalogueDesk['callRaw'] = (as, name, input) => dispatch(name, input, as === null ? undefined : sessions.open(officers[as]));
  return {
    events,
    call: callRaw as CatalogueDesk['call'],
    callRaw,
    catalogueOf,
    deadlinesOf,
    receptionTerms: createReceptionTerms({ catalogueOf, appointmentFor: (open, ask) => deadlinesOf(open).appointmentFor(ask) }),
  };
}

/** A dossier that this desk received, written as the log writes it. `content` and `owner` replace whole members. */
export function receiveOne(at: CatalogueDesk, changes: { readonly receivedAt: number; readonly owner?: object; readonly content?: object }): SubjectId {
  const subject = randomUUID() as string as SubjectId;
  const body = {
    ...receivedBody(),
    receivedAt: changes.receivedAt,
    content: { ...contentBody(), ...changes.content, owner: { ...PERSON, ...changes.owner } },
  };
  valueOf(
    at.desk.log.write(({ db, names, append }) => {
      const operation = append({ kind: 'dossier.received', version: 1, subject, actor: at.officers.reception, after: [], body });
      if (!projectDossier(db, names, at.desk.office(), [operation])) throw new Error('the reception has no effect');
      return ok(undefined);
    }),
  );
  return subject;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallName, CoreEvent, InputOf, ResultOf } from '../../src-shared/contract/contract.ts';
import type { Role } from '../../src-shared/domain/officers/officer.ts';
import type { Clock } from '../../src-shared/lib/clock.ts';
import type { OfficerId } from '../../src-shared/lib/ids.ts';
import { officeDate, officeInstant } from '../../src-shared/lib/office-time.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { createDispatch, type Dispatch } from '../../src-main/core/calls/dispatch.ts';
import type { Announce, Handlers } from '../../src-main/core/calls/handlers.ts';
import { createSessions, type Session } from '../../src-main/core/calls/sessions.ts';
import { openDesk, type OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { setUpDesk, type ShippedPack } from '../../src-main/core/desk/set-up-desk.ts';
import { createLogger } from '../../src-main/core/platform/logger.ts';
import { ATTRIBUTES, NUMBERING } from './build-operations.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';
import { writeOffice } from './write-office.ts';

/** A clock that stands still until it is told. Starts on Monday 23/11/2026 at 08:00 office time. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function fakeClock(startMs = officeInstant('2026-11-23', 8 * 60)): FakeClock {
  let wallMs = startMs;
  let monotonicMs = 0;
  return {
    wallMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    advance: (ms) => {
      wallMs += ms;
      monotonicMs += ms;
    },
  };
}

/** One officer per role, each with that role alone; `admin` made the office. */
export type TestOfficer = Role;

/** A call through dispatch, as a screen makes it; the input is not checked by the compiler when it is meant to be bad. */
export interface TestCall {
  <N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>;
}

export interface TestDesk {
  /** The desk as open now; another one after `restart`. */
  readonly desk: OpenDesk;
  readonly clock: FakeClock;
  readonly officers: Readonly<Record<TestOfficer, OfficerId>>;
  /** What open screens were told, oldest first. */
  readonly events: CoreEvent[];
  readonly dataDir: string;
  /** Calls as this officer, signed in. */
  as(officer: TestOfficer): TestCall;
  /** The raw door, for input that no screen sends and for sessions that are locked or missing. */
  dispatch: Dispatch;
  sessionOf(officer: TestOfficer): Session;
  /** Ends the core and starts it again on the same folder. */
  restart(): void;
  /** Closes and deletes the folder. */
  close(): void;
}

export interface TestDeskOptions {
  /** The features under test; calls to others fail loudly. */
  readonly handlers: (announce: Announce) => Partial<Handlers>;
  readonly clock?: FakeClock;
  readonly training?: boolean;
  readonly packs?: readonly ShippedPack[];
}

/** A set-up desk with a real encrypted database in a temporary folder, four officers, and the given features behind dispatch. */
export async function openTestDesk(options: TestDeskOptions): Promise<TestDesk> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-desk-'));
  const clock = options.clock ?? fakeClock();
  const dep = { dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state'), clock, builtAtMs: 0, passwordParameters: QUICK_PASSWORDS };
  const made = valueOf(
    await setUpDesk(dep, {
      attributes: ATTRIBUTES,
      numbering: NUMBERING as Parameters<typeof setUpDesk>[1]['numbering'],
      deskName: 'Máy 1',
      training: options.training ?? false,
      confirmedDate: officeDate(clock.wallMs()),
      administrator: { name: 'Quản Trị', title: '', formOfAddress: 'anh', roles: ['admin'], password: 'mat-khau-thu' },
      packs: options.packs ?? [],
    }),
  );
  let desk = valueOf(openDesk(dep, made.databaseKey));
  const officers = { admin: made.officer, ...addOfficers(desk, made.officer) };
  const events: CoreEvent[] = [];
  const sessions = createSessions();
  const handlers = options.handlers((event) => void events.push(event)) as Handlers;
  const dispatch = createDispatch({ handlers, desk: () => desk, log: createLogger() });
  const sessionByOfficer = new Map<OfficerId, Session>(Object.values(officers).map((officer) => [officer, sessions.open(officer)]));
  const sessionOf = (officer: TestOfficer) => sessionByOfficer.get(officers[officer])!;
  return {
    get desk() {
      return desk;
    },
    clock, officers, events, dispatch, sessionOf,
    dataDir: dep.dataDir,
    as: (officer) => (name, input) => dispatch(name, input, sessionOf(officer)) as Promise<ResultOf<typeof name>>,
    restart: () => {
      desk.close();
      desk = valueOf(openDesk(dep, made.databaseKey));
    },
    close: () => {
      desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The value of what must have gone well. */
export function valueOf<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`unexpected refusal ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The code of what must have been refused. */
export function codeOf<E extends { readonly code: string }>(result: Result<unknown, E>): string {
  if (result.ok) throw new Error(`expected a refusal, got ${JSON.stringify(result.value).slice(0, 200)}`);
  return result.error.code;
}

/** Without passwords: nobody signs in here, sessions are opened directly. */
function addOfficers(desk: OpenDesk, admin: OfficerId) {
  const add = (role: Role, name: string): OfficerId => {
    const officer = randomUUID() as string as OfficerId;
    const body = { officer, name, title: 'Công chức', formOfAddress: 'chị' as const, roles: [role], credentials: { publicKey: 'none', wrappedPrivateKey: 'none' } };
    writeOffice(desk, admin, 'officer.created', body);
    return officer;
  };
  return { reception: add('reception', 'Nguyễn Thị Hạnh'), processing: add('processing', 'Lò Văn Thắng'), leader: add('leader', 'Đặng Văn Lâm') };
}

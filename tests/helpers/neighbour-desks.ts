import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallName, CoreEvent, InputOf, ResultOf } from '../../src-shared/contract/contract.ts';
import { createDispatch } from '../../src-main/core/calls/dispatch.ts';
import type { Announce, Handlers } from '../../src-main/core/calls/handlers.ts';
import { createSessions } from '../../src-main/core/calls/sessions.ts';
import { openDesk, type OpenDesk, type OpenDeskDep } from '../../src-main/core/desk/open-desk.ts';
import { setUpDesk } from '../../src-main/core/desk/set-up-desk.ts';
import { createLogger } from '../../src-main/core/platform/logger.ts';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import { projectDossier } from '../../src-node/operations/dossier-projection.ts';
import { applyErasures } from '../../src-node/operations/erase-subject.ts';
import { ingestBranch } from '../../src-node/operations/ingest.ts';
import { readHead } from '../../src-node/operations/log.ts';
import { listSignedDevices, readBranch } from '../../src-node/operations/read-branch.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { isOfficeKind } from '../../src-shared/domain/office/office-operations.ts';
import type { Role } from '../../src-shared/domain/officers/officer.ts';
import { parseOperationId, type Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OfficerId, SubjectId } from '../../src-shared/lib/ids.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../src-shared/lib/result.ts';
import { ATTRIBUTES, NUMBERING, receivedBody } from './build-operations.ts';
import { fakeClock, valueOf, type FakeClock } from './open-test-desk.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';
import { writeOffice } from './write-office.ts';

/** Officers of the office by what they may do; `admin` set it up and holds that role alone. */
const OFFICERS = {
  reception: { name: 'Nguyễn Thị Hạnh', roles: ['reception'] },
  processing: { name: 'Hoàng Ngọc Ánh', roles: ['processing'] },
  leader: { name: 'Đặng Văn Lâm', roles: ['leader'] },
  all: { name: 'Lò Thị Mẩy', roles: ['reception', 'processing', 'leader'] },
} as const satisfies Record<string, { name: string; roles: readonly Role[] }>;
export type NeighbourOfficer = keyof typeof OFFICERS | 'admin';

/** One desk of an office whose desks write apart and meet when a test says so. Real databases, real branches. */
export interface NeighbourDesk {
  readonly desk: OpenDesk;
  readonly clock: FakeClock;
  readonly dep: OpenDeskDep;
  readonly databaseKey: Buffer;
  readonly officers: Readonly<Record<NeighbourOfficer, OfficerId>>;
}

const opened: { desk: OpenDesk; folder: string }[] = [];

export async function openFirstDesk(clock: FakeClock = fakeClock()): Promise<NeighbourDesk> {
  // Another office counts its own.
  received = 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-desk-'));
  const dep: OpenDeskDep = { dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state'), clock, builtAtMs: 0, passwordParameters: QUICK_PASSWORDS };
  const done = valueOf(
    await setUpDesk(dep, {
      attributes: ATTRIBUTES,
      numbering: NUMBERING as Parameters<typeof setUpDesk>[1]['numbering'],
      deskName: 'Máy 1',
      training: false,
      confirmedDate: officeDate(clock.wallMs()),
      administrator: { name: 'Quản Trị', title: 'Công chức', formOfAddress: 'anh', roles: ['admin'], password: 'mat-khau-thu' },
      packs: [],
    }),
  );
  const desk = valueOf(openDesk(dep, done.databaseKey));
  opened.push({ desk, folder });
  const officers = Object.fromEntries(Object.entries(OFFICERS).map(([name, officer]) => [name, createOfficer(desk, done.officer, officer)]));
  return { desk, clock, dep, databaseKey: done.databaseKey, officers: { admin: done.officer, ...officers } as NeighbourDesk['officers'] };
}

/** Without a password: tests make their sessions themselves. */
function createOfficer(desk: OpenDesk, admin: OfficerId, { name, roles }: { name: string; roles: readonly Role[] }): OfficerId {
  const officer = randomUUID() as string as OfficerId;
  writeOffice(desk, admin, 'officer.created', { officer, name, title: 'Công chức', formOfAddress: 'chị', roles, credentials: { publicKey: 'none', wrappedPrivateKey: 'none' } });
  return officer;
}

/** A copied data folder, opened as on another machine: a new device of the same office with its own number series. */
export function openNeighbour(test: NeighbourDesk): NeighbourDesk {
  valueOf(test.desk.checkpoint());
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-desk-'));
  const dep: OpenDeskDep = { ...test.dep, dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state') };
  cpSync(test.dep.dataDir, dep.dataDir, { recursive: true, filter: (source) => !/lock|-shm$/.test(path.basename(source)) });
  const desk = valueOf(openDesk(dep, test.databaseKey));
  opened.push({ desk, folder });
  return { ...test, dep, desk };
}

/** Both desks learn what the other wrote, through the door that neighbours use, and fold what was touched. */
export function exchange(...desks: readonly NeighbourDesk[]): void {
  for (const from of desks) for (const to of desks) if (from !== to) teach(from.desk, to.desk);
}

function teach(from: OpenDesk, to: OpenDesk): void {
  valueOf(from.checkpoint());
  const source = { db: from.db, names: from.log.names, office: from.office().id };
  const subjects = new Set<SubjectId>();
  valueOf(
    to.log.write((writing) => {
      for (const { device } of listSignedDevices(source)) {
        const publicKey = from.office().devices.get(device)!.publicKey as SigningPublicKey;
        const branch = readBranch(source, device, publicKey, readHead(to.db, to.log.names, device).seq);
        if (!branch) continue;
        for (const { header } of valueOf(ingestBranch(writing, source.office, branch))) {
          to.clock.adopt(header.at);
          if (!isOfficeKind(header.kind)) subjects.add(header.subject);
        }
      }
      return ok(undefined);
    }),
  );
  const office = to.reloadOffice();
  valueOf(
    to.log.write((writing) => {
      for (const subject of applyErasures(writing.db, writing.names, office)) subjects.delete(subject);
      for (const subject of subjects) projectDossier(writing.db, writing.names, office, to.log.listSubject(subject));
      return ok(undefined);
    }),
  );
}

/** Writes an act about a dossier without asking anybody, as a desk that knew no better did. */
export function write(test: NeighbourDesk, subject: SubjectId, kind: string, body: unknown, actor: NeighbourOfficer = 'all'): Operation {
  const { desk } = test;
  test.clock.advance(60_000);
  return valueOf(
    desk.log.write((writing) => {
      const known = desk.log.listSubject(subject);
      const heads = foldDossier(known, desk.office())?.heads ?? [];
      const operation = writing.append({ kind, version: 1, subject, actor: test.officers[actor], after: heads.map(parseOperationId), body });
      projectDossier(writing.db, writing.names, desk.office(), [...known, operation]);
      return ok(operation);
    }),
  );
}

let received = 0;

/** A received dossier with what differs from the usual body; each has its own code and number. */
export function receive(test: NeighbourDesk, change: (body: ReturnType<typeof receivedBody>, counter: number) => unknown = (body) => body): SubjectId {
  const subject = randomUUID() as string as SubjectId;
  received += 1;
  const date = officeDate(test.clock.wallMs());
  const code = `H99.99-${date.slice(2).replaceAll('-', '')}-1${String(received).padStart(3, '0')}`;
  const body = {
    ...receivedBody(),
    receivedAt: test.clock.wallMs(),
    codes: [{ system: 'own', code }],
    number: { kind: 'dossier', token: '1', period: date, counter: received },
    register: { kind: 'register', token: '1', period: date.slice(0, 4), counter: received },
  };
  write(test, subject, 'dossier.received', change(body, received));
  return subject;
}

export function dossierOf(test: NeighbourDesk, subject: SubjectId): Dossier {
  const dossier = foldDossier(test.desk.log.listSubject(subject), test.desk.office());
  if (!dossier) throw new Error('no such dossier');
  return dossier;
}

/** Calls as a screen makes them: parsed, permission asked, answer parsed. */
export interface Calls {
  call<N extends CallName>(as: NeighbourOfficer | null, name: N, input: InputOf<N>): Promise<ResultOf<N>>;
  /** As above with input that the compiler would refuse. */
  callRaw(as: NeighbourOfficer | null, name: CallName, input: unknown): Promise<Result<unknown, { code: string }>>;
  readonly events: CoreEvent[];
}

export function callsOf(test: NeighbourDesk, createHandlers: (announce: Announce) => Partial<Handlers>): Calls {
  const events: CoreEvent[] = [];
  const handlers = createHandlers((event) => void events.push(event)) as Handlers;
  const dispatch = createDispatch({ handlers, desk: () => test.desk, log: createLogger() });
  const sessions = createSessions();
  const sessionOf = (as: NeighbourOfficer | null) => (as === null ? undefined : sessions.open(test.officers[as]));
  return {
    events,
    call: async (as, name, input) => (await dispatch(name, input, sessionOf(as))) as never,
    callRaw: (as, name, input) => dispatch(name, input, sessionOf(as)),
  };
}

/** Closes every desk that a test file opened and removes its folders. */
export function closeDesks(): void {
  for (const { desk, folder } of opened.splice(0)) {
    desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

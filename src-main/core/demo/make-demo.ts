import { randomUUID } from 'node:crypto';
import type { CallName, InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { Clock } from '../../../src-shared/lib/clock.ts';
import { addDays, officeDate, officeInstant, weekday, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import type { Dispatch } from '../calls/dispatch.ts';
import type { Session } from '../calls/sessions.ts';
import { DEMO_LEADER, DEMO_OFFICE, DEMO_OFFICERS, type DemoOfficer } from './demo-accounts.ts';
import { DEMO_DOSSIERS, DEMO_FLOWS, type DemoDossier } from './demo-dossiers.ts';

/** What the maker needs of a core that runs on the demo's own clock. */
export interface DemoCore {
  readonly dispatch: Dispatch;
  readonly sessionOf: (token: string) => Session | undefined;
}

export interface DemoClock extends Clock {
  /** Moves to an instant of the office; never backwards. */
  moveTo(utcMs: number): void;
}

export function createDemoClock(startMs: number): DemoClock {
  let nowMs = startMs;
  return {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    moveTo: (utcMs) => {
      nowMs = Math.max(nowMs, utcMs);
    },
  };
}

/** The first day of the practice office: before everything that is told to have happened in it. */
export function demoStartMs(nowMs: number): number {
  return officeInstant(addDays(officeDate(nowMs), -20), 8 * 60);
}

/** Sets the practice office up and lets its people work through the last days, by the very calls that screens use. */
export async function makeDemo(core: DemoCore, clock: DemoClock, nowMs: number): Promise<void> {
  const { password: _password, what: _what, ...leader } = DEMO_LEADER;
  const made = await call(core, undefined, 'office.setup', {
    ...DEMO_OFFICE,
    training: true,
    confirmedDate: officeDate(clock.wallMs()),
    administrator: { ...leader, roles: [...leader.roles], password: DEMO_LEADER.password },
  });
  const sessions = new Map<DemoOfficer, Session>();
  sessions.set(DEMO_LEADER, requireSession(core, made.session.token));
  for (const officer of DEMO_OFFICERS.filter((one) => one !== DEMO_LEADER)) {
    const { what, ...input } = officer;
    void what;
    const created = await call(core, sessions.get(DEMO_LEADER), 'officers.create', { ...input, roles: [...input.roles] });
    const opened = await call(core, undefined, 'session.open', { officer: created.id, password: officer.password });
    sessions.set(officer, requireSession(core, opened.token));
  }
  for (const code of DEMO_FLOWS.codes) {
    await call(core, sessions.get(DEMO_LEADER), 'procedures.save', { code, entry: { flow: DEMO_FLOWS.flow.map((step) => ({ ...step })) }, reason: 'Quy trình nội bộ của xã' });
  }
  for (const dossier of DEMO_DOSSIERS) await tell(core, clock, sessions, dossier, nowMs);
}

async function tell(core: DemoCore, clock: DemoClock, sessions: ReadonlyMap<DemoOfficer, Session>, dossier: DemoDossier, nowMs: number): Promise<void> {
  const receivedAt = officeInstant(workingDayBefore(officeDate(nowMs), dossier.daysAgo), minuteOf(dossier.time));
  clock.moveTo(receivedAt);
  const [receptionist, processor] = [sessions.get(DEMO_OFFICERS[0]), sessions.get(DEMO_OFFICERS[1])];
  const { dossier: received, job } = await call(core, receptionist, 'dossiers.receive', receiveInput(dossier, receivedAt));
  if (job) {
    const outcomes = job.copies.map(({ copy }) => ({ copy, outcome: 'printed' as const }));
    await call(core, receptionist, 'printing.report', { job: job.id, idempotencyKey: randomUUID(), outcomes });
  }
  const act = async (session: Session | undefined, minutesLater: number, what: DossierActInput) => {
    clock.moveTo(clock.wallMs() + minutesLater * 60_000);
    return call(core, session, 'dossiers.act', { id: received.id, idempotencyKey: randomUUID(), act: what });
  };
  if (dossier.until === 'received') return;
  await act(processor, 6, { act: 'take' });
  if (dossier.until === 'taken') return;
  if (dossier.until === 'supplement') {
    await act(processor, 4, { act: 'requestSupplement', papers: ['Giấy chứng sinh'], reason: 'Chưa có Giấy chứng sinh của cháu.' });
    return;
  }
  await act(processor, 9, { act: 'finish', result: { summary: dossier.result ?? 'Kết quả giải quyết', date: officeDate(clock.wallMs()), signer: DEMO_LEADER.name } });
  if (dossier.until === 'returned') await act(receptionist, 5, handOver(received));
}

function receiveInput(dossier: DemoDossier, openedAt: number): InputOf<'dossiers.receive'> {
  const { person, procedureCode, request, fields = {}, documents = [], papers = [], workingDays } = dossier;
  return {
    idempotencyKey: randomUUID(),
    openedAt, procedureCode, request, fields, documents,
    owner: { type: 'individual', idKind: 'citizenId', sex: Number(person.idNumber[3]) % 2 === 0 ? 'male' : 'female', source: 'typed', ...person },
    papers: [
      ...papers.map((name) => ({ name, original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true })),
      { name: 'Căn cước hoặc hộ chiếu', original: 0, certified: 0, photo: 0, seen: true, missing: false, compulsory: true },
    ],
    ...(workingDays === undefined ? {} : { appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: workingDays }, reason: 'Theo văn bản của thủ tục' } as const }),
  };
}

function handOver({ content }: DossierView): DossierActInput {
  return { act: 'handOver', receiver: content.owner, receiverIs: 'owner', how: 'counter', shown: 'Đưa giấy hẹn, xem căn cước', despiteConflicts: [] };
}

async function call<N extends CallName>(core: DemoCore, session: Session | undefined, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const answer = await core.dispatch(name, input, session);
  assert(answer.ok, `the practice office: ${name} answers ${answer.ok ? '' : JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<N>;
}

function requireSession(core: DemoCore, token: string): Session {
  const session = core.sessionOf(token);
  assert(session, 'a session that was just opened');
  return session;
}

function workingDayBefore(today: IsoDate, days: number): IsoDate {
  let date = today;
  for (let left = days; left > 0; ) {
    date = addDays(date, -1);
    if (weekday(date) !== 0 && weekday(date) !== 6) left -= 1;
  }
  return date;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

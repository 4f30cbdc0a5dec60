import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ErrorCode, WireError } from '../../src-shared/contract/errors.ts';
import type { OfficeState, SessionView } from '../../src-shared/contract/office.api.ts';
import type { Role } from '../../src-shared/domain/officers/officer.ts';
import { officeDate, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { setFormOfAddress } from '../text/t.ts';
import { callCore, changeTurn, onReachableChange, onRefusal, readTurn, reportReachable } from './core-client.ts';
import { onCoreEvent, startCoreEvents, stopCoreEvents, tellConnected } from './core-events.ts';

/**
 * Who works at this desk and what stands between them and the screen. `locked` and `lost` (the core was restarted and
 * forgot the session) lie over the screen, which stays as it was; `signIn` and `setUp` have no screen below.
 */
export type Gate = 'starting' | 'setUp' | 'signIn' | 'open' | 'locked' | 'lost';

export type StorageFault = 'storage.full' | 'storage.readOnly' | 'storage.damaged' | 'storage.newer';

export interface DeskSession {
  readonly gate: Gate;
  readonly session: SessionView | undefined;
  /** The core's last answer about office and desk; `office.office` is null until somebody signed in since its start. */
  readonly office: OfficeState | undefined;
  /** What the machine's clock must be moved by to give the office's time. */
  readonly clockCorrectionMs: number;
  readonly isReachable: boolean;
  readonly fault: StorageFault | undefined;
  /** The officer put the question "Hôm nay là …?" aside; it comes back when a call needs the answer. */
  readonly isDateQuestionAside: boolean;
  /** A number was wanted and every reserve is used. */
  readonly needsToken: boolean;
}

const PROBE_MS = 1_000;

const deskSession = createStore<DeskSession>(() => ({
  gate: 'starting', session: undefined, office: undefined, clockCorrectionMs: 0, isReachable: true, fault: undefined,
  isDateQuestionAside: false, needsToken: false,
}));

export function useDeskSession<Part>(select: (state: DeskSession) => Part): Part {
  return useStore(deskSession, select);
}

export function readDeskSession(): DeskSession {
  return deskSession.getState();
}

export function onDeskSession(listener: (state: DeskSession) => void): () => void {
  return deskSession.subscribe(listener);
}

/** The office's time now, UTC milliseconds: what papers and rules go by, whatever the machine's clock says. */
export function deskNowMs(): number {
  return Date.now() + deskSession.getState().clockCorrectionMs;
}

export function deskToday(): IsoDate {
  return officeDate(deskNowMs());
}

/** True when the officer who works here has one of the roles. Only for what is shown: the core judges every call itself. */
export function useHasRole(...roles: readonly Role[]): boolean {
  return useDeskSession((state) => state.session?.roles.some((role) => roles.includes(role)) ?? false);
}

/** Asks the core what this desk is and follows from then on what happens to it. Once per page. */
export function startDeskSession(): void {
  onReachableChange((isReachable) => {
    deskSession.setState({ isReachable });
    if (!isReachable) void probeUntilReachable();
  });
  onRefusal(noteRefusal);
  onCoreEvent((event) => {
    if (event.type === 'office' || event.type === 'connected') {
      void loadOffice();
      void refreshRoles();
    }
    if (event.type === 'session') {
      // The core ends the stream after these words: no lost connection, and nothing to tell before somebody signs in.
      stopCoreEvents();
      void checkSession();
    }
  });
  void begin();
}

async function begin(): Promise<void> {
  const office = await loadOffice();
  if (office === undefined) {
    // The core is still starting, or its folder has a fault that the refusal has already put on the screen.
    setTimeout(() => void begin(), PROBE_MS);
    return;
  }
  if (office.state === 'setup') deskSession.setState({ gate: 'setUp' });
  else await checkSession();
}

/** Asks again for office and desk: names, numbering, clock, who may sign in. */
export async function loadOffice(): Promise<OfficeState | undefined> {
  const answer = await callCore('office.get', {});
  if (!answer.ok) return undefined;
  const office = answer.value;
  deskSession.setState(office.office === null ? { office } : { office, clockCorrectionMs: office.office.businessNow - Date.now() });
  return office;
}

/** After sign-in, unlock or set-up. The same officer comes back to the screen as it was left. */
export function enterDesk(session: SessionView): void {
  const wasAway = deskSession.getState().session !== undefined;
  changeTurn();
  setFormOfAddress(session.officer?.formOfAddress ?? 'anh/chị');
  deskSession.setState({ gate: 'open', session, isDateQuestionAside: false, needsToken: false });
  if (!session.recovery) startCoreEvents();
  void loadOffice();
  if (wasAway) tellConnected();
}

/** Locks at once on the screen; the core hears of it as soon as it answers. */
export function lockDesk(): void {
  if (deskSession.getState().gate !== 'open') return;
  deskSession.setState({ gate: 'locked' });
  void callCore('session.lock', {});
}

/** Unsent work and drafts stay with the desk. */
export async function signOut(): Promise<void> {
  stopCoreEvents();
  await callCore('session.close', {});
  changeTurn();
  deskSession.setState({ gate: 'signIn', session: undefined });
  setFormOfAddress('anh/chị');
  await loadOffice();
}

/** The set-up made nothing to work on yet (a joined desk), or found the desk already set up: somebody signs in. */
export async function goToSignIn(): Promise<void> {
  await loadOffice();
  changeTurn();
  deskSession.setState({ gate: 'signIn', session: undefined });
}

export function putDateQuestionAside(): void {
  deskSession.setState({ isDateQuestionAside: true });
}

export function tokenPicked(): void {
  deskSession.setState({ needsToken: false });
}

/** The officer made room or opened the folder: back to the screen, where the work still stands. */
export function leaveStorageFault(): void {
  deskSession.setState({ fault: undefined });
  void loadOffice();
}

/** Who the core says works here. An answer that somebody's sign-in or leaving has overtaken would close an open desk, or open a left one. */
async function checkSession(): Promise<void> {
  const asked = readTurn();
  const answer = await callCore('session.current', {});
  if (asked !== readTurn()) return checkSession();
  if (!answer.ok) return;
  const { gate, session: known } = deskSession.getState();
  const { session, locked } = answer.value;
  if (session === null) {
    if (gate === 'open' || gate === 'locked') deskSession.setState({ gate: 'lost' });
    if (gate === 'starting') deskSession.setState({ gate: 'signIn' });
  } else if (locked) {
    // A locked session brings no key; what this page knows of the same officer stays for what is still on its way.
    deskSession.setState({ gate: 'locked', session: known?.officer?.id === session.officer?.id ? known : session });
  } else if (gate === 'locked') {
    // Locked here while the core was away: it hears of it now. Only the password opens this screen.
    void callCore('session.lock', {});
  } else if (gate !== 'open' || known?.officer?.id !== session.officer?.id) {
    enterDesk(session);
  }
}

/** Roles change while somebody works here: given, taken away, lent for some days. */
async function refreshRoles(): Promise<void> {
  const answer = await callCore('session.current', {});
  if (!answer.ok || answer.value.session === null || answer.value.locked) return;
  const { gate, session: known } = deskSession.getState();
  if (gate === 'open' && known?.token === answer.value.session.token) deskSession.setState({ session: answer.value.session });
}

/** What a refusal says about the whole desk; every other refusal concerns the screen that asked, and that screen shows it. */
const EFFECTS: Readonly<Partial<Record<ErrorCode, (gate: Gate) => void>>> = {
  'session.locked': (gate) => {
    if (gate === 'open') deskSession.setState({ gate: 'locked' });
  },
  'session.required': (gate) => {
    if (gate === 'open' || gate === 'locked') deskSession.setState({ gate: 'lost' });
  },
  'desks.dateQuestionOpen': () => {
    deskSession.setState({ isDateQuestionAside: false });
    void loadOffice();
  },
  'numbers.noSeries': () => deskSession.setState({ needsToken: true }),
  'storage.full': () => deskSession.setState({ fault: 'storage.full' }),
  'storage.readOnly': () => deskSession.setState({ fault: 'storage.readOnly' }),
  'storage.damaged': () => deskSession.setState({ fault: 'storage.damaged' }),
  'storage.newer': () => deskSession.setState({ fault: 'storage.newer' }),
};

/** Of the session only what was asked in it: the core may refuse late what a screen asked before the sign-in. */
function noteRefusal(error: WireError, isOvertaken: boolean): void {
  if (isOvertaken && error.code.startsWith('session.')) return;
  EFFECTS[error.code]?.(deskSession.getState().gate);
}

let isProbing = false;

/** For whoever found the core away by other means than a call: probes it, and answers when it is there. */
export function reachableAgain(): Promise<void> {
  return new Promise((resolve) => {
    const stop = onReachableChange((isReachable) => {
      if (!isReachable) return;
      stop();
      resolve();
    });
    reportReachable(false);
  });
}

/** While nobody answers: asks once a second, so that the strip goes away by itself and a forgotten session is noticed. */
async function probeUntilReachable(): Promise<void> {
  if (isProbing) return;
  isProbing = true;
  while (!deskSession.getState().isReachable) {
    await new Promise((resolve) => { setTimeout(resolve, PROBE_MS); });
    await callCore('office.get', {});
  }
  isProbing = false;
  const { gate } = deskSession.getState();
  if (gate === 'setUp' || gate === 'starting') return;
  await loadOffice();
  await checkSession();
  if (deskSession.getState().gate === 'open') startCoreEvents();
}

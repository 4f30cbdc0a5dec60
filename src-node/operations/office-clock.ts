import { adoptHlc, createTrustedClock, nextHlc, type Hlc, type TrustedTime } from '../../src-shared/lib/hlc.ts';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { DAY_MS, officeDate, type IsoDate } from '../../src-shared/lib/office-time.ts';

/**
 * The desk's time (design §2): stamps for operations, the business date, and the one question "Hôm nay là …?" when the
 * machine's clock cannot be believed. It never stops work and never moves what is printed.
 */
export interface OfficeClock {
  /** The stamp and dates of the next operation. */
  stamp(): { readonly at: Hlc; readonly wall: number; readonly businessDate: IsoDate };
  /** The office's time now in UTC milliseconds: the machine's clock plus what the officer corrected. */
  nowMs(): number;
  businessDate(): IsoDate;
  adopt(received: Hlc): void;
  /** Why the date must be asked, or null. Looks at the clock each time. */
  question(): DateQuestion | null;
  /** Goes by the officer's word at once. Answers the way back, for when the word could not be written down. */
  confirm(date: IsoDate, verified: boolean): () => void;
  /**
   * A server has told its time. It may confirm what this desk goes by, never change it: within a day of it and of the same date,
   * the date counts as verified and the trusted estimate goes on from there. Answers whether it did; more than a day away, one
   * of the two is wrong and nobody here can tell which, so the desk goes on as before.
   */
  verify(serverMs: number): boolean;
  /** True while the date in use was typed after a fault and nobody confirmed it. */
  readonly unverified: boolean;
  /** What must be written down to go on after a restart. */
  anchor(): ClockAnchor;
}

export type DateQuestionCause = 'earlierThanLastOperation' | 'earlierThanProgram' | 'jumped' | 'outsideBounds';

export interface DateQuestion {
  readonly cause: DateQuestionCause;
  readonly machineDate: IsoDate;
  readonly lastDate: IsoDate | null;
}

export interface ClockAnchor extends TrustedTime {
  /** Whole days between the machine's date and the date the officer confirmed, in milliseconds. */
  readonly correctionMs: number;
  readonly unverified: boolean;
}

export interface OfficeClockDep {
  readonly clock: Clock;
  readonly anchor: ClockAnchor;
  readonly lastHlc: Hlc;
  /** The business date of the last own operation; null on a new desk. */
  readonly lastBusinessDate: IsoDate | null;
  /** When the program was built: no honest clock is earlier. UTC milliseconds. */
  readonly builtAtMs: number;
}

/** The anchor of a clock whose date somebody has just read and agreed to: corrected by whole days, trusted from now on. */
export function confirmedAnchor(clock: Clock, date: IsoDate, verified: boolean): ClockAnchor {
  const wallMs = clock.wallMs();
  const correctionMs = Date.parse(`${date}T00:00:00Z`) - Date.parse(`${officeDate(wallMs)}T00:00:00Z`);
  return { trustedMs: wallMs + correctionMs, wallMs, correctionMs, unverified: !verified };
}

/**
 * The wall clock may move by this much against the monotonic one, counted from the start or the last answer, before anybody
 * is asked (design §2). Small steps add up.
 */
const JUMP_MS = DAY_MS;
/** A server further away than this confirms nothing. */
const VERIFIED_WITHIN_MS = DAY_MS;

export function createOfficeClock(dep: OfficeClockDep): OfficeClock {
  const { clock } = dep;
  let anchor = dep.anchor;
  let trusted = createTrustedClock(clock, anchor);
  let last = dep.lastHlc;
  let lastDate = dep.lastBusinessDate;
  let openCause: DateQuestionCause | null = trusted.startedWithinBounds ? null : 'outsideBounds';
  let believed = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };

  const nowMs = () => clock.wallMs() + anchor.correctionMs;
  const findCause = (): DateQuestionCause | null => {
    const driftMs = clock.wallMs() - believed.wallMs - (clock.monotonicMs() - believed.monotonicMs);
    if (Math.abs(driftMs) > JUMP_MS) return 'jumped';
    if (nowMs() < dep.builtAtMs) return 'earlierThanProgram';
    return lastDate !== null && officeDate(nowMs()) < lastDate ? 'earlierThanLastOperation' : null;
  };

  return {
    stamp: () => {
      const wall = clock.wallMs();
      last = nextHlc(last, wall, trusted.nowMs());
      lastDate = officeDate(wall + anchor.correctionMs);
      return { at: last, wall, businessDate: lastDate };
    },
    nowMs,
    businessDate: () => officeDate(nowMs()),
    adopt: (received) => {
      last = adoptHlc(last, received, trusted.nowMs());
    },
    question: () => {
      openCause ??= findCause();
      return openCause && { cause: openCause, machineDate: officeDate(clock.wallMs()), lastDate };
    },
    confirm: (date, verified) => {
      const before = { anchor, trusted, last, lastDate, openCause, believed };
      anchor = confirmedAnchor(clock, date, verified);
      trusted = createTrustedClock(clock, anchor);
      believed = { wallMs: anchor.wallMs, monotonicMs: clock.monotonicMs() };
      openCause = null;
      // The officer's word stands even when it is earlier than what the broken clock wrote before.
      lastDate = date;
      return () => {
        ({ anchor, trusted, last, lastDate, openCause, believed } = before);
      };
    },
    verify: (serverMs) => {
      const isOpen = openCause !== null || findCause() !== null;
      if (isOpen || Math.abs(serverMs - nowMs()) > VERIFIED_WITHIN_MS || officeDate(serverMs) !== officeDate(nowMs())) return false;
      anchor = { trustedMs: serverMs, wallMs: clock.wallMs(), correctionMs: anchor.correctionMs, unverified: false };
      trusted = createTrustedClock(clock, anchor);
      return true;
    },
    get unverified() {
      return anchor.unverified;
    },
    anchor: () => ({ ...anchor, trustedMs: trusted.nowMs(), wallMs: clock.wallMs() }),
  };
}

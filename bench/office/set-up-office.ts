import path from 'node:path';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { composeCore, type Core } from '../../src-main/core/compose-core.ts';
import { DEMO_OFFICE } from '../../src-main/core/demo/demo-accounts.ts';
import { call } from './core-calls.ts';

export const BENCH_PASSWORD = 'mot-cua-do-toc-do';

/** A clock that is told the time: years of office work are written in minutes. */
export interface SetClock extends Clock {
  moveTo(utcMs: number): void;
}

export function createSetClock(startMs: number): SetClock {
  let nowMs = startMs;
  return {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    moveTo: (utcMs) => {
      assert(utcMs >= nowMs, 'office time does not go back');
      nowMs = utcMs;
    },
  };
}

/** Goes on from an instant of the office, as fast as real time. */
export function createRunningClock(startMs: number): Clock {
  const begun = performance.now();
  const elapsedMs = () => Math.floor(performance.now() - begun);
  return { wallMs: () => startMs + elapsedMs(), monotonicMs: elapsedMs };
}

/** `rendererDir` only where a browser will look at it. */
export function openOffice(folder: string, clock: Clock, rendererDir: string | null = null): Core {
  const core = composeCore({ dataDir: path.join(folder, 'data'), stateDir: path.join(folder, 'state'), demo: false, rendererDir, clock, builtAtMs: 0 });
  assert(core.ok, `the office does not open: ${JSON.stringify(core)}`);
  return core.value;
}

/** A new office with one officer who may do everything; answers that officer. */
export async function setUpOffice(core: Core, clock: Clock): Promise<string> {
  const { session } = await call(core, undefined, 'office.setup', {
    ...DEMO_OFFICE,
    confirmedDate: officeDate(clock.wallMs()),
    administrator: { name: 'Đặng Văn Lâm', title: 'Giám đốc Trung tâm', formOfAddress: 'anh', roles: ['admin', 'reception', 'processing', 'leader'], password: BENCH_PASSWORD },
  });
  assert(session.officer, 'the first officer is signed in');
  return session.officer.id;
}

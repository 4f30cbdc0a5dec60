/** A core that dies is started again; one that dies again and again is a fault that somebody must look at. */
export interface RestartPolicy {
  /** The core ended unasked at this time. Milliseconds to wait before the next start; undefined: no more by itself. */
  failed(nowMs: number): number | undefined;
  /** Somebody has done something about it and wants another try. */
  reset(): void;
}

const WAITS_MS = [0, 250, 1_000, 3_000] as const;
/** Failures further apart than this have nothing to do with each other. */
const WINDOW_MS = 60_000;

export function createRestartPolicy(): RestartPolicy {
  let failures: readonly number[] = [];
  return {
    failed: (nowMs) => {
      failures = [...failures.filter((at) => nowMs - at < WINDOW_MS), nowMs];
      return WAITS_MS[failures.length - 1];
    },
    reset: () => {
      failures = [];
    },
  };
}

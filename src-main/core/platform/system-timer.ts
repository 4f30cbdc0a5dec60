/** Runs something once after a while; answers the way to call it off. */
export type Timer = (ms: number, run: () => void) => () => void;

/** The machine's own timers. They keep no program alive that is about to end. */
export const systemTimer: Timer = (ms, run) => {
  const timeout = setTimeout(run, ms);
  timeout.unref();
  return () => clearTimeout(timeout);
};

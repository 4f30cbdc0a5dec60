/** Time as the link knows it: milliseconds since it was opened. Tests move one by hand. */
export interface LinkTime {
  nowMs(): number;
  /** Runs it then, or now where that has passed; the answer takes it back. */
  at(ms: number, run: () => void): () => void;
}

export function realLinkTime(): LinkTime {
  const begun = performance.now();
  const nowMs = () => performance.now() - begun;
  return {
    nowMs,
    at: (ms, run) => {
      const timer = setTimeout(run, Math.max(0, ms - nowMs()));
      return () => clearTimeout(timer);
    },
  };
}

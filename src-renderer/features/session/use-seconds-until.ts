import { useEffect, useState } from 'react';

/** Whole seconds until an instant of the machine's clock (UTC milliseconds), counted down; 0 when it has passed or is none. */
export function useSecondsUntil(untilMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const seconds = untilMs === undefined ? 0 : Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
  useEffect(() => {
    setNowMs(Date.now());
    if (untilMs === undefined || untilMs <= Date.now()) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [untilMs]);
  return seconds;
}

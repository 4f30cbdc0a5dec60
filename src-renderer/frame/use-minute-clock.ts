import { useEffect, useState } from 'react';
import { MINUTE_MS } from '../../src-shared/lib/office-time.ts';

/** The present time, renewed at every full minute: what the clock of the key bar and due times need. */
export function useMinuteClock(readNowMs: () => number): number {
  const [nowMs, setNowMs] = useState(readNowMs);
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(readNowMs()), MINUTE_MS - (readNowMs() % MINUTE_MS));
    return () => clearTimeout(timer);
  }, [nowMs, readNowMs]);
  return nowMs;
}

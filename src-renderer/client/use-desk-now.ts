import { useEffect, useState } from 'react';
import { MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { deskNowMs } from './desk-session.ts';

/** The office's time, renewed at every full minute: what due times are compared with, so that "quá hạn" is never stored. */
export function useDeskNow(): number {
  const [nowMs, setNowMs] = useState(deskNowMs);
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(deskNowMs()), MINUTE_MS - (deskNowMs() % MINUTE_MS));
    return () => clearTimeout(timer);
  }, [nowMs]);
  return nowMs;
}

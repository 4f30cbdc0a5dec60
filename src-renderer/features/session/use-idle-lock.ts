import { useEffect, useRef } from 'react';

const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
const CHECK_MS = 5_000;
const TELL_MS = 10_000;

/**
 * Locks after this many minutes without a key or a touch. Windows of the same officer tell each other that somebody is
 * there, because they share one session and one lock.
 */
export function useIdleLock(minutes: number, lock: () => void): void {
  const latest = useRef(lock);
  latest.current = lock;
  useEffect(() => {
    let lastMs = Date.now();
    let toldMs = 0;
    const channel = new BroadcastChannel('motcua.activity');
    const onLife = () => {
      lastMs = Date.now();
      if (lastMs - toldMs < TELL_MS) return;
      toldMs = lastMs;
      channel.postMessage(null);
    };
    channel.onmessage = () => {
      lastMs = Date.now();
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, onLife, { capture: true, passive: true });
    // Looked at now and then instead of one long timer: a machine that slept must lock as it wakes.
    const timer = setInterval(() => {
      if (Date.now() - lastMs >= minutes * 60_000) latest.current();
    }, CHECK_MS);
    return () => {
      clearInterval(timer);
      channel.close();
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, onLife, { capture: true });
    };
  }, [minutes]);
}

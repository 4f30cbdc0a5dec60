import { networkInterfaces } from 'node:os';
import type { Timer } from './system-timer.ts';

const LOOK_MS = 10_000;

/** Tells when the machine has an address that it did not have before. Answers the way to call it off. */
export function watchNetwork(timer: Timer, onReachable: () => void, addresses: () => readonly string[] = listAddresses): () => void {
  let known = new Set(addresses());
  let cancel: () => void = () => undefined;
  const look = () => {
    const now = addresses();
    if (now.some((address) => !known.has(address))) onReachable();
    known = new Set(now);
    cancel = timer(LOOK_MS, look);
  };
  cancel = timer(LOOK_MS, look);
  return () => cancel();
}

function listAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).filter(({ internal }) => !internal).map(({ address }) => address));
}

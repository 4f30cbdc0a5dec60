import type { CoreEvent } from '../../../src-shared/contract/contract.ts';

/** What changed, told to every open screen. Events carry no content, so a slow or absent listener loses nothing. */
export interface EventHub {
  announce(event: CoreEvent): void;
  /** Returns the way to stop listening. */
  listen(listener: (event: CoreEvent) => void): () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<(event: CoreEvent) => void>();
  return {
    announce: (event) => {
      for (const listener of listeners) listener(event);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

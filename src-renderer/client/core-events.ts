import type { CoreEvent } from '../../src-shared/contract/contract.ts';
import { reportReachable } from './core-client.ts';

/** What the core says has changed, for every screen that shows it. `reconnected`: anything may have changed meanwhile. */
export type ScreenEvent = CoreEvent | { readonly type: 'reconnected' };

const listeners = new Set<(event: ScreenEvent) => void>();
let source: EventSource | undefined;

export function onCoreEvent(listener: (event: ScreenEvent) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Listens from sign-in to sign-out; the browser reconnects by itself. */
export function startCoreEvents(): void {
  if (source) return;
  let wasLost = false;
  source = new EventSource('/api/events');
  source.onmessage = (message: MessageEvent<string>) => tell(JSON.parse(message.data) as CoreEvent);
  source.onerror = () => {
    wasLost = true;
    reportReachable(false);
  };
  source.onopen = () => {
    reportReachable(true);
    if (wasLost) tell({ type: 'reconnected' });
    wasLost = false;
  };
}

export function stopCoreEvents(): void {
  source?.close();
  source = undefined;
}

function tell(event: ScreenEvent): void {
  for (const listener of listeners) listener(event);
}

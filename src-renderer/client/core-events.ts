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

let wasLost = false;

/**
 * Listens from sign-in to sign-out. The browser reconnects by itself, except after a refusal (the core forgot the session):
 * then this is called again once somebody has signed in.
 */
export function startCoreEvents(): void {
  if (source !== undefined && source.readyState !== EventSource.CLOSED) return;
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
  wasLost = false;
}

/** Every screen asks again, as after a lost connection: answers refused meanwhile (a locked desk) were not true answers. */
export function tellReconnected(): void {
  tell({ type: 'reconnected' });
}

function tell(event: ScreenEvent): void {
  for (const listener of listeners) listener(event);
}

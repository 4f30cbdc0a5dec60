import type { CoreEvent } from '../../src-shared/contract/contract.ts';
import { reportReachable } from './core-client.ts';

/** What the core says has changed, for every screen that shows it. `connected`: anything may have changed before. */
export type ScreenEvent = CoreEvent | { readonly type: 'connected' };

const listeners = new Set<(event: ScreenEvent) => void>();
let source: EventSource | undefined;

export function onCoreEvent(listener: (event: ScreenEvent) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Listens from sign-in to sign-out. The browser reconnects by itself, except after a refusal (the core forgot the session):
 * then this is called again once somebody has signed in. The first connection is told like any later one: a screen may have
 * been answered before the core began to tell this page of changes.
 */
export function startCoreEvents(): void {
  if (source !== undefined && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource('/api/events');
  source.onmessage = (message: MessageEvent<string>) => tell(JSON.parse(message.data) as CoreEvent);
  source.onerror = () => reportReachable(false);
  source.onopen = () => {
    reportReachable(true);
    tellConnected();
  };
}

export function stopCoreEvents(): void {
  source?.close();
  source = undefined;
}

/** Every screen asks again, as after a lost connection: answers refused meanwhile (a locked desk) were not true answers. */
export function tellConnected(): void {
  tell({ type: 'connected' });
}

function tell(event: ScreenEvent): void {
  for (const listener of listeners) listener(event);
}

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { HOME, type Screen } from './screens.ts';

/**
 * Which screen is open. The browser's history holds the screens themselves, not addresses: nothing about a citizen ever
 * stands in an address or a history list, the same code works under app:// and http://, and a reload comes back to the
 * screen it left.
 */
interface RouterState {
  readonly screen: Screen;
  /** How many screens can be gone back. */
  readonly depth: number;
}

interface HistoryEntry {
  readonly motcua: RouterState;
}

const routerStore = createStore<RouterState>(() => ({ screen: HOME, depth: 0 }));

/** Reads the present history entry and follows the browser's own back and forward. Returns the way to stop. */
export function startRouter(target: Window): () => void {
  function follow(): void {
    const entry = target.history.state as Partial<HistoryEntry> | null;
    routerStore.setState(entry?.motcua ?? { screen: HOME, depth: 0 });
  }
  follow();
  target.addEventListener('popstate', follow);
  return () => target.removeEventListener('popstate', follow);
}

export function openScreen(screen: Screen): void {
  // It is open already: Esc must not come back to it from itself.
  if (JSON.stringify(screen) === JSON.stringify(routerStore.getState().screen)) return;
  const state: RouterState = { screen, depth: routerStore.getState().depth + 1 };
  window.history.pushState({ motcua: state } satisfies HistoryEntry, '');
  routerStore.setState(state);
}

/** Takes the place of the present screen, so that Esc does not come back to it (a form that was saved). */
export function replaceScreen(screen: Screen): void {
  const state: RouterState = { screen, depth: routerStore.getState().depth };
  window.history.replaceState({ motcua: state } satisfies HistoryEntry, '');
  routerStore.setState(state);
}

/** Esc: the screen before, and from the first one home. Home is the end: nobody wanders from it into what was done before. */
export function goBack(): void {
  const { depth, screen } = routerStore.getState();
  if (screen.name === HOME.name) return;
  if (depth > 0) window.history.back();
  else replaceScreen(HOME);
}

export function currentScreen(): Screen {
  return routerStore.getState().screen;
}

export function useScreen(): Screen {
  return useStore(routerStore, (state) => state.screen);
}

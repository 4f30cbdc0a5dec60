import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentScreen, goBack, openScreen, replaceScreen, startRouter } from '../../../src-renderer/router/router.ts';

/** A browser window as far as the router sees it: a history that can be gone back, and the event that tells of it. */
function fakeWindow() {
  const events = new EventTarget();
  const entries: unknown[] = [null];
  let at = 0;
  const history = {
    get state() {
      return entries[at];
    },
    pushState(state: unknown) {
      entries.splice(at + 1, entries.length, structuredClone(state));
      at += 1;
    },
    replaceState(state: unknown) {
      entries[at] = structuredClone(state);
    },
    back() {
      if (at === 0) throw new Error('left the program');
      at -= 1;
      events.dispatchEvent(new Event('popstate'));
    },
  };
  return {
    history,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  } as unknown as Window;
}

describe('the router', () => {
  let stop: () => void;
  beforeEach(() => {
    vi.stubGlobal('window', fakeWindow());
    stop = startRouter(window);
  });
  afterEach(() => {
    stop();
    vi.unstubAllGlobals();
  });

  it('goes back screen by screen and never out of the program', () => {
    openScreen({ name: 'dossiers', query: 'pao' });
    openScreen({ name: 'dossier', dossierId: 'd1' });
    expect(currentScreen()).toEqual({ name: 'dossier', dossierId: 'd1' });
    goBack();
    expect(currentScreen()).toEqual({ name: 'dossiers', query: 'pao' });
    goBack();
    expect(currentScreen()).toEqual({ name: 'today' });
    goBack();
    expect(currentScreen()).toEqual({ name: 'today' });
  });

  it('does not come back to a screen that was replaced', () => {
    openScreen({ name: 'receive' });
    replaceScreen({ name: 'received', dossierId: 'd1' });
    expect(currentScreen()).toEqual({ name: 'received', dossierId: 'd1' });
    goBack();
    expect(currentScreen()).toEqual({ name: 'today' });
  });

  it('comes back after a reload to the screen that was open, and from there to the one before', () => {
    openScreen({ name: 'sync' });
    openScreen({ name: 'settings' });
    stop();
    stop = startRouter(window);
    expect(currentScreen()).toEqual({ name: 'settings' });
    goBack();
    expect(currentScreen()).toEqual({ name: 'sync' });
  });
});

/** How a walk moves on one page: by the router, by keys, and never further before all is drawn. */
import { expect, type Page, type Request } from '@playwright/test';
import type { Screen } from '../../../src-renderer/router/screens.ts';

export interface VisitOptions {
  /** Something in it is drawn by lot or by the machine (a code, a port): nothing for a picture that must stay the same. */
  readonly isDrawnByLot?: boolean;
}

/** Looks at what is open now. */
export type Visit = (name: string, options?: VisitOptions) => Promise<void>;

/** Opens a screen as the router does, and anew if it is open already. */
export async function openScreen(page: Page, screen: Screen): Promise<void> {
  await page.evaluate(async ([home, there]) => {
    for (const one of [home, there]) {
      history.pushState({ motcua: { screen: one, depth: 1 } }, '');
      dispatchEvent(new PopStateEvent('popstate'));
      // The first one must be drawn, or the second would be what stood there before.
      await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); });
    }
  }, [{ name: screen.name === 'today' ? 'dossiers' : 'today' }, screen]);
  await settled(page);
}

/** What each page has asked and not been answered; the stream of events never ends. */
const asking = new WeakMap<Page, Set<Request>>();

/** To be called before the walk begins. */
export function watchQuestions(page: Page): void {
  const open = new Set<Request>();
  asking.set(page, open);
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/events')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
}

/** Everything that was asked for is answered and drawn. */
export async function settled(page: Page): Promise<void> {
  const drawn = () => page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); });
  });
  // An answer may bring further questions.
  await expect(async () => {
    await drawn();
    await drawn();
    expect(asking.get(page)?.size ?? 0).toBe(0);
  }).toPass();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

export const press = async (page: Page, key: string) => {
  await page.keyboard.press(key);
  await settled(page);
};

/** A part of a name of a place. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

import type { Page } from '@playwright/test';

/**
 * Waits for the first frame in which the page shows something of this selector, or nothing of it. Looks with every frame: a
 * locator looks at steps of up to half a second, which would be part of the figure.
 */
export async function waitForFrame(page: Page, selector: string, state: 'shown' | 'gone' = 'shown'): Promise<void> {
  const look = ([wanted, isWanted]: readonly [string, boolean]) => new Promise<true>((resolve) => {
    const again = () => ((document.querySelector(wanted) !== null) === isWanted ? resolve(true) : requestAnimationFrame(again));
    again();
  });
  // A page that says "Đang mở…" gives way to the application, and takes the question with it.
  while (!await page.evaluate(look, [selector, state === 'shown'] as const).catch(whenPageLeft));
}

function whenPageLeft(error: unknown): false {
  if (/context was destroyed/.test(String(error))) return false;
  throw error as Error;
}

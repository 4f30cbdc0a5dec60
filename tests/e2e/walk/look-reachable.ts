import type { Page } from '@playwright/test';

/** Presses between two looks at what was reached. */
const TABS_AT_ONCE = 8;
const TABS_MAX = 400;
const IDLE_MAX = 2;

/**
 * What can be used with the mouse and was not reached by Tab. In a list, a table or a group of choices one stop is enough: arrows go on
 * from there. What has a key on its cap is reached by that.
 */
export async function lookReachable(page: Page): Promise<readonly string[]> {
  await page.evaluate(() => {
    const walk = window as unknown as { reached?: Set<Element> };
    if (walk.reached === undefined) document.addEventListener('focusin', (event) => walk.reached?.add(event.target as Element), true);
    walk.reached = new Set();
    (document.activeElement as HTMLElement | null)?.blur();
  });
  let before = -1;
  let idle = 0;
  for (let presses = 0; presses < TABS_MAX; presses += TABS_AT_ONCE) {
    for (let index = 0; index < TABS_AT_ONCE; index += 1) await page.keyboard.press('Tab');
    const { count, missing } = await readMissing(page);
    // Round once: whole stretches of presses brought nothing new.
    idle = count === before ? idle + 1 : 0;
    if (missing.length === 0 || idle === IDLE_MAX) return missing;
    before = count;
  }
  return ['Tab never comes round'];
}

function readMissing(page: Page): Promise<{ readonly count: number; readonly missing: readonly string[] }> {
  return page.evaluate(() => {
    const { reached } = window as unknown as { reached: Set<Element> };
    const USABLE = 'a[href], button, input:not([type=hidden]), textarea, select, [role=button], [role=combobox], [role=option], [role=radio], [role=checkbox], [role=tab], [role=menuitem], [role=switch], tr[tabindex]';
    // Walked by arrows, whatever their parts say of Tab; in the others only what steps aside for one of its kind.
    const BY_ARROWS = '[role=listbox], [role=radiogroup], [role=tablist], [role=toolbar], [role=menu]';
    const BY_ONE_STOP = '[role=grid], [role=group], ul, ol, nav, fieldset';
    const top = document.querySelector('[role=dialog], [role=alertdialog]') ?? document;
    const isReached = (element: HTMLElement) => {
      if (reached.has(element) || [...element.querySelectorAll('*')].some((inner) => reached.has(inner))) return true;
      const holdsReached = (group: Element | null) => group !== null && (reached.has(group) || [...group.querySelectorAll('*')].some((inner) => reached.has(inner)));
      if (holdsReached(element.closest(BY_ARROWS)) || (element.tabIndex < 0 && holdsReached(element.closest(BY_ONE_STOP)))) return true;
      // The arrow of a pick list belongs to its field; an option to the field that lists it.
      const owner = element.id === '' ? null : document.querySelector(`[aria-controls="${element.closest('[role=listbox]')?.id ?? ''}"]`);
      return (owner !== null && reached.has(owner)) || (element.tabIndex < 0 && [...(element.closest('.input-box, .field, [data-picker]')?.querySelectorAll('*') ?? [])].some((inner) => reached.has(inner)));
    };
    const missing = [...top.querySelectorAll<HTMLElement>(USABLE)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled, [aria-disabled=true]') && element.closest('[inert], [aria-hidden=true]') === null)
      .filter((element) => !isReached(element))
      .map((element) => `not reached: ${element.tagName.toLowerCase()}.${element.className.toString().replaceAll(' ', '.')} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 50)}”`);
    return { count: reached.size, missing };
  });
}

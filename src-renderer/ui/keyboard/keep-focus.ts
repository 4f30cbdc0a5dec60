/** Long enough for a screen, a dialog or a lock to put the cursor where it belongs. */
const SETTLED_MS = 120;

/**
 * The cursor is never nowhere: when what had it is gone (a panel that closed, a button that went), the main area takes it,
 * so that Tab, F6 and a screen reader go on from the screen and not from the top of the window. Returns the way to stop.
 */
export function keepFocus(target: Document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    timer = undefined;
    if (target.activeElement !== null && target.activeElement !== target.body) return;
    if (target.querySelector('[role=dialog]') !== null) return;
    target.querySelector<HTMLElement>('main.main-area')?.focus({ preventScroll: true });
  }
  const observer = new MutationObserver(() => {
    if (timer === undefined && (target.activeElement === null || target.activeElement === target.body)) timer = setTimeout(look, SETTLED_MS);
  });
  observer.observe(target.body, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    if (timer !== undefined) clearTimeout(timer);
  };
}

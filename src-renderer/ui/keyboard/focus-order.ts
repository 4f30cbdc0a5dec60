/** Where Enter, Shift+Enter and F6 go. Works on what is in the page, so that a form needs no list of its fields. */

const FIELD = 'input:not([type=hidden]), textarea, select, [role=combobox], [data-picks], [data-enter-stop]';
const MAIN_ACTION = '[data-main-action]';

function isReachable(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || element.matches(':disabled, [aria-disabled=true]')) return false;
  return element.checkVisibility({ visibilityProperty: true });
}

/** A group of choices is one stop, also while nothing is chosen and every choice could take the focus. */
function isFurtherRadio(element: HTMLElement, before: HTMLElement | undefined): boolean {
  const group = element.closest('[role=radiogroup]');
  return group !== null && before !== undefined && group.contains(before);
}

/** The stops of a scope in reading order; the main action comes last wherever it stands. */
function enterStops(scope: ParentNode, skipsMachineFilled: boolean): readonly HTMLElement[] {
  const stops: HTMLElement[] = [];
  for (const element of scope.querySelectorAll<HTMLElement>(FIELD)) {
    if (!isReachable(element) || element.matches(MAIN_ACTION)) continue;
    if (skipsMachineFilled && element.closest('[data-auto]') !== null) continue;
    if (isFurtherRadio(element, stops.at(-1))) continue;
    stops.push(element);
  }
  const mainAction = scope.querySelector<HTMLElement>(MAIN_ACTION);
  if (mainAction !== null && isReachable(mainAction)) stops.push(mainAction);
  return stops;
}

/** Moves the cursor one stop on or back from where it is. False: there is no further stop. */
export function moveFocus(scope: ParentNode, from: Element | null, direction: 'next' | 'previous'): boolean {
  const all = enterStops(scope, false);
  const at = positionIn(all, from);
  const candidates = direction === 'next' ? all.slice(Math.floor(at) + 1) : all.slice(0, Math.ceil(at)).reverse();
  const next = candidates.find((stop) => direction === 'previous' || stop.closest('[data-auto]') === null);
  if (next === undefined) return false;
  focusStop(next);
  return true;
}

/** Puts the cursor on a stop and selects what a text field holds, so that typing replaces it. */
function focusStop(stop: HTMLElement): void {
  stop.focus();
  if (stop instanceof HTMLInputElement && /^(text|search|tel|password|)$/.test(stop.type)) stop.select();
  // The control of a box to tick or a choice is a hidden point; what people look at is around it.
  (stop.closest('.segments, label, .input-box') ?? stop).scrollIntoView({ block: 'nearest' });
}

/** The first field of a scope (a block, a screen) that is not filled by the machine. */
export function focusFirst(scope: ParentNode): boolean {
  const first = enterStops(scope, true)[0];
  if (first === undefined) return false;
  focusStop(first);
  return true;
}

/** The index of `from` among the stops; between two stops it is a half, so that both directions work from there. */
function positionIn(stops: readonly HTMLElement[], from: Element | null): number {
  if (from === null) return -0.5;
  const index = stops.findIndex((stop) => stop === from);
  if (index >= 0) return index;
  const before = stops.filter((stop) => !stop.matches(MAIN_ACTION) &&
    (stop.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0).length;
  return before - 0.5;
}

/** Goes to the next or previous block (`[data-block]`) of the main area: see focusBlock. */
export function moveBlock(main: ParentNode, from: Element | null, direction: 'next' | 'previous'): void {
  const blocks = [...main.querySelectorAll<HTMLElement>('[data-block]')].filter((block) => block.checkVisibility());
  if (blocks.length === 0) return;
  const at = blocks.findIndex((block) => from !== null && block.contains(from));
  const step = direction === 'next' ? 1 : -1;
  const start = at < 0 ? (direction === 'next' ? -1 : 0) : at;
  const block = blocks[(start + step + blocks.length) % blocks.length];
  if (block !== undefined) focusBlock(block);
}

/** The first field of a block, else its first button or the row of a list that has the cursor, else the block itself. */
export function focusBlock(block: HTMLElement): void {
  if (!focusFirst(block)) {
    const stop = block.querySelector<HTMLElement>('button:not(:disabled), a[href], tr[tabindex="0"]');
    (stop ?? block).focus();
  }
  block.scrollIntoView({ block: 'nearest' });
}

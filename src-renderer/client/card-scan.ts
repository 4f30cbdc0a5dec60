import { looksLikeCard, parseCardText, type CardPerson, type CardTextError } from '../../src-shared/domain/persons/card-text.ts';
import type { Result } from '../../src-shared/lib/result.ts';

/**
 * A scanner is a keyboard that types a card's text, whatever has the focus (ux.md §4). The first digits cannot be
 * told from typing, so they go where they go; with the first `|` it is a scan: whoever listens takes back what the digits
 * did (`begun`), the rest never reaches a field, and the whole text comes as one answer (`read`).
 */
export interface CardScanListener {
  /** A digit that may belong to a scan is about to be typed; remember what the form holds now. */
  readonly mayBegin?: () => void;
  /** It is a scan: put everything back as it was before the last so many digits. */
  readonly begun?: (digits: number) => void;
  readonly read: (scan: Result<CardPerson, CardTextError>) => void;
}

/** Nobody types an ID number and a `|` by hand, so speed is no mark of a scan; only a long pause parts two numbers. */
const PAUSE_MS = 3_000;
/** A scan without its closing Enter ends after so long a silence. */
const END_MS = 1_000;
const DIGITS_MAX = 12;
const CHARACTERS_MAX = 2_000;

export interface ScanReader {
  /** Gives true when the key belongs to a scan and must reach nothing else. */
  readonly onKey: (key: string, atMs: number) => boolean;
  readonly onSilence: () => void;
}

interface ScanTelling {
  readonly mayBegin: () => void;
  readonly begun: (text: string) => void;
  readonly ended: () => void;
}

/** The rule alone, without a clock of its own: times are those of the key events, in milliseconds. */
export function createScanReader(tell: ScanTelling): ScanReader {
  let digits = '';
  let lastMs = -Infinity;
  let isScan = false;

  function end(): void {
    digits = '';
    if (!isScan) return;
    isScan = false;
    tell.ended();
  }

  return {
    onKey(key, atMs) {
      if (isScan) {
        if (key === 'Enter' || key === 'Tab') end();
        return true;
      }
      // Shift, Alt and the like belong to the character that follows.
      if (key.length !== 1) {
        if (key === 'Enter' || key === 'Tab') digits = '';
        return false;
      }
      if (atMs - lastMs > PAUSE_MS) digits = '';
      lastMs = atMs;
      if (/^\d$/.test(key)) {
        digits = (digits + key).slice(-DIGITS_MAX);
        tell.mayBegin();
        return false;
      }
      isScan = key === '|' && looksLikeCard(`${digits}|`);
      if (isScan) tell.begun(`${digits}|`);
      else digits = '';
      return isScan;
    },
    onSilence: end,
  };
}

const listeners: CardScanListener[] = [];
let pending: CardPerson | undefined;
let isRunning = false;

/** While a scan is being read nothing else may take the focus. */
export function isScanRunning(): boolean {
  return isRunning;
}

/** The one who listens last is told: the screen on top. Returns the way to stop. */
export function onCardScan(listener: CardScanListener): () => void {
  listeners.push(listener);
  return () => void listeners.splice(listeners.indexOf(listener), 1);
}

/** Hands a card to the form that is about to open; a citizen's data never stand in the browser's history. */
export function keepScanForNextForm(person: CardPerson): void {
  pending = person;
}

export function takeKeptScan(): CardPerson | undefined {
  const person = pending;
  pending = undefined;
  return person;
}

/** Listens to keys and pasted text before any field does. Returns the way to stop. */
export function startCardScans(target: Window): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sink: Sink | undefined;
  const current = () => listeners.at(-1);
  const reader = createScanReader({
    mayBegin: () => current()?.mayBegin?.(),
    begun: (text) => {
      // First the sink: fields that lose the focus by it may still change, and are then put back with the rest.
      sink = openSink(target.document, text);
      isRunning = true;
      current()?.begun?.(text.length - 1);
    },
    ended: () => {
      const ended = sink;
      sink = undefined;
      isRunning = false;
      const text = ended?.close() ?? '';
      current()?.read(parseCardText(text));
    },
  });
  function waitForMore(): void {
    if (timer !== undefined) clearTimeout(timer);
    timer = sink === undefined ? undefined : setTimeout(reader.onSilence, END_MS);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (current() === undefined || event.ctrlKey || event.metaKey) return;
    const wasScan = sink !== undefined;
    const isTaken = reader.onKey(event.key, event.timeStamp);
    if (isTaken) {
      event.stopImmediatePropagation();
      // The characters of a scan go into the sink; the one that began it is there already, and Enter ends it.
      if (!wasScan || event.key === 'Enter' || event.key === 'Tab') event.preventDefault();
    }
    waitForMore();
  }
  function onInput(event: Event): void {
    if (sink === undefined || event.target !== sink.element) return;
    waitForMore();
  }
  /** What is drawn anew while a scan runs may ask for the focus; until the scan is over it does not get it. */
  function onFocusIn(event: FocusEvent): void {
    if (sink !== undefined && event.target !== sink.element) sink.element.focus();
  }
  function onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text') ?? '';
    const listener = current();
    if (listener === undefined || !looksLikeCard(text)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    listener.read(parseCardText(text));
  }
  target.addEventListener('keydown', onKeyDown, true);
  target.addEventListener('input', onInput, true);
  target.addEventListener('focusin', onFocusIn, true);
  target.addEventListener('paste', onPaste, true);
  return () => {
    target.removeEventListener('keydown', onKeyDown, true);
    target.removeEventListener('input', onInput, true);
    target.removeEventListener('focusin', onFocusIn, true);
    target.removeEventListener('paste', onPaste, true);
    if (timer !== undefined) clearTimeout(timer);
  };
}

interface Sink {
  readonly element: HTMLTextAreaElement;
  /** Gives all that was read. */
  readonly close: () => string;
}

/**
 * Takes the focus for the time of a scan, so that letters which come without keys of their own (Alt codes, Unicode packets,
 * a typing tool) are read too and reach no field.
 */
function openSink(page: Document, text: string): Sink {
  const element = page.createElement('textarea');
  element.className = 'visually-hidden';
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  element.value = text;
  const before = page.activeElement;
  page.body.append(element);
  element.focus();
  element.setSelectionRange(text.length, text.length);
  return {
    element,
    close() {
      const whole = element.value.slice(0, CHARACTERS_MAX);
      element.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      return whole;
    },
  };
}

/** Names of key combinations as they stand on key caps: `F2`, `Ctrl+K`, `Alt+1`, `Shift+F6`, `Esc`. */
export type KeyCombo = string;

export interface KeyLike {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/**
 * Keys that belong to the browser or to Unikey/EVKey (ux.md §4): Ctrl+Shift and Alt+Z switch the typing of Vietnamese.
 * They are never taken, whatever a screen asks for.
 */
const KEPT_AWAY: readonly RegExp[] = [/(^|\+)F(5|11|12)$/, /^Ctrl\+[NTW]$/, /^Ctrl\+Shift/, /^Alt\+Z$/];

/** Keys whose browser meaning (find bar, caret browsing, menu bar) would only startle, even where a screen has no use for them. */
const SILENCED: ReadonlySet<KeyCombo> = new Set(['F1', 'F2', 'F3', 'F6', 'Shift+F6', 'F7', 'F8', 'F9', 'F10', 'Ctrl+S']);

/** Other names of the same command. */
const ALIASES: Readonly<Record<string, KeyCombo>> = { 'Ctrl+S': 'F10' };

export function isKeptAway(combo: KeyCombo): boolean {
  return KEPT_AWAY.some((pattern) => pattern.test(combo));
}

export function isSilenced(combo: KeyCombo): boolean {
  return SILENCED.has(combo);
}

export function comboAlias(combo: KeyCombo): KeyCombo {
  return ALIASES[combo] ?? combo;
}

/** The combination of a keyboard event. Letters and digits go by the physical key when Ctrl or Alt is held, so that a typing tool cannot change them. */
export function comboOf(event: KeyLike): KeyCombo {
  const isCommand = event.ctrlKey || event.altKey || event.metaKey;
  let key = event.key;
  if (isCommand && /^Key[A-Z]$/.test(event.code)) key = event.code.slice(3);
  else if (isCommand && /^Digit\d$/.test(event.code)) key = event.code.slice(5);
  else if (isCommand && /^Numpad\d$/.test(event.code)) key = event.code.slice(6);
  else if (key === 'Escape') key = 'Esc';
  else if (key === 'Delete') key = 'Del';
  else if (key.length === 1) key = key.toUpperCase();
  return [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta', key]
    .filter((part) => part !== false)
    .join('+');
}

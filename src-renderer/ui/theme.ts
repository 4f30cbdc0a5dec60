/** The whole look, in order: tokens, then what is built on them. */
import './tokens.css';
import './css/fonts.css';
import './css/base.css';
import './css/controls.css';
import './css/fields.css';
import './css/chips.css';
import './css/cards.css';
import './css/table.css';
import './css/overlays.css';
import './css/frame.css';
import './css/entry.css';
import './css/gate.css';

export type TextSize = '100' | '115' | '130';

/** The officer's text size in per cent; at 130 a screen of 1366 px takes the narrow layout. */
export function setTextSize(size: TextSize): void {
  document.documentElement.dataset['textSize'] = size;
}

const KEPT_SIZE = 'motcua.textSize';

/** Sets the size and keeps it for this machine. */
export function keepTextSize(size: TextSize): void {
  localStorage.setItem(KEPT_SIZE, size);
  setTextSize(size);
}

export function keptTextSize(): TextSize {
  const kept = localStorage.getItem(KEPT_SIZE);
  return kept === '115' || kept === '130' ? kept : '100';
}

import { create } from 'qrcode/lib/core/qrcode.js';
import { html, type Html } from './html.ts';

/** Modules of white that a reader needs around a symbol. */
const QUIET_MODULES = 4;

/**
 * A QR symbol (level M) as inline SVG, black runs only, one unit per module. The quiet zone above and below is part of
 * the picture; at the sides the form leaves it, so that the symbol can stand flush with the text. Throws when the text
 * is empty or longer than a QR symbol can hold.
 */
export function qrSvg(text: string, label: string, className = 'qr'): Html {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    let start = -1;
    for (let column = 0; column <= modules.size; column += 1) {
      const dark = column < modules.size && modules.get(row, column) === 1;
      if (dark && start < 0) start = column;
      if (!dark && start >= 0) {
        runs.push(`M${start} ${row}h${column - start}v1h-${column - start}z`);
        start = -1;
      }
    }
  }
  return html`<svg class="${className}" role="img" aria-label="${label}" viewBox="0 -${QUIET_MODULES} ${modules.size} ${modules.size + 2 * QUIET_MODULES}" shape-rendering="crispEdges"><path d="${runs.join('')}"/></svg>`;
}

import { create } from 'qrcode/lib/core/qrcode.js';
import { html, type Html } from './html.ts';

/** Modules of white that a reader needs around a symbol. */
const QUIET_MODULES = 4;

/** The black runs of a QR symbol (level M), one unit per module. Throws when the text is empty or longer than a symbol can hold. */
export function qrPath(text: string): { readonly path: string; readonly size: number } {
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
  return { path: runs.join(''), size: modules.size };
}

/**
 * A QR symbol as inline SVG. The quiet zone above and below is part of the picture; at the sides the form leaves it, so that the symbol
 * can stand flush with the text. Throws as `qrPath` does.
 */
export function qrSvg(text: string, label: string, className = 'qr'): Html {
  const { path, size } = qrPath(text);
  return html`<svg class="${className}" role="img" aria-label="${label}" viewBox="0 -${QUIET_MODULES} ${size} ${size + 2 * QUIET_MODULES}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}

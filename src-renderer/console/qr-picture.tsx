import { useMemo } from 'react';
import { qrPath } from '../../src-shared/forms/paper/qr-svg.ts';

/** A QR symbol with its quiet zone, black on white whatever the page's colours are. */
export function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => qrPath(text), [text]);
  return <svg className="console-qr" role="img" aria-label={label} viewBox={`-4 -4 ${size + 8} ${size + 8}`} shapeRendering="crispEdges"><path d={path} /></svg>;
}

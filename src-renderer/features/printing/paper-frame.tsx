import { useEffect, useRef, type Ref } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { PageFrame } from '../../ui/page-frame.tsx';

/** Puts the paper in the frame on the printer; false while it is not loaded yet. */
export interface PaperFrameHandle {
  readonly print: () => boolean;
}

interface PaperFrameProps {
  readonly job: PrintJobView;
  readonly ref: Ref<PaperFrameHandle>;
  readonly onLoad: () => void;
}

/** So wide the paper's own styles draw a sheet in its real size with the margin of the desk around it. */
const PAGE_WIDTH_PX = { A5: 600, A4: 830 } as const;

/** The paper itself, drawn small. The very document that is shown goes to the printer. */
export function PaperFrame({ job, ref, onLoad }: PaperFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isLoaded = useRef(false);
  const source = addressOf(job);
  // Another sheet is not there before it has come.
  useEffect(() => () => { isLoaded.current = false; }, [source]);
  useEffect(() => {
    const handle: PaperFrameHandle = {
      print() {
        // A paper that could not be loaded leaves the browser's own error page in the frame, which is not ours to print.
        if (!isLoaded.current || frame.current?.contentDocument == null) return false;
        frame.current.contentWindow?.print();
        return true;
      },
    };
    if (typeof ref === 'function') ref(handle);
    else if (ref !== null) (ref as { current: PaperFrameHandle | null }).current = handle;
  });
  return (
    <PageFrame ref={frame} source={source} title={t(vi.printing.preview, { size: job.size })} width={PAGE_WIDTH_PX[job.size]} onLoad={() => {
      isLoaded.current = true;
      onLoad();
    }} />
  );
}

/** A copy that is out is never put before the printer again as an original: then only the others are shown. */
function addressOf({ id, copies }: PrintJobView): string {
  const isPartlyOut = copies.some(({ outcome }) => outcome === 'printed') && copies.some(({ outcome }) => outcome !== 'printed');
  return `/api/papers/${id}${isPartlyOut ? '?copies=open' : ''}`;
}

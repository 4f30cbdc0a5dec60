import { Printer } from 'lucide-react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Note } from '../../ui/note.tsx';
import type { Printing } from './use-print-job.ts';

/** In the window: what the printer is doing, and what to do when it refused. A browser is asked about instead. */
export function PrintState({ printing }: { readonly printing: Pick<Printing, 'isPrinting' | 'failure'> }) {
  return (
    <div className="print-state" aria-live="polite">
      {printing.isPrinting && <Note kind="calm" icon={Printer} title={vi.printing.onTheWay}>{t(vi.printing.onTheWayWords)}</Note>}
      {printing.failure !== undefined && <Note kind="warn" title={vi.printing.failedTitle}>{vi.printing.failures[printing.failure]}</Note>}
    </div>
  );
}

import { Printer } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { PrintFailure } from '../../../src-shared/contract/shell.api.ts';
import { printSilently, shell } from '../../client/shell.ts';
import { useCommand } from '../../client/use-command.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';

const words = vi.dossiers.paper;
type Outcome = 'printed' | 'failed' | 'unknown';

interface PaperPanelProps {
  readonly job: PrintJobView;
  readonly onClose: () => void;
  readonly onDone: (said: string, dossier: undefined) => void;
}

/**
 * One paper: shown and printed. The window tells by itself what came of it; a browser's dialog never does, so there it is
 * asked about (design §5). Closing leaves the paper waiting in the list of print jobs.
 */
export function PaperPanel({ job, onClose, onDone }: PaperPanelProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isAsking, setIsAsking] = useState(job.copies.some((copy) => copy.outcome === 'unknown'));
  const report = useCommand('printing.report');
  useKeys([{ combo: 'Esc', label: words.close, run: onClose, order: 45, listed: 'bar' }]);

  const [failure, setFailure] = useState<PrintFailure>();
  const [isPrinting, setIsPrinting] = useState(false);

  async function printInWindow(): Promise<void> {
    if (shell === undefined || isPrinting) return;
    setIsPrinting(true);
    setFailure(undefined);
    const printed = await printSilently(shell, job);
    setIsPrinting(false);
    if (printed.outcome === 'printed') {
      await tell('printed');
      return;
    }
    if (printed.outcome === 'failed') setFailure(printed.reason);
    else setIsAsking(true);
    await report.run({ job: job.id, outcomes: openCopies(job).map(({ copy }) => ({ copy, outcome: printed.outcome })) });
  }
  function print(): void {
    if (shell !== undefined) {
      void printInWindow();
      return;
    }
    frame.current?.contentWindow?.print();
    setIsAsking(true);
  }
  async function tell(outcome: Outcome): Promise<void> {
    const done = await report.run({ job: job.id, outcomes: openCopies(job).map(({ copy }) => ({ copy, outcome })) });
    if (done !== undefined) onDone(outcome === 'printed' ? words.done : words.later, undefined);
  }
  const kind = job.amended > 0 && job.reprint === 0 ? t(words.amended, { count: job.amended }) : job.reprint > 0 ? t(words.reprint, { count: job.reprint }) : words.original;
  return (
    <Card title={words.title} note={kind} className="act-panel">
      <div className="stack">
        {isAsking && (
          <>
            <Note kind="warn" title={words.ask}>{t(words.askWhy)}</Note>
            <PickList label={words.ask} mode="confirm" columns={3} autoFocus onPick={(id) => void tell(id as Outcome)}
              items={[{ id: 'printed', label: words.printed, digit: 1 }, { id: 'failed', label: words.failed, digit: 2 }, { id: 'unknown', label: words.unknown, digit: 3 }]} />
          </>
        )}
        {isPrinting && <Note kind="calm">{vi.printing.onTheWay}</Note>}
        {failure !== undefined && <Note kind="warn" title={vi.printing.failedTitle}>{vi.printing.failures[failure]}</Note>}
        {report.error !== undefined && <Note kind="bad" errorCode={report.error.code}>{report.error.sentence}</Note>}
        <div className="row wraps">
          <Button kind="main" label={words.print} icon={Printer} combo="F9" autoFocus={!isAsking} onPress={print} />
          <Button label={words.close} cap="Esc" onPress={onClose} />
        </div>
        <iframe ref={frame} className="paper-frame" title={words.frame} src={`/api/papers/${job.id}`} />
      </div>
    </Card>
  );
}

function openCopies({ copies }: PrintJobView) {
  return copies.filter(({ outcome }) => outcome !== 'printed');
}

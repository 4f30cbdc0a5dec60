import { Printer } from 'lucide-react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { PaperFrame } from './paper-frame.tsx';
import { PrintQuestion } from './print-question.tsx';
import './printing.css';
import { PrintState } from './print-state.tsx';
import { usePaperToFile } from './paper-to-file.tsx';
import { openCopies } from './report-paper.ts';
import { usePrintJob } from './use-print-job.ts';

const words = vi.printing.panel;

export interface PaperPanelProps {
  readonly job: PrintJobView;
  /** What was asked for together with the paper, and is done as soon as it stands here; without it the officer says when. */
  readonly firstAct?: 'print' | 'file';
  /** Leaves the paper waiting in the list of print jobs. */
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
  /** What is known of the paper has changed; a copy that takes its place comes along. */
  readonly onChanged: (replacement?: PrintJobView) => void;
}

/** One paper: shown, printed when the officer says so, and asked about where nobody else can know. */
export function PaperPanel({ job, firstAct, onClose, onDone, onChanged }: PaperPanelProps) {
  const printing = usePrintJob({ job, printsByItself: firstAct === 'print', onChanged, onAllOut: () => onDone(words.done) });
  const file = usePaperToFile(job, firstAct === 'file');
  useKeys([{ combo: 'Esc', label: words.close, run: onClose, order: 45, listed: 'bar' }]);
  return (
    <Card title={job.dossier === null ? job.formTitle : words.title} note={kindOf(job)} className="act-panel paper-panel">
      <div className="stack">
        {printing.isAsking && <PrintQuestion key={openCopies(job).join()} copies={openCopies(job)} onAnswer={printing.answer} />}
        <PrintState printing={printing} />
        {printing.error !== undefined && <Note kind="bad" errorCode={printing.error.code}>{printing.error.sentence}</Note>}
        <div className="row wraps">
          {!printing.isAsking && <Button kind="main" label={words.print} icon={Printer} combo="F9" autoFocus onPress={printing.printAgain} />}
          {file.button}
          <Button label={words.close} cap="Esc" onPress={onClose} />
        </div>
        <div aria-live="polite">{file.said !== undefined && <p className="small">{file.said}</p>}</div>
        <PaperFrame job={job} ref={printing.frame} onLoad={printing.onLoad} />
      </div>
    </Card>
  );
}

function kindOf({ amended, reprint }: PrintJobView): string {
  if (reprint > 0) return t(words.reprint, { count: reprint });
  return amended > 0 ? t(words.amended, { count: amended }) : words.original;
}

import { FileDown } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ShellOutput } from '../../../src-shared/contract/shell.api.ts';
import { savePaperAsPdf, shell } from '../../client/shell.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';

export interface PaperToFile {
  /** "In ra tệp"; nothing in a browser, whose own dialog can do it. */
  readonly button: ReactNode;
  /** What became of it, once there is something to say. */
  readonly said: string | undefined;
}

/** `savesByItself`: the file was asked for together with the paper, so the first question is where it goes. */
export function usePaperToFile(job: PrintJobView | undefined, savesByItself = false): PaperToFile {
  const [done, setDone] = useState<{ readonly job: string; readonly outcome: ShellOutput<'savePaperAsPdf'> }>();
  const isDue = useRef(savesByItself);
  const save = () => {
    if (shell !== undefined && job !== undefined) void savePaperAsPdf(shell, job, fileNameOf(job)).then((outcome) => setDone({ job: job.id, outcome }));
  };
  useEffect(() => {
    if (!isDue.current) return;
    isDue.current = false;
    save();
  });
  if (shell === undefined || job === undefined) return { button: null, said: undefined };
  return {
    button: <Button kind="in-block" icon={FileDown} label={vi.printing.toFile} onPress={save} />,
    said: done?.job === job.id ? wordsOf(done.outcome) : undefined,
  };
}

/** The code alone says which paper it is; the person's name has no business in a file list. */
function fileNameOf(job: PrintJobView): string {
  return ['giay', job.form, job.code ?? job.id].join('-').slice(0, 120);
}

function wordsOf(done: ShellOutput<'savePaperAsPdf'>): string | undefined {
  switch (done.outcome) {
    case 'saved':
      return t(vi.printing.saved, { file: done.file });
    case 'canceled':
      return undefined;
    case 'failed':
      return vi.printing.fileFailures[done.reason];
  }
}

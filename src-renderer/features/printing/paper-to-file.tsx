import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ShellOutput } from '../../../src-shared/contract/shell.api.ts';
import { savePaperAsPdf, shell } from '../../client/shell.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';

/** A line with the button "In ra tệp"; nothing in a browser, whose own dialog can do it. */
export function PaperToFile({ job }: { readonly job: PrintJobView }) {
  const [done, setDone] = useState<ShellOutput<'savePaperAsPdf'>>();
  const within = shell;
  if (within === undefined) return null;
  return (
    <li>
      <span className="grow small muted" aria-live="polite">{done === undefined ? job.formTitle : wordsOf(done)}</span>
      <Button kind="in-block" icon={FileDown} label={vi.printing.toFile} onPress={() => void savePaperAsPdf(within, job, fileNameOf(job)).then(setDone)} />
    </li>
  );
}

/** The code alone says which paper it is; the person's name has no business in a file list. */
function fileNameOf(job: PrintJobView): string {
  return ['giay', job.form, job.code ?? job.id].join('-').slice(0, 120);
}

function wordsOf(done: ShellOutput<'savePaperAsPdf'>): string {
  switch (done.outcome) {
    case 'saved':
      return t(vi.printing.saved, { file: done.file });
    case 'canceled':
      return '';
    case 'failed':
      return vi.printing.fileFailures[done.reason];
  }
}

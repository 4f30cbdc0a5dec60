import { FileDown, Printer } from 'lucide-react';
import { useRef, useState, type ComponentType } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { shell } from '../../client/shell.ts';
import { useQuery } from '../../client/use-query.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';

const words = vi.fees.cash;

/** Prints a paper and reports what became of it; it is another feature and comes from where the screens are put together. */
export type SheetPanel = ComponentType<{
  readonly job: PrintJobView;
  readonly firstAct?: 'print' | 'file';
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
  readonly onChanged: (replacement?: PrintJobView) => void;
}>;

interface SheetPaperProps {
  readonly question: { readonly from: string; readonly to: string; readonly officer?: string | undefined; readonly desk?: string | undefined };
  readonly panel: SheetPanel;
  readonly onClose: () => void;
}

/** The paper as it would come out now. Who only looks leaves nothing waiting; printing or a file makes it a print job like any other paper. */
export function SheetPaper({ question, panel: Panel, onClose }: SheetPaperProps) {
  const [sheet, setSheet] = useState<{ readonly job: PrintJobView; readonly firstAct?: 'print' | 'file' }>();
  const [said, setSaid] = useState<string>();
  const [error, setError] = useState<ScreenError>();
  const isAsked = useRef(false);
  const open = useQuery('printing.jobs', sheet && {}, (event) => event.type === 'printing');
  async function make(firstAct: 'print' | 'file'): Promise<void> {
    if (isAsked.current) return;
    isAsked.current = true;
    setSaid(undefined);
    const answer = await callCoreWaiting('fees.printSheet', { ...question, idempotencyKey: crypto.randomUUID() });
    isAsked.current = false;
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) setSheet({ job: answer.value.job, firstAct });
  }
  if (sheet === undefined) return <Preview question={question} said={said} error={error} onMake={(firstAct) => void make(firstAct)} onClose={onClose} />;
  // What was reported of it meanwhile stands in the list; out of the list, the panel says so itself.
  const job = open.value?.jobs.find(({ id }) => id === sheet.job.id) ?? sheet.job;
  return (
    <ScrollArea className="cash-panel">
      <Panel key={job.id} job={job} {...(sheet.firstAct && { firstAct: sheet.firstAct })} onClose={() => setSheet(undefined)}
        onDone={(done) => {
          setSheet(undefined);
          setSaid(done);
        }}
        onChanged={(replacement) => {
          if (replacement !== undefined) setSheet({ job: replacement });
          open.reload();
        }} />
    </ScrollArea>
  );
}

interface PreviewProps extends Pick<SheetPaperProps, 'question' | 'onClose'> {
  readonly said: string | undefined;
  readonly error: ScreenError | undefined;
  readonly onMake: (firstAct: 'print' | 'file') => void;
}

function Preview({ question, said, error, onMake, onClose }: PreviewProps) {
  useKeys([{ combo: 'Esc', label: words.close, run: onClose, order: 45, listed: 'bar' }]);
  const { from, to, officer, desk } = question;
  const query = new URLSearchParams({ from, to, ...(officer !== undefined && { officer }), ...(desk !== undefined && { desk }) });
  return (
    <Card title={words.paper} className="cash-paper">
      <div className="row wide">
        <Button kind="main" label={words.printNow} icon={Printer} combo="F10" keyOrder={12} autoFocus onPress={() => onMake('print')} />
        {shell !== undefined && <Button label={vi.printing.toFile} icon={FileDown} onPress={() => onMake('file')} />}
        <Button label={words.close} cap="Esc" onPress={onClose} />
      </div>
      <div aria-live="polite">{said !== undefined && <Note kind="good">{said}</Note>}</div>
      <RefusalNote error={error} />
      <iframe src={`/api/papers/cash-sheet?${query.toString()}`} title={words.paper} tabIndex={-1} />
    </Card>
  );
}

import { useState } from 'react';
import type { PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import type { PrintFailure } from '../../../src-shared/contract/shell.api.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { printSilently, shell } from '../../client/shell.ts';
import { useQuery } from '../../client/use-query.ts';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatShortCode, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { OUTCOME_TONES, stateOf } from './paper-outcome.ts';
import { PaperPanel } from './paper-panel.tsx';
import './printing.css';
import { reportPaper } from './report-paper.ts';

const words = vi.printing.queue;

/** Every paper that waits, failed, or whose fate nobody knows, with what to do about it. */
export function PrintQueueScreen() {
  const { value, error, reload } = useQuery('printing.jobs', {}, (event) => event.type === 'printing');
  const queue = useQueueActs(reload);
  const refusal = queue.refusal ?? error;
  const [opened, setOpened] = useState<PrintJobView>();
  const [said, setSaid] = useState<string>();
  /** A paper of a dossier is looked at where the dossier is told of; one that belongs to none, here. */
  const openPaper = (job: PrintJobView) => {
    setSaid(undefined);
    if (job.dossier === null) setOpened(job);
    else openScreen({ name: 'received', dossierId: job.dossier });
  };
  if (opened !== undefined) {
    return (
      <Screen title={words.title} className="print-queue-paper">
        <PaperPanel key={opened.id} job={value?.jobs.find(({ id }) => id === opened.id) ?? opened} onClose={() => setOpened(undefined)}
          onDone={(done) => {
            setOpened(undefined);
            setSaid(done);
          }}
          onChanged={(replacement) => {
            if (replacement !== undefined) setOpened(replacement);
            reload();
          }} />
      </Screen>
    );
  }
  return (
    <Screen title={words.title}>
      <div className="stack print-queue">
        {refusal !== undefined && <Note kind="bad" errorCode={refusal.code}>{refusal.sentence}</Note>}
        {said !== undefined && <Note kind="good">{said}</Note>}
        {queue.failure !== undefined && <Note kind="warn" title={vi.printing.failedTitle}>{vi.printing.failures[queue.failure]}</Note>}
        {shell === undefined && value !== undefined && value.jobs.length > 0 && <Note kind="calm">{words.inBrowser}</Note>}
        <Card title={words.list} isFlush {...(value !== undefined && { aside: String(value.jobs.length) })}>
          {value === undefined && error === undefined && <Skeleton />}
          {value?.jobs.length === 0 && <EmptyState>{words.empty}</EmptyState>}
          <ul className="lines">
            {value?.jobs.map((job) => <QueueLine key={job.id} job={job} acts={queue} onOpen={openPaper} />)}
          </ul>
        </Card>
      </div>
    </Screen>
  );
}

interface QueueActs {
  readonly refusal: ScreenError | undefined;
  readonly failure: PrintFailure | undefined;
  /** The job that is on its way to the printer. */
  readonly printing: string | undefined;
  readonly print: (job: PrintJobView) => Promise<void>;
  readonly isOut: (job: PrintJobView) => Promise<void>;
}

function useQueueActs(reload: () => void): QueueActs {
  const [state, setState] = useState<{ readonly refusal?: ScreenError; readonly failure?: PrintFailure; readonly printing?: string }>({});
  async function print(job: PrintJobView): Promise<void> {
    if (shell === undefined || state.printing !== undefined) return;
    setState({ printing: job.id });
    const printed = await printSilently(shell, job);
    const refusal = await reportPaper(job, () => printed.outcome);
    setState({ ...(refusal !== undefined && { refusal }), ...(printed.outcome === 'failed' && { failure: printed.reason }) });
    reload();
  }
  async function isOut(job: PrintJobView): Promise<void> {
    const refusal = await reportPaper(job, () => 'printed');
    setState(refusal === undefined ? {} : { refusal });
    reload();
  }
  return { refusal: state.refusal, failure: state.failure, printing: state.printing, print, isOut };
}

interface QueueLineProps {
  readonly job: PrintJobView;
  readonly acts: QueueActs;
  readonly onOpen: (job: PrintJobView) => void;
}

function QueueLine({ job, acts, onOpen }: QueueLineProps) {
  const state = stateOf(job);
  const isOnItsWay = acts.printing === job.id;
  return (
    <li className="print-queue-line">
      <Chip tone={OUTCOME_TONES[state]}>{isOnItsWay ? vi.printing.onTheWay : vi.printing.outcomes[state]}</Chip>
      <div className="grow">
        <p><b>{job.ownerName ?? job.formTitle}</b> <span className="num muted">{job.code === null ? '' : formatShortCode(job.code)}</span></p>
        <p className="small muted">{[job.ownerName === null ? '' : job.formTitle, markOf(job), job.size, formatTime(job.createdAt)].filter((part) => part !== '').join(' · ')}</p>
        <p className="small">{words.todo[state]}</p>
      </div>
      {shell !== undefined && <Button kind="in-block" label={words.print} onPress={() => void acts.print(job)} />}
      {state === 'unknown' && <Button kind="in-block" label={words.isOut} onPress={() => void acts.isOut(job)} />}
      <Button kind="in-block" label={words.open} onPress={() => onOpen(job)} />
    </li>
  );
}

function markOf({ reprint, amended }: PrintJobView): string {
  if (reprint > 0) return t(words.reprint, { count: reprint });
  return amended > 0 ? t(words.amended, { count: amended }) : '';
}

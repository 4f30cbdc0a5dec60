import { FileInput } from 'lucide-react';
import { useState } from 'react';
import { callCore } from '../../client/core-client.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Note } from '../../ui/note.tsx';
import { ColumnsCard, StatesCard } from './column-cards.tsx';
import { useImportSession, type ImportSession, type Report } from './import-session.ts';
import './imports.css';
import { BadRowsCard, CountsLine, GoodRowsCard, HereRowsCard } from './preview-cards.tsx';

const words = vi.imports;
const SYSTEMS = (['province', 'ministry'] as const).map((id) => ({ id, label: words.file.systems[id] }));

/** Running dossiers out of another system's file: choose it, see what it would bring and what is wrong in it, take in the good rows. */
export function ImportScreen() {
  const session = useImportSession();
  const { preview, report } = session;
  const progress = useQuery('imports.progress', {}, (event) => event.type === 'imports').value;
  const [system, setSystem] = useState<(typeof SYSTEMS)[number]['id']>('province');
  const [takesAlike, setTakesAlike] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const isRunning = session.isRunning || (progress?.running ?? null) !== null;
  const isMissing = preview !== undefined && preview.missing.length > 0;
  const count = preview === undefined ? 0 : preview.counts.good + (takesAlike ? preview.counts.alike : 0);
  return (
    <Screen title={words.title} side={<SideColumn session={session} system={system} onSystem={setSystem} takesAlike={takesAlike} onAlike={setTakesAlike} />}
      actions={preview !== undefined && report === undefined && !isRunning && (
        <Button kind="main" isTall isMainAction icon={FileInput} combo="F10" label={t(words.run.start, { count })} keyLabel={words.run.key} onPress={() => void session.run({ system, takesAlike })}
          {...(isMissing ? { disabledReason: words.run.columnsFirst } : count === 0 ? { disabledReason: words.run.nothing } : {})} />
      )}>
      {isRunning && <RunningCard running={progress?.running ?? null} />}
      {report !== undefined && <ReportNote report={report} onNext={session.reset} />}
      {report !== undefined && preview !== undefined && <BadRowsCard preview={preview} before={session.badRowsBefore} onTurn={(direction) => void session.turnBadRows(direction)} />}
      {preview === undefined && !isRunning && progress?.last !== undefined && progress.last !== null && report === undefined && (
        <Card title={words.run.lastTitle} note={progress.last.fileName}><p>{t(words.run.done, { count: progress.last.counts.good })}</p></Card>
      )}
      <RefusalNote error={session.error} />
      {session.fileFault !== undefined && <Note kind="bad">{words.file[session.fileFault]}</Note>}
      {preview === undefined && !isRunning && <ChooseCard session={session} />}
      {preview !== undefined && report === undefined && !isRunning && (
        <>
          {!isMissing && <CountsLine counts={preview.counts} />}
          <ColumnsCard preview={preview} isOpen={isOpen || isMissing} onToggle={() => setIsOpen(!isOpen)} onField={(column, field) => {
            // The table stays for the next column, also when nothing is missing any more.
            setIsOpen(true);
            session.sayField(column, field);
          }} />
          <StatesCard unknown={preview.unknownStates} states={session.states} onState={session.sayState} />
          <BadRowsCard preview={preview} before={session.badRowsBefore} onTurn={(direction) => void session.turnBadRows(direction)} />
          <HereRowsCard preview={preview} />
          <GoodRowsCard preview={preview} />
        </>
      )}
    </Screen>
  );
}

const ENDINGS = '.xlsx,.csv,.txt';

function ChooseCard({ session }: { readonly session: ImportSession }) {
  return (
    <Card title={words.file.title}>
      <FileDrop label={words.file.choose} accept={ENDINGS} autoFocus onFile={(file) => void session.choose(file)}>
        <p>{words.file.help}</p>
        <p className="muted small">{words.file.safe}</p>
        {session.isReading && <p role="status">{t(words.file.reading, { name: session.fileName ?? '' })}</p>}
      </FileDrop>
    </Card>
  );
}

interface SideColumnProps {
  readonly session: ImportSession;
  readonly system: (typeof SYSTEMS)[number]['id'];
  readonly onSystem: (system: (typeof SYSTEMS)[number]['id']) => void;
  readonly takesAlike: boolean;
  readonly onAlike: (takes: boolean) => void;
}

/** What is decided about the whole file. */
function SideColumn({ session, system, onSystem, takesAlike, onAlike }: SideColumnProps) {
  const { preview, report } = session;
  if (preview === undefined || report !== undefined || session.isRunning) return null;
  return (
    <>
      <Card>
        <div className="stack">
          <b className="import-file">{session.fileName}</b>
          <SegmentedChoice label={words.file.system} options={SYSTEMS} value={system} onChange={onSystem} />
          <FileDrop label={words.file.other} accept={ENDINGS} onFile={(file) => void session.choose(file)} />
          {session.isReading && <p role="status" className="muted">{t(words.file.reading, { name: session.fileName ?? '' })}</p>}
        </div>
      </Card>
      {preview.counts.alike > 0 && (
        <Card>
          <Checkbox isSelected={takesAlike} onChange={onAlike}>{t(words.here.take, { count: preview.counts.alike })}</Checkbox>
          <p className="small muted">{words.here.takeHelp}</p>
        </Card>
      )}
      <p className="small muted">{words.file.safe}</p>
    </>
  );
}

function RunningCard({ running }: { readonly running: { readonly fileName: string; readonly done: number; readonly rows: number } | null }) {
  const [isStopping, setIsStopping] = useState(false);
  const { fileName, done, rows } = running ?? { fileName: '', done: 0, rows: 0 };
  const text = t(words.run.running, { name: fileName, done, rows });
  return (
    <Card>
      <div className="stack">
        <p role="status"><b>{text}</b></p>
        <progress className="import-progress" aria-label={text} value={done} max={Math.max(1, rows)} />
        <p className="muted">{words.run.going}</p>
        <div>
          {isStopping ? <p className="muted">{words.run.stopping}</p> : (
            <Button label={words.run.stop} autoFocus onPress={() => {
              setIsStopping(true);
              void callCore('imports.stop', {});
            }} />
          )}
        </div>
      </div>
    </Card>
  );
}

function ReportNote({ report, onNext }: { readonly report: Report; readonly onNext: () => void }) {
  const { counts, stopped } = report;
  return (
    <>
      <Note kind={stopped ? 'warn' : 'good'} title={<span role="status">{t(stopped ? words.run.stopped : words.run.done, { count: counts.good })}</span>}>
        {(counts.known > 0 || counts.bad > 0) && <p>{t(words.run.left, { known: counts.known, bad: counts.bad })}</p>}
        <p><LinkButton label={words.run.see} onPress={() => openScreen({ name: 'dossiers', list: 'open' })} /></p>
      </Note>
      <div><Button kind="main" label={words.run.next} autoFocus onPress={onNext} /></div>
    </>
  );
}

import { BanknoteArrowUp, Check, Volume2 } from 'lucide-react';
import { useState } from 'react';
import type { DossierView, PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { FEE_KINDS } from '../../../src-shared/domain/fees/fee-rule.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { useQuery } from '../../client/use-query.ts';
import { Screen } from '../../frame/screen.tsx';
import { openScreen, replaceScreen } from '../../router/router.ts';
import { HOME, type ScreenParameters } from '../../router/screens.ts';
import { formatDayMonth, formatMoney, formatTime, formatWeekday } from '../../text/format.ts';
import { capitalized, t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useBlockKeys } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note, Skeleton } from '../../ui/note.tsx';
import { NextPerson } from './next-person.tsx';
import { OUTCOME_TONES } from './paper-outcome.ts';
import { PaperFrame } from './paper-frame.tsx';
import { usePaperToFile } from './paper-to-file.tsx';
import { PrintQuestion } from './print-question.tsx';
import { PrintState } from './print-state.tsx';
import { openCopies } from './report-paper.ts';
import { usePrintJob, type Printing } from './use-print-job.ts';
import { WaitingPapers } from './waiting-papers.tsx';
import './printing.css';

/** After saving: the code, what to say, what the printer did, and the next person. */
export function ReceivedScreen({ dossierId }: ScreenParameters['received']) {
  const query = useQuery('dossiers.get', { id: dossierId }, (event) => event.type === 'dossier' && event.id === dossierId);
  const dossier = query.value?.dossier;
  if (query.error !== undefined && dossier === undefined) return <Screen title={vi.printing.title}><Note kind="bad" errorCode={query.error.code}>{query.error.sentence}</Note></Screen>;
  if (dossier === undefined) return <Screen title={vi.printing.title}><Skeleton lines={6} /></Screen>;
  return <Received dossier={dossier} reload={query.reload} />;
}

function Received({ dossier, reload }: { readonly dossier: DossierView; readonly reload: () => void }) {
  const printing = usePrintJob({ job: dossier.jobs[0], printsByItself: true, onChanged: reload });
  const [isLarge, setIsLarge] = useState(false);
  useBlockKeys({ current: null });
  // A morning of receptions lies behind this screen; nobody wants to walk back through it.
  useKeys([{ combo: 'Esc', label: vi.printing.home, run: () => replaceScreen(HOME), order: 45, listed: 'bar' }]);
  return (
    <Screen title={vi.printing.title} className={printing.job === undefined ? 'received no-paper' : isLarge ? 'received large-paper' : 'received'} layout="column">
      <div className="received-main">
        <CodeCard dossier={dossier} />
        <Card accent="say">
          <div className="row wide top-aligned">
            <Icon shape={Volume2} />
            <div className="grow"><p className="label">{vi.printing.say}</p><p className="received-say">“{dossier.sentence}”</p></div>
            <FeesDue dossier={dossier} />
          </div>
        </Card>
        {printing.error !== undefined && <Note kind="bad" errorCode={printing.error.code}>{printing.error.sentence}</Note>}
        {printing.isAsking && <div data-block="1" tabIndex={-1}><Question printing={printing} /></div>}
        <PrintState printing={printing} />
        {printing.isAsking ? <OpenCopies printing={printing} /> : <Papers printing={printing} />}
        <WaitingPapers except={dossier.id} />
        <NextPerson dossier={dossier} isQuestionOpen={printing.isAsking} />
      </div>
      {printing.job !== undefined && (
        <div className="received-paper">
          <div className="row"><span className="muted small grow">{t(vi.printing.preview, { size: printing.job.size })}</span>
            <span className="small"><LinkButton label={vi.printing.enlarge} onPress={() => setIsLarge(!isLarge)} /></span></div>
          <PaperFrame key={printing.job.id} job={printing.job} ref={printing.frame} onLoad={printing.onLoad} />
        </div>
      )}
    </Screen>
  );
}

/** Asked anew when other copies are waited for. */
function Question({ printing: { job, answer } }: { readonly printing: Printing }) {
  const copies = job === undefined ? [] : openCopies(job);
  return <PrintQuestion key={`${job?.id ?? ''} ${copies.join()}`} copies={copies} onAnswer={answer} />;
}

/** The last four characters are what people read aloud. */
function CodeCard({ dossier }: { readonly dossier: DossierView }) {
  const { code } = dossier;
  return (
    <Card accent="good">
      <div className="row wide">
        <span className="received-tick"><Icon shape={Check} size="large" /></span>
        <div className="grow">
          <p className="label">{vi.printing.code}</p>
          <p className="received-code num" aria-label={code}>{code.slice(0, -4)}<b>{code.slice(-4)}</b></p>
          <p className="muted received-matter">{dossier.ownerName} · {dossier.request}</p>
        </div>
        <div className="received-due"><Due dossier={dossier} /></div>
      </div>
    </Card>
  );
}

function Due({ dossier }: { readonly dossier: DossierView }) {
  if (dossier.status === 'returned') return <p className="received-due-day">{vi.printing.dueReturned}</p>;
  if (dossier.dueAt === null) return <><p className="label">{vi.printing.due}</p><p className="received-due-day">{vi.printing.dueNone}</p></>;
  const date = officeDate(dossier.dueAt);
  return (
    <>
      <p className="label">{vi.printing.due}</p>
      <p className="received-due-day">{capitalized(formatWeekday(date))} <span className="num">{formatDayMonth(date)}</span></p>
      <p className="muted">{t(vi.printing.before, { time: formatTime(dossier.dueAt) })}</p>
    </>
  );
}

function Papers({ printing }: { readonly printing: Printing }) {
  const { job } = printing;
  const file = usePaperToFile(job);
  // The citizen's copy comes first: it is the one that is waited for.
  const copies = [...(job?.copies ?? [])].reverse();
  return (
    <Card title={vi.printing.papers} className="received-papers" isFlush {...(job !== undefined && noteOf(job) !== undefined && { aside: noteOf(job) })}>
      <ul className="lines" aria-live="polite">
        {copies.map(({ copy, outcome, reportedAt }) => (
          <li key={copy}>
            <Chip tone={OUTCOME_TONES[outcome]}>{vi.printing.outcomes[outcome]}</Chip>
            <span className="grow received-copy">{vi.printing.copies[copy]}</span>
            {reportedAt !== null && <span className="muted num">{formatTime(reportedAt)}</span>}
            {copy === 'citizen' && <Button kind="in-block" label={printing.isOriginalDue ? vi.printing.print : vi.printing.reprint} combo="F9" keyOrder={20} onPress={printing.printAgain} />}
            {copy === 'keep' && file.button}
          </li>
        ))}
        {file.said !== undefined && <li><span className="grow small">{file.said}</span></li>}
        {job === undefined && <li><span className="grow muted">{vi.printing.noReceipt}</span></li>}
        <li className="received-here"><Chip tone="desk">{vi.printing.here}</Chip><span className="grow small muted">{t(vi.printing.hereWords)}</span></li>
      </ul>
    </Card>
  );
}

/** Taken at once while the citizen stands there; later from the dossier's page. */
function FeesDue({ dossier: { id, fees } }: { readonly dossier: DossierView }) {
  const open = FEE_KINDS.filter((kind) => fees[kind].standing === 'owed' || fees[kind].standing === 'unknown');
  if (open.length === 0) return null;
  const sums = open.map((kind) => `${vi.fees.kinds[kind]} ${fees[kind].openDong === null ? vi.fees.received.unknown : formatMoney(fees[kind].openDong)}`);
  return (
    <div className="received-fees">
      <p><span className="label">{vi.fees.received.title}</span> <b className="num">{sums.join(', ')}</b></p>
      <Button kind="in-block" label={vi.fees.received.collect} icon={BanknoteArrowUp} combo="Alt+4" keyOrder={15} onPress={() => openScreen({ name: 'dossier', dossierId: id, panel: 'collectFee' })} />
    </div>
  );
}

/** While the question stands above, the copies need one line. */
function OpenCopies({ printing }: { readonly printing: Printing }) {
  const { job } = printing;
  return (
    <Card className="received-copies">
      <div className="row wide wraps">
        {[...(job?.copies ?? [])].reverse().map(({ copy, outcome }) => (
          <span key={copy} className="row"><Chip tone={OUTCOME_TONES[outcome]}>{vi.printing.outcomes[outcome]}</Chip><span className="received-copy nowrap">{vi.printing.copies[copy]}</span></span>
        ))}
        <span className="end" />
        <Button kind="in-block" label={vi.printing.answerFirst} combo="F9" keyOrder={20} onPress={printing.printAgain} />
      </div>
    </Card>
  );
}

function noteOf({ reprint, amended }: PrintJobView): string | undefined {
  if (reprint > 0) return t(vi.printing.reprintNote, { count: reprint });
  return amended > 0 ? t(vi.printing.amendedNote, { count: amended }) : undefined;
}

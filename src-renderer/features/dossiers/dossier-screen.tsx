import { useEffect, useRef, useState, type ComponentType } from 'react';
import type { ConflictView, DossierView, PrintJobView } from '../../../src-shared/contract/dossier-views.ts';
import { useCommand } from '../../client/use-command.ts';
import { useQuery } from '../../client/use-query.ts';
import { useHelpTopic } from '../../frame/open-help.ts';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import type { ActPanelProps } from './act-panel.tsx';
import { ApologisePanel } from './acts/apologise-panel.tsx';
import { ForwardPanel, RefusePanel, ReworkPanel, StopPanel, WithdrawPanel } from './acts/closing-panels.tsx';
import { MeetDutyPanel, RequestDutyPanel } from './acts/duty-panels.tsx';
import { ExemptFeePanel, RefundFeePanel, VoidFeePanel } from './acts/fee-entry-panels.tsx';
import { CollectFeePanel, IssueFeeReceiptPanel } from './acts/fee-panels.tsx';
import { MoveStepPanel } from './acts/move-step-panel.tsx';
import { MoreActsPanel } from './acts/more-acts-panel.tsx';
import { AssignPanel, TransferPanel } from './acts/officer-panels.tsx';
import { ControlSheetCard } from './control-sheet-card.tsx';
import { CorrectPanel } from './correct-panel.tsx';
import { ArrivalCard, HistoryCard, PapersCard } from './dossier-cards.tsx';
import { DossierHead } from './dossier-head.tsx';
import './dossiers.css';
import './steps.css';
import type { DossierAct } from './act-looks.ts';
import { FeesCard } from './fees-card.tsx';
import { NextActs } from './next-acts.tsx';
import { FinishPanel, ReprintPanel, UndoPanel, VoidPanel } from './small-panels.tsx';
import { ReceiveSupplementPanel, RequestSupplementPanel } from './supplement-panels.tsx';
import { StepsCard } from './steps-card.tsx';
import { waitingJob } from './waiting-job.ts';

const words = vi.dossiers;

/** What shows a conflict and settles it; it is another feature and comes from where the screens are put together. */
export interface ConflictCardProps {
  readonly conflict: ConflictView;
  readonly dossierId: string;
  readonly missing: number;
  readonly onSettled: (dossier: DossierView) => void;
  readonly onAsked: (dossier: DossierView) => void;
  /** Only one takes the keys. */
  readonly isFirst: boolean;
}

/** What shows a paper and prints it; it comes from there too. */
export interface PaperPanelProps {
  readonly job: PrintJobView;
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
  readonly onChanged: (replacement?: PrintJobView) => void;
}

interface DossierParts {
  readonly conflictCard: ComponentType<ConflictCardProps>;
  readonly paperPanel: ComponentType<PaperPanelProps>;
}

interface DossierScreenProps extends DossierParts {
  readonly dossierId: string;
  /** Opened at once: money to take after the reception or before the hand-over. */
  readonly panel?: 'collectFee' | undefined;
}

type PanelAct = Exclude<DossierAct, 'take' | 'confirmTransfer' | 'handOver'>;
const PANELS: Readonly<Record<PanelAct, ComponentType<ActPanelProps>>> = {
  moveStep: MoveStepPanel,
  assign: AssignPanel,
  transfer: TransferPanel,
  requestSupplement: RequestSupplementPanel,
  receiveSupplement: ReceiveSupplementPanel,
  requestDuty: RequestDutyPanel,
  meetDuty: MeetDutyPanel,
  apologise: ApologisePanel,
  forward: ForwardPanel,
  withdraw: WithdrawPanel,
  stop: StopPanel,
  refuse: RefusePanel,
  finish: FinishPanel,
  rework: ReworkPanel,
  collectFee: CollectFeePanel,
  issueFeeReceipt: IssueFeeReceiptPanel,
  exemptFee: ExemptFeePanel,
  refundFee: RefundFeePanel,
  voidFee: VoidFeePanel,
  undo: UndoPanel,
  correct: CorrectPanel,
  void: VoidPanel,
  reprint: ReprintPanel,
};

/** One dossier (mock 05): who, what, clock, conflicts on top, history; what can be done next at the right. */
export function DossierScreen({ dossierId, panel, ...parts }: DossierScreenProps) {
  const isOnItsWay = useRef(false);
  const query = useQuery('dossiers.get', { id: dossierId }, (event) => (event.type === 'dossier' && event.id === dossierId) || event.type === 'office' || (event.type === 'sync' && isOnItsWay.current));
  // What an act answered counts at once: its next key must not wait for the question to be asked again.
  const [answered, setAnswered] = useState<{ readonly dossier: DossierView; readonly instead: unknown }>();
  const dossier = answered !== undefined && answered.instead === query.value ? answered.dossier : query.value?.dossier;
  isOnItsWay.current = dossier?.delivery != null && dossier.delivery.delivered < dossier.delivery.operations;
  if (dossier === undefined) {
    return (
      <Screen title={words.title}>
        {query.error === undefined ? <Skeleton /> : <Card isFlush><EmptyState>{query.error.code === 'dossiers.unknown' ? words.unknown : query.error.sentence}</EmptyState></Card>}
      </Screen>
    );
  }
  return (
    <DossierPage dossier={dossier} firstPanel={panel} {...parts} onChanged={(fresh) => {
      if (fresh !== undefined) setAnswered({ dossier: fresh, instead: query.value });
      query.reload();
    }} />
  );
}

interface DossierPageProps extends DossierParts {
  readonly dossier: DossierView;
  readonly firstPanel: 'collectFee' | undefined;
  readonly onChanged: (dossier: DossierView | undefined) => void;
}

function DossierPage({ dossier, firstPanel, conflictCard: ConflictCard, paperPanel: PaperPanel, onChanged }: DossierPageProps) {
  const page = usePage(dossier, firstPanel, onChanged);
  const { panel } = page;
  useHelpTopic(titleOf(panel), panel === undefined ? undefined : vi.help.acts[panel]);
  // What opens and what was just said stand at the top.
  useEffect(() => {
    document.querySelector('.dossier-column')?.scrollTo({ top: 0 });
  }, [panel, page.said]);
  const Panel = panel === undefined || panel === 'paper' || panel === 'more' ? undefined : PANELS[panel];
  const openConflicts = dossier.conflicts.filter((conflict) => conflict.settledBy === null);
  return (
    <Screen title={words.title} layout="column" status={<span className="muted num">{dossier.code}</span>}>
      <DossierHead dossier={dossier} />
      <div className="dossier-columns">
        <ScrollArea className="dossier-column">
          {page.said !== undefined && <Note kind="good">{page.said}</Note>}
          {page.error !== undefined && <Note kind="bad" errorCode={page.error.code}>{page.error.sentence}</Note>}
          {dossier.supplementLapsedOn !== null && <Note kind="warn">{t(words.supplement.lapsed, { date: formatDate(dossier.supplementLapsedOn) })}</Note>}
          {dossier.needsUpdate && <Note kind="warn">{words.needsUpdate}</Note>}
          {dossier.missing > 0 && openConflicts.length === 0 && <Note kind="warn">{t(words.missing, { count: dossier.missing })}</Note>}
          {panel === 'paper' && page.job !== undefined && <PaperPanel key={page.job.id} job={page.job} onClose={page.close} onDone={page.paperDone} onChanged={page.paperChanged} />}
          {panel === 'more' && <MoreActsPanel dossier={dossier} onAct={page.act} onClose={page.close} />}
          {Panel !== undefined && <Panel key={panel} dossier={dossier} onClose={page.close} onDone={page.done} />}
          {openConflicts.map((conflict, index) => (
            <ConflictCard key={conflict.id} conflict={conflict} dossierId={dossier.id} missing={dossier.missing} isFirst={index === 0 && panel === undefined}
              onSettled={(settled) => page.done(words.done.settled, settled)} onAsked={(asked) => page.done(words.done.asked, asked)} />
          ))}
          <StepsCard dossier={dossier} />
          <HistoryCard history={dossier.history} />
          {/* A dossier that has not changed hands has its reception in the history already. */}
          {dossier.controlSheet.length > 1 && <ControlSheetCard rows={dossier.controlSheet} />}
        </ScrollArea>
        <ScrollArea className="dossier-column">
          {/* One thing at a time: an open panel has the keys. */}
          {panel === undefined && <NextActs dossier={dossier} onAct={page.act} onMore={page.more} />}
          <Card accent="say"><p className="label">{words.say}</p><p>{dossier.sentence}</p></Card>
          <FeesCard fees={dossier.fees} />
          <PapersCard dossier={dossier} />
          <ArrivalCard delivery={dossier.delivery} />
        </ScrollArea>
      </div>
    </Screen>
  );
}

function titleOf(panel: PanelAct | 'paper' | 'more' | undefined): string {
  if (panel === undefined) return words.title;
  return panel === 'paper' ? vi.printing.panel.title : words.acts[panel];
}

/** Which panel is open, what was said last, and what an act does. */
function usePage(dossier: DossierView, firstPanel: 'collectFee' | undefined, onChanged: (dossier: DossierView | undefined) => void) {
  const [panel, setPanel] = useState<PanelAct | 'paper' | 'more' | undefined>(firstPanel);
  const [job, setJob] = useState<PrintJobView>();
  const [said, setSaid] = useState<string>();
  const command = useCommand('dossiers.act');

  function done(what: string, fresh: DossierView | undefined, paper?: PrintJobView | null): void {
    setSaid(t(what));
    setJob(paper ?? undefined);
    setPanel(paper === undefined || paper === null ? undefined : 'paper');
    onChanged(fresh);
  }
  /** Acts that ask for nothing more. */
  async function doAtOnce(what: 'take' | 'confirmTransfer'): Promise<void> {
    setPanel(undefined);
    const answer = await command.run({ id: dossier.id, act: { act: what } });
    if (answer !== undefined) done(words.done[what], answer.dossier);
  }
  function more(): void {
    setSaid(undefined);
    setPanel('more');
  }
  function act(wanted: DossierAct): void {
    setSaid(undefined);
    if (wanted === 'take' || wanted === 'confirmTransfer') {
      void doAtOnce(wanted);
    } else if (wanted === 'handOver') {
      openScreen({ name: 'handOver', dossierId: dossier.id });
    } else if (wanted === 'reprint' && waitingJob(dossier.jobs) !== undefined) {
      // A paper that is not out yet is put on paper as it is; only what is out is printed again (rule 8).
      setJob(waitingJob(dossier.jobs));
      setPanel('paper');
    } else {
      setPanel(wanted);
    }
  }
  return {
    panel, said, error: command.error, done, act, more, close: () => setPanel(undefined),
    // As it is known by now: copies may have come out since the panel was opened.
    job: dossier.jobs.find(({ id }) => id === job?.id) ?? job,
    paperDone: (what: string) => done(what, undefined),
    paperChanged: (replacement?: PrintJobView) => {
      if (replacement !== undefined) setJob(replacement);
      onChanged(undefined);
    },
  };
}

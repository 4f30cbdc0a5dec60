import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import type { ConflictView, DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { useHelpTopic } from '../../frame/open-help.ts';
import { formatDayMonth, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { ConflictSides } from './conflict-sides.tsx';
import './conflicts.css';

const words = vi.conflicts;

interface ConflictCardProps {
  readonly conflict: ConflictView;
  readonly dossierId: string;
  /** Work of other desks that has been heard of and has not come: with it the conflict may end by itself. */
  readonly missing: number;
  readonly onSettled: (dossier: DossierView) => void;
  readonly onAsked: (dossier: DossierView) => void;
  /** Takes the focus, so that a digit and Enter settle it. */
  readonly isFirst: boolean;
}

/** What each desk wrote, row by row, and the ways out; none is chosen beforehand (ux.md §1.8). */
export function ConflictCard(props: ConflictCardProps) {
  const { conflict, missing, isFirst } = props;
  useHelpTopic(conflict.title, isFirst ? vi.help.cards.conflict : undefined);
  const isLeader = useHasRole('leader');
  const heading = (conflict.leaderOnly || conflict.asked !== null) && !isLeader ? words.headingLeader : missing > 0 ? words.headingWait : words.heading;
  return (
    <section className="card conflict" aria-label={conflict.title}>
      <header className="card-head"><Icon shape={ArrowLeftRight} /><h2>{t(heading, { title: conflict.title })}</h2></header>
      <div className="card-body stack">
        {missing > 0 && <Note kind="warn" title={t(words.missingTitle, { count: missing })}>{words.missing}</Note>}
        <p className="detail">{conflict.reason}</p>
        <ConflictSides conflict={conflict} />
        {conflict.asked !== null && <AskedNote asked={conflict.asked} isForLeader={isLeader} />}
        <WaysOut {...props} isLeader={isLeader} />
      </div>
    </section>
  );
}

/** Whoever comes next sees that a leader was asked, by whom and when. */
function AskedNote({ asked: { byName, at, note }, isForLeader }: { readonly asked: NonNullable<ConflictView['asked']>; readonly isForLeader: boolean }) {
  return (
    <Note kind="calm" title={t(words.asked, { name: byName ?? words.unknownAsker, time: formatTime(at), date: formatDayMonth(officeDate(at)) })}>
      {note !== '' && <p>{t(words.askedNote, { note })}</p>}
      {!isForLeader && <p>{t(words.askedWhere, { list: vi.workload.conflicts.title })}</p>}
    </Note>
  );
}

interface WaysOutProps extends ConflictCardProps {
  readonly isLeader: boolean;
}

/** First whether all has come, then who may choose, then the choice. */
function WaysOut({ isLeader, ...props }: WaysOutProps) {
  const { conflict, missing, isFirst } = props;
  const maySettle = useHasRole('reception', 'processing', 'leader');
  const [isHasty, setIsHasty] = useState(false);
  const [isReopened, setIsReopened] = useState(false);
  if (conflict.leaderOnly && !isLeader) return <Note kind="calm">{t(words.leaderOnly, { list: vi.workload.conflicts.title })}</Note>;
  if (!maySettle) return <Note kind="calm">{words.readOnly}</Note>;
  if (conflict.asked !== null && !isLeader && !isReopened) return <div className="row wide"><Button label={words.again} onPress={() => setIsReopened(true)} /></div>;
  if (missing > 0 && !isHasty) return <div className="row wide"><Button label={words.chooseNow} onPress={() => setIsHasty(true)} /></div>;
  return <Choice {...props} isFirst={isFirst || isHasty || isReopened} mayAsk={!isLeader && conflict.asked === null} />;
}

interface ChoiceProps extends Omit<ConflictCardProps, 'missing'> {
  /** A leader asks nobody, and the same is not asked twice. */
  readonly mayAsk: boolean;
}

const ASK_LEADER = 'leader';

function Choice({ conflict, dossierId, onSettled, onAsked, isFirst, mayAsk }: ChoiceProps) {
  const [marked, setMarked] = useState<string>();
  const [note, setNote] = useState('');
  const command = useCommand('conflicts.settle');
  const asking = useCommand('conflicts.ask');
  const error = command.error ?? asking.error;
  async function ask(): Promise<void> {
    const done = await asking.run({ conflict: conflict.id, dossier: dossierId, note: note.trim() });
    if (done !== undefined) onAsked(done.dossier);
  }
  async function settle(id: string): Promise<void> {
    const option = conflict.options[Number(id)];
    if (option === undefined) return;
    const done = await command.run({ conflict: conflict.id, dossier: dossierId, keep: option.keep, note: note.trim() });
    if (done !== undefined) onSettled(done.dossier);
  }
  const ways = [...conflict.options.map(({ title }, index) => ({ id: String(index), label: title })), ...(mayAsk ? [{ id: ASK_LEADER, label: words.askLeader, isSetApart: true }] : [])];
  return (
    <>
      {error !== undefined && <Note kind="bad" errorCode={error.code}>{error.sentence}</Note>}
      <PickList label={words.options} mode="confirm" columns={Math.min(ways.length, 3)} autoFocus={isFirst} selectedId={marked} onMark={setMarked}
        onPick={(id) => void (id === ASK_LEADER ? ask() : settle(id))} items={ways.map((way, index) => ({ ...way, digit: index + 1 }))} />
      <p className="hint">{words.how}</p>
      <TextField label={words.note} labelNote={vi.ui.field.optional} value={note} onChange={setNote} lengthMax={600} />
    </>
  );
}

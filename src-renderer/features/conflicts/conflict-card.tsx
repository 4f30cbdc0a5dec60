import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import type { ConflictView, DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { useHelpTopic } from '../../frame/open-help.ts';
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
  /** Takes the focus, so that a digit and Enter settle it. */
  readonly isFirst: boolean;
}

/** What each desk wrote, row by row, and the ways out; none is chosen beforehand (ux.md §1.8). */
export function ConflictCard(props: ConflictCardProps) {
  const { conflict, missing, isFirst } = props;
  useHelpTopic(conflict.title, isFirst ? vi.help.cards.conflict : undefined);
  const isLeader = useHasRole('leader');
  const heading = conflict.leaderOnly && !isLeader ? words.headingLeader : missing > 0 ? words.headingWait : words.heading;
  return (
    <section className="card conflict" aria-label={conflict.title}>
      <header className="card-head"><Icon shape={ArrowLeftRight} /><h2>{t(heading, { title: conflict.title })}</h2></header>
      <div className="card-body stack">
        {missing > 0 && <Note kind="warn" title={t(words.missingTitle, { count: missing })}>{words.missing}</Note>}
        <p className="detail">{conflict.reason}</p>
        <ConflictSides conflict={conflict} />
        <WaysOut {...props} isLeader={isLeader} />
      </div>
    </section>
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
  const [isLeft, setIsLeft] = useState(false);
  const list = vi.workload.conflicts.title;
  if (conflict.leaderOnly && !isLeader) return <Note kind="calm">{t(words.leaderOnly, { list })}</Note>;
  if (!maySettle) return <Note kind="calm">{words.readOnly}</Note>;
  if (isLeft) {
    return (
      <>
        <Note kind="calm" title={words.left}>{t(words.leftWords, { list })}</Note>
        <div className="row wide"><Button label={words.again} onPress={() => setIsLeft(false)} /></div>
      </>
    );
  }
  if (missing > 0 && !isHasty) return <div className="row wide"><Button label={words.chooseNow} onPress={() => setIsHasty(true)} /></div>;
  return <Choice {...props} isFirst={isFirst || isHasty} {...(!isLeader && { onAskLeader: () => setIsLeft(true) })} />;
}

interface ChoiceProps extends Omit<ConflictCardProps, 'missing'> {
  /** Absent for whoever is a leader. */
  readonly onAskLeader?: () => void;
}

const ASK_LEADER = 'leader';

function Choice({ conflict, dossierId, onSettled, isFirst, onAskLeader }: ChoiceProps) {
  const [marked, setMarked] = useState<string>();
  const [note, setNote] = useState('');
  const command = useCommand('conflicts.settle');
  async function settle(id: string): Promise<void> {
    if (id === ASK_LEADER) {
      onAskLeader?.();
      return;
    }
    const option = conflict.options[Number(id)];
    if (option === undefined) return;
    const done = await command.run({ conflict: conflict.id, dossier: dossierId, keep: option.keep, note: note.trim() });
    if (done !== undefined) onSettled(done.dossier);
  }
  const ways = [...conflict.options.map(({ title }, index) => ({ id: String(index), label: title })), ...(onAskLeader === undefined ? [] : [{ id: ASK_LEADER, label: words.askLeader, isSetApart: true }])];
  return (
    <>
      {command.error !== undefined && <Note kind="bad" errorCode={command.error.code}>{command.error.sentence}</Note>}
      <PickList label={words.options} mode="confirm" columns={Math.min(ways.length, 3)} autoFocus={isFirst} selectedId={marked} onMark={setMarked}
        onPick={(id) => void settle(id)} items={ways.map((way, index) => ({ ...way, digit: index + 1 }))} />
      <p className="hint">{words.how}</p>
      <TextField label={words.note} labelNote={vi.ui.field.optional} value={note} onChange={setNote} lengthMax={600} />
    </>
  );
}

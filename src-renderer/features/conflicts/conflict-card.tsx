import { ArrowLeftRight } from 'lucide-react';
import { useState } from 'react';
import type { ConflictView, DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { useCommand } from '../../client/use-command.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import './conflicts.css';

const words = vi.conflicts;

interface ConflictCardProps {
  readonly conflict: ConflictView;
  readonly dossierId: string;
  readonly onSettled: (dossier: DossierView) => void;
  /** Takes the focus, so that a digit and Enter settle it. */
  readonly isFirst: boolean;
}

/** What each desk wrote, row by row, and the ways out; none is chosen beforehand (ux.md §1.8). */
export function ConflictCard({ conflict, dossierId, onSettled, isFirst }: ConflictCardProps) {
  const [marked, setMarked] = useState<string>();
  const command = useCommand('conflicts.settle');
  async function settle(id: string): Promise<void> {
    const option = conflict.options[Number(id)];
    if (option === undefined) return;
    const done = await command.run({ conflict: conflict.id, dossier: dossierId, keep: option.keep });
    if (done !== undefined) onSettled(done.dossier);
  }
  return (
    <section className="card conflict" aria-label={conflict.title}>
      <header className="card-head"><Icon shape={ArrowLeftRight} /><h2>{t(words.heading, { title: conflict.title })}</h2></header>
      <div className="card-body stack">
        <p className="detail">{conflict.reason}</p>
        <Sides conflict={conflict} />
        {command.error !== undefined && <Note kind="bad" errorCode={command.error.code}>{command.error.sentence}</Note>}
        <PickList label={words.options} mode="confirm" columns={conflict.options.length > 2 ? 3 : 2} autoFocus={isFirst} selectedId={marked} onMark={setMarked}
          onPick={(id) => void settle(id)}
          items={conflict.options.map((option, index) => ({ id: String(index), label: option.title, digit: index + 1 }))} />
        <p className="hint">{words.how}</p>
      </div>
    </section>
  );
}

/** One column per side; the rows are the same for all, so that they can be read across. */
function Sides({ conflict }: { readonly conflict: ConflictView }) {
  const labels = conflict.operations[0]?.lines.map(({ label }) => label) ?? [];
  return (
    <div className="sides-scroll">
      <table className="table framed dense sides" aria-label={words.sides}>
        <thead>
          <tr>
            <td />
            {conflict.operations.map((side) => (
              <th key={side.id} scope="col">
                {t(words.side, { desk: side.deskName ?? words.unknownDesk, who: side.actorName ?? '' })} · <span className="num">{formatInstant(side.at)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr><th scope="row">{words.act}</th>{conflict.operations.map((side) => <td key={side.id}><b>{side.title}</b></td>)}</tr>
          {labels.map((label, row) => (
            <tr key={label}><th scope="row">{label}</th>{conflict.operations.map((side) => <td key={side.id}>{side.lines[row]?.text}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

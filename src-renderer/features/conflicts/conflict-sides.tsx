import type { ConflictView } from '../../../src-shared/contract/dossier-views.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { formatLongDate, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

const words = vi.conflicts;
type Side = ConflictView['operations'][number];

/**
 * One column per side: which desk, who, when, and what it says row by row. The rows are the same for all, so that they can be
 * read across; those in which the sides differ stand first.
 */
export function ConflictSides({ conflict: { operations } }: { readonly conflict: ConflictView }) {
  const rows = rowsOf(operations);
  return (
    <div className="sides-scroll">
      <table className="table framed dense sides" aria-label={words.sides}>
        <thead>
          <tr>
            <td />
            {operations.map((side) => <th key={side.id} scope="col"><SideHead side={side} /></th>)}
          </tr>
        </thead>
        <tbody>
          <tr><th scope="row">{words.act}</th>{operations.map((side) => <td key={side.id}><b>{side.title}</b></td>)}</tr>
          {rows.filter(({ isSame }) => !isSame).map(({ label, texts }) => (
            <tr key={label}><th scope="row">{label}</th>{operations.map((side, index) => <td key={side.id}>{texts[index]}</td>)}</tr>
          ))}
          {rows.filter(({ isSame }) => isSame).map(({ label, texts }) => (
            <tr key={label} className="same"><th scope="row">{label}</th><td colSpan={operations.length}>{texts[0]} <span className="muted small">({words.same})</span></td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SideHead({ side: { deskName, actorName, at } }: { readonly side: Side }) {
  return (
    <>
      <b>{deskName ?? words.unknownDesk}</b> · {actorName ?? words.unknownOfficer}
      <span className="second-line num">{t(words.when, { time: formatTime(at), date: formatLongDate(officeDate(at)) })}</span>
    </>
  );
}

interface Row {
  readonly label: string;
  readonly texts: readonly string[];
  readonly isSame: boolean;
}

function rowsOf(sides: readonly Side[]): readonly Row[] {
  const labels = sides[0]?.lines.map(({ label }) => label) ?? [];
  return labels.map((label, row) => {
    const texts = sides.map(({ lines }) => lines[row]?.text ?? '');
    return { label, texts, isSame: sides.length > 1 && texts.every((text) => text === texts[0]) };
  });
}

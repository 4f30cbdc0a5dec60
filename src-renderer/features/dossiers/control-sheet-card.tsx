import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

const words = vi.dossierActs.control;
type Row = DossierView['controlSheet'][number] & { readonly id: string };

const TONES: Readonly<Record<NonNullable<Row['outcome']>, Tone>> = { early: 'early', onTime: 'ontime', late: 'over' };

/** From hand to hand: who gave, who took, both times (phiếu kiểm soát quá trình giải quyết hồ sơ). */
export function ControlSheetCard({ rows }: { readonly rows: DossierView['controlSheet'] }) {
  const columns: readonly TableColumn<Row>[] = [
    { id: 'note', header: words.note, cell: (row) => <What row={row} /> },
    { id: 'giver', header: words.giver, width: 190, cell: (row) => <Hand name={row.giver} at={row.givenAt} /> },
    { id: 'taker', header: words.taker, width: 190, cell: (row) => <Hand name={row.taker} at={row.takenAt} /> },
  ];
  return (
    <Card title={words.title} aside={words.aside} isFlush>
      <Table label={words.title} columns={columns} rows={rows.map((row, index) => ({ ...row, id: String(index) }))} rowId={(row) => row.id} density="two-line" />
    </Card>
  );
}

function What({ row: { note, outcome, step } }: { readonly row: Row }) {
  const ended = step?.ended;
  return (
    <>
      {note}
      {outcome !== null && <> <Chip tone={TONES[outcome]}>{words.outcomes[outcome]}</Chip></>}
      {step !== null && <span className="second-line muted">{stepWords(step)}</span>}
      {ended?.outcome != null && <span className={`second-line ${ended.outcome === 'late' ? 'stage-late' : 'muted'}`}>{t(words.ended, { step: ended.name, outcome: words.outcomes[ended.outcome].toLowerCase() })}</span>}
    </>
  );
}

/** A name and the minute; a name without a minute has not signed. */
function Hand({ name, at }: { readonly name: string | null; readonly at: number | null }) {
  if (name === null) return at === null ? null : <span className="num muted">{formatInstant(at)}</span>;
  return <>{name}<span className="second-line muted">{at === null ? words.notSigned : <span className="num">{formatInstant(at)}</span>}</span></>;
}

/** The step that begins here, and until when it may take. */
function stepWords({ name, dueAt }: NonNullable<Row['step']>): string {
  return dueAt === null ? t(words.step, { step: name }) : t(words.stepDue, { step: name, when: formatInstant(dueAt) });
}

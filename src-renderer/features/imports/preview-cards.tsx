import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { openScreen } from '../../router/router.ts';
import { formatDate, formatNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';

const words = vi.imports;
type Preview = OutputOf<'imports.preview'>;
type Counts = Preview['counts'];
type BadRow = Preview['badRows'][number];
type GoodRow = Preview['firstRows'][number];
type HereRow = Preview['hereRows'][number];

const COUNTS = ['good', 'bad', 'known', 'alike', 'closed'] as const satisfies readonly (keyof Counts)[];

/** What the file holds, in figures; what is nothing is grey. */
export function CountsLine({ counts }: { readonly counts: Counts }) {
  return (
    <dl className="import-counts" aria-label={words.counts.label}>
      {COUNTS.map((name) => (
        <div key={name} className={classNames('import-count', counts[name] > 0 && name)}>
          <dt>{words.counts[name]}</dt>
          <dd className="num">{formatNumber(counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

const BAD_COLUMNS: readonly TableColumn<BadRow>[] = [
  { id: 'line', header: words.bad.line, width: 76, hasFigures: true, cell: (row) => row.line },
  { id: 'who', header: words.bad.who, width: 220, cell: (row) => <><span className="num">{row.code === '' ? words.bad.noCode : row.code}</span><span className="second-line one-line">{row.ownerName}</span></> },
  { id: 'where', header: words.bad.where, width: 210, cell: (row) => row.faults.map((fault, index) => <span key={index} className="import-fault">{fault.column !== null && <b className="num">{fault.column}</b>} {fault.heading}</span>) },
  { id: 'reason', header: words.bad.reason, cell: (row) => row.faults.map(({ reason }, index) => <span key={index} className="import-fault">{reason}</span>) },
];

interface BadRowsProps {
  readonly preview: Preview;
  /** How many bad rows lie before those of the preview. */
  readonly before: number;
  readonly onTurn: (direction: 'back' | 'on') => void;
}

/** Every bad row with its line, its columns and the reasons; page by page where there are very many. */
export function BadRowsCard({ preview, before, onTurn }: BadRowsProps) {
  const { badRows, counts } = preview;
  if (badRows.length === 0) return null;
  const to = before + badRows.length;
  const foot = (
    <span className="row">
      <span className="grow">{t(words.bad.page, { from: formatNumber(before + 1), to: formatNumber(to), count: formatNumber(counts.bad) })}</span>
      {before > 0 && <LinkButton label={words.bad.back} onPress={() => onTurn('back')} />}
      {to < counts.bad && <LinkButton label={words.bad.on} onPress={() => onTurn('on')} />}
    </span>
  );
  return (
    <Card title={words.bad.title} note={words.bad.help} aside={formatNumber(counts.bad)} isFlush isClipped className="import-rows" {...(counts.bad > badRows.length && { foot })}>
      <Table label={words.bad.title} columns={BAD_COLUMNS} rows={badRows} rowId={(row) => String(row.line)} density="two-line" />
    </Card>
  );
}

const GOOD_COLUMNS: readonly TableColumn<GoodRow>[] = [
  { id: 'line', header: words.bad.line, width: 76, hasFigures: true, cell: (row) => row.line },
  { id: 'code', header: words.good.code, width: 190, hasFigures: true, cell: (row) => <span className="import-code">{row.code}</span> },
  { id: 'owner', header: words.good.owner, cell: (row) => <><b className="two-lines">{row.ownerName}</b><span className="second-line two-lines">{row.procedureName}</span></> },
  {
    id: 'days', header: words.good.days, width: 140, hasFigures: true, cell: (row) => (
      <>
        {formatDate(officeDate(row.receivedAt))}
        <span className="second-line">{row.dueAt === null ? words.good.noDue : t(words.good.due, { date: formatDate(officeDate(row.dueAt)) })}</span>
      </>
    ),
  },
  { id: 'state', header: words.good.state, width: 180, isWideOnly: true, cell: (row) => words.states.names[row.status] },
];

/** The first rows as they would stand here, for the officer's eye: are the columns the right ones? */
export function GoodRowsCard({ preview }: { readonly preview: Preview }) {
  const { firstRows, counts } = preview;
  if (firstRows.length === 0) return null;
  return (
    <Card title={words.good.title} aside={t(words.good.first, { shown: firstRows.length, all: counts.good })} isFlush>
      <Table label={words.good.title} columns={GOOD_COLUMNS} rows={firstRows} rowId={(row) => String(row.line)} density="two-line" />
    </Card>
  );
}

const HERE_COLUMNS: readonly TableColumn<HereRow>[] = [
  { id: 'line', header: words.bad.line, width: 76, hasFigures: true, cell: (row) => row.line },
  { id: 'who', header: words.bad.who, cell: (row) => <><span className="num">{row.code}</span><span className="second-line one-line">{row.ownerName}</span></> },
  { id: 'dossier', header: words.here.dossier, width: 210, hasFigures: true, cell: (row) => row.dossierCode },
  { id: 'why', header: words.bad.reason, width: 280, cell: (row) => <Chip tone={row.isAlike ? 'today' : 'desk'}>{row.isAlike ? words.here.alike : words.here.same}</Chip> },
];

/** Rows whose dossiers are here; Enter opens the one that stands here. */
export function HereRowsCard({ preview }: { readonly preview: Preview }) {
  const { hereRows, counts } = preview;
  if (hereRows.length === 0) return null;
  return (
    <Card title={words.here.title} aside={formatNumber(counts.known + counts.alike)} isFlush>
      <Table label={words.here.title} columns={HERE_COLUMNS} rows={hereRows} rowId={(row) => String(row.line)} density="two-line" onOpen={(row) => openScreen({ name: 'dossier', dossierId: row.dossier })} />
    </Card>
  );
}

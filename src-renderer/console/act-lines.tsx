import type { ActLine } from '../../src-shared/console-contract/console-views.ts';
import { formatInstant } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Table, type TableColumn } from '../ui/table.tsx';

const columns = viConsole.people.columns;
const COLUMNS: readonly TableColumn<ActLine>[] = [
  { id: 'at', header: columns.at, width: 130, hasFigures: true, cell: ({ at }) => formatInstant(at) },
  { id: 'by', header: columns.by, width: 220, cell: ({ by }) => by },
  { id: 'what', header: columns.what, cell: ({ kind, about, reason }) => <>{t(viConsole.acts[kind], { about })}{reason !== '' && <span className="second-line">{reason}</span>}</> },
];

/** What administrators did: when, who, what and why. */
export function ActLines({ acts }: { readonly acts: readonly ActLine[] }) {
  return <Table label={viConsole.people.actsTitle} columns={COLUMNS} rows={acts} rowId={({ id }) => id} density="dense" />;
}

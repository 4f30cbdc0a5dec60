import type { FormNumberRow } from '../../../src-shared/contract/registers.api.ts';
import { formatFormNumber } from '../../../src-shared/domain/numbers/form-number.ts';
import { FORM_NUMBER_KINDS } from '../../../src-shared/domain/numbers/number-series.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { deskToday } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import type { ScreenParameters } from '../../router/screens.ts';
import { formatDate, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { LongTable } from '../../ui/long-table.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import type { TableColumn } from '../../ui/table.tsx';
import { useRegisterPages } from './use-register-pages.ts';

const words = vi.registers.formNumbers;
const FORMS = FORM_NUMBER_KINDS.map((id) => ({ id, label: words.forms[id] }));
const YEARS_SHOWN = 5;

const COLUMNS: readonly TableColumn<FormNumberRow>[] = [
  { id: 'number', header: words.columns.number, width: 190, hasFigures: true, cell: ({ text, number }) => <b className="nowrap">{text ?? formatFormNumber(number, '')}</b> },
  { id: 'when', header: words.columns.when, width: 170, hasFigures: true, cell: ({ at }) => at !== null && `${formatDate(officeDate(at))} ${formatTime(at)}` },
  { id: 'owner', header: words.columns.owner, cell: (row) => <OwnerCell row={row} /> },
  { id: 'officer', header: words.columns.officer, width: 190, isWideOnly: true, cell: ({ officerName }) => officerName },
  { id: 'state', header: words.columns.state, width: 190, cell: ({ state }) => state !== 'given' && words.states[state] },
];

function OwnerCell({ row: { ownerName, code, reason } }: { readonly row: FormNumberRow }) {
  if (ownerName === null) return <span className="muted">{reason}</span>;
  return <><b className="one-line">{ownerName}</b>{code !== null && <span className="second-line num nowrap">{code}</span>}</>;
}

interface FormNumbersListProps {
  readonly asked: ScreenParameters['registers'];
  readonly onChange: (changes: ScreenParameters['registers']) => void;
  readonly onOpen: (dossierId: string) => void;
}

/** The numbers of one form in a year: each was given once and stays in the list, whatever became of it. */
export function FormNumbersList({ asked, onChange, onOpen }: FormNumbersListProps) {
  const form = FORM_NUMBER_KINDS.find((one) => one === asked.form) ?? 'supplementRequest';
  const thisYear = Number(deskToday().slice(0, 4));
  // As text: a year has no thousands.
  const years = Array.from({ length: YEARS_SHOWN }, (_, back) => String(thisYear - back)).map((id) => ({ id, label: t(words.ofYear, { year: id }) }));
  const year = years.find(({ id }) => id === asked.year)?.id ?? String(thisYear);
  const pages = useRegisterPages('registers.formNumbers', { form, year });
  return (
    <>
      <div className="register-filters" data-block="2">
        <SegmentedChoice label={words.form} isLabelHidden options={FORMS} value={form} onChange={(id) => onChange({ form: id })} />
        <Select label={words.year} isLabelHidden options={years} value={year} onChange={(id) => onChange({ year: id })} />
      </div>
      {pages.error !== undefined && <RefusalNote error={pages.error} />}
      {pages.rows.length > 0 && (
        <div className="register-lines-block" data-block="3">
          <LongTable label={words.title} columns={COLUMNS} rows={pages.rows} rowId={({ id }) => id} hasMore={pages.hasMore} onNearEnd={pages.loadMore}
            isWeak={({ state }) => state !== 'given'} onOpen={({ dossier }) => dossier !== null && onOpen(dossier)} />
        </div>
      )}
      {pages.rows.length === 0 && (pages.isAnswered ? pages.error === undefined && <div className="card"><EmptyState>{t(words.empty, { form: words.forms[form], year })}</EmptyState></div> : <Skeleton />)}
    </>
  );
}

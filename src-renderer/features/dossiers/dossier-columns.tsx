import { ArrowLeftRight, Building2, Monitor, TriangleAlert } from 'lucide-react';
import type { DossierRow, DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { DueChip } from '../../frame/due-chip.tsx';
import { formatDate, formatDayMonth, formatIdNumber } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Icon } from '../../ui/icon.tsx';
import { MarkedDigits } from '../../ui/marked-digits.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import type { TableColumn } from '../../ui/table.tsx';

const words = vi.dossiers;

/** Seven columns, five at 1024 px (mock 06); what was typed is marked where it is shown. */
export function dossierColumns(query: string): readonly TableColumn<DossierRow>[] {
  return [
    { id: 'code', header: words.columns.code, width: 192, hasFigures: true, cell: (row) => <CodeCell row={row} query={query} /> },
    { id: 'owner', header: words.columns.owner, width: 210, cell: (row) => <OwnerCell row={row} query={query} /> },
    { id: 'procedure', header: words.columns.procedure, cell: (row) => <ProcedureCell row={row} query={query} /> },
    { id: 'received', header: words.columns.received, width: 116, hasFigures: true, isWideOnly: true, cell: (row) => formatDate(officeDate(row.receivedAt)) },
    { id: 'due', header: words.columns.due, width: 206, cell: (row) => <DueChip dossier={row} /> },
    { id: 'holder', header: words.columns.holder, width: 154, cell: (row) => <HolderCell row={row} /> },
    { id: 'arrived', header: words.columns.arrived, width: 128, isWideOnly: true, cell: (row) => <ArrivedCell row={row} /> },
  ];
}

interface CellProps {
  readonly row: DossierSummary;
  readonly query: string;
}

/** The province's code stands below when it is what was typed. */
function CodeCell({ row, query }: CellProps) {
  const digits = query.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const other = digits.length < 3 ? undefined
    : row.codes.find(({ code }) => code !== row.code && code.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase().includes(digits));
  return (
    <>
      <MarkedDigits text={row.code} query={query} />
      {other !== undefined && <span className="second-line"><MarkedDigits text={other.code} query={query} /></span>}
    </>
  );
}

function OwnerCell({ row, query }: CellProps) {
  const below = secondLine(row, query);
  return (
    <>
      <b className="one-line"><MarkedText text={row.ownerName} query={query} /></b>
      {below !== undefined && <span className="second-line one-line">{below}</span>}
    </>
  );
}

/** What tells people of one name apart: the ID number; the phone or the submitter where that is what was typed. */
function secondLine(row: DossierSummary, query: string) {
  const digits = query.replace(/\D/g, '');
  if (row.submitterName !== null && query !== '' && digits === '') {
    return <><MarkedText text={t(words.submitter, { name: row.submitterName })} query={query} /></>;
  }
  if (row.ownerPhone !== null && digits.length >= 3 && row.ownerPhone.includes(digits) && row.ownerIdNumber?.includes(digits) !== true) {
    return <span className="num"><MarkedDigits text={row.ownerPhone} query={query} /></span>;
  }
  if (row.ownerIdNumber !== null) return <span className="num"><MarkedDigits text={formatIdNumber(row.ownerIdNumber)} query={query} /></span>;
  return row.birthYear === null ? undefined : <span className="num">{t(words.born, { when: String(row.birthYear) })}</span>;
}

/** The child, the deceased: names in the request are found too, and shown where they were. */
function ProcedureCell({ row, query }: CellProps) {
  return (
    <>
      <span className="two-lines">{row.procedureName}</span>
      {row.openConflicts > 0 && <span className="second-line mark-line"><Icon shape={ArrowLeftRight} size="small" />{words.conflictMark}</span>}
      {row.openConflicts === 0 && row.needsReview && <span className="second-line mark-line"><Icon shape={TriangleAlert} size="small" />{words.reviewMark}</span>}
      {row.openConflicts === 0 && !row.needsReview && query !== '' && row.request !== row.procedureName && (
        <span className="second-line one-line"><MarkedText text={row.request} query={query} /></span>
      )}
    </>
  );
}

/** How far it has got: what this desk can prove, with the whole sentence where somebody looks longer. */
function ArrivedCell({ row: { isAbove } }: { readonly row: DossierRow }) {
  const said = isAbove === null ? words.place.hereOnly : isAbove ? words.place.aboveWhole : words.place.waits;
  return (
    <span className="row detail nowrap" title={said}>
      <Icon shape={isAbove === true ? Building2 : Monitor} size="small" />{isAbove === true ? words.place.above : words.place.here}
    </span>
  );
}

function HolderCell({ row }: { readonly row: DossierSummary }) {
  if (row.status === 'waitingSupplement' || row.status === 'waitingDuty') return words.place.citizen;
  if (row.status === 'returned' && row.returnedAt !== null) return <span className="num">{t(words.place.returnedOn, { date: formatDayMonth(officeDate(row.returnedAt)) })}</span>;
  return row.holderName ?? words.place.reception;
}

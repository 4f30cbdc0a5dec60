import type { RegisterDossier, RegisterGapView, RegisterRow } from '../../../src-shared/contract/registers.api.ts';
import { formatRegisterBook } from '../../../src-shared/domain/numbers/number-series.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate, formatPhone, formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import type { TableColumn } from '../../ui/table.tsx';

const words = vi.registers;

/** The columns of the form (Mẫu 07, before Mẫu 06) in seven, five at 1024 px; a number without a dossier says why it is empty. */
export const REGISTER_COLUMNS: readonly TableColumn<RegisterRow>[] = [
  { id: 'number', header: words.columns.number, width: 176, hasFigures: true, cell: (row) => <NumberCell row={row} /> },
  { id: 'owner', header: words.columns.owner, width: 220, cell: (row) => (row.kind === 'dossier' ? <OwnerCell row={row} /> : <GapCell row={row} />) },
  { id: 'procedure', header: words.columns.procedure, cell: (row) => row.kind === 'dossier' && <ProcedureCell row={row} /> },
  { id: 'dates', header: words.columns.dates, width: 164, hasFigures: true, cell: (row) => <DatesCell row={row} /> },
  { id: 'handled', header: words.columns.handled, width: 168, isWideOnly: true, cell: (row) => row.kind === 'dossier' && <HandledCell row={row} /> },
  { id: 'returned', header: words.columns.returned, width: 162, cell: (row) => row.kind === 'dossier' && <ReturnedCell row={row} /> },
  { id: 'note', header: words.columns.note, width: 128, isWideOnly: true, cell: (row) => row.kind === 'dossier' && <span className="detail">{noteOf(row)}</span> },
];

/** `16/11/2026 08:12`: a register is read years later. */
function formatMoment(utcMs: number): string {
  return `${formatDate(officeDate(utcMs))} ${formatTime(utcMs)}`;
}

function NumberCell({ row }: { readonly row: RegisterRow }) {
  const code = row.kind === 'dossier' ? row.codes[0]?.code : row.code;
  return (
    <>
      <span className="nowrap">{row.register === null ? (row.kind === 'skipped' ? words.skippedCode : words.noNumber) : t(words.number, { book: formatRegisterBook(row.register), counter: String(row.register.counter) })}</span>
      {code != null && <span className="second-line nowrap">{code}</span>}
    </>
  );
}

function GapCell({ row }: { readonly row: RegisterGapView }) {
  return <span className="muted">{row.kind === 'skipped' ? t(words.skipped, { reason: row.reason }) : words.erased}</span>;
}

function OwnerCell({ row }: { readonly row: RegisterDossier }) {
  const { address, phone } = row;
  return (
    <>
      <b className="one-line">{row.ownerName}</b>
      {phone !== null && <span className="second-line num nowrap">{formatPhone(phone)}</span>}
      {address !== null && address !== '' && <span className="second-line one-line">{address}</span>}
    </>
  );
}

function ProcedureCell({ row }: { readonly row: RegisterDossier }) {
  const about = [t(words.sets, { count: row.sets }), ...(row.request === row.procedureName ? [] : [row.request])].join(' · ');
  return <><span className="one-line">{row.procedureName}</span><span className="second-line one-line">{about}</span></>;
}

function DatesCell({ row }: { readonly row: RegisterRow }) {
  if (row.kind !== 'dossier') return <span className="muted">{formatDate(officeDate(row.at))}</span>;
  return (
    <>
      <span className="nowrap">{formatMoment(row.receivedAt)}</span>
      <span className="second-line nowrap">{row.dueAt === null ? words.noDue : t(words.due, { when: formatMoment(row.dueAt) })}</span>
    </>
  );
}

function HandledCell({ row }: { readonly row: RegisterDossier }) {
  const when = [
    row.forwardedAt === null ? null : t(words.forwarded, { when: formatDate(officeDate(row.forwardedAt)) }),
    row.finishedAt === null ? null : t(words.finished, { when: formatDate(officeDate(row.finishedAt)) }),
  ].filter((part) => part !== null).join(' · ');
  return <><span className="one-line">{row.forwardedTo ?? row.holderName ?? ''}</span>{when !== '' && <span className="second-line num">{when}</span>}</>;
}

function ReturnedCell({ row }: { readonly row: RegisterDossier }) {
  if (row.returnedAt !== null) {
    return <><span className="num nowrap">{formatMoment(row.returnedAt)}</span><span className="second-line one-line">{row.receiverName}</span></>;
  }
  return <><span>{vi.dossiers.status[row.status]}</span>{row.closingReason !== null && <span className="second-line register-lines">{row.closingReason}</span>}</>;
}

/** How it came and goes back where that is not the usual way, and what happened to it on the way. */
function noteOf({ channel, delivery, amendments, apologies, supplements }: RegisterDossier): string {
  return [
    channel === 'direct' ? '' : words.channels[channel],
    delivery === 'counter' ? '' : words.deliveries[delivery],
    supplements > 0 ? t(words.supplemented, { count: supplements }) : '',
    apologies > 0 ? t(words.apologised, { count: apologies }) : '',
    amendments > 0 ? t(words.amended, { count: amendments }) : '',
  ].filter((part) => part !== '').join(' · ');
}

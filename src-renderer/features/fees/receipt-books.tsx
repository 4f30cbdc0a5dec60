import { BookPlus, Scissors } from 'lucide-react';
import { useState } from 'react';
import type { ReceiptBookView } from '../../../src-shared/contract/fees.api.ts';
import { printedNumber } from '../../../src-shared/domain/fees/fee-words.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { BookForm } from './book-form.tsx';
import { MarkForm } from './mark-form.tsx';
import './fees.css';

const words = vi.fees.books;

/** The books of pre-printed biên lai: where each lies, how far it is used, and what in it has to be looked at. */
export function ReceiptBooks() {
  const query = useQuery('fees.books', {}, (event) => event.type === 'office' || event.type === 'dossier');
  const [open, setOpen] = useState<'new' | 'mark' | ReceiptBookView>();
  const [said, setSaid] = useState<string>();
  const mayKeep = useHasRole('reception', 'leader');
  const { value, error } = query;
  if (error !== undefined) return <RefusalNote error={error} />;
  if (value === undefined) return <Skeleton />;
  const close = (sentence?: string) => {
    setOpen(undefined);
    setSaid(sentence);
    query.reload();
  };
  if (open === 'mark') return <MarkForm books={value.books} onDone={close} />;
  if (open !== undefined) return <BookForm known={open === 'new' ? undefined : open} office={value} onDone={close} />;
  return (
    <div className="receipt-books" data-block="2">
      {mayKeep && (
        <div className="row wide wraps">
          <Button label={words.add} icon={BookPlus} combo="Alt+5" keyOrder={81} onPress={() => setOpen('new')} />
          <Button label={words.mark} icon={Scissors} combo="Alt+6" keyOrder={82} onPress={() => setOpen('mark')} />
        </div>
      )}
      {said !== undefined && <Note kind="good">{said}</Note>}
      <Card isFlush>
        {value.books.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
          <Table label={words.title} columns={COLUMNS} rows={value.books} rowId={({ id }) => id} density="two-line" isWeak={({ closed }) => closed} {...(mayKeep && { onOpen: (book: ReceiptBookView) => setOpen(book) })} />
        )}
      </Card>
    </div>
  );
}

const COLUMNS: readonly TableColumn<ReceiptBookView>[] = [
  { id: 'book', header: words.columns.book, width: 240, hasFigures: true, cell: ({ series, first, last }) => <><b>{series}</b><span className="second-line">{t(words.range, { first: printedNumber(first), last: printedNumber(last) })}</span></> },
  { id: 'holder', header: words.columns.holder, width: 210, cell: ({ deskName, officerName }) => <>{officerName}<span className="second-line">{deskName}</span></> },
  { id: 'next', header: words.columns.next, width: 170, hasFigures: true, cell: ({ closed, next, last }) => (closed ? words.closed : next === null ? words.full : t(words.next, { number: printedNumber(next), left: last - next + 1 })) },
  { id: 'used', header: words.columns.used, width: 90, align: 'right', hasFigures: true, cell: ({ used }) => String(used) },
  { id: 'look', header: words.columns.look, cell: (book) => <LookCell book={book} /> },
];

/** What a person has to look up in the book itself. */
function LookCell({ book: { gaps, spoiled, refunded, doubled } }: { readonly book: ReceiptBookView }) {
  const listed = (numbers: readonly number[]) => numbers.map(printedNumber).join(', ');
  const lines = [
    doubled.length > 0 ? t(words.doubled, { numbers: listed(doubled) }) : null,
    gaps.length > 0 ? t(words.gap, { numbers: gaps.map(({ from, to }) => (from === to ? printedNumber(from) : `${printedNumber(from)}–${printedNumber(to)}`)).join(', ') }) : null,
    spoiled.length > 0 ? t(words.spoiled, { numbers: spoiled.map(({ number, reason }) => `${printedNumber(number)} (${reason})`).join(', ') }) : null,
    refunded.length > 0 ? t(words.refunded, { numbers: listed(refunded) }) : null,
  ].filter((line) => line !== null);
  if (lines.length === 0) return <span className="muted">{words.nothing}</span>;
  return <>{lines.map((line, index) => <span key={line} className={index === 0 ? undefined : 'second-line'}>{line}</span>)}</>;
}

import { useState, type ReactNode } from 'react';
import type { ReceiptNumber } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { receiptSeriesSchema } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { receiptWords } from '../../../../src-shared/domain/fees/fee-words.ts';
import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import { useQuery } from '../../../client/use-query.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { Checkbox } from '../../../ui/fields/choice-fields.tsx';
import { NumberField } from '../../../ui/fields/number-fields.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { Note } from '../../../ui/note.tsx';

const words = vi.fees.sheet;
export type NextReceipts = OutputOf<'fees.nextReceipts'>['books'];

export interface ReceiptForm {
  readonly books: NextReceipts;
  readonly series: string;
  readonly number: number | undefined;
  readonly isSeen: boolean;
  readonly change: (changes: { readonly series?: string; readonly number?: number | undefined }) => void;
  readonly setSeen: (isSeen: boolean) => void;
  /** What the paper says, once somebody has said so. */
  readonly value: (ReceiptNumber & { readonly seenOnPaper: true }) | undefined;
}

/** Undefined until the books are known, so that the form opens with the number in place. */
export function useNextReceipts(): NextReceipts | undefined {
  const { value, error } = useQuery('fees.nextReceipts', {});
  return value?.books ?? (error === undefined ? undefined : []);
}

/** The next sheet of the first book is proposed; typing another number takes the tick away, since another paper was meant. */
export function useReceiptForm(books: NextReceipts): ReceiptForm {
  const [first] = books;
  const [typed, setTyped] = useState<{ series: string; number: number | undefined }>({ series: first?.series ?? '', number: first?.next });
  const [isSeen, setSeen] = useState(false);
  const series = typed.series.trim();
  const isWhole = receiptSeriesSchema.safeParse(series).success && typed.number !== undefined && typed.number >= 1;
  return {
    books, ...typed, isSeen,
    change: (changes) => {
      setTyped({ ...typed, ...changes });
      setSeen(false);
    },
    setSeen,
    value: isWhole && isSeen ? { series, number: typed.number!, seenOnPaper: true } : undefined,
  };
}

interface ReceiptFieldsProps {
  readonly form: ReceiptForm;
  /** The cursor goes to the tick where the number is the one proposed. */
  readonly autoFocus?: boolean;
  /** Stands before the number, in the same row. */
  readonly before?: ReactNode;
}

/** Series and number as printed, and the word of whoever has looked at the paper. */
export function ReceiptFields({ form, autoFocus = false, before }: ReceiptFieldsProps) {
  const { books, series, number, isSeen } = form;
  const clean = series.trim();
  const book = books.find((one) => one.series === clean);
  const isSeriesRight = receiptSeriesSchema.safeParse(clean).success;
  const isProposed = book !== undefined && number === book.next;
  return (
    <>
      {books.length === 0 && <Note kind="calm">{words.noBook}</Note>}
      <div className="form-grid">
        {before}
        <TextField label={words.series} value={series} onChange={(text) => form.change({ series: text.toLocaleUpperCase('vi') })} lengthMax={20} hasFigures isAuto={book !== undefined} error={isSeriesRight ? undefined : words.seriesMissing} />
        <NumberField label={words.number} min={1} max={99_999_999} value={number} onChange={(typed) => form.change({ number: typed })} isAuto={isProposed}
          hint={book === undefined ? undefined : t(words.left, { left: book.left })} error={number === undefined ? words.numberMissing : undefined} />
      </div>
      {number !== undefined && books.length > 0 && !isProposed && <Note kind="warn">{t(words.notNext, { words: books.map((one) => receiptWords({ series: one.series, number: one.next })).join(', ') })}</Note>}
      <div {...(!isSeen && { 'data-wrong': true })}>
        <Checkbox isSelected={isSeen} onChange={form.setSeen} autoFocus={autoFocus && isProposed}>
          {t(words.seen, { words: isSeriesRight && number !== undefined ? receiptWords({ series: clean, number }) : '…' })}
        </Checkbox>
        {!isSeen && <p className="hint">{words.seenMissing}</p>}
      </div>
    </>
  );
}

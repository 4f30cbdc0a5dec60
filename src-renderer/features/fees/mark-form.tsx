import { useRef, useState } from 'react';
import type { ReceiptBookView } from '../../../src-shared/contract/fees.api.ts';
import { printedNumber, receiptWords } from '../../../src-shared/domain/fees/fee-words.ts';
import { useCommand } from '../../client/use-command.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';

const words = vi.fees.books;
const WHATS = (['spoiled', 'fine'] as const).map((id) => ({ id, label: words.marking[id] }));

/** A sheet that is spoiled without any payment, or is not after all. */
export function MarkForm({ books, onDone }: { readonly books: readonly ReceiptBookView[]; readonly onDone: (sentence?: string) => void }) {
  const form = useRef<FormScopeHandle>(null);
  const [bookId, setBookId] = useState(books[0]?.id);
  const book = books.find(({ id }) => id === bookId);
  const [number, setNumber] = useState<number | undefined>(book?.next ?? undefined);
  const [what, setWhat] = useState<'spoiled' | 'fine'>('spoiled');
  const [reason, setReason] = useState('');
  const command = useCommand('fees.markNumber');
  useKeys([{ combo: 'Esc', label: words.cancel, run: () => onDone(), order: 45, listed: 'bar' }]);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || book === undefined || number === undefined) return;
    const receipt = { series: book.series, number };
    if ((await command.run({ receipt, spoiled: what === 'spoiled', reason: reason.trim() })) !== undefined) onDone(t(words.marking.saved, { words: receiptWords(receipt) }));
  }
  return (
    <Card title={words.marking.title}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.marking.explain}</p>
        <div className="two-fields">
          <Select label={words.marking.series} value={bookId} error={book === undefined ? words.marking.seriesMissing : undefined}
            options={books.map(({ id, series, first, last }) => ({ id, label: `${series}, ${t(words.range, { first: printedNumber(first), last: printedNumber(last) })}` }))}
            onChange={(id) => {
              setBookId(id);
              setNumber(books.find((one) => one.id === id)?.next ?? undefined);
            }} />
          <NumberField label={words.marking.number} min={1} max={99_999_999} value={number} onChange={setNumber} autoFocus error={number === undefined ? words.marking.numberMissing : undefined} />
        </div>
        <SegmentedChoice label={words.marking.what} options={WHATS} value={what} onChange={setWhat} isAuto />
        <TextField label={words.marking.reason} value={reason} onChange={setReason} lengthMax={300} error={reason.trim() === '' ? words.marking.reasonMissing : undefined} />
        <RefusalNote error={command.error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.marking.save} combo="F10" keyOrder={12} onPress={() => void save()} />
          <Button kind="quiet" label={words.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </FormScope>
    </Card>
  );
}

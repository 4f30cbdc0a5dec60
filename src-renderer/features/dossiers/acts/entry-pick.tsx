import { useState } from 'react';
import type { FeeEntryView } from '../../../../src-shared/contract/fee-views.ts';
import { receiptWords } from '../../../../src-shared/domain/fees/fee-words.ts';
import { formatInstant, formatMoney } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { useFormScope } from '../../../ui/keyboard/form-scope.tsx';
import { Note } from '../../../ui/note.tsx';
import { PickList } from '../../../ui/pick-list.tsx';

const words = vi.fees;

export interface EntryChoice {
  readonly entries: readonly FeeEntryView[];
  readonly entry: FeeEntryView | undefined;
  /** There is nothing to choose. */
  readonly isOnly: boolean;
  readonly choose: (id: string) => void;
}

/** Which entry an act is about; of several none is chosen beforehand. */
export function useEntryChoice(entries: readonly FeeEntryView[]): EntryChoice {
  const [chosen, choose] = useState(entries.length === 1 ? entries[0]!.id : undefined);
  return { entries, entry: entries.find(({ id }) => id === chosen), isOnly: entries.length === 1, choose };
}

const DIGITS_MAX = 9;

export function EntryPick({ label, choice }: { readonly label: string; readonly choice: EntryChoice }) {
  const { moveOn } = useFormScope();
  const { entries, entry, isOnly, choose } = choice;
  if (isOnly && entry !== undefined) return <Note kind="calm" title={entryWords(entry)}>{entryDetail(entry)}</Note>;
  return (
    <div className="pick-block" {...(entry === undefined && { 'data-wrong': true })}>
      <p className="label">{label}</p>
      <PickList label={label} mode="confirm" autoFocus selectedId={entry?.id} onMark={choose} onPick={(id) => {
        choose(id);
        setTimeout(moveOn, 0);
      }} items={entries.map((one, index) => ({ id: one.id, label: <b>{entryWords(one)}</b>, note: entryDetail(one), digit: index < DIGITS_MAX ? index + 1 : undefined }))} />
      {entry === undefined && <p className="hint">{words.pickHint}</p>}
    </div>
  );
}

/** `Thu 24.000 đ`. */
export function entryWords({ what, sums, kinds }: FeeEntryView): string {
  const sum = formatMoney(sums.charge + sums.levy);
  if (what === 'exempted') return t(words.card.exempted, { kinds: kinds.map((kind) => words.kinds[kind].toLocaleLowerCase('vi')).join(', ') });
  return t(what === 'collected' ? words.card.collected : words.card.refunded, { sum });
}

/** `20/11 15:12, Nguyễn Thị Hạnh, AB/24P số 0000123`. */
export function entryDetail({ what, at, byName, receipt, text }: FeeEntryView): string {
  const paper = receipt !== null ? receiptWords(receipt) : what === 'collected' ? words.card.laterReceipt : null;
  return [formatInstant(at), byName, paper, what === 'collected' ? null : text].filter((part) => part !== null && part !== '').join(', ');
}

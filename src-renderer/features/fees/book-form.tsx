import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { ReceiptBookView } from '../../../src-shared/contract/fees.api.ts';
import { receiptSeriesSchema } from '../../../src-shared/domain/fees/fee-operations.ts';
import { useDeskSession } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';

const words = vi.fees.books;

interface BookFormProps {
  readonly known: ReceiptBookView | undefined;
  readonly office: OutputOf<'fees.books'>;
  /** The sentence that says what was done; none when nothing was. */
  readonly onDone: (sentence?: string) => void;
}

/** A book as its cover says, who holds it and where; a known one changes hands or is put away. */
export function BookForm({ known, office, onDone }: BookFormProps) {
  const form = useRef<FormScopeHandle>(null);
  const me = useDeskSession((state) => state.session?.officer?.id);
  const [id] = useState(() => known?.id ?? crypto.randomUUID());
  const [draft, setDraft] = useState({
    series: known?.series ?? '', first: known?.first as number | undefined, last: known?.last as number | undefined, desk: known?.desk ?? office.here,
    officer: known?.officer ?? office.officers.find((one) => one.id === me)?.id, closed: known?.closed ?? false,
  });
  const command = useCommand('fees.saveBook');
  useKeys([{ combo: 'Esc', label: words.cancel, run: () => onDone(), order: 45, listed: 'bar' }]);
  const series = draft.series.trim();
  const isSeriesRight = receiptSeriesSchema.safeParse(series).success;
  const change = (changes: Partial<typeof draft>) => setDraft({ ...draft, ...changes });
  async function save(): Promise<void> {
    const { first, last, desk, officer, closed } = draft;
    if (form.current?.revealErrors() !== 0 || first === undefined || last === undefined || officer === undefined) return;
    if ((await command.run({ book: id, series, first, last, desk, officer, closed })) !== undefined) onDone(t(words.edit.saved, { series }));
  }
  const options = (list: readonly { readonly id: string; readonly name: string }[]) => list.map((one) => ({ id: one.id, label: one.name }));
  return (
    <Card title={known === undefined ? words.edit.title : t(words.edit.change, { series: known.series })}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.edit.explain}</p>
        <TextField label={words.edit.series} hint={words.edit.seriesHint} value={draft.series} onChange={(text) => change({ series: text.toLocaleUpperCase('vi') })} lengthMax={20} hasFigures autoFocus={known === undefined} error={isSeriesRight ? undefined : words.edit.seriesMissing} />
        <div className="two-fields">
          <NumberField label={words.edit.first} min={1} max={99_999_999} value={draft.first} onChange={(first) => change({ first })} error={draft.first === undefined ? words.edit.numberMissing : undefined} />
          <NumberField label={words.edit.last} min={1} max={99_999_999} value={draft.last} onChange={(last) => change({ last })}
            error={draft.last === undefined ? words.edit.numberMissing : draft.first !== undefined && draft.last < draft.first ? words.edit.backwards : undefined} />
        </div>
        <div className="two-fields">
          <Select label={words.edit.officer} options={options(office.officers)} value={draft.officer} onChange={(officer) => change({ officer })} error={draft.officer === undefined ? words.edit.officerMissing : undefined} autoFocus={known !== undefined} />
          <Select label={words.edit.desk} options={options(office.desks)} value={draft.desk} onChange={(desk) => change({ desk })} />
        </div>
        {known !== undefined && <Checkbox isSelected={draft.closed} onChange={(closed) => change({ closed })}>{words.edit.closed}</Checkbox>}
        <RefusalNote error={command.error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.edit.save} combo="F10" keyOrder={12} onPress={() => void save()} />
          <Button kind="quiet" label={words.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </FormScope>
    </Card>
  );
}

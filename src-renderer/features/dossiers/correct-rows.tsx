import type { CertifiedDocument, Charge, Paper } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { MoneyField, NumberField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { RemoveButton } from '../../ui/remove-button.tsx';

const words = vi.dossiers.correct;

interface RowsProps<Row> {
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}

export function PaperRows({ rows, onChange }: RowsProps<Paper>) {
  const set = (index: number, part: Partial<Paper>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <div>
      {rows.map((paper, index) => (
        <div key={index} className="count-row">
          <TextField label={words.paperName} isLabelHidden={index > 0} value={paper.name} onChange={(name) => set(index, { name })} lengthMax={400}
            error={paper.name.trim() === '' ? words.paperName : undefined} />
          <NumberField label={words.original} isLabelHidden={index > 0} value={paper.original} max={999} onChange={(original) => set(index, { original: original ?? 0 })} />
          <NumberField label={words.certified} isLabelHidden={index > 0} value={paper.certified} max={999} onChange={(certified) => set(index, { certified: certified ?? 0 })} />
          <NumberField label={words.photo} isLabelHidden={index > 0} value={paper.photo} max={999} onChange={(photo) => set(index, { photo: photo ?? 0 })} />
          <Checkbox isSelected={paper.seen} onChange={(seen) => set(index, { seen })}>{words.seen}</Checkbox>
          <Checkbox isSelected={paper.missing} onChange={(missing) => set(index, { missing })}>{words.lacking}</Checkbox>
          <RemoveButton label={t(words.removePaper, { name: paper.name })} onPress={() => onChange(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button kind="in-block" label={words.addPaper}
        onPress={() => onChange([...rows, { name: '', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: false }])} />
    </div>
  );
}

export function DocumentRows({ rows, onChange }: RowsProps<CertifiedDocument>) {
  const set = (index: number, part: Partial<CertifiedDocument>) => onChange(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <div>
      {rows.map((document, index) => (
        <div key={index} className="count-row documents">
          <TextField label={words.paperName} isLabelHidden={index > 0} value={document.name} onChange={(name) => set(index, { name })} lengthMax={300}
            error={document.name.trim() === '' ? words.paperName : undefined} />
          <NumberField label={words.pages} isLabelHidden={index > 0} min={1} max={2_000} value={document.pages} onChange={(pages) => set(index, { pages: pages ?? 1 })} />
          <NumberField label={words.copies} isLabelHidden={index > 0} min={1} max={999} value={document.copies} onChange={(copies) => set(index, { copies: copies ?? 1 })} />
          <RemoveButton label={t(words.removePaper, { name: document.name })} onPress={() => onChange(rows.filter((_, at) => at !== index))} />
        </div>
      ))}
      <Button kind="in-block" label={words.addDocument} onPress={() => onChange([...rows, { name: '', pages: 1, copies: 1 }])} />
    </div>
  );
}

interface ChargeFieldsProps {
  readonly label: string;
  readonly charge: Charge;
  readonly onChange: (charge: Charge) => void;
}

/** A sum, an exemption with its ground, or unknown; a blank sum is not free (settled.md 14). */
export function ChargeFields({ label, charge, onChange }: ChargeFieldsProps) {
  const { amount } = charge;
  return (
    <>
      <div className="span-2">
        <SegmentedChoice label={label} value={amount.state} onChange={(state) => onChange({ amount: emptyAmount(state) })}
          options={[{ id: 'due', label: words.state.due }, { id: 'exempt', label: words.state.exempt }, { id: 'unknown', label: words.state.unknown }]} />
      </div>
      <div className="span-2">
        {amount.state === 'due' && (
          <MoneyField label={words.amount} value={amount.dong < 0 ? undefined : amount.dong} error={amount.dong < 0 ? words.chargeMissing : undefined}
            onChange={(dong) => onChange({ amount: { state: 'due', dong: dong ?? BLANK } })} />
        )}
        {amount.state === 'exempt' && (
          <TextField label={words.ground} value={amount.ground} lengthMax={500} error={amount.ground.trim() === '' ? words.chargeMissing : undefined}
            onChange={(ground) => onChange({ amount: { ...amount, ground } })} />
        )}
        {amount.state === 'unknown' && (
          <TextField label={words.unknownNote} value={amount.note} lengthMax={500} error={amount.note.trim() === '' ? words.chargeMissing : undefined}
            onChange={(note) => onChange({ amount: { state: 'unknown', note } })} />
        )}
      </div>
    </>
  );
}

/** A sum that is still to be typed; it is shown blank and marked wrong, so it is never sent. */
const BLANK = -1;

function emptyAmount(state: Charge['amount']['state']): Charge['amount'] {
  switch (state) {
    case 'due':
      return { state, dong: BLANK };
    case 'exempt':
      return { state, ground: '' };
    case 'unknown':
      return { state, note: '' };
  }
}

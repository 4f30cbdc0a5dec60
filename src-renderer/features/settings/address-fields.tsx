import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { RemoveButton } from '../../ui/remove-button.tsx';
import { ageFault, AGE_MAX, BANDS_MAX, NEW_BAND, WORD_MAX, type AddressDraft } from './address-draft.ts';

const words = vi.settings.office.address;
const WHO = ['male', 'female', 'unknown'] as const;

interface AddressFieldsProps {
  readonly bands: readonly AddressDraft[];
  readonly isDisabled: boolean;
  readonly onChange: (bands: readonly AddressDraft[]) => void;
}

/** How one speaks to a citizen by age: a line from each age on. */
export function AddressFields({ bands, isDisabled, onChange }: AddressFieldsProps) {
  const set = (index: number, part: Partial<AddressDraft>) => onChange(bands.map((band, at) => (at === index ? { ...band, ...part } : band)));
  return (
    <div className="field" role="group" aria-label={words.title}>
      <span className="label">{words.title}</span>
      <p className="hint">{words.note}</p>
      {bands.map((band, index) => (
        <div key={index} className="address-row">
          <NumberField label={labelOf(words.fromAge, index)} isLabelHidden={index > 0} isDisabled={isDisabled} min={0} max={AGE_MAX} value={band.fromAge}
            onChange={(fromAge) => set(index, { fromAge })} error={faultWords(bands, index)} />
          {WHO.map((who) => (
            <TextField key={who} label={labelOf(words[who], index)} isLabelHidden={index > 0} isDisabled={isDisabled} lengthMax={WORD_MAX} value={band[who]}
              onChange={(word) => set(index, { [who]: word })} error={band[who].trim() === '' ? words.wordMissing : undefined} />
          ))}
          {isDisabled || bands.length === 1 ? <span /> : <RemoveButton label={t(words.remove, { ordinal: index + 1 })} onPress={() => onChange(bands.filter((_, at) => at !== index))} />}
        </div>
      ))}
      {!isDisabled && bands.length < BANDS_MAX && <Button kind="in-block" label={words.add} onPress={() => onChange([...bands, NEW_BAND])} />}
    </div>
  );
}

/** The first line's labels are the headings of all. */
function labelOf(label: string, index: number): string {
  return index === 0 ? label : t(words.ofLine, { label, ordinal: index + 1 });
}

function faultWords(bands: readonly AddressDraft[], index: number): string | undefined {
  const fault = ageFault(bands, index);
  return fault === undefined ? undefined : fault === 'twice' ? words.ageTwice : t(words.ageMissing, { max: AGE_MAX });
}

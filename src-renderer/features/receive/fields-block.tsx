import type { Procedure, ProcedureField } from '../../../src-shared/domain/procedures/procedure.ts';
import { isIsoDate, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Block, type StepState } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { CountField } from './count-field.tsx';
import type { ReceiveForm } from './receive-form.ts';
import { generatedRequest } from './receive-request.ts';

interface FieldsBlockProps {
  readonly form: ReceiveForm;
  readonly procedure: Procedure;
  readonly update: (change: Partial<ReceiveForm>) => void;
  readonly today: IsoDate;
  readonly state: StepState;
}

const SEXES = (['male', 'female'] as const).map((id) => ({ id, label: vi.receive.people.sexes[id] }));
/** The dossier keeps words, so that a printed paper never depends on a code. */
const SEX_WORDS = { male: 'Nam', female: 'Nữ' } as const;

/** Block 3: what this procedure asks for, from the catalogue; the number of sets; the line that the receipt prints. */
export function FieldsBlock({ form, procedure, update, today, state }: FieldsBlockProps) {
  const setField = (key: string, value: string) => update({ fields: { ...form.fields, [key]: value } });
  return (
    <Block step={3} state={state} label={vi.receive.fields.block} hasKey>
      <div className="receive-fields">
        {procedure.fields.map((field) => (
          <div key={field.key} className={`receive-field ${field.type}`}>
            <CatalogueField field={field} value={form.fields[field.key] ?? ''} today={today} onChange={(value) => setField(field.key, value)} />
          </div>
        ))}
        <div className="receive-field sets">
          <CountField label={vi.receive.fields.sets} value={form.sets} max={99} isAuto onChange={(sets) => { if (sets !== null) update({ sets }); }} />
        </div>
        <div className="receive-field request">
          <RequestField form={form} procedure={procedure} update={update} />
        </div>
      </div>
    </Block>
  );
}

export function RequestField({ form, procedure, update }: Pick<FieldsBlockProps, 'form' | 'procedure' | 'update'>) {
  return (
    <TextField label={vi.receive.fields.request} name="request" isAuto lengthMax={600} value={form.request ?? generatedRequest(procedure, form)}
      onChange={(request) => update({ request: request === '' ? null : request })} />
  );
}

interface CatalogueFieldProps {
  readonly field: ProcedureField;
  readonly value: string;
  readonly today: IsoDate;
  readonly onChange: (value: string) => void;
}

function CatalogueField({ field, value, today, onChange }: CatalogueFieldProps) {
  const missing = field.required && value.trim() === '' ? vi.receive.fields.missing : undefined;
  const common = { label: field.label, name: `fields.${field.key}`, ...(field.hint !== undefined && { hint: field.hint }), ...(field.required ? {} : { labelNote: vi.ui.field.optional }) };
  switch (field.type) {
    case 'text':
      return <TextField {...common} value={value} onChange={onChange} lengthMax={400} error={missing} />;
    case 'date':
      return <DateField {...common} today={today} value={isIsoDate(value) ? value : undefined} onChange={(date) => onChange(date ?? '')} error={missing ?? futureProblem(value, today)} />;
    case 'sex':
      return <SegmentedChoice {...common} options={SEXES} error={missing} value={value === SEX_WORDS.male ? 'male' : value === SEX_WORDS.female ? 'female' : undefined}
        onChange={(sex) => onChange(SEX_WORDS[sex])} />;
    case 'number':
      return <TextField {...common} value={value} onChange={onChange} hasFigures inputMode="numeric" lengthMax={6}
        error={missing ?? (/^\s*\d*\s*$/.test(value) ? undefined : vi.receive.fields.notANumber)} />;
    case 'choice':
      return <Select {...common} options={(field.choices ?? []).map((choice) => ({ id: choice, label: choice }))} value={value === '' ? undefined : value} onChange={onChange} error={missing} />;
  }
}

/** A birth or a death lies in the past; other dates may be anything. */
function futureProblem(value: string, today: IsoDate): string | undefined {
  return isIsoDate(value) && value > today ? t(vi.receive.fields.future, { date: formatDate(value) }) : undefined;
}

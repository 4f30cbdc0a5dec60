import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { PROVINCE_FIELD_NAMES, PROVINCE_FIELDS, type ProvinceField, type ProvinceFieldOrder } from '../../../src-shared/domain/province/province-fields.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Icon, type IconShape } from '../../ui/icon.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import type { SaveSetting } from './province-settings.ts';

const words = vi.province.settings;

interface FieldOrderCardProps {
  readonly order: ProvinceFieldOrder;
  readonly isSaved: boolean;
  readonly save: SaveSetting;
}

/** The province's form from top to bottom, under the names that stand there. */
export function FieldOrderCard({ order, isSaved, save }: FieldOrderCardProps) {
  const form = useRef<FormScopeHandle>(null);
  const [rows, setRows] = useState(order);
  const left = PROVINCE_FIELDS.filter((field) => !rows.some((row) => row.field === field)).map((id) => ({ id, label: PROVINCE_FIELD_NAMES[id] }));
  function move(index: number, step: 1 | -1): void {
    const next = [...rows];
    const [row] = next.splice(index, 1);
    next.splice(index + step, 0, row!);
    setRows(next);
  }
  return (
    <Card title={words.orderTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.orderHelp}</p>
        <div className="field-order">
          {rows.map(({ field, name }, index) => (
            <FieldRow key={field} field={field} name={name} isFirst={index === 0} isLast={index === rows.length - 1} isOnly={rows.length === 1}
              onName={(typed) => setRows(rows.map((row) => (row.field === field ? { field, name: typed } : row)))} onMove={(step) => move(index, step)} onRemove={() => setRows(rows.filter((row) => row.field !== field))} />
          ))}
        </div>
        {left.length > 0 && <Select label={words.addField} options={left} value={undefined} onChange={(id) => setRows([...rows, { field: id as ProvinceField, name: PROVINCE_FIELD_NAMES[id as ProvinceField] }])} />}
        {isSaved && rows === order && <Note kind="good">{vi.settings.saved}</Note>}
        <div><Button kind="main" isMainAction combo="F10" label={vi.settings.save} onPress={() => {
          if (form.current?.revealErrors() === 0) void save('provinceFields', rows.map(({ field, name }) => ({ field, name: name.trim() })));
        }} /></div>
      </FormScope>
    </Card>
  );
}

interface FieldRowProps {
  readonly field: ProvinceField;
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOnly: boolean;
  readonly onName: (name: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onRemove: () => void;
}

function FieldRow({ field, name, isFirst, isLast, isOnly, onName, onMove, onRemove }: FieldRowProps) {
  const own = PROVINCE_FIELD_NAMES[field];
  return (
    <>
      <TextField label={t(words.fieldName, { name: own })} isLabelHidden value={name} lengthMax={60} onChange={onName} error={name.trim() === '' ? words.nameMissing : undefined}
        after={name.trim() === own ? undefined : <span className="muted small nowrap">{own}</span>} />
      <span className="row">
        <SmallButton label={t(words.up, { name: own })} shape={ArrowUp} isDisabled={isFirst} onPress={() => onMove(-1)} />
        <SmallButton label={t(words.down, { name: own })} shape={ArrowDown} isDisabled={isLast} onPress={() => onMove(1)} />
        <SmallButton label={t(words.leaveOut, { name: own })} shape={X} isDisabled={isOnly} onPress={onRemove} />
      </span>
    </>
  );
}

function SmallButton({ label, shape, isDisabled, onPress }: { readonly label: string; readonly shape: IconShape; readonly isDisabled: boolean; readonly onPress: () => void }) {
  return <button type="button" className="button in-block" aria-label={label} title={label} disabled={isDisabled} onClick={onPress}><Icon shape={shape} size="small" /></button>;
}

import { IMPORT_FIELDS, IMPORT_STATES, type ImportField, type ImportState } from '../../../src-shared/domain/imports/import-words.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { Note } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { Preview, States } from './import-session.ts';

const words = vi.imports;
const NONE = 'none';
const FIELD_OPTIONS = [{ id: NONE, label: words.columns.none }, ...IMPORT_FIELDS.map((id) => ({ id, label: words.fields[id] }))];
const STATE_OPTIONS = IMPORT_STATES.map((id) => ({ id, label: words.states.names[id] }));

interface ColumnsCardProps {
  readonly preview: Preview;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onField: (column: number, field: ImportField | null) => void;
}

/** What each column of the file is; closed while all that must be known is known. */
export function ColumnsCard({ preview, isOpen, onToggle, onField }: ColumnsCardProps) {
  const { columns, missing, headingLine } = preview;
  const known = columns.filter(({ field }) => field !== null).length;
  return (
    <Card title={words.columns.title} note={t(words.columns.line, { line: headingLine })} aside={t(words.columns.known, { known, all: columns.length })} isFlush
      foot={<div className="row wide"><span className="grow">{words.columns.remembered}</span><Button kind="in-block" label={isOpen ? words.columns.close : words.columns.open} combo="Alt+2" onPress={onToggle} /></div>}>
      {missing.length > 0 && <div className="import-missing"><Note kind="warn">{t(words.columns.missing, { fields: missing.map((field) => `${words.fields[field]}${field === 'procedureName' ? words.columns.or : ''}`).join(', ') })}</Note></div>}
      {isOpen && <Table label={words.columns.title} columns={columnsOf(onField)} rows={columns.map((column, index) => ({ ...column, index }))} rowId={(row) => row.letters} density="two-line" />}
    </Card>
  );
}

type ColumnRow = Preview['columns'][number] & { readonly index: number };

function columnsOf(onField: ColumnsCardProps['onField']): readonly TableColumn<ColumnRow>[] {
  return [
    { id: 'letters', header: words.columns.letters, width: 64, hasFigures: true, cell: (row) => row.letters },
    {
      id: 'heading', header: words.columns.heading, cell: (row) => (
        <>
          {row.heading === '' ? <span className="muted">{words.columns.unnamed}</span> : <b>{row.heading}</b>}
          <span className="second-line two-lines import-sample">{row.samples.join(' · ')}</span>
        </>
      ),
    },
    {
      id: 'field', header: words.columns.field, width: 240, cell: (row) => (
        <Select label={t(words.columns.fieldOf, { letters: row.letters })} isLabelHidden options={FIELD_OPTIONS} value={row.field ?? NONE}
          onChange={(id) => onField(row.index, id === NONE ? null : (id as ImportField))} />
      ),
    },
  ];
}

interface StatesCardProps {
  readonly unknown: Preview['unknownStates'];
  readonly states: States;
  readonly onState: (word: string, state: ImportState) => void;
}

/** Words of the file's column of states that nobody has said the meaning of, and those said a moment ago. */
export function StatesCard({ unknown, states, onState }: StatesCardProps) {
  const said = Object.keys(states).map((word) => ({ word, text: word, rows: undefined }));
  const rows = [...said, ...unknown.filter(({ word }) => !Object.hasOwn(states, word))];
  if (rows.length === 0) return null;
  return (
    <Card title={words.states.title} note={words.states.help}>
      <div className="import-states">
        {rows.map(({ word, text, rows: count }) => (
          <Select key={word} label={t(words.states.of, { text })} {...(count !== undefined && { labelNote: t(words.states.rows, { count }) })} options={STATE_OPTIONS} value={states[word]}
            onChange={(id) => onState(word, id as ImportState)} />
        ))}
      </div>
    </Card>
  );
}

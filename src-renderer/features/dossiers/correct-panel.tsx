import { useState, type ReactNode } from 'react';
import type { ProcedureView } from '../../../src-shared/contract/procedures.api.ts';
import type { CorrectableField } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { useCommand } from '../../client/use-command.ts';
import { useQuery } from '../../client/use-query.ts';
import { vi } from '../../text/vi.ts';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { NotesField, TextField } from '../../ui/fields/text-field.tsx';
import { Table } from '../../ui/table.tsx';
import { PanelFrame, type ActPanelProps } from './act-panel.tsx';
import { ChargeFields, DocumentRows, PaperRows } from './correct-rows.tsx';
import { changesOf, correctableOf, diffRows, type Correctable, type CorrectablePerson, type DiffRow } from './correction.ts';
import { PersonFields } from './person-fields.tsx';

const words = vi.dossiers.correct;
const NOBODY: CorrectablePerson = { type: 'individual', name: '' };

/** A form over whole fields; what will change stands below it, beside the reason, before anything is saved. */
export function CorrectPanel({ dossier, onClose, onDone }: ActPanelProps) {
  const [before] = useState(() => correctableOf(dossier.content));
  const [form, setForm] = useState<Correctable>(before);
  const [reason, setReason] = useState('');
  const command = useCommand('dossiers.correct');
  const procedure = useQuery('procedures.get', { code: dossier.content.procedure.code });
  const labels = fieldLabels(procedure.value);
  const rows = diffRows(before, form, labels);
  const set = <Field extends CorrectableField>(field: Field, value: Correctable[Field]) => setForm({ ...form, [field]: value });

  async function save(): Promise<void> {
    const done = await command.run({ id: dossier.id, reason: reason.trim(), changes: changesOf(before, form) as never });
    if (done !== undefined) onDone(vi.dossiers.done.correct, done.dossier, done.job);
  }
  return (
    <PanelFrame title={words.title} explain={words.explain} saveLabel={words.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <Part title={words.owner}><PersonFields role="owner" person={form.owner} onChange={(owner) => set('owner', owner)} startsFocused /></Part>
      <OtherPerson role="submitter" tick={words.hasSubmitter} person={form.submitter} onChange={(person) => set('submitter', person)} />
      <OtherPerson role="authorised" tick={words.hasAuthorised} person={form.authorised} onChange={(person) => set('authorised', person)} />
      <Part title={words.request}>
        <NotesField label={words.request} isLabelHidden value={form.request} onChange={(request) => set('request', request)} lengthMax={600} error={form.request.trim() === '' ? words.requestMissing : undefined} />
      </Part>
      <OwnFields values={form.fields} labels={labels} onChange={(fields) => set('fields', fields)} />
      <Part title={words.papers}><PaperRows rows={form.papers} onChange={(papers) => set('papers', [...papers])} /></Part>
      {(before.documents.length > 0 || form.documents.length > 0) && <Part title={words.documents}><DocumentRows rows={form.documents} onChange={(documents) => set('documents', [...documents])} /></Part>}
      <Part>
        <Circumstances form={form} set={set} />
      </Part>
      <Part title={words.diff}><Diff rows={rows} /></Part>
      <NotesField label={vi.dossiers.panel.reason} value={reason} onChange={setReason} lengthMax={600}
        error={rows.length === 0 ? words.unchanged : reason.trim() === '' ? vi.dossiers.panel.reasonMissing : undefined} />
    </PanelFrame>
  );
}

function fieldLabels(procedure: ProcedureView | undefined): ReadonlyMap<string, string> {
  return new Map(procedure?.entry.fields.map((field) => [field.key, field.label]));
}

function Part({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return <section className="correct-part stack" aria-label={title}>{title !== undefined && <h3>{title}</h3>}{children}</section>;
}

interface OtherPersonProps {
  readonly role: 'submitter' | 'authorised';
  readonly tick: string;
  readonly person: CorrectablePerson | undefined;
  readonly onChange: (person: CorrectablePerson | undefined) => void;
}

function OtherPerson({ role, tick, person, onChange }: OtherPersonProps) {
  return (
    <Part>
      <Checkbox isSelected={person !== undefined} onChange={(isThere) => onChange(isThere ? NOBODY : undefined)}>{tick}</Checkbox>
      {person !== undefined && <PersonFields role={role} person={person} onChange={onChange} />}
    </Part>
  );
}

interface OwnFieldsProps {
  readonly values: Correctable['fields'];
  readonly labels: ReadonlyMap<string, string>;
  readonly onChange: (values: Correctable['fields']) => void;
}

/** Answers to the procedure's own questions: those it asks today and those this dossier was asked. */
function OwnFields({ values, labels, onChange }: OwnFieldsProps) {
  const keys = [...new Set([...labels.keys(), ...Object.keys(values)])];
  if (keys.length === 0) return null;
  return (
    <Part title={words.fields}>
      <div className="form-grid">
        {keys.map((key) => (
          <div key={key} className="span-2"><TextField label={labels.get(key) ?? key} value={values[key] ?? ''} onChange={(text) => onChange({ ...values, [key]: text })} lengthMax={400} /></div>
        ))}
      </div>
    </Part>
  );
}

interface CircumstancesProps {
  readonly form: Correctable;
  readonly set: <Field extends CorrectableField>(field: Field, value: Correctable[Field]) => void;
}

function Circumstances({ form, set }: CircumstancesProps) {
  return (
    <div className="form-grid">
      <NumberField label={words.sets} min={1} max={99} value={form.sets} onChange={(sets) => set('sets', sets ?? 1)} />
      <Select label={words.channel} value={form.channel} onChange={(channel) => set('channel', channel as Correctable['channel'])}
        options={(['direct', 'online', 'post'] as const).map((id) => ({ id, label: words.channels[id] }))} />
      <Select label={words.delivery} value={form.delivery.by} onChange={(by) => set('delivery', { ...form.delivery, by: by as Correctable['delivery']['by'] })}
        options={(['counter', 'post', 'online', 'elsewhere'] as const).map((id) => ({ id, label: words.deliveries[id] }))} />
      <TextField label={words.deliveryPlace} labelNote={words.optional} value={form.delivery.place ?? ''} onChange={(place) => set('delivery', { ...form.delivery, place })} lengthMax={300} />
      <ChargeFields label={words.fee} charge={form.fee} onChange={(fee) => set('fee', fee)} />
      <ChargeFields label={words.levy} charge={form.levy} onChange={(levy) => set('levy', levy)} />
      <div className="span-4"><NotesField label={words.note} labelNote={words.optional} value={form.note ?? ''} onChange={(note) => set('note', note)} lengthMax={1_000} /></div>
    </div>
  );
}

function Diff({ rows }: { readonly rows: readonly DiffRow[] }) {
  if (rows.length === 0) return <p className="muted">{words.unchanged}</p>;
  return (
    <div className="diff" role="status">
      <Table label={words.diff} rows={rows} rowId={(row) => row.id} density="dense" isFramed columns={[
        { id: 'what', header: words.what, width: 200, cell: (row) => <span className="muted">{row.label}</span> },
        { id: 'before', header: words.before, cell: (row) => row.before },
        { id: 'after', header: words.after, cell: (row) => <b>{row.after}</b> },
      ]} />
    </div>
  );
}

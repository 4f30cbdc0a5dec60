import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import { deskToday, useDeskSession } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatLongDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';

const words = vi.delegations;

type Colleague = OutputOf<'delegations.list'>['officers'][number];

interface DelegationFormProps {
  readonly officers: readonly Colleague[];
  /** The sentence that says what was done; none when nothing was. */
  readonly onDone: (sentence?: string) => void;
}

/** Who is away, who stands in, from which day to which. An administrator chooses whose work it is; a leader hands over the own. */
export function DelegationForm({ officers, onDone }: DelegationFormProps) {
  const me = useDeskSession((state) => state.session?.officer);
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone() }]);
  return me == null ? null : <Form me={me} officers={officers} onDone={onDone} />;
}

function Form({ me, officers, onDone }: DelegationFormProps & { readonly me: Colleague }) {
  const form = useRef<FormScopeHandle>(null);
  const grant = useCommand('delegations.grant');
  const isAdmin = me.roles.includes('admin');
  const [draft, setDraft] = useState(() => draftFor(isAdmin ? undefined : me));
  const giver = officers.find(({ id }) => id === draft.from);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  async function save(): Promise<void> {
    const { from, to, firstDate, lastDate, roles, reason } = draft;
    if (form.current?.revealErrors() !== 0 || from === undefined || to === undefined || firstDate === undefined || lastDate === undefined) return;
    const granted = await grant.run({ from, to, roles: [...roles], firstDate, lastDate, reason });
    if (granted) onDone(t(words.grantedNote, { to: granted.toName, from: granted.fromName, first: formatDate(granted.firstDate), last: formatLongDate(granted.lastDate) }));
  }
  return (
    <Card title={words.addTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.help}</p>
        <div className="two-fields">
          <Select label={words.from} isDisabled={!isAdmin} options={optionsOf(isAdmin ? officers : [me])} value={draft.from}
            onChange={(from) => setDraft({ ...draft, from, roles: usuallyLent(officers.find(({ id }) => id === from)), ...(draft.to === from && { to: undefined }) })}
            error={draft.from === undefined ? words.fromMissing : undefined} />
          <Select label={words.to} options={optionsOf(officers.filter(({ id }) => id !== draft.from))} value={draft.to} onChange={(to) => change({ to })}
            error={draft.to === undefined ? words.toMissing : undefined} />
        </div>
        {giver !== undefined && <LentRoles giver={giver} roles={draft.roles} onChange={(roles) => change({ roles })} />}
        <Days draft={draft} onChange={change} />
        <TextField label={words.reason} labelNote={vi.ui.field.optional} hint={words.reasonHint} value={draft.reason} lengthMax={300} onChange={(reason) => change({ reason })} />
        <RefusalNote error={grant.error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.grant} combo="F10" onPress={() => void save()} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </FormScope>
    </Card>
  );
}

interface Draft {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly roles: readonly Role[];
  readonly firstDate: string | undefined;
  readonly lastDate: string | undefined;
  readonly reason: string;
}

function draftFor(giver: Colleague | undefined): Draft {
  return { from: giver?.id, to: undefined, roles: usuallyLent(giver), firstDate: deskToday(), lastDate: undefined, reason: '' };
}

/** All but administration: passwords and machines are handed over only by a tick of one's own. */
function usuallyLent(giver: Colleague | undefined): readonly Role[] {
  return giver?.roles.filter((role) => role !== 'admin') ?? [];
}

function optionsOf(officers: readonly Colleague[]) {
  return officers.map(({ id, name }) => ({ id, label: name }));
}

interface LentRolesProps {
  readonly giver: Colleague;
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

/** Only what the giver may do can be lent. */
function LentRoles({ giver, roles, onChange }: LentRolesProps) {
  return (
    <div className="field" role="group" aria-label={words.roles} {...(roles.length === 0 && { 'data-wrong': true })}>
      <span className="label">{words.roles}</span>
      <div className="role-boxes">
        {giver.roles.map((role) => (
          <Checkbox key={role} isSelected={roles.includes(role)} onChange={(isSelected) => onChange(isSelected ? [...roles, role] : roles.filter((one) => one !== role))}>
            {vi.session.roles[role]}
          </Checkbox>
        ))}
      </div>
      {roles.length === 0 && <p className="field-error">{words.rolesMissing}</p>}
    </div>
  );
}

function Days({ draft: { firstDate, lastDate }, onChange }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void }) {
  const today = deskToday();
  const firstFault = firstDate === undefined ? words.dateMissing : firstDate < today ? words.datePast : undefined;
  const lastFault = lastDate === undefined ? words.dateMissing : firstDate !== undefined && lastDate < firstDate ? t(words.dateBackwards) : undefined;
  return (
    <div className="two-fields">
      <DateField label={words.firstDate} today={today} direction="future" value={firstDate} onChange={(date) => onChange({ firstDate: date })} error={firstFault} />
      <DateField label={words.lastDate} today={today} direction="future" value={lastDate} onChange={(date) => onChange({ lastDate: date })} error={lastFault} />
    </div>
  );
}

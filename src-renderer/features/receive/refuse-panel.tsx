import { useState } from 'react';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { NotesField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import type { ReceiveForm } from './receive-form.ts';
import { missingNames, needsOf } from './receive-papers.ts';
import { toPerson } from './receive-people.ts';

/** Guiding and refusing: without number and clock, but recorded (domain.md §e.2). */
export interface RefuseForm {
  readonly idempotencyKey: string;
  readonly kind: 'guided' | 'refused' | undefined;
  readonly papers: readonly string[];
  /** Null: as generated from the papers. */
  readonly reason: string | null;
}

export function startRefuse(form: ReceiveForm): RefuseForm {
  return { idempotencyKey: crypto.randomUUID(), kind: undefined, papers: missingNames(form.papers), reason: null };
}

function reasonOf({ reason, papers }: RefuseForm): string {
  if (reason !== null) return reason;
  return papers.length === 0 ? '' : t(vi.receive.refuse.defaultReason, { names: papers.join('; ') });
}

export async function sendRefusal(refusal: RefuseForm, form: ReceiveForm, draft: string): Promise<ScreenError | undefined> {
  if (refusal.kind === undefined) return undefined;
  const answer = await callCoreWaiting('dossiers.refuse', {
    idempotencyKey: refusal.idempotencyKey, kind: refusal.kind, draft, procedureCode: form.procedureCode,
    ...(form.owner.name.trim() !== '' && { person: toPerson(form.owner) }),
    missingPapers: [...refusal.papers], reason: reasonOf(refusal).trim(),
  });
  return answer.ok ? undefined : answer.error;
}

interface RefusePanelProps {
  readonly handle: { current: FormScopeHandle | null };
  readonly refusal: RefuseForm;
  readonly form: ReceiveForm;
  readonly onChange: (refusal: RefuseForm) => void;
}

const KINDS = (['guided', 'refused'] as const).map((id) => ({ id, label: vi.receive.refuse.kinds[id] }));

/** F7: stands above the form in the place of the papers, nothing typed is lost by it. */
export function RefusePanel({ handle, refusal, form, onChange }: RefusePanelProps) {
  const [names] = useState(() => needsOf(form.papers).map((need) => need.rows.map((row) => row.name).join(' hoặc ')));
  const reason = reasonOf(refusal);
  return (
    <Card title={vi.receive.refuse.title} note={vi.receive.refuse.intro}>
      <FormScope className="receive-refuse" handle={handle}>
        <SegmentedChoice label={vi.receive.refuse.kind} autoFocus options={KINDS} value={refusal.kind} onChange={(kind) => onChange({ ...refusal, kind })}
          error={refusal.kind === undefined ? vi.receive.refuse.kindMissing : undefined} />
        {names.length > 0 && (
          <fieldset>
            <legend className="label">{vi.receive.refuse.papers}</legend>
            {names.map((name) => (
              <div key={name}>
                <Checkbox isAuto isSelected={refusal.papers.includes(name)}
                  onChange={(isMissing) => onChange({ ...refusal, papers: names.filter((other) => (other === name ? isMissing : refusal.papers.includes(other))) })}>{name}</Checkbox>
              </div>
            ))}
          </fieldset>
        )}
        <NotesField label={vi.receive.refuse.reason} lengthMax={600} value={reason} onChange={(next) => onChange({ ...refusal, reason: next })}
          error={reason.trim() === '' ? vi.receive.refuse.reasonMissing : undefined} />
      </FormScope>
    </Card>
  );
}

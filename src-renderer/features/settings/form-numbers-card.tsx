import { useRef, useState } from 'react';
import { FORM_NUMBER_KINDS, type FormNumberKind } from '../../../src-shared/domain/numbers/number-series.ts';
import { formatFormNumber, formNumberingSchema, type FormNumbering } from '../../../src-shared/domain/numbers/form-number.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.settings.formNumbers;
const BY = (['desk', 'hand'] as const).map((id) => ({ id, label: words.by[id] }));
const EXAMPLE = { token: '1', counter: 7 };

/** Who numbers the forms that have a number: the desk, or a person into a blank line. Forms of before keep what stands on them. */
export function FormNumbersCard({ known }: { readonly known: FormNumbering }) {
  const form = useRef<FormScopeHandle>(null);
  const isAdmin = useHasRole('admin');
  const [draft, setDraft] = useState(known);
  const [error, setError] = useState<ScreenError>();
  const [isSaved, setIsSaved] = useState(false);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    const answer = await callCore('settings.save', { key: 'formNumbers', value: draft as never });
    setError(answer.ok ? undefined : (answer.error as ScreenError));
    setIsSaved(answer.ok);
  }
  const change = (kind: FormNumberKind, changes: Partial<FormNumbering[FormNumberKind]>) => {
    setDraft({ ...draft, [kind]: { ...draft[kind], ...changes } });
    setIsSaved(false);
  };
  return (
    <Card title={words.title}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted small">{words.help}</p>
        {FORM_NUMBER_KINDS.map((kind) => (
          <div key={kind} className="two-fields">
            <SegmentedChoice label={vi.registers.formNumbers.forms[kind]} isDisabled={!isAdmin} options={BY} value={draft[kind].by} onChange={(by) => change(kind, { by })} />
            {draft[kind].by === 'desk' && (
              <TextField label={words.symbol} hint={t(words.example, { number: formatFormNumber(EXAMPLE, draft[kind].symbol) })} isDisabled={!isAdmin} hasFigures lengthMax={20}
                value={draft[kind].symbol} error={isSymbol(kind, draft) ? undefined : words.symbolWrong} onChange={(symbol) => change(kind, { symbol })} />
            )}
          </div>
        ))}
        <RefusalNote error={error} />
        {isSaved && <Note kind="good">{vi.settings.saved}</Note>}
        {isAdmin && <div><Button label={words.save} onPress={() => void save()} /></div>}
      </FormScope>
    </Card>
  );
}

function isSymbol(kind: FormNumberKind, draft: FormNumbering): boolean {
  return formNumberingSchema.shape[kind].safeParse(draft[kind]).success;
}

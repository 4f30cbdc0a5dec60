import { useRef, useState } from 'react';
import { ZERO_TENS_WORDS, type ZeroTensWord } from '../../../src-shared/domain/fees/money.ts';
import type { OfficeSettings } from '../../../src-shared/domain/settings/office-settings.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useDeskSession, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { FormNumbersCard } from './form-numbers-card.tsx';

const words = vi.settings.office;
const ZERO_TENS = ZERO_TENS_WORDS.map((id) => ({ id, label: words.zeroTensWords[id] }));
const SIZES = [{ id: 'A5', label: 'A5' }, { id: 'A4', label: 'A4' }] as const;

/** The settings this screen knows; the others stay as they are. */
interface OfficeSettingsDraft {
  readonly idleLockMinutes: number | undefined;
  readonly policeProcedures: boolean;
  readonly paperSize: 'A4' | 'A5';
  readonly zeroTensWord: ZeroTensWord;
}

/** Rules of the office that an administrator sets, each saved as an act of its own. */
export function OfficePart() {
  const settings = useQuery('settings.get', {}, (event) => event.type === 'office');
  if (settings.error !== undefined) return <RefusalNote error={settings.error} />;
  if (settings.value === undefined) return <Skeleton />;
  const known = settings.value.settings as unknown as OfficeSettingsDraft;
  return <><NamesCard /><SettingsForm known={known} /><FormNumbersCard known={(settings.value.settings as unknown as OfficeSettings).formNumbers} /></>;
}

function NamesCard() {
  const office = useDeskSession((state) => state.office?.office);
  if (office == null) return null;
  return (
    <Card>
      <div className="stack settings-form">
        <ValueLine label={words.names}><b>{office.attributes.superiorName}</b></ValueLine>
        <ValueLine label=""><b>{office.attributes.unitName}</b></ValueLine>
        <ValueLine label={words.numbering}><span className="num">{office.numbering.pattern}</span></ValueLine>
      </div>
    </Card>
  );
}

function SettingsForm({ known }: { readonly known: OfficeSettingsDraft }) {
  const form = useRef<FormScopeHandle>(null);
  const isAdmin = useHasRole('admin');
  const [draft, setDraft] = useState(known);
  const [error, setError] = useState<ScreenError>();
  const [isSaved, setIsSaved] = useState(false);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    setError(undefined);
    for (const key of ['idleLockMinutes', 'policeProcedures', 'paperSize', 'zeroTensWord'] as const) {
      const value = draft[key];
      if (value === known[key] || value === undefined) continue;
      const answer = await callCore('settings.save', { key, value });
      if (!answer.ok) {
        setError(answer.error as ScreenError);
        return;
      }
    }
    setIsSaved(true);
  }
  function change(changes: Partial<OfficeSettingsDraft>): void {
    setDraft({ ...draft, ...changes });
    setIsSaved(false);
  }
  const minutes = draft.idleLockMinutes;
  return (
    <Card>
      <FormScope className="stack settings-form" handle={form}>
        <NumberField label={words.idle} labelNote={words.idleNote} isDisabled={!isAdmin} min={1} max={240} value={minutes} onChange={(idleLockMinutes) => change({ idleLockMinutes })}
          error={minutes === undefined || minutes < 1 || minutes > 240 ? words.idleWrong : undefined} />
        <SegmentedChoice label={words.paperSize} isDisabled={!isAdmin} options={SIZES} value={draft.paperSize} onChange={(paperSize) => change({ paperSize })} />
        <SegmentedChoice label={words.zeroTens} isDisabled={!isAdmin} options={ZERO_TENS} value={draft.zeroTensWord} onChange={(zeroTensWord) => change({ zeroTensWord })} />
        <div>
          <Checkbox isDisabled={!isAdmin} isSelected={draft.policeProcedures} onChange={(policeProcedures) => change({ policeProcedures })}>{words.police}</Checkbox>
          <p className="small muted">{words.policeNote}</p>
        </div>
        <RefusalNote error={error} />
        {isSaved && <Note kind="good">{vi.settings.saved}</Note>}
        {isAdmin ? <div><Button kind="main" isMainAction label={vi.settings.save} combo="F10" onPress={() => void save()} /></div> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
      </FormScope>
    </Card>
  );
}

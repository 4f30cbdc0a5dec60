import { useRef, useState } from 'react';
import type { ReceptionOutsideHours } from '../../../src-shared/domain/deadlines/deadline.ts';
import { ZERO_TENS_WORDS, type ZeroTensWord } from '../../../src-shared/domain/fees/money.ts';
import type { OfficeSettings } from '../../../src-shared/domain/settings/office-settings.ts';
import type { AddressBand } from '../../../src-shared/domain/persons/citizen-address.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskToday, useDeskSession, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { bandsOf, type AddressDraft } from './address-draft.ts';
import { AddressFields } from './address-fields.tsx';
import { FormNumbersCard } from './form-numbers-card.tsx';

const words = vi.settings.office;
const ZERO_TENS = ZERO_TENS_WORDS.map((id) => ({ id, label: words.zeroTensWords[id] }));
const SIZES = [{ id: 'A5', label: 'A5' }, { id: 'A4', label: 'A4' }] as const;

const OUTSIDE_HOURS = (Object.keys(words.outsideHoursRules) as ReceptionOutsideHours[]).map((id) => ({ id, label: words.outsideHoursRules[id] }));

/** The settings this screen knows; the others stay as they are. */
interface OfficeSettingsKnown {
  readonly idleLockMinutes: number;
  readonly supplementLimitDays: number;
  readonly paperSize: 'A4' | 'A5';
  readonly receipt2025From: IsoDate;
  readonly receptionOutsideHours: ReceptionOutsideHours;
  readonly zeroTensWord: ZeroTensWord;
  readonly citizenAddress: readonly AddressBand[];
  readonly policeProcedures: boolean;
}

/** While it is typed a field may be blank. */
interface OfficeSettingsDraft extends Omit<OfficeSettingsKnown, 'idleLockMinutes' | 'supplementLimitDays' | 'receipt2025From' | 'citizenAddress'> {
  readonly idleLockMinutes: number | undefined;
  readonly supplementLimitDays: number | undefined;
  readonly receipt2025From: IsoDate | undefined;
  readonly citizenAddress: readonly AddressDraft[];
}

const KEYS = ['idleLockMinutes', 'paperSize', 'receipt2025From', 'receptionOutsideHours', 'supplementLimitDays', 'zeroTensWord', 'citizenAddress', 'policeProcedures'] as const satisfies readonly (keyof OfficeSettingsKnown)[];

/** What was changed, each to be saved as an act of its own. */
function changesOf(known: OfficeSettingsKnown, draft: OfficeSettingsDraft) {
  const inOrder = (settings: OfficeSettingsDraft) => ({ ...settings, citizenAddress: bandsOf(settings.citizenAddress) });
  const [before, wanted] = [inOrder(known), inOrder(draft)];
  return KEYS.flatMap((key) => {
    const value = wanted[key];
    return value === undefined || JSON.stringify(value) === JSON.stringify(before[key]) ? [] : [{ key, value }];
  });
}

/** Rules of the office that an administrator sets, each saved as an act of its own. */
export function OfficePart() {
  const settings = useQuery('settings.get', {}, (event) => event.type === 'office');
  if (settings.error !== undefined) return <RefusalNote error={settings.error} />;
  if (settings.value === undefined) return <Skeleton />;
  const known = settings.value.settings as unknown as OfficeSettingsKnown;
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

function SettingsForm({ known }: { readonly known: OfficeSettingsKnown }) {
  const form = useRef<FormScopeHandle>(null);
  const isAdmin = useHasRole('admin');
  const [draft, setDraft] = useState<OfficeSettingsDraft>(known);
  const [error, setError] = useState<ScreenError>();
  const [isSaved, setIsSaved] = useState(false);
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0) return;
    setError(undefined);
    for (const change of changesOf(known, draft)) {
      const answer = await callCore('settings.save', change);
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
  const days = draft.supplementLimitDays;
  return (
    <Card>
      <FormScope className="stack settings-form" handle={form}>
        <NumberField label={words.idle} labelNote={words.idleNote} isDisabled={!isAdmin} min={1} max={240} value={minutes} onChange={(idleLockMinutes) => change({ idleLockMinutes })}
          error={minutes === undefined || minutes < 1 || minutes > 240 ? words.idleWrong : undefined} />
        <SegmentedChoice label={words.paperSize} isDisabled={!isAdmin} options={SIZES} value={draft.paperSize} onChange={(paperSize) => change({ paperSize })} />
        <div>
          <DateField label={words.receiptFrom} isDisabled={!isAdmin} today={deskToday()} value={draft.receipt2025From} onChange={(receipt2025From) => change({ receipt2025From })}
            error={draft.receipt2025From === undefined ? words.receiptFromMissing : undefined} />
          <p className="small muted">{words.receiptFromNote}</p>
        </div>
        <div>
          <Select label={words.outsideHours} isDisabled={!isAdmin} options={OUTSIDE_HOURS} value={draft.receptionOutsideHours} onChange={(id) => change({ receptionOutsideHours: id as ReceptionOutsideHours })} />
          <p className="small muted">{words.outsideHoursNote}</p>
        </div>
        <div>
          <NumberField label={words.supplementLimit} labelNote={words.supplementLimitUnit} isDisabled={!isAdmin} min={1} max={366} value={days} onChange={(supplementLimitDays) => change({ supplementLimitDays })}
            error={days === undefined || days < 1 || days > 366 ? words.supplementLimitWrong : undefined} />
          <p className="small muted">{words.supplementLimitNote}</p>
        </div>
        <SegmentedChoice label={words.zeroTens} isDisabled={!isAdmin} options={ZERO_TENS} value={draft.zeroTensWord} onChange={(zeroTensWord) => change({ zeroTensWord })} />
        <AddressFields bands={draft.citizenAddress} isDisabled={!isAdmin} onChange={(citizenAddress) => change({ citizenAddress })} />
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

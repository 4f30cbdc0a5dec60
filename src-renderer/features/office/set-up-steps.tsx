import { PROVINCES, provinceFullName } from '../../../src-shared/domain/office/provinces.ts';
import { codePatternFault, DEFAULT_CODE_PATTERN } from '../../../src-shared/domain/numbers/number-series.ts';
import { onlyDigits } from '../../../src-shared/lib/number-input.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { agencyCodeProblem, communeProblem } from './agency-code.ts';
import { ChoiceKeys } from './choice-keys.tsx';
import { changeSetUp, firstTokens, headOf, paperDay, type CommuneType, type SetUpDraft } from './set-up-draft.ts';

interface StepProps {
  readonly draft: SetUpDraft;
}

const PROVINCE_OPTIONS = PROVINCES.map((one) => ({ id: one.code, label: one.name, note: provinceFullName(one), end: one.code }));
const COMMUNE_TYPES = (Object.keys(vi.office.place.types) as CommuneType[]).map((id) => ({ id, label: vi.office.place.types[id] }));

export function PlaceStep({ draft }: StepProps) {
  const words = vi.office.place;
  return (
    <>
      <ComboBox label={words.province} autoFocus options={PROVINCE_OPTIONS} value={draft.provinceCode} onChange={(provinceCode) => changeSetUp({ provinceCode })}
        error={draft.provinceCode === undefined ? words.provinceMissing : undefined} />
      <div className="two-fields">
        <SegmentedChoice label={words.communeType} options={COMMUNE_TYPES} value={draft.communeType} onChange={(communeType) => changeSetUp({ communeType })} />
        <TextField label={words.commune} value={draft.communeWord} onChange={(communeWord) => changeSetUp({ communeWord })} hint={words.communeHint} lengthMax={70}
          error={communeProblem(draft.communeWord, (communeWord) => changeSetUp({ communeWord }))} />
      </div>
      <TextField label={words.agencyCode} labelNote={words.agencyNote} value={draft.agencyCode} onChange={(agencyCode) => changeSetUp({ agencyCode })} hasFigures lengthMax={20}
        error={agencyCodeProblem(draft.agencyCode, (agencyCode) => changeSetUp({ agencyCode }))} />
      <TextField label={words.communeCode} labelNote={vi.ui.field.optional} value={draft.communeCode} inputMode="numeric" hasFigures lengthMax={5}
        onChange={(text) => changeSetUp({ communeCode: onlyDigits(text) })}
        error={draft.communeCode === '' || draft.communeCode.length === 5 ? undefined : t(words.communeCodeWrong, { count: draft.communeCode.length })} />
    </>
  );
}

export function HeadStep({ draft }: StepProps) {
  const words = vi.office.head;
  const head = headOf(draft);
  const missing = (text: string) => (text.trim() === '' ? words.missing : undefined);
  return (
    <>
      <TextField label={words.superior} autoFocus value={head.superiorName} onChange={(superiorName) => changeSetUp({ superiorName })} error={missing(head.superiorName)} lengthMax={120} />
      <TextField label={words.unit} value={head.unitName} onChange={(unitName) => changeSetUp({ unitName })} error={missing(head.unitName)} lengthMax={160} />
      <TextField label={words.place} value={head.placeName} onChange={(placeName) => changeSetUp({ placeName })} error={missing(head.placeName)} lengthMax={60}
        hint={t(words.placeHint, { place: head.placeName, ...paperDay(draft) })} />
      <div className="two-fields">
        <TextField label={words.hotline} labelNote={vi.ui.field.optional} value={draft.hotline} onChange={(hotline) => changeSetUp({ hotline })} lengthMax={60} />
        <TextField label={words.lookup} labelNote={vi.ui.field.optional} value={draft.lookupAddress} onChange={(lookupAddress) => changeSetUp({ lookupAddress })} lengthMax={120} />
      </div>
    </>
  );
}

export function NumbersStep({ draft }: StepProps) {
  const words = vi.office.numbers;
  const fault = codePatternFault(draft.pattern);
  const { token, reserves } = firstTokens(draft);
  return (
    <>
      <ChoiceKeys label={words.mode} autoFocus value={draft.mode} onChange={(mode) => changeSetUp({ mode })} choices={[
        { id: 'official', label: words.official, note: words.officialNote }, { id: 'provisional', label: words.provisional, note: words.provisionalNote },
      ]} />
      <ChoiceKeys label={words.alphabet} value={draft.alphabet} onChange={(alphabet) => changeSetUp({ alphabet })} choices={[
        { id: 'digitsAndLetters', label: words.digits, note: words.digitsNote }, { id: 'lettersOnly', label: words.letters, note: words.lettersNote },
      ]} />
      <ChoiceKeys label={words.length} value={String(draft.tokenLength) as '1' | '2'} onChange={(length) => changeSetUp({ tokenLength: length === '1' ? 1 : 2 })} choices={[
        { id: '1', label: words.few, note: words.fewNote }, { id: '2', label: words.many, note: words.manyNote },
      ]} />
      <TextField label={words.deskName} labelNote={t(words.tokens, { token, reserves: reserves.join(', ') })} value={draft.deskName} onChange={(deskName) => changeSetUp({ deskName })}
        hint={words.deskNameHint} lengthMax={40} error={draft.deskName.trim() === '' ? words.deskNameMissing : undefined} />
      <TextField label={words.pattern} labelNote={words.patternNote} value={draft.pattern} onChange={(pattern) => changeSetUp({ pattern })} hasFigures lengthMax={60}
        isAuto={draft.pattern === DEFAULT_CODE_PATTERN}
        error={fault === null ? undefined : { words: fault, fix: { label: words.patternFix, onFix: () => changeSetUp({ pattern: DEFAULT_CODE_PATTERN }) } }} />
    </>
  );
}

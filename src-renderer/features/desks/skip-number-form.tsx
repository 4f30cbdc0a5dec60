import { useRef, useState } from 'react';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskToday } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { NumberField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { nameOfNumber, type Numbers } from './number-words.ts';

const words = vi.settings.numbers;
type Kind = Numbers['running'][number]['kind'];
const KINDS = (Object.keys(words.kinds) as Kind[]).map((id) => ({ id, label: words.kinds[id] }));

interface SkipNumberFormProps {
  readonly numbers: Numbers;
  /** The sentence that says what was done; none when nothing was. */
  readonly onDone: (sentence?: string) => void;
}

interface Draft {
  readonly kind: Kind;
  readonly token: string | undefined;
  readonly day: string | undefined;
  readonly year: number | undefined;
  readonly counter: number | undefined;
}

/** Says of one number that no dossier has it: the next of this desk, or one that is missing in a series. */
export function SkipNumberForm({ numbers, onDone }: SkipNumberFormProps) {
  const form = useRef<FormScopeHandle>(null);
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.randomUUID());
  const tokens = tokensToSkipIn(numbers);
  const [draft, setDraft] = useState<Draft>({ kind: 'dossier', token: tokens[0], day: deskToday(), year: Number(deskToday().slice(0, 4)), counter: undefined });
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ScreenError>();
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone() }]);
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    // Another number is another request.
    setIdempotencyKey(crypto.randomUUID());
  };
  async function save(): Promise<void> {
    const number = numberOf(draft);
    if (form.current?.revealErrors() !== 0 || number === undefined) return;
    const answer = await callCore('numbers.skip', { idempotencyKey, number, reason });
    if (answer.ok) onDone(t(words.skipped, { number: nameOfNumber(number) }));
    else setError(answer.error as ScreenError);
  }
  return (
    <Card title={words.skipTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.skipHelp}</p>
        <Select label={words.kind} options={KINDS} value={draft.kind} onChange={(kind) => change({ kind: kind as Kind })} autoFocus />
        <SeriesFields draft={draft} tokens={tokens} onChange={change} />
        <NumberField label={words.counter} hint={hintFor(numbers, draft)} min={1} max={999_999} value={draft.counter} onChange={(counter) => change({ counter })}
          error={draft.counter === undefined ? words.counterMissing : undefined} />
        <TextField label={words.reason} hint={words.skipReasonHint} value={reason} lengthMax={300} error={reason.trim() === '' ? words.reasonMissing : undefined}
          onChange={(typed) => {
            setReason(typed);
            setIdempotencyKey(crypto.randomUUID());
          }} />
        <RefusalNote error={error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.skip} combo="F10" onPress={() => void save()} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </FormScope>
    </Card>
  );
}

interface SeriesFieldsProps {
  readonly draft: Draft;
  readonly tokens: readonly string[];
  readonly onChange: (changes: Partial<Draft>) => void;
}

function SeriesFields({ draft, tokens, onChange }: SeriesFieldsProps) {
  const { kind, token, day, year } = draft;
  return (
    <div className="two-fields">
      {kind === 'dossier'
        ? <DateField label={words.day} today={deskToday()} value={day} onChange={(date) => onChange({ day: date })} error={day === undefined ? words.dayMissing : undefined} />
        : <NumberField label={words.year} min={1} max={2099} value={year} onChange={(typed) => onChange({ year: typed })} error={isYear(year) ? undefined : words.yearWrong} />}
      <Select label={words.token} options={tokens.map((id) => ({ id, label: id }))} value={token} onChange={(id) => onChange({ token: id })} />
    </div>
  );
}

/** This desk's own series first; then those in which nobody counts any more. */
function tokensToSkipIn({ running, tokens, resting }: Numbers): readonly string[] {
  const over = tokens.filter(({ use }) => use === 'former').map(({ token }) => token);
  return [...new Set([...running.map(({ token }) => token), ...over, ...resting.map(({ token }) => token)])];
}

function isYear(year: number | undefined): year is number {
  return year !== undefined && year >= 2000 && year <= 2099;
}

function numberOf({ kind, token, day, year, counter }: Draft): InputOf<'numbers.skip'>['number'] | undefined {
  if (token === undefined || counter === undefined) return undefined;
  if (kind === 'dossier') return day === undefined ? undefined : { kind, token, period: day, counter };
  return isYear(year) ? { kind, token, period: String(year), counter } : undefined;
}

function hintFor({ running }: Numbers, { kind, token, day, year }: Draft): string | undefined {
  const series = running.find((one) => one.kind === kind && one.token === token && one.period === (kind === 'dossier' ? day : String(year)));
  return series && t(words.next, { next: series.next });
}

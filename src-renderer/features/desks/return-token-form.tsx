import { useId, useRef, useState } from 'react';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/fields/choice-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, useFormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { EmptyState } from '../../ui/note.tsx';
import type { Numbers } from './number-words.ts';

const words = vi.settings.numbers;
type Token = Numbers['tokens'][number];

interface ReturnTokenFormProps {
  readonly tokens: readonly Token[];
  /** The sentence that says what was done; none when nothing was. */
  readonly onDone: (sentence?: string) => void;
}

/** Takes back what a machine held that is gone: the officer names the machine, its tokens are all ticked. */
export function ReturnTokenForm({ tokens, onDone }: ReturnTokenFormProps) {
  const form = useRef<FormScopeHandle>(null);
  const elsewhere = tokens.filter(({ here }) => !here);
  const desks = [...new Map(elsewhere.map(({ desk, deskName }) => [desk, { id: desk, label: deskName }])).values()];
  const [desk, setDesk] = useState<string | undefined>(desks.length === 1 ? desks[0]?.id : undefined);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [isGone, setIsGone] = useState(false);
  const [reason, setReason] = useState('');
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone() }]);
  const ofDesk = elsewhere.filter((token) => token.desk === desk);
  // The office has said already that nobody uses that machine any more.
  const isStopped = ofDesk.length > 0 && ofDesk.every(({ revoked }) => revoked);
  const chosen = ofDesk.map(({ token }) => token).filter((token) => !kept.has(token));
  const { error, takeBack } = useTakingBack(onDone);
  if (desks.length === 0) return <Card title={words.returnTitle}><EmptyState action={<Button label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} />}>{words.nothingToReturn}</EmptyState></Card>;
  return (
    <Card title={words.returnTitle}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{words.returnHelp}</p>
        <Select label={words.desk} options={desks} value={desk} onChange={setDesk} error={desk === undefined ? words.deskMissing : undefined} />
        {desk !== undefined && <TokenBoxes tokens={ofDesk} kept={kept} onChange={setKept} />}
        {!isStopped && <GoneBox isGone={isGone} onChange={setIsGone} />}
        <TextField label={words.reason} hint={words.returnReasonHint} value={reason} onChange={setReason} lengthMax={300} error={reason.trim() === '' ? words.reasonMissing : undefined} />
        <RefusalNote error={error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.return} combo="F10" onPress={() => {
            if (form.current?.revealErrors() === 0) void takeBack(chosen, reason, !isStopped);
          }} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </FormScope>
    </Card>
  );
}

interface TokenBoxesProps {
  readonly tokens: readonly Token[];
  /** Those that were unticked. */
  readonly kept: ReadonlySet<string>;
  readonly onChange: (kept: ReadonlySet<string>) => void;
}

function TokenBoxes({ tokens, kept, onChange }: TokenBoxesProps) {
  const labelId = useId();
  const { showsAllErrors } = useFormScope();
  const isEmpty = tokens.every(({ token }) => kept.has(token));
  return (
    <div className="field" role="group" aria-labelledby={labelId} {...(isEmpty && { 'data-wrong': true })}>
      <span id={labelId} className="label">{words.tokens}</span>
      <div className="role-boxes">
        {tokens.map(({ token, use }) => (
          <Checkbox key={token} isSelected={!kept.has(token)} onChange={(isTaken) => onChange(new Set(isTaken ? [...kept].filter((one) => one !== token) : [...kept, token]))}>
            <span><b className="num">{token}</b> <span className="muted">{words.uses[use]}</span></span>
          </Checkbox>
        ))}
      </div>
      {isEmpty && showsAllErrors && <p className="field-error">{words.tokensMissing}</p>}
    </div>
  );
}

/** Only a person knows whether a machine that is not here still gives numbers. */
function GoneBox({ isGone, onChange }: { readonly isGone: boolean; readonly onChange: (isGone: boolean) => void }) {
  const { showsAllErrors } = useFormScope();
  return (
    <div {...(!isGone && { 'data-wrong': true })}>
      <Checkbox isSelected={isGone} onChange={onChange}>{words.gone}</Checkbox>
      {!isGone && showsAllErrors && <p className="field-error">{words.goneMissing}</p>}
      <p className="small muted">{words.goneWhy}</p>
    </div>
  );
}

/** One act for each token. What was taken back before a refusal stays so, and is answered again when all is sent again. */
function useTakingBack(onDone: (sentence: string) => void) {
  const keys = useRef(new Map<string, string>());
  const [error, setError] = useState<ScreenError>();
  async function takeBack(tokens: readonly string[], reason: string, machineGone: boolean): Promise<void> {
    let freeFrom = '';
    for (const token of tokens) {
      const idempotencyKey = keys.current.get(token) ?? crypto.randomUUID();
      keys.current.set(token, idempotencyKey);
      const answer = await callCore('numbers.returnToken', { idempotencyKey, token, machineGone, reason });
      if (!answer.ok) {
        setError(answer.error as ScreenError);
        return;
      }
      ({ freeFrom } = answer.value);
    }
    onDone(t(words.returned, { tokens: tokens.join(', '), date: formatDate(freeFrom) }));
  }
  return { error, takeBack };
}

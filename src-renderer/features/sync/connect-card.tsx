import { useRef, useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { readAdmissionWords } from '../../../src-shared/sync-protocol/admission-words.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.sync.connect;
type Server = OutputOf<'sync.look'>;

/**
 * The upper tier's text, pasted, typed or scanned, holds all there is to know, and the fingerprint is compared by the program. Without it
 * address and code are typed, and nothing is agreed to before an officer has said that the fingerprint is the same.
 */
export function ConnectCard({ known }: { readonly known: Server | null }) {
  const form = useRef<FormScopeHandle>(null);
  const [text, setText] = useState('');
  const [address, setAddress] = useState(known?.address ?? '');
  const [code, setCode] = useState('');
  const { found, error, isDone, look, connect, forget } = useConnecting();
  const admission = readAdmissionWords(text);
  return (
    <Card title={known === null ? words.title : words.again}>
      <FormScope className="stack settings-form" handle={form}>
        <p className="muted">{t(words.help)}</p>
        <TextField label={words.text} hint={words.textHint} value={text} lengthMax={400} error={text.trim() !== '' && admission === null ? words.textWrong : undefined} onChange={(value) => {
          setText(value);
          forget();
        }} />
        {admission === null && (
          <>
            <TextField label={words.address} hint={words.addressHint} value={address} lengthMax={200} error={text.trim() === '' && address.trim() === '' ? words.addressMissing : undefined} onChange={(value) => {
              setAddress(value);
              forget();
            }} />
            <TextField label={words.code} hint={words.codeHint} value={code} onChange={setCode} lengthMax={20} hasFigures />
          </>
        )}
        <RefusalNote error={error} />
        {isDone && <Note kind="good">{words.done}</Note>}
        {admission !== null ? (
          <>
            <ValueLine label={words.address}><b>{admission.address}</b></ValueLine>
            <ValueLine label={vi.sync.figures.fingerprint}><b className="num">{admission.fingerprint}</b></ValueLine>
            <div className="row wide">
              <Button isMainAction label={words.connect} onPress={() => void connect(admission, admission.code)} />
            </div>
          </>
        ) : found === undefined ? (
          <div className="row wide">
            <Button isMainAction label={words.look} onPress={() => {
              if (form.current?.revealErrors() === 0) void look(address.trim());
            }} />
          </div>
        ) : (
          <>
            <ValueLine label={vi.sync.figures.server}><b>{found.name}</b></ValueLine>
            <ValueLine label={vi.sync.figures.fingerprint}><b className="num">{found.fingerprint}</b></ValueLine>
            <Note kind="warn">{words.compare}</Note>
            <div className="row wide">
              <Button isMainAction isPassedByEnter label={words.agree} onPress={() => void connect(found, code.trim())} />
              <Button kind="quiet" label={words.differs} onPress={forget} />
            </div>
          </>
        )}
      </FormScope>
    </Card>
  );
}

function useConnecting() {
  const [found, setFound] = useState<Server>();
  const [error, setError] = useState<ScreenError>();
  const [isDone, setIsDone] = useState(false);
  return {
    found, error, isDone,
    forget: () => {
      setFound(undefined);
      setError(undefined);
    },
    look: async (address: string) => {
      const answer = await callCore('sync.look', { address });
      setIsDone(false);
      setError(answer.ok ? undefined : (answer.error as ScreenError));
      setFound(answer.ok ? answer.value : undefined);
    },
    connect: async ({ address, fingerprint }: Pick<Server, 'address' | 'fingerprint'>, code: string) => {
      const answer = await callCore('sync.connect', { address, fingerprint, code: code === '' ? null : code });
      setError(answer.ok ? undefined : (answer.error as ScreenError));
      setIsDone(answer.ok);
      setFound(undefined);
    },
  };
}

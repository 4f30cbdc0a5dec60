import { Link2 } from 'lucide-react';
import { useRef, useState, type Ref } from 'react';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

const words = vi.province.link;
type Doubts = NonNullable<InputOf<'dossiers.linkCode'>['despite']>;

interface LinkFormProps {
  readonly dossier: DossierView;
  readonly onLinked: (dossier: DossierView, code: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** The code that the province's system gave. What looks wrong is said once; the same button then links it all the same. */
export function LinkForm({ dossier, onLinked, ref }: LinkFormProps) {
  const form = useRef<FormScopeHandle>(null);
  const [code, setCode] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [error, setError] = useState<ScreenError>();
  const isBusy = useRef(false);
  const doubts = error?.code === 'dossiers.codeDoubtful' ? doubtsOf(error) : [];
  async function link(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || isBusy.current) return;
    isBusy.current = true;
    const answer = await callCoreWaiting('dossiers.linkCode', { id: dossier.id, idempotencyKey: key, code: { system: 'province', code: code.trim() }, despite: [...doubts] });
    isBusy.current = false;
    // With the doubts it is another request.
    setKey(crypto.randomUUID());
    if (answer.ok) onLinked(answer.value.dossier, code.trim());
    else setError(answer.error as ScreenError);
  }
  return (
    <Card>
      <FormScope className="stack" handle={form}>
        <div className="link-line">
          <TextField ref={ref ?? null} label={words.label} hint={words.hint} value={code} hasFigures lengthMax={60} error={code.trim() === '' ? words.missing : undefined}
            onChange={(typed) => {
              setCode(typed);
              setError(undefined);
            }} />
          <Button kind="main" isMainAction icon={Link2} combo="F10" label={doubts.length > 0 ? words.anyway : words.link} onPress={() => void link()} />
        </div>
        {doubts.length > 0 ? <div role="alert"><Note kind="warn" title={words.check} errorCode={error?.code}>{error?.sentence}</Note></div> : <RefusalNote error={error} />}
      </FormScope>
    </Card>
  );
}

function doubtsOf(error: ScreenError): Doubts {
  const doubts = (error.detail as { readonly doubts?: readonly { readonly doubt: Doubts[number] }[] } | undefined)?.doubts ?? [];
  return doubts.map(({ doubt }) => doubt);
}

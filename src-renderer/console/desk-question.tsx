import { useRef, useState } from 'react';
import type { DeskLine } from '../../src-shared/console-contract/console-views.ts';
import type { ScreenError } from '../client/core-client.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormScope, type FormScopeHandle } from '../ui/keyboard/form-scope.tsx';
import { callConsole } from './console-session.ts';

const words = viConsole.office;
const RESCUE_DAYS = 7;
const REASON_MIN = 3;

export interface DeskAsk {
  readonly office: string;
  readonly desk: DeskLine;
  readonly act: 'stop' | 'resume' | 'rescue';
}

interface DeskQuestionProps {
  readonly asked: DeskAsk;
  readonly onClose: (isDone: boolean) => void;
}

/** What will happen, in plain words, before it does. A stop and its end want a reason, which is kept with the name. */
export function DeskQuestion({ asked: { office, desk, act }, onClose }: DeskQuestionProps) {
  const form = useRef<FormScopeHandle>(null);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<ScreenError>();
  const name = desk.name;
  const asks = {
    stop: { title: t(words.stopTitle, { name }), lines: [words.stopWhat, words.stopKept, ...(desk.unsent > 0 ? [t(words.stopUnsent, { count: desk.unsent })] : []), words.stopBack, words.stopTheft], action: words.stop },
    resume: { title: t(words.resumeTitle, { name }), lines: [words.resumeWhat], action: words.resume },
    rescue: { title: t(words.rescueTitle, { name }), lines: [words.rescueWhat], action: words.letRescue },
  } as const;
  const { title, lines, action } = asks[act];
  async function run(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || desk.desk === null) return;
    const target = { office, desk: desk.desk };
    const answer = act === 'rescue' ? await callConsole('desks.rescue', { ...target, days: RESCUE_DAYS }) : await callConsole(act === 'stop' ? 'desks.stop' : 'desks.resume', { ...target, reason });
    if (answer.ok) onClose(true);
    else setError(answer.error);
  }
  return (
    <Dialog title={title} className="console-question" onClose={() => onClose(false)}>
      {/* The buttons stand in the form, so that Enter on the last field comes to them. */}
      <FormScope className="stack" handle={form}>
        <ul className="console-consequences">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
        {act !== 'rescue' && <TextField label={words.reason} value={reason} onChange={setReason} lengthMax={300} autoFocus error={reason.trim().length < REASON_MIN ? words.reasonMissing : undefined} />}
        <RefusalNote error={error} />
        <div className="dialog-actions">
          <Button label={viConsole.people.cancel} cap="Esc" autoFocus={act === 'rescue'} onPress={() => onClose(false)} />
          <Button kind="main" isMainAction label={action} onPress={() => void run()} />
        </div>
      </FormScope>
    </Dialog>
  );
}

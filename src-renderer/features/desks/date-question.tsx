import { useRef, useState } from 'react';
import type { OfficeState } from '../../../src-shared/contract/office.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { loadOffice, putDateQuestionAside } from '../../client/desk-session.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatLongDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { FormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';

type Question = NonNullable<NonNullable<OfficeState['office']>['dateQuestion']>;

/** "Hôm nay là ngày nào?": asked once when the machine's clock cannot be believed. Reading goes on without the answer. */
export function DateQuestion({ question }: { readonly question: Question }) {
  const words = vi.session.date;
  const form = useRef<FormScopeHandle>(null);
  const [date, setDate] = useState<string>();
  const [error, setError] = useState<ScreenError>();
  const last = question.lastDate;
  async function save(): Promise<void> {
    if (form.current?.revealErrors() !== 0 || date === undefined) return;
    const answer = await callCore('desks.confirmDate', { date });
    if (answer.ok) await loadOffice();
    else setError(answer.error as ScreenError);
  }
  return (
    <Dialog title={words.title} onClose={putDateQuestionAside}>
      <FormScope className="stack" handle={form}>
        <Note kind="warn" title={t(words.machine, { date: formatLongDate(question.machineDate) })}>
          {t(words.causes[question.cause], { last: last === null ? '' : formatDate(last) })}
        </Note>
        <DateField label={words.label} hint={words.hint} autoFocus today={last ?? question.machineDate} direction="future" value={date} onChange={setDate}
          error={date === undefined ? words.missing : undefined} />
        {/* Only a hint: the last work itself may have been saved under a wrong date. */}
        {date !== undefined && last !== null && date < last && <Note kind="warn">{t(words.early)}</Note>}
        <p className="small muted">{t(words.why)}</p>
        <RefusalNote error={error} />
        <div className="row wide">
          <Button kind="main" isMainAction label={words.save} cap="Enter" onPress={() => void save()} />
          <Button kind="quiet" label={words.aside} cap="Esc" onPress={putDateQuestionAside} />
        </div>
      </FormScope>
    </Dialog>
  );
}

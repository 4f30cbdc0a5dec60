import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { useQuery } from '../../client/use-query.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatInstant } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormScope } from '../../ui/keyboard/form-scope.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

export type CalendarChange = InputOf<'calendar.previewChange'>;
type Preview = OutputOf<'calendar.previewChange'>;
type Moved = Preview['moved'][number];
const words = vi.officeSettings.change;

interface ChangePreviewProps {
  readonly title: string;
  readonly change: CalendarChange;
  readonly error: ScreenError | undefined;
  readonly onSave: () => void;
  readonly onBack: () => void;
}

/**
 * What a change of the calendar would do, before anything is written. The promise that printed dates stay comes first, and
 * the cursor is on no button: an Enter too many must not save what nobody has read (ux.md §1, 8).
 */
export function ChangePreview({ title, change, error, onSave, onBack }: ChangePreviewProps) {
  const preview = useQuery('calendar.previewChange', change);
  useKeys([{ combo: 'Esc', label: words.back, run: onBack }]);
  if (preview.error !== undefined) return <RefusalNote error={preview.error} />;
  if (preview.value === undefined) return <Skeleton />;
  const { refusal } = preview.value;
  return (
    <Card title={title}>
      <FormScope className="stack">
        {refusal === null ? <Consequences preview={preview.value} isDay={change.what === 'day'} /> : <Note kind="bad" title={words.dayError}>{refusal}</Note>}
        <RefusalNote error={error} />
        <div className="row wide">
          {refusal === null && <Button kind="main" isMainAction label={words.save} combo="F10" onPress={onSave} />}
          <Button kind="quiet" label={words.back} cap="Esc" onPress={onBack} />
        </div>
      </FormScope>
    </Card>
  );
}

function Consequences({ preview: { running, whileClosed, moved }, isDay }: { readonly preview: Preview; readonly isDay: boolean }) {
  return (
    <>
      <Note kind="good">{words.promise}</Note>
      <p>{running === 0 ? words.runningNone : t(isDay ? words.runningDay : words.runningHours, { count: running })}</p>
      {whileClosed > 0 && <Note kind="warn">{t(words.whileClosed, { count: whileClosed })}</Note>}
      {moved.length === 0 ? <p>{words.movedNone}</p> : <>
        <p className="label">{words.movedTitle}</p>
        <Table label={words.movedTitle} density="dense" isFramed columns={columnsFor(moved)} rows={moved} rowId={({ term }) => term} />
      </>}
    </>
  );
}

/** With the hour only where the day alone does not tell them apart. */
function columnsFor(moved: readonly Moved[]): readonly TableColumn<Moved>[] {
  const isByHour = moved.every(({ before, after }) => officeDate(before) === officeDate(after));
  const said = (at: number) => (isByHour ? formatInstant(at) : formatDate(officeDate(at)));
  return [
    { id: 'term', header: words.term, cell: ({ term }) => term },
    { id: 'received', header: words.received, width: 130, hasFigures: true, cell: ({ receivedOn }) => formatDate(receivedOn) },
    { id: 'before', header: words.before, width: 160, hasFigures: true, cell: ({ before }) => said(before) },
    { id: 'after', header: words.after, width: 160, hasFigures: true, cell: ({ after }) => <b>{said(after)}</b> },
  ];
}

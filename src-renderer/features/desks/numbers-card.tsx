import { useHasRole } from '../../client/desk-session.ts';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Note } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { nameOfNumber, type Numbers } from './number-words.ts';

type SkippedNumber = Numbers['skipped'][number];
const words = vi.settings.numbers;

interface NumbersCardProps {
  readonly numbers: Numbers;
  /** What was just done. */
  readonly done: string | undefined;
  readonly onReturn: () => void;
  readonly onSkip: () => void;
}

/** What the office's series tokens are doing beside the desks that use them; an administrator opens the two acts about numbers here. */
export function NumbersCard({ numbers, done, onReturn, onSkip }: NumbersCardProps) {
  const isAdmin = useHasRole('admin');
  return (
    <>
      <Card title={words.title}>
        <div className="stack settings-form">
          <TokenLines numbers={numbers} />
          {done !== undefined && <Note kind="good">{done}</Note>}
          {isAdmin && (
            <div className="row wide wraps">
              <Button label={words.openReturn} onPress={onReturn} />
              <Button label={words.openSkip} onPress={onSkip} />
            </div>
          )}
        </div>
      </Card>
      {numbers.skipped.length > 0 && (
        <Card isFlush title={words.skippedTitle}>
          <Table label={words.skippedTitle} density="dense" columns={SKIPPED_COLUMNS} rows={numbers.skipped} rowId={nameOfNumber} />
        </Card>
      )}
    </>
  );
}

/** Tokens that stand in no row of the list of desks. */
function TokenLines({ numbers: { tokens, free, resting } }: { readonly numbers: Numbers }) {
  const inUse = (use: 'granted' | 'former') => tokens.filter((token) => token.use === use).map(({ token, deskName }) => t(words.ofDesk, { token, desk: deskName }));
  const restDays = [...new Set(resting.map(({ freeFrom }) => freeFrom))].sort();
  const rests = restDays.map((day) => t(words.restsUntil, { tokens: listed(resting.filter(({ freeFrom }) => freeFrom === day).map(({ token }) => token)), date: formatDate(day) }));
  return (
    <>
      <Line label={words.free} values={free.length === 0 ? [words.noneFree] : free} />
      <Line label={words.granted} values={inUse('granted')} />
      <Line label={words.former} values={inUse('former')} />
      <Line label={words.resting} values={rests} />
    </>
  );
}

function Line({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  if (values.length === 0) return null;
  return <ValueLine label={label}><span className="num">{listed(values)}</span></ValueLine>;
}

/** Nobody reads all of thirty-five; the first ones are those that are given next. */
const SHOWN_MAX = 8;

function listed(tokens: readonly string[]): string {
  const shown = tokens.slice(0, SHOWN_MAX).join(', ');
  return tokens.length > SHOWN_MAX ? t(words.andMore, { shown, count: tokens.length - SHOWN_MAX }) : shown;
}

const SKIPPED_COLUMNS: readonly TableColumn<SkippedNumber>[] = [
  { id: 'number', header: words.number, width: 260, hasFigures: true, cell: nameOfNumber },
  { id: 'reason', header: words.reason, cell: ({ reason }) => reason },
];

import { parseDateInput } from '../../../src-shared/lib/date-input.ts';
import type { IsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate, formatLongDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { ParsedField, type Parsed, type ParsedFieldProps } from './parsed-field.tsx';

interface DateFieldProps extends ParsedFieldProps<IsoDate> {
  /** The office's business date: a missing year is completed from it. */
  readonly today: IsoDate;
  /** `future` for appointments; a birth date is in the past. */
  readonly direction?: 'past' | 'future';
}

/** A date typed as `3/11`, `0311` or `03112026`; what the machine made of it is shown at once. */
export function DateField({ today, direction = 'past', ...props }: DateFieldProps) {
  return <ParsedField help={vi.ui.help.date} {...props} parse={(text) => readDate(text, today, direction)} format={formatDate} />;
}

function readDate(text: string, today: IsoDate, direction: 'past' | 'future'): Parsed<IsoDate> {
  const result = parseDateInput(text, today, direction);
  if (result.ok) {
    const { date, isCompleted } = result.value;
    return { ok: true, value: date, reading: isCompleted ? formatLongDate(date) : undefined };
  }
  if (result.error === 'date.empty') return { ok: true, value: undefined };
  return {
    ok: false,
    problem: result.error === 'date.impossible' ? t(vi.ui.date.impossible, { typed: text.trim() }) : t(vi.ui.date.unreadable),
  };
}

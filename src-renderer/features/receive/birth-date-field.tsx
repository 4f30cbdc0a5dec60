import { parseDateInput } from '../../../src-shared/lib/date-input.ts';
import { isIsoDate, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { formatDate, formatLongDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { ParsedField, type Parsed } from '../../ui/fields/parsed-field.tsx';

interface BirthDateFieldProps {
  readonly name: string;
  /** A full date or a year; blank while unknown. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly today: IsoDate;
  readonly isAuto: boolean;
}

/** A birth date, or the year alone: old people often know only that. Four digits are a year. */
export function BirthDateField({ name, value, onChange, today, isAuto }: BirthDateFieldProps) {
  return (
    <ParsedField
      label={vi.receive.people.birthDate}
      name={name}
      help={vi.receive.people.birthHelp}
      labelNote={`(${vi.receive.people.birthHint})`}
      value={value === '' ? undefined : value}
      onChange={(next) => onChange(next ?? '')}
      isAuto={isAuto}
      format={formatBirth}
      parse={(text) => readBirth(text, today)}
    />
  );
}

export function formatBirth(birthDate: string): string {
  return isIsoDate(birthDate) ? formatDate(birthDate) : birthDate;
}

function readBirth(text: string, today: IsoDate): Parsed<string> {
  const typed = text.trim();
  if (typed === '') return { ok: true, value: undefined };
  const year = Number(typed);
  if (/^\d{4}$/.test(typed) && year >= 1880 && year <= Number(today.slice(0, 4))) {
    return { ok: true, value: typed, reading: t(vi.receive.people.yearReading, { year: typed }) };
  }
  const read = parseDateInput(typed, today);
  if (!read.ok) return { ok: false, problem: vi.receive.people.birthUnreadable };
  const { date, isCompleted } = read.value;
  return { ok: true, value: date, reading: isCompleted ? formatLongDate(date) : undefined };
}

import { useLayoutEffect, useRef, useState } from 'react';
import { FieldError, Input, NumberField as AriaNumberField, Text } from 'react-aria-components';
import { groupDigits, onlyDigits, parseTimeInput, parseWholeNumber } from '../../../src-shared/lib/number-input.ts';
import { formatMinuteOfDay, formatNumber } from '../../text/format.ts';
import { vi } from '../../text/vi.ts';
import { fieldMarks, ProblemWords, useShownProblem, type FieldCommonProps } from './field-error.tsx';
import { ParsedField, type ParsedFieldProps } from './parsed-field.tsx';
import { boxClass, commonAria, FieldLabel, TextField } from './text-field.tsx';

/** Whole đồng. A blank is undefined, which is not zero: nobody has said that it is free. */
export function MoneyField(props: ParsedFieldProps<number>) {
  return (
    <ParsedField
      help={vi.ui.help.money}
      {...props}
      align="right"
      after={<span className="suffix">{vi.ui.money.currency}</span>}
      format={formatNumber}
      parse={(text) => {
        const amount = parseWholeNumber(text);
        return amount === null ? { ok: false, problem: vi.ui.money.unreadable } : { ok: true, value: amount };
      }}
    />
  );
}

/** Minutes since midnight, typed as `7:30`, `730` or `7h30`. */
export function TimeField(props: ParsedFieldProps<number>) {
  return (
    <ParsedField
      help={vi.ui.help.time}
      {...props}
      format={formatMinuteOfDay}
      parse={(text) => {
        const minuteOfDay = parseTimeInput(text);
        return minuteOfDay === null ? { ok: false, problem: vi.ui.time.unreadable } : { ok: true, value: minuteOfDay };
      }}
    />
  );
}

interface NumberFieldProps extends FieldCommonProps {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly size?: 'normal' | 'cell';
}

const PLAIN_DIGITS: Intl.NumberFormatOptions = { useGrouping: false };

/**
 * A small whole number; the arrows up and down change it by one. The value follows every key: the control itself would
 * tell it only when the field is left, and F10 is pressed from inside it.
 */
export function NumberField(props: NumberFieldProps) {
  const { shown, onLeave } = useShownProblem(props.error);
  return (
    <AriaNumberField
      {...fieldMarks(props.error !== undefined, props.isAuto)}
      {...commonAria(props)}
      className="field"
      value={props.value ?? Number.NaN}
      onChange={(value) => props.onChange(Number.isNaN(value) ? undefined : value)}
      minValue={props.min ?? 0}
      {...(props.max !== undefined && { maxValue: props.max })}
      step={1}
      formatOptions={PLAIN_DIGITS}
      isInvalid={shown !== undefined}
      isWheelDisabled
      onInput={(event) => {
        const typed = parseWholeNumber((event.target as HTMLInputElement).value);
        if (typed !== null && typed !== props.value) props.onChange(typed);
      }}
      onBlur={() => {
        onLeave();
        props.onBlur?.();
      }}
    >
      <FieldLabel {...props} />
      <div className={boxClass(props, shown !== undefined)}><Input className="num" /></div>
      {props.hint !== undefined && shown === undefined && <Text slot="description" className="hint">{props.hint}</Text>}
      <FieldError className="field-error">{shown !== undefined && <ProblemWords problem={shown} />}</FieldError>
    </AriaNumberField>
  );
}

interface DigitsFieldProps extends FieldCommonProps {
  /** Digits only, without the spaces. */
  readonly value: string;
  readonly onChange: (digits: string) => void;
}

/** `010 094 000 123`: grouped while typing, stored as digits. */
export function IdNumberField(props: DigitsFieldProps) {
  return <GroupedDigitsField {...props} groups={[3, 3, 3, 3]} lengthMax={12} />;
}

/** `0900 000 123` */
export function PhoneField(props: DigitsFieldProps) {
  return <GroupedDigitsField {...props} groups={[4, 3, 3]} lengthMax={11} type="tel" />;
}

interface GroupedDigitsFieldProps extends DigitsFieldProps {
  readonly groups: readonly number[];
  readonly lengthMax: number;
  readonly type?: 'text' | 'tel';
}

function GroupedDigitsField({ groups, lengthMax, type = 'text', value, onChange, ...props }: GroupedDigitsFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // How many digits stand before the cursor: the spaces move, the digits do not.
  const digitsBeforeCursor = useRef<number>(undefined);
  const [changes, setChanges] = useState(0);
  const shown = groupDigits(value, groups);

  useLayoutEffect(() => {
    const element = input.current;
    const count = digitsBeforeCursor.current;
    digitsBeforeCursor.current = undefined;
    if (element === null || count === undefined || document.activeElement !== element) return;
    const at = positionAfterDigits(element.value, count);
    element.setSelectionRange(at, at);
  }, [changes, shown]);

  return (
    <TextField
      {...props}
      ref={input}
      value={shown}
      type={type}
      inputMode="numeric"
      hasFigures
      onChange={(text) => {
        const cursor = input.current?.selectionStart ?? text.length;
        digitsBeforeCursor.current = onlyDigits(text.slice(0, cursor)).length;
        setChanges((count) => count + 1);
        onChange(onlyDigits(text).slice(0, lengthMax));
      }}
    />
  );
}

function positionAfterDigits(text: string, count: number): number {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (seen === count) return index;
    if (/\d/.test(text.charAt(index))) seen += 1;
  }
  return text.length;
}

import { Check } from 'lucide-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Checkbox as AriaCheckbox, Radio, RadioGroup } from 'react-aria-components';
import { vi } from '../../text/vi.ts';
import { Icon } from '../icon.tsx';
import { createDigitPick } from '../keyboard/digit-pick.ts';
import { useFormScope } from '../keyboard/form-scope.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { fieldMarks, ProblemWords, useShownProblem, type FieldCommonProps } from './field-error.tsx';
import { FieldLabel } from './text-field.tsx';

interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Words beside the box; without them give `accessibleName`. */
  readonly children?: ReactNode;
  readonly accessibleName?: string;
  readonly isDisabled?: boolean;
  readonly isAuto?: boolean;
  readonly autoFocus?: boolean;
}

/** A box of 24 px; Space ticks it. */
export function Checkbox({ isSelected, onChange, children, accessibleName, isDisabled = false, isAuto, autoFocus = false }: CheckboxProps) {
  useKeys([{ combo: 'Space', label: vi.ui.keys.tick, order: 15 }]);
  return (
    <AriaCheckbox
      {...fieldMarks(false, isAuto)}
      className="checkbox"
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      {...(accessibleName !== undefined && { 'aria-label': accessibleName })}
    >
      <span className="box"><Icon shape={Check} /></span>
      {children}
    </AriaCheckbox>
  );
}

export interface SegmentOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

interface SegmentedChoiceProps<Id extends string> extends FieldCommonProps {
  readonly options: readonly SegmentOption<Id>[];
  readonly value: Id | undefined;
  readonly onChange: (value: Id) => void;
}

/** A few choices as joined buttons. A digit picks (1 is the first) and moves on; arrows choose and stay. */
export function SegmentedChoice<Id extends string>(props: SegmentedChoiceProps<Id>) {
  const { options, value, onChange } = props;
  const { moveOn } = useFormScope();
  const { shown, onLeave } = useShownProblem(props.error);
  const latest = useRef({ options, onChange, moveOn });
  latest.current = { options, onChange, moveOn };
  const segments = useRef<HTMLDivElement>(null);
  const digits = useMemo(() => createDigitPick((digit) => {
    const option = latest.current.options[digit - 1];
    if (option === undefined) return;
    // The choice may bring a field of its own; going on means going there.
    flushSync(() => latest.current.onChange(option.id));
    // The chosen button is the group's place in the order now, whichever had the cursor before.
    segments.current?.querySelector<HTMLElement>('input:checked')?.focus();
    latest.current.moveOn();
  }), []);
  useEffect(() => digits.cancel, [digits]);
  return (
    <RadioGroup
      {...fieldMarks(props.error !== undefined, props.isAuto)}
      className="field"
      orientation="horizontal"
      value={value ?? null}
      onChange={(id) => onChange(id as Id)}
      isInvalid={shown !== undefined}
      isDisabled={props.isDisabled ?? false}
      isReadOnly={props.isReadOnly ?? false}
      validationBehavior="aria"
      onBlur={() => {
        digits.cancel();
        onLeave();
        props.onBlur?.();
      }}
    >
      <FieldLabel {...props} />
      <div ref={segments} className="segments" onKeyDown={(event) => {
        if (!event.ctrlKey && !event.altKey && !event.metaKey) digits.onKey(event.key);
      }}>
        {options.map((option, index) => (
          <Radio key={option.id} value={option.id} autoFocus={props.autoFocus === true && index === 0}>
            {option.id === value && <Icon shape={Check} size="small" />}
            {option.label}
          </Radio>
        ))}
      </div>
      {props.hint !== undefined && shown === undefined && <p className="hint">{props.hint}</p>}
      {shown !== undefined && <p className="field-error"><ProblemWords problem={shown} /></p>}
    </RadioGroup>
  );
}

import type { HTMLAttributes, ReactNode, Ref } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { classNames } from '../class-names.ts';
import { fieldMarks, ProblemWords, useShownProblem, type FieldCommonProps } from './field-error.tsx';

export interface TextFieldProps extends FieldCommonProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
  readonly type?: 'text' | 'tel' | 'password' | 'search';
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  /** Tabular digits, for codes and numbers. */
  readonly hasFigures?: boolean;
  readonly align?: 'left' | 'right';
  readonly size?: 'normal' | 'big' | 'cell';
  readonly placeholder?: string | undefined;
  readonly lengthMax?: number;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly onFocus?: (() => void) | undefined;
  readonly autoComplete?: string;
}

/** One line of text with label, note, hint and error. */
export function TextField(props: TextFieldProps) {
  const { shown, onLeave } = useShownProblem(props.error);
  return (
    <AriaTextField
      {...fieldMarks(props.error !== undefined, props.isAuto)}
      {...commonAria(props)}
      {...(props.help !== undefined && { 'data-help': props.help })}
      className="field"
      value={props.value}
      onChange={props.onChange}
      isInvalid={shown !== undefined}
      type={props.type ?? 'text'}
      onBlur={() => {
        onLeave();
        props.onBlur?.();
      }}
      {...(props.onFocus !== undefined && { onFocus: props.onFocus })}
      {...(props.lengthMax !== undefined && { maxLength: props.lengthMax })}
      {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
      autoComplete={props.autoComplete ?? 'off'}
      spellCheck="false"
    >
      <FieldLabel {...props} />
      <div className={boxClass(props, shown !== undefined)}>
        {props.before}
        <Input
          ref={props.ref ?? null}
          className={classNames(props.hasFigures && 'num', props.align === 'right' && 'right')}
          {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
        />
        {props.after}
      </div>
      {props.hint !== undefined && shown === undefined && <Text slot="description" className="hint">{props.hint}</Text>}
      <FieldError className="field-error">{shown !== undefined && <ProblemWords problem={shown} />}</FieldError>
    </AriaTextField>
  );
}

export interface NotesFieldProps extends FieldCommonProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly lengthMax?: number;
}

/** Several lines of text: Enter moves on like everywhere, Alt+Enter makes a new line. */
export function NotesField(props: NotesFieldProps) {
  const { shown, onLeave } = useShownProblem(props.error);
  return (
    <AriaTextField
      {...fieldMarks(props.error !== undefined, props.isAuto)}
      {...commonAria(props)}
      className="field"
      value={props.value}
      onChange={props.onChange}
      isInvalid={shown !== undefined}
      onBlur={() => {
        onLeave();
        props.onBlur?.();
      }}
      {...(props.lengthMax !== undefined && { maxLength: props.lengthMax })}
      spellCheck="false"
    >
      <FieldLabel {...props} />
      <div className={boxClass(props, shown !== undefined)}><TextArea rows={1} /></div>
      {props.hint !== undefined && shown === undefined && <Text slot="description" className="hint">{props.hint}</Text>}
      <FieldError className="field-error">{shown !== undefined && <ProblemWords problem={shown} />}</FieldError>
    </AriaTextField>
  );
}

export function FieldLabel({ label, labelNote, isLabelHidden }: Pick<FieldCommonProps, 'label' | 'labelNote' | 'isLabelHidden'>) {
  return (
    <Label className={isLabelHidden === true ? 'visually-hidden' : 'label'}>
      {label}
      {labelNote !== undefined && <> <span className="label-note">{labelNote}</span></>}
    </Label>
  );
}

export function commonAria(props: FieldCommonProps) {
  return {
    isReadOnly: props.isReadOnly ?? false,
    isDisabled: props.isDisabled ?? false,
    autoFocus: props.autoFocus ?? false,
    validationBehavior: 'aria' as const,
    ...(props.name !== undefined && { name: props.name }),
  };
}

export function boxClass(props: { readonly isAuto?: boolean; readonly size?: string }, isInvalid: boolean): string {
  return classNames('input-box', props.isAuto && 'auto', isInvalid && 'invalid', props.size !== 'normal' && props.size);
}

import { useState, type HTMLAttributes, type ReactNode, type Ref } from 'react';
import type { FieldCommonProps } from './field-error.tsx';
import { TextField } from './text-field.tsx';

/** What was made of the typed text. `reading` is shown while typing when the machine added something (a year). */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T | undefined; readonly reading?: string | undefined }
  | { readonly ok: false; readonly problem: string };

export interface ParsedFieldProps<T> extends FieldCommonProps {
  readonly value: T | undefined;
  /** Called at every key; undefined while the text is blank or cannot be read. */
  readonly onChange: (value: T | undefined) => void;
  readonly ref?: Ref<HTMLInputElement>;
  readonly placeholder?: string | undefined;
  readonly size?: 'normal' | 'big' | 'cell';
}

interface Shape<T> {
  readonly parse: (text: string) => Parsed<T>;
  readonly format: (value: T) => string;
  readonly inputMode?: HTMLAttributes<HTMLInputElement>['inputMode'];
  readonly align?: 'left' | 'right';
  readonly after?: ReactNode;
}

/**
 * A field whose text stands for a value: the typed text stays as it is while the cursor is in it, and becomes the full
 * form when it is left. Text that cannot be read stays too, with the reason below it.
 */
export function ParsedField<T>({ parse, format, inputMode, align, after, ...props }: ParsedFieldProps<T> & Shape<T>) {
  const [typed, setTyped] = useState<string>();
  const parsed = typed === undefined ? undefined : parse(typed);
  const ownProblem = parsed?.ok === false ? parsed.problem : undefined;
  const reading = parsed?.ok === true ? parsed.reading : undefined;
  return (
    <TextField
      {...props}
      value={typed ?? (props.value === undefined ? '' : format(props.value))}
      onChange={(text) => {
        setTyped(text);
        const result = parse(text);
        props.onChange(result.ok ? result.value : undefined);
      }}
      onBlur={() => {
        if (parsed?.ok === true) setTyped(undefined);
        props.onBlur?.();
      }}
      error={ownProblem ?? props.error}
      hasFigures
      inputMode={inputMode ?? 'numeric'}
      align={align ?? 'left'}
      after={<>{reading !== undefined && <span className="reading num" aria-hidden="true">{reading}</span>}{after}</>}
    />
  );
}

import { useState } from 'react';
import { TextField } from '../../ui/fields/text-field.tsx';

interface CountFieldProps {
  readonly label: string;
  readonly value: number | null;
  /** Called at every key, so that a draft is never behind; null while blank. */
  readonly onChange: (value: number | null) => void;
  readonly max: number;
  readonly size?: 'normal' | 'cell';
  readonly isLabelHidden?: boolean;
  readonly isAuto?: boolean;
  readonly error?: string | undefined;
}

/** A small whole number from one upward; other characters are not taken. */
export function CountField({ value, onChange, max, ...props }: CountFieldProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextField {...props} hasFigures inputMode="numeric" value={typed ?? (value === null ? '' : String(value))}
      onBlur={() => setTyped(undefined)}
      onChange={(text) => {
        const count = Number(text);
        if (!/^\d*$/.test(text) || count > max || (text !== '' && count === 0)) return;
        setTyped(text);
        onChange(text === '' ? null : count);
      }} />
  );
}

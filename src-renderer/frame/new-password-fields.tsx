import { useState } from 'react';
import { t } from '../text/t.ts';
import { vi } from '../text/vi.ts';
import { Checkbox } from '../ui/fields/choice-fields.tsx';
import { TextField } from '../ui/fields/text-field.tsx';

const LENGTH_MIN = 8;
const DIFFERENT_MIN = 3;

interface NewPasswordFieldsProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly again: string;
  readonly onAgainChange: (password: string) => void;
  readonly autoFocus?: boolean;
}

/** A new password, typed twice. The rule is the core's; it is shown here before the core has to refuse. */
export function NewPasswordFields({ label, value, onChange, again, onAgainChange, autoFocus = false }: NewPasswordFieldsProps) {
  const [isShown, setIsShown] = useState(false);
  const type = isShown ? 'text' : 'password';
  return (
    <>
      <TextField label={label} type={type} value={value} onChange={onChange} error={newPasswordProblem(value)}
        hint={vi.session.password.rule} autoComplete="new-password" autoFocus={autoFocus} lengthMax={200} />
      <TextField label={vi.session.password.again} type={type} value={again} onChange={onAgainChange}
        error={again === value ? undefined : vi.session.password.differs} autoComplete="new-password" lengthMax={200} />
      <Checkbox isAuto isSelected={isShown} onChange={setIsShown}>{vi.session.password.show}</Checkbox>
    </>
  );
}

function newPasswordProblem(password: string): string | undefined {
  const letters = [...password];
  if (letters.length < LENGTH_MIN) return t(vi.session.password.short, { count: letters.length });
  return new Set(letters).size < DIFFERENT_MIN ? vi.session.password.simple : undefined;
}

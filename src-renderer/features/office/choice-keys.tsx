import type { ReactNode } from 'react';
import { useFormScope } from '../../ui/keyboard/form-scope.tsx';
import { PickList } from '../../ui/pick-list.tsx';

interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly note: string;
}

interface ChoiceKeysProps<Id extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id;
  readonly onChange: (value: Id) => void;
  readonly autoFocus?: boolean;
  readonly children?: ReactNode;
}

/** A decision as big keys, each with its consequence. A digit or Enter takes one and moves on. */
export function ChoiceKeys<Id extends string>({ label, choices, value, onChange, autoFocus = false, children }: ChoiceKeysProps<Id>) {
  const { moveOn } = useFormScope();
  return (
    <div className="choice-keys">
      <p className="label" aria-hidden="true">{label}</p>
      <PickList label={label} columns={2} selectedId={value} autoFocus={autoFocus}
        items={choices.map((choice, index) => ({ id: choice.id, label: choice.label, note: choice.note, digit: index + 1 }))}
        onPick={(id) => {
          onChange(id as Id);
          moveOn();
        }} />
      {children}
    </div>
  );
}

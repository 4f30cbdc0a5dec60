import { TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon } from '../icon.tsx';
import { useFormScope } from '../keyboard/form-scope.tsx';

/** What is wrong and what to do, and where the fix is known a button that does it. */
export interface FieldProblem {
  readonly words: string;
  readonly fix?: { readonly label: string; readonly onFix: () => void };
}

/** What every labelled field takes. */
export interface FieldCommonProps {
  readonly label: string;
  /** Weaker words after the label: "(không bắt buộc)". */
  readonly labelNote?: string | undefined;
  readonly hint?: string | undefined;
  /** How to type here, for F1. */
  readonly help?: string | undefined;
  /** The present problem, computed at every change; the field itself shows it only after it was left. */
  readonly error?: FieldProblem | string | undefined;
  /** Filled by the machine: paler, and skipped by Enter. */
  readonly isAuto?: boolean;
  readonly isReadOnly?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly name?: string;
  readonly onBlur?: (() => void) | undefined;
  /** Label for screen readers only, as in table cells. */
  readonly isLabelHidden?: boolean;
}

function problemOf(error: FieldProblem | string | undefined): FieldProblem | undefined {
  return typeof error === 'string' ? { words: error } : error;
}

/**
 * An error shows after the field was left, never while a first attempt is being typed (ux.md §7). Once shown it stays
 * until the value is right, so that the officer can read it while correcting.
 */
export function useShownProblem(error: FieldProblem | string | undefined): {
  readonly shown: FieldProblem | undefined;
  readonly onLeave: () => void;
} {
  const { showsAllErrors } = useFormScope();
  const [isLeft, setIsLeft] = useState(false);
  const problem = problemOf(error);
  if (problem === undefined && isLeft) setIsLeft(false);
  return {
    shown: isLeft || showsAllErrors ? problem : undefined,
    onLeave: () => setIsLeft(problem !== undefined),
  };
}

export function ProblemWords({ problem }: { readonly problem: FieldProblem }): ReactNode {
  const { words, fix } = problem;
  return (
    <>
      <Icon shape={TriangleAlert} size="small" />
      <span>
        {words}
        {fix !== undefined && <> <AriaButton className="link" onPress={fix.onFix}>{fix.label}</AriaButton></>}
      </span>
    </>
  );
}

/** Marks for the keyboard: `data-wrong` is where F10 jumps to, `data-auto` is what Enter skips. */
export function fieldMarks(isWrong: boolean, isAuto: boolean | undefined): Record<string, true> {
  return { ...(isWrong && { 'data-wrong': true as const }), ...(isAuto === true && { 'data-auto': true as const }) };
}

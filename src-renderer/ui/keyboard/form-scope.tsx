import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { focusFirst, moveBlock, moveFocus } from './focus-order.ts';
import { useKeys } from './use-keys.ts';

interface FormScopeValue {
  /** Goes to the next field, as Enter does: lists call it after a choice. */
  readonly moveOn: () => void;
  /** After a try to finish every error is shown, also in fields that were never visited. */
  readonly showsAllErrors: boolean;
}

const NO_SCOPE: FormScopeValue = { moveOn: () => undefined, showsAllErrors: false };
const FormScopeContext = createContext<FormScopeValue>(NO_SCOPE);

export function useFormScope(): FormScopeValue {
  return use(FormScopeContext);
}

export interface FormScopeHandle {
  /** Shows all errors and puts the cursor into the first wrong field. Gives how many there are; 0 means go ahead. */
  readonly revealErrors: () => number;
  /** How many there are now, shown or not. */
  readonly countErrors: () => number;
  readonly focusFirst: () => void;
}

interface FormScopeProps {
  readonly children: ReactNode;
  readonly className?: string;
  /** Receives the handle for the finishing key. */
  readonly handle?: { current: FormScopeHandle | null };
}

/**
 * One form: Enter moves on, Shift+Enter back, Alt+Enter makes a new line in notes, F6 goes from block to block. Enter on
 * the last field reaches the main button (`isMainAction`), which a second Enter presses. Works on whatever fields are
 * inside, so a form only has to be wrapped.
 */
export function FormScope({ children, className, handle }: FormScopeProps) {
  const root = useRef<HTMLDivElement>(null);
  const [showsAllErrors, setShowsAllErrors] = useState(false);
  const moveOn = useCallback(() => {
    if (root.current !== null) moveFocus(root.current, document.activeElement, 'next');
  }, []);
  const value = useMemo(() => ({ moveOn, showsAllErrors }), [moveOn, showsAllErrors]);

  if (handle !== undefined) {
    handle.current = {
      revealErrors() {
        setShowsAllErrors(true);
        return focusFirstError(root.current);
      },
      countErrors: () => wrongFields(root.current).length,
      focusFirst: () => {
        if (root.current !== null) focusFirst(root.current);
      },
    };
  }

  useKeys([
    { combo: 'Enter', label: t(vi.ui.keys.next), order: 10, listed: 'bar' },
    { combo: 'Shift+Enter', label: t(vi.ui.keys.previous), order: 11, listed: 'bar' },
  ]);
  useBlockKeys(root);

  return (
    <FormScopeContext value={value}>
      <div ref={root} className={className} onKeyDownCapture={(event) => onEnter(event, root.current)}>
        {children}
      </div>
    </FormScopeContext>
  );
}

/** F6 and Shift+F6 over the blocks of a form, or of the whole screen where the form has none or there is no form. */
export function useBlockKeys(root: { readonly current: HTMLElement | null }): void {
  const go = (direction: 'next' | 'previous') => () => moveBlock(root.current?.querySelector('[data-block]') ? root.current : document, document.activeElement, direction);
  useKeys([
    { combo: 'F6', label: t(vi.ui.keys.nextBlock), run: go('next'), order: 30, listed: 'bar' },
    { combo: 'Shift+F6', label: t(vi.ui.keys.previousBlock), run: go('previous'), listed: 'none' },
  ]);
}

export interface ErrorsLeft {
  /** 0 until errors were revealed; falls as they are mended. */
  readonly count: number;
  /** As the handle's `revealErrors`. */
  readonly reveal: (handle: FormScopeHandle | null) => number;
  readonly forget: () => void;
}

/** "Còn 2 chỗ cần sửa": true at every moment. For the component that is drawn anew with each change of the form. */
export function useErrorsLeft(): ErrorsLeft {
  const [count, setCount] = useState(0);
  const revealed = useRef<FormScopeHandle>(null);
  useEffect(() => {
    if (count > 0) setCount(revealed.current?.countErrors() ?? 0);
  });
  return {
    count,
    reveal: (handle) => {
      revealed.current = handle;
      const found = handle?.revealErrors() ?? 0;
      setCount(found);
      return found;
    },
    forget: () => setCount(0),
  };
}

/** All fields mark a wrong value by `data-wrong`, whether or not the error is shown yet. */
function wrongFields(root: HTMLElement | null): readonly HTMLElement[] {
  return [...root?.querySelectorAll<HTMLElement>('[data-wrong]') ?? []];
}

function focusFirstError(root: HTMLElement | null): number {
  const wrong = wrongFields(root);
  const first = wrong[0];
  if (first !== undefined) focusFirst(first);
  return wrong.length;
}

function onEnter(event: KeyboardEvent<HTMLElement>, root: HTMLElement | null): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing || root === null) return;
  const target = event.target as HTMLElement;
  if (event.altKey) {
    if (target instanceof HTMLTextAreaElement) insertNewLine(target);
    event.preventDefault();
    return;
  }
  if (!event.shiftKey && !isLeftByEnter(target)) return;
  event.preventDefault();
  event.stopPropagation();
  moveFocus(root, target, event.shiftKey ? 'previous' : 'next');
}

/** Buttons and links are pressed by Enter, unless Enter is to pass them (Space presses them then); an open list or a list of picks takes its choice first and then moves on. */
function isLeftByEnter(target: HTMLElement): boolean {
  if (target.getAttribute('aria-expanded') === 'true' || target.closest('[data-picks], [role=grid]') !== null) return false;
  return target.matches('input, textarea, select, [role=combobox], [data-enter-stop=passed]');
}

function insertNewLine(area: HTMLTextAreaElement): void {
  area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

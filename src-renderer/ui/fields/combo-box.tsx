import { ChevronDown } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { vi } from '../../text/vi.ts';
import { classNames } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import { useFormScope } from '../keyboard/form-scope.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { fieldMarks, ProblemWords, useShownProblem, type FieldCommonProps } from './field-error.tsx';
import { filterOptions, type ListOption } from './filter-options.ts';
import { OptionList, optionElementId } from './option-list.tsx';

interface ComboBoxProps<Option extends ListOption> extends FieldCommonProps {
  readonly options: readonly Option[];
  /** The id of the chosen option. */
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined, option: Option | undefined) => void;
  /** Free text is kept when it names no option: `freeText` is shown while nothing is chosen. */
  readonly freeText?: string | undefined;
  readonly onFreeTextChange?: ((text: string) => void) | undefined;
  /** Present: the options are already what was searched for, and typing only asks for others. */
  readonly onQueryChange?: ((query: string) => void) | undefined;
  /** False: Enter keeps what was typed, a row is taken only after Down; for names, where the first row may be somebody else. */
  readonly preselects?: boolean;
  readonly placeholder?: string | undefined;
  readonly size?: 'normal' | 'big';
  readonly before?: ReactNode;
}

/**
 * A field with a list: a few letters without diacritics, the first row is preselected, Enter takes it and moves on, Tab
 * takes it and goes to the next field, F4 or Down opens, Esc closes. The list exists only while it is open.
 */
export function ComboBox<Option extends ListOption>(props: ComboBoxProps<Option>) {
  const { label, labelNote, hint, isReadOnly = false, isDisabled = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const fieldId = useId();
  const listId = useId();
  const { shown, onLeave } = useShownProblem(props.error);
  const list = useComboList(props);
  useKeys([{ combo: 'F4', label: vi.ui.keys.openList, order: 20 }]);
  const isUsable = !isReadOnly && !isDisabled;
  // A name that nobody bears yet is no failed search: free text without a match needs no empty list.
  const isListShown = list.isOpen && (list.found.rows.length > 0 || props.onFreeTextChange === undefined);
  const describedBy = classNames(shown !== undefined && `${fieldId}-error`, hint !== undefined && `${fieldId}-hint`);
  return (
    <div className="field" {...fieldMarks(props.error !== undefined, props.isAuto)}>
      <label htmlFor={fieldId} className={props.isLabelHidden === true ? 'visually-hidden' : 'label'}>
        {label}{labelNote !== undefined && <> <span className="label-note">{labelNote}</span></>}
      </label>
      <div ref={box} className={classNames('input-box', props.isAuto && 'auto', shown !== undefined && 'invalid', props.size === 'big' && 'big')}>
        {props.before}
        <input
          id={fieldId}
          role="combobox"
          aria-expanded={isListShown}
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-controls={isListShown ? listId : undefined}
          aria-activedescendant={isListShown && list.active !== undefined ? optionElementId(listId, list.activeIndex) : undefined}
          aria-invalid={shown !== undefined || undefined}
          aria-describedby={describedBy === '' ? undefined : describedBy}
          autoComplete="off"
          spellCheck={false}
          autoFocus={props.autoFocus}
          placeholder={props.placeholder}
          name={props.name}
          readOnly={isReadOnly}
          disabled={isDisabled}
          value={list.text}
          onChange={(event) => list.type(event.target.value)}
          onKeyDown={(event) => isUsable && list.onKeyDown(event)}
          onBlur={() => {
            list.leave();
            onLeave();
            props.onBlur?.();
          }}
        />
        {isUsable && (
          <button type="button" tabIndex={-1} className="list-button" aria-label={vi.ui.list.openLabel}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              document.getElementById(fieldId)?.focus();
              list.toggle();
            }}>
            <Icon shape={ChevronDown} size="small" />
          </button>
        )}
      </div>
      {isListShown && (
        <OptionList listId={listId} label={vi.ui.list.label} anchor={box} found={list.found} query={list.query}
          activeIndex={list.activeIndex} selectedId={props.value} onChoose={list.choose} />
      )}
      {hint !== undefined && shown === undefined && <p id={`${fieldId}-hint`} className="hint">{hint}</p>}
      {shown !== undefined && <p id={`${fieldId}-error`} className="field-error"><ProblemWords problem={shown} /></p>}
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
const NOTHING_FOUND = { rows: [], leftOut: 0 } as const;

/** What is typed, what is found, what is active; and what the keys do with it. */
function useComboList<Option extends ListOption>(props: ComboBoxProps<Option>) {
  const { options, value, onChange, onFreeTextChange, onQueryChange, preselects = true } = props;
  const { moveOn } = useFormScope();
  const [typed, setTyped] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const [activeIndex, setActiveIndex] = useState(0);
  const chosen = options.find((option) => option.id === value);
  const query = typed ?? '';
  const found = useMemo(
    () => (isOpen ? filterOptions(options, onQueryChange === undefined ? query : '') : NOTHING_FOUND),
    [options, query, isOpen, onQueryChange],
  );
  const active = found.rows[activeIndex];

  function open(): void {
    setActiveIndex(Math.max(0, typed === undefined ? options.findIndex((option) => option.id === value) : 0));
    setIsOpen(true);
  }
  function close(): void {
    setIsOpen(false);
    setTyped(undefined);
  }
  function closeAndMoveOn(): void {
    // The choice may bring new fields. They are drawn at once: the next key may already be waiting, and must not fall
    // into the field that is being left.
    flushSync(close);
    moveOn();
  }
  function choose(option: Option): void {
    flushSync(() => onChange(option.id, option));
    closeAndMoveOn();
  }
  function type(text: string): void {
    setTyped(text);
    setActiveIndex(preselects ? 0 : -1);
    setIsOpen(text !== '');
    onQueryChange?.(text);
    onFreeTextChange?.(text);
    if (value !== undefined && (text === '' || onFreeTextChange !== undefined)) onChange(undefined, undefined);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const step = STEPS[event.key];
    if (step !== undefined && !event.altKey) {
      event.preventDefault();
      if (!isOpen) open();
      else setActiveIndex(Math.min(Math.max(0, activeIndex + step), Math.max(0, found.rows.length - 1)));
    } else if (event.key === 'F4' || (event.key === 'ArrowDown' && event.altKey)) {
      event.preventDefault();
      (isOpen ? close : open)();
    } else if (isOpen) takeFromOpenList(event);
  }
  function takeFromOpenList(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (active !== undefined) choose(active);
      else if (onFreeTextChange !== undefined) closeAndMoveOn();
    } else if (event.key === 'Tab' && active !== undefined && typed !== undefined) {
      onChange(active.id, active);
      close();
    }
  }
  return {
    text: typed ?? chosen?.label ?? props.freeText ?? '',
    query, isOpen, found, active, activeIndex, type, choose, onKeyDown,
    leave: close, toggle: () => (isOpen ? close() : open()),
  };
}

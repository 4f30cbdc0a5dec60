import { ChevronDown } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { foldVietnamese } from '../../../src-shared/lib/vietnamese-text.ts';
import { vi } from '../../text/vi.ts';
import { classNames } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import { useFormScope } from '../keyboard/form-scope.tsx';
import { useKeys } from '../keyboard/use-keys.ts';
import { fieldMarks, ProblemWords, useShownProblem, type FieldCommonProps } from './field-error.tsx';
import type { ListOption } from './filter-options.ts';
import { OptionList, optionElementId } from './option-list.tsx';

interface SelectProps<Option extends ListOption> extends FieldCommonProps {
  readonly options: readonly Option[];
  readonly value: string | undefined;
  readonly onChange: (id: string) => void;
}

/** A short fixed list without typing: F4, Space or Down opens, a first letter jumps, Enter takes and moves on. */
export function Select<Option extends ListOption>(props: SelectProps<Option>) {
  const { options, value, label, labelNote, hint } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const { shown, onLeave } = useShownProblem(props.error);
  const { isOpen, setIsOpen, activeIndex, chosenIndex, open, choose, onKeyDown } = useSelectList(props);
  useKeys([{ combo: 'F4', label: vi.ui.keys.openList, order: 20 }]);

  return (
    <div className="field" {...fieldMarks(props.error !== undefined, props.isAuto)}>
      <span id={`${id}-label`} className={props.isLabelHidden === true ? 'visually-hidden' : 'label'}>
        {label}{labelNote !== undefined && <> <span className="label-note">{labelNote}</span></>}
      </span>
      <div ref={box} className={classNames('input-box', props.isAuto && 'auto', shown !== undefined && 'invalid')}
        onClick={() => (isOpen ? setIsOpen(false) : open())}>
        <div
          role="combobox"
          tabIndex={props.isDisabled === true ? -1 : 0}
          className="select-value"
          aria-labelledby={`${id}-label`}
          aria-expanded={isOpen}
          aria-haspopup="listbox"
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? optionElementId(`${id}-list`, activeIndex) : undefined}
          aria-invalid={shown !== undefined || undefined}
          aria-describedby={shown !== undefined ? `${id}-error` : undefined}
          onKeyDown={onKeyDown}
          onBlur={() => {
            setIsOpen(false);
            onLeave();
            props.onBlur?.();
          }}
        >
          {options[chosenIndex]?.label ?? <span className="muted">{vi.ui.list.nothingChosen}</span>}
        </div>
        <Icon shape={ChevronDown} size="small" />
      </div>
      {isOpen && (
        <OptionList listId={`${id}-list`} label={label} anchor={box} found={{ rows: options, leftOut: 0 }} query=""
          activeIndex={activeIndex} selectedId={value} onChoose={choose} />
      )}
      {hint !== undefined && shown === undefined && <p className="hint">{hint}</p>}
      {shown !== undefined && <p id={`${id}-error`} className="field-error"><ProblemWords problem={shown} /></p>}
    </div>
  );
}

function useSelectList<Option extends ListOption>(props: SelectProps<Option>) {
  const { options, value } = props;
  const { moveOn } = useFormScope();
  const [isOpen, setIsOpen] = useState(false);
  const chosenIndex = options.findIndex((option) => option.id === value);
  const [activeIndex, setActiveIndex] = useState(0);
  function open(): void {
    setActiveIndex(Math.max(0, chosenIndex));
    setIsOpen(true);
  }
  function choose(option: ListOption): void {
    // Drawn at once, as in ComboBox: the next key may already be waiting.
    flushSync(() => {
      props.onChange(option.id);
      setIsOpen(false);
    });
    moveOn();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const next = nextIndex(event.key, activeIndex, options);
    if (event.key === 'F4' || (!isOpen && (event.key === ' ' || event.key === 'ArrowDown' || event.key === 'ArrowUp'))) {
      event.preventDefault();
      if (isOpen) setIsOpen(false);
      else open();
    } else if (next !== undefined && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (!isOpen) setIsOpen(true);
      setActiveIndex(next);
    } else if (isOpen && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      const option = options[activeIndex];
      if (option !== undefined) choose(option);
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setIsOpen(false);
    }
  }
  return { isOpen, setIsOpen, activeIndex, chosenIndex, open, choose, onKeyDown };
}

/** Where a key leads in the list: arrows, Home, End, or the next row that begins with the letter. */
function nextIndex(key: string, from: number, options: readonly ListOption[]): number | undefined {
  const last = options.length - 1;
  if (key === 'ArrowDown') return Math.min(from + 1, last);
  if (key === 'ArrowUp') return Math.max(from - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = foldVietnamese(key);
  for (let step = 1; step <= options.length; step += 1) {
    const index = (from + step) % options.length;
    if (foldVietnamese(options[index]?.label ?? '').startsWith(letter)) return index;
  }
  return undefined;
}

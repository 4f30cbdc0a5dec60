import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconShape } from './icon.tsx';
import { KeyCap } from './key-cap.tsx';
import { createDigitPick } from './keyboard/digit-pick.ts';
import { vi } from '../text/vi.ts';
import { useKeys } from './keyboard/use-keys.ts';

export interface PickItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly note?: ReactNode;
  /** The digit that picks it, 0 to 9. */
  readonly digit?: number | undefined;
  readonly icon?: IconShape | undefined;
  /** Dashed: stands apart from the others ("same person, other matter"). */
  readonly isSetApart?: boolean | undefined;
}

interface PickListProps {
  /** What the list is, for screen readers. */
  readonly label: string;
  readonly items: readonly PickItem[];
  /**
   * `at-once`: a digit, Enter or click does it (harmless). `confirm`: nothing is preselected, a digit or click only
   * marks, Enter does it; for questions with consequences (ux.md §1.8).
   */
  readonly mode?: 'at-once' | 'confirm';
  readonly onPick: (id: string) => void;
  /** The item marked as last used or chosen. */
  readonly selectedId?: string | undefined;
  readonly onMark?: (id: string) => void;
  readonly columns?: number;
  readonly className?: string;
  /** `whenFree`: never takes the cursor from somebody who is typing already. */
  readonly autoFocus?: boolean | 'whenFree';
  readonly autoFocusId?: string | undefined;
}

/**
 * Tiles to pick from by digit, arrows or mouse. Digits work only while the list has the focus; where a pick does no harm, one
 * that was pressed before the tiles have come counts when they come.
 */
export function PickList(props: PickListProps) {
  const { items, mode = 'at-once', columns = 3 } = props;
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { activeIndex, choose, onKeyDown, onLeave } = usePicking(props, list);
  const numbered = items.flatMap((item) => (item.digit === undefined ? [] : [item.digit]));
  useKeys(numbered.length === 0 ? [] : [{
    combo: numbered.length === 1 ? String(numbered[0]) : `${numbered[0]}–${numbered.at(-1)}`,
    label: mode === 'confirm' ? vi.ui.keys.chooseAndConfirm : vi.ui.keys.choose,
    order: 5,
  }]);

  return (
    <div
      ref={list}
      role="listbox"
      data-picks=""
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={items[activeIndex] === undefined ? undefined : `${listId}-${activeIndex}`}
      className={classNames('picks', `columns-${columns}`, props.className)}
      onKeyDown={onKeyDown}
      onBlur={onLeave}
    >
      {items.map((item, index) => (
        <div
          key={item.id}
          id={`${listId}-${index}`}
          role="option"
          className={classNames('pick', item.isSetApart && 'set-apart')}
          aria-selected={mode === 'confirm' ? index === activeIndex : item.id === props.selectedId}
          data-active={index === activeIndex || undefined}
          onClick={() => choose(index)}
        >
          {item.digit !== undefined && <KeyCap combo={String(item.digit)} isDecoration />}
          {item.icon !== undefined && <Icon shape={item.icon} />}
          <span className="grow">
            {item.label}
            {item.note !== undefined && <span className="pick-note">{item.note}</span>}
          </span>
        </div>
      ))}
    </div>
  );
}

function isCursorFree(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches('main');
}

/** Which tile is active, and what digits, arrows and Enter do. */
function usePicking(props: PickListProps, list: RefObject<HTMLDivElement | null>) {
  const { items, mode = 'at-once', columns = 3 } = props;
  const start = items.findIndex((item) => item.id === (props.autoFocusId ?? props.selectedId));
  const [activeIndex, setActiveIndex] = useState(mode === 'confirm' ? start : Math.max(0, start));
  const latest = useRef(props);
  latest.current = props;

  function choose(index: number): void {
    const item = items[index];
    if (item === undefined) return;
    setActiveIndex(index);
    if (mode === 'at-once') props.onPick(item.id);
    else props.onMark?.(item.id);
  }
  const chooseLatest = useRef(choose);
  chooseLatest.current = choose;
  const early = useRef<number>(undefined);
  const digits = useMemo(() => createDigitPick((digit) => {
    const { items: known, mode: picks = 'at-once' } = latest.current;
    if (known.length === 0 && picks === 'at-once') early.current = digit;
    else chooseLatest.current(known.findIndex((item) => item.digit === digit));
  }), []);
  useEffect(() => digits.cancel, [digits]);
  const hasCome = items.length > 0;
  useEffect(() => {
    if (!hasCome || early.current === undefined) return;
    const digit = early.current;
    early.current = undefined;
    chooseLatest.current(latest.current.items.findIndex((item) => item.digit === digit));
  }, [hasCome]);
  useEffect(() => {
    const { autoFocus } = latest.current;
    // Looked at now and not while drawing: a key may have come in between.
    if (autoFocus === true || (autoFocus === 'whenFree' && isCursorFree())) list.current?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (digits.onKey(event.key)) return;
    const next = nextTile(event.key, activeIndex, items.length, visibleColumns(list.current, columns));
    if (next !== undefined) {
      event.preventDefault();
      setActiveIndex(next);
      const item = items[next];
      if (mode === 'confirm' && item !== undefined) props.onMark?.(item.id);
    } else if ((event.key === 'Enter' || event.key === ' ') && !digits.isBurst()) {
      event.preventDefault();
      const item = items[activeIndex];
      if (item !== undefined) props.onPick(item.id);
    }
  }
  function onLeave(): void {
    early.current = undefined;
    digits.cancel();
  }
  return { activeIndex, choose, onKeyDown, onLeave };
}

/** Fewer columns are shown when it is narrow; up and down go by what is seen. */
function visibleColumns(list: HTMLElement | null, columns: number): number {
  const tiles = list === null ? [] : [...list.querySelectorAll<HTMLElement>('.pick')];
  const top = tiles[0]?.offsetTop;
  const inFirstRow = tiles.filter((tile) => tile.offsetTop === top).length;
  return inFirstRow > 0 ? inFirstRow : columns;
}

function nextTile(key: string, from: number, count: number, columns: number): number | undefined {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (step === undefined) return undefined;
  if (from < 0) return 0;
  const next = from + step;
  return next >= 0 && next < count ? next : from;
}

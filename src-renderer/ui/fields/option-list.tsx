import { useLayoutEffect, useRef, type RefObject } from 'react';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { MarkedText } from '../marked-text.tsx';
import type { FilteredOptions, ListOption } from './filter-options.ts';

interface OptionListProps<Option extends ListOption> {
  readonly listId: string;
  readonly label: string;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly found: FilteredOptions<Option>;
  readonly query: string;
  readonly activeIndex: number;
  readonly selectedId: string | undefined;
  readonly onChoose: (option: Option) => void;
}

export function optionElementId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/**
 * The open list of a field. It stands in the top layer, so that no scrolling block cuts it, and in the page beside its
 * field, so that nothing else has to be hidden from screen readers while it is open. The focus stays in the field.
 */
export function OptionList<Option extends ListOption>(props: OptionListProps<Option>) {
  const { listId, anchor, found, query, activeIndex } = props;
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || anchor.current === null) return undefined;
    element.showPopover();
    const place = () => placeUnder(element, anchor.current);
    place();
    window.addEventListener('resize', place);
    window.addEventListener('scroll', place, true);
    return () => {
      window.removeEventListener('resize', place);
      window.removeEventListener('scroll', place, true);
    };
  }, [anchor, found.rows.length]);

  useLayoutEffect(() => {
    document.getElementById(optionElementId(listId, activeIndex))?.scrollIntoView({ block: 'nearest' });
  }, [listId, activeIndex]);

  return (
    // Pressing the mouse in the list must not take the focus from the field.
    <div ref={list} popover="manual" className="option-list" onMouseDown={(event) => event.preventDefault()}>
      <div id={listId} role="listbox" aria-label={props.label}>
        {found.rows.map((option, index) => (
          <div
            key={option.id}
            id={optionElementId(listId, index)}
            role="option"
            className="option"
            aria-selected={option.id === props.selectedId}
            data-active={index === activeIndex || undefined}
            onClick={() => props.onChoose(option)}
          >
            <span className="grow">
              <MarkedText text={option.label} query={query} />
              {option.note !== undefined && <span className="option-note">{option.note}</span>}
            </span>
            {option.end !== undefined && <span className="end num">{option.end}</span>}
          </div>
        ))}
      </div>
      <p role="status" className={found.rows.length > 0 && found.leftOut === 0 ? 'visually-hidden' : 'option-empty'}>
        {found.rows.length === 0 && t(vi.ui.list.empty, { typed: query })}
        {found.leftOut > 0 && t(vi.ui.list.more, { count: found.leftOut })}
      </p>
    </div>
  );
}

/**
 * Under the field, or above it where it would not fit; never past the window. The side is chosen when the list opens and
 * kept, because a list that jumps while one types cannot be read.
 */
function placeUnder(list: HTMLElement, anchor: HTMLElement | null): void {
  if (anchor === null) return;
  // Lengths set on an element are multiplied by the text-size zoom, measured ones are not.
  const zoom = (list as HTMLElement & { readonly currentCSSZoom?: number }).currentCSSZoom ?? 1;
  const field = anchor.getBoundingClientRect();
  const gap = 4;
  const roomBelow = window.innerHeight - field.bottom - 2 * gap;
  const roomAbove = field.top - 2 * gap;
  list.style.maxHeight = '300px';
  list.dataset['side'] ??= list.getBoundingClientRect().height <= roomBelow || roomBelow >= roomAbove ? 'below' : 'above';
  const isBelow = list.dataset['side'] === 'below';
  list.style.maxHeight = `${Math.min(300, (isBelow ? roomBelow : roomAbove) / zoom)}px`;
  list.style.minWidth = `${field.width / zoom}px`;
  list.style.maxWidth = `${(window.innerWidth - field.left - 8) / zoom}px`;
  list.style.left = `${field.left / zoom}px`;
  const height = list.getBoundingClientRect().height;
  list.style.top = `${(isBelow ? field.bottom + gap : field.top - gap - height) / zoom}px`;
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement, type Ref, type RefObject } from 'react';
import { classNames } from './class-names.ts';
import { vi } from '../text/vi.ts';
import { useKeys } from './keyboard/use-keys.ts';
import type { TableColumn } from './table.tsx';

export interface LongTableHandle {
  /** Puts the cursor on the active row, or the first one. */
  readonly focus: () => void;
}

interface LongTableProps<Row> {
  /** What the table is, for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  /** The row the cursor is on; also called when the rows change below it. */
  readonly onActive?: (row: Row | undefined) => void;
  readonly isWeak?: (row: Row) => boolean;
  /** More rows can be fetched: asked for when the last ones come near. */
  readonly hasMore: boolean;
  readonly onNearEnd: () => void;
  /** Rows that the list would still have to show: the index of the last row in sight, for whoever refreshes pages. */
  readonly onLastVisible?: (index: number) => void;
  readonly ref?: Ref<LongTableHandle>;
}

const OVERSCAN = 12;
const NEAR_END = 40;
const ROW_PX = 52;

/**
 * A table of any length: only the rows in sight are in the page, more are fetched before the end is reached. Arrows walk,
 * Enter or a click opens; one Tab stop for all rows. Row heights are measured, because narrow and large text change them.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { columns, rows, rowId, isWeak } = props;
  const list = useLongList(props);
  useKeys([{ combo: '↑ ↓', label: vi.ui.keys.choose, order: 6 }, { combo: 'Enter', label: vi.ui.keys.open, order: 7, listed: 'bar' }]);
  const { items, before, after } = list;
  return (
    <div ref={list.scroller} className="long-table" tabIndex={-1}>
      <table className="table two-line" aria-label={props.label} role="grid" aria-rowcount={props.hasMore ? -1 : rows.length + 1}>
        <colgroup>
          {columns.map((column) => <col key={column.id} className={column.isWideOnly === true ? 'wide-only' : undefined} width={column.width} />)}
        </colgroup>
        <thead>
          <tr>{columns.map((column) => <th key={column.id} scope="col" className={classNames(column.align !== 'left' && column.align, column.isWideOnly && 'wide-only') || undefined}>{column.header}</th>)}</tr>
        </thead>
        <tbody ref={list.body} onKeyDown={list.onKeyDown}>
          {/* One cell: to span columns that are hidden in a narrow window would keep their room. */}
          {before > 0 && <tr role="presentation" className="gap"><td style={{ height: before }} /></tr>}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <LongRow key={rowId(row)} row={row} index={item.index} columns={columns} isActive={item.index === list.activeIndex}
                isWeak={isWeak?.(row) === true} measure={list.measure} onActivate={list.activate} onOpen={list.open} />
            );
          })}
          {after > 0 && <tr role="presentation" className="gap"><td style={{ height: after }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

interface LongRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly TableColumn<Row>[];
  readonly isActive: boolean;
  readonly isWeak: boolean;
  readonly measure: (element: HTMLTableRowElement | null) => void;
  readonly onActivate: (index: number) => void;
  readonly onOpen: (row: Row) => void;
}

/** While a list is scrolled only the rows that come into sight are made: the others stay as they are. */
const LongRow = memo(function LongRow<Row>({ row, index, columns, isActive, isWeak, measure, onActivate, onOpen }: LongRowProps<Row>) {
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={isWeak ? 'weak' : undefined}
      tabIndex={isActive ? 0 : -1}
      aria-selected={isActive}
      onFocus={() => onActivate(index)}
      onClick={() => onOpen(row)}
    >
      {columns.map((column) => (
        <td key={column.id} className={classNames(column.align !== 'left' && column.align, column.hasFigures && 'num', column.isWideOnly && 'wide-only') || undefined}>{column.cell(row)}</td>
      ))}
    </tr>
  );
}) as <Row>(props: LongRowProps<Row>) => ReactElement;

function useLongList<Row>(props: LongTableProps<Row>) {
  const { rows, rowId, onOpen, onActive, hasMore, onNearEnd, onLastVisible } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [activeId, setActiveId] = useState<string>();
  /** A row that the cursor goes to as soon as it is in the page. */
  const wanted = useRef<number>(undefined);
  const steadyRowId = useSteady(rowId);
  const virtualizer = useVirtualRows(rows, steadyRowId, scroller);
  const items = virtualizer.getVirtualItems();
  const found = useMemo(() => rows.findIndex((row) => steadyRowId(row) === activeId), [rows, steadyRowId, activeId]);
  const activeIndex = Math.max(0, found);
  const active = rows[activeIndex];
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    onLastVisible?.(last);
    if (hasMore && last >= rows.length - NEAR_END) onNearEnd();
  });
  const activeRowId = active === undefined ? undefined : rowId(active);
  useEffect(() => {
    onActive?.(active);
    // What the row says may have changed as well as which row it is.
  }, [activeRowId, active]);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const element = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    if (element === null || element === undefined) return;
    wanted.current = undefined;
    element.focus({ preventScroll: true });
  });

  function goTo(index: number): void {
    const row = rows[index];
    if (row === undefined) return;
    setActiveId(rowId(row));
    wanted.current = index;
    virtualizer.scrollToIndex(index);
  }
  useHandle(props.ref, () => goTo(activeIndex));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.target instanceof HTMLTableRowElement)) return;
    const { key } = event;
    if (key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (active !== undefined) onOpen(active);
      return;
    }
    const next = nextIndex(key, activeIndex, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  }
  return {
    scroller, body, items, activeIndex, onKeyDown,
    measure: virtualizer.measureElement,
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    activate: useSteady((index: number) => {
      const row = rows[index];
      if (row !== undefined) setActiveId(rowId(row));
    }),
    open: useSteady(onOpen),
  };
}

function useVirtualRows<Row>(rows: readonly Row[], rowId: (row: Row) => string, scroller: RefObject<HTMLDivElement | null>) {
  // A new function with every rendering would make the virtualizer lay out every row of the list again.
  const keyOf = useCallback((index: number) => {
    const row = rows[index];
    return row === undefined ? index : rowId(row);
  }, [rows, rowId]);
  // The virtualizer changes in place and tells by its own callback; memoizing its answers would freeze the list.
  return useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: OVERSCAN, getItemKey: keyOf });
}

/** One function for all renderings that does what the last one would. */
function useSteady<Arguments extends readonly unknown[], Result>(act: (...given: Arguments) => Result): (...given: Arguments) => Result {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...given) => latest.current(...given), []);
}

function useHandle(ref: Ref<LongTableHandle> | undefined, focus: () => void): void {
  const steady = useSteady(focus);
  useImperativeHandle(ref, () => ({ focus: steady }), [steady]);
}

function nextIndex(key: string, from: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[key];
  return step === undefined ? undefined : Math.min(Math.max(0, from + step), count - 1);
}

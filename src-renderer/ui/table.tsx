import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { vi } from '../text/vi.ts';
import { useKeys } from './keyboard/use-keys.ts';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right' | 'centre';
  /** Tabular digits. */
  readonly hasFigures?: boolean;
  /** Goes at 1024 px and at large text; a table has at most 5 columns there. */
  readonly isWideOnly?: boolean;
  /** Width in px; one column has none and takes the rest. */
  readonly width?: number;
}

interface TableProps<Row> {
  /** What the table is, for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** Present: rows can be walked through with ↑ ↓ and opened by Enter or a click. */
  readonly onOpen?: (row: Row) => void;
  /** Tells which row the cursor is on, for keys that act on it (F8). */
  readonly onActive?: (row: Row) => void;
  readonly isWeak?: (row: Row) => boolean;
  readonly density?: 'normal' | 'dense' | 'two-line';
  readonly isFramed?: boolean;
  readonly isHeadHidden?: boolean;
  readonly foot?: ReactNode;
}

export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowId, onOpen, density = 'normal' } = props;
  const isGrid = onOpen !== undefined;
  return (
    <table
      className={classNames('table', density !== 'normal' && density, props.isFramed && 'framed')}
      aria-label={props.label}
      role={isGrid ? 'grid' : undefined}
    >
      <colgroup>
        {columns.map((column) => (
          <col key={column.id} className={classNames(column.isWideOnly && 'wide-only') || undefined} width={column.width} />
        ))}
      </colgroup>
      <thead className={props.isHeadHidden === true ? 'visually-hidden' : undefined}>
        <tr>
          {columns.map((column) => <th key={column.id} scope="col" className={cellClass(column, false)}>{column.header}</th>)}
        </tr>
      </thead>
      {isGrid ? <OpenableRows {...props} onOpen={onOpen} /> : (
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)} className={props.isWeak?.(row) === true ? 'weak' : undefined}><Cells columns={columns} row={row} /></tr>
          ))}
        </tbody>
      )}
      {props.foot !== undefined && <tfoot>{props.foot}</tfoot>}
    </table>
  );
}

/** One Tab stop for all rows: the row last walked to. */
function OpenableRows<Row>({ columns, rows, rowId, onOpen, onActive, isWeak }: TableProps<Row> & { readonly onOpen: (row: Row) => void }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [activeId, setActiveId] = useState<string>();
  const found = rows.findIndex((row) => rowId(row) === activeId);
  const activeIndex = Math.max(0, found);
  useKeys([{ combo: '↑ ↓', label: vi.ui.keys.choose, order: 6 }, { combo: 'Enter', label: vi.ui.keys.open, order: 7, listed: 'bar' }]);

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row): void {
    // Buttons inside a row keep their own keys.
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      onOpen(row);
      return;
    }
    const next = nextRow(event.key, activeIndex, rows.length);
    if (next === undefined) return;
    event.preventDefault();
    body.current?.querySelectorAll<HTMLElement>('tr')[next]?.focus();
  }

  return (
    <tbody ref={body}>
      {rows.map((row, index) => (
        <tr
          key={rowId(row)}
          className={isWeak?.(row) === true ? 'weak' : undefined}
          tabIndex={index === activeIndex ? 0 : -1}
          aria-selected={index === activeIndex}
          onFocus={() => {
            setActiveId(rowId(row));
            onActive?.(row);
          }}
          onKeyDown={(event) => onKeyDown(event, row)}
          onClick={(event) => {
            if (!(event.target as Element).closest('button, a, input, label')) onOpen(row);
          }}
        >
          <Cells columns={columns} row={row} />
        </tr>
      ))}
    </tbody>
  );
}

function Cells<Row>({ columns, row }: { readonly columns: readonly TableColumn<Row>[]; readonly row: Row }) {
  return columns.map((column) => <td key={column.id} className={cellClass(column, true)}>{column.cell(row)}</td>);
}

function cellClass<Row>(column: TableColumn<Row>, isBody: boolean): string | undefined {
  const name = classNames(column.align !== 'left' && column.align, isBody && column.hasFigures && 'num', column.isWideOnly && 'wide-only');
  return name === '' ? undefined : name;
}

function nextRow(key: string, from: number, count: number): number | undefined {
  if (count === 0) return undefined;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return step === undefined ? undefined : Math.min(Math.max(0, from + step), count - 1);
}

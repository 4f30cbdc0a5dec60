import { useCallback, useEffect, useRef, useState } from 'react';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { onCoreEvent } from '../../client/core-events.ts';

/** The calls that answer page by page. */
type PagedCall = 'registers.list' | 'registers.formNumbers';
export type QuestionOf<Call extends PagedCall> = Omit<InputOf<Call>, 'limit' | 'cursor'>;
type RowOf<Call extends PagedCall> = OutputOf<Call>['rows'][number];

interface RegisterPages<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** False until the first page of this question has come. */
  readonly isAnswered: boolean;
  readonly error: ScreenError | undefined;
  readonly loadMore: () => void;
}

const PAGE_ROWS: Readonly<Record<PagedCall, number>> = { 'registers.list': 200, 'registers.formNumbers': 50 };
/** Several changes that come together are looked up once. */
const REFRESH_MS = 300;

interface State<Row> {
  readonly key: string;
  readonly rows: readonly Row[];
  readonly cursor: string | null;
  readonly error?: ScreenError;
}

/** The lines of a register, page by page. A change is looked up again as far as the lines have been fetched. Undefined asks nothing. */
export function useRegisterPages<Call extends PagedCall>(call: Call, question: QuestionOf<Call> | undefined): RegisterPages<RowOf<Call>> {
  const key = question === undefined ? '' : JSON.stringify(question);
  const [state, setState] = useState<State<RowOf<Call>>>({ key: '', rows: [], cursor: null });
  const latest = useRef({ state, turn: 0, isLoading: false });
  latest.current.state = state;

  /** Whoever began later has the newer lines; the earlier one ends. */
  const load = useCallback(async (kept: readonly RowOf<Call>[], cursor: string | null, rowsWanted: number) => {
    const turn = (latest.current.turn += 1);
    latest.current.isLoading = true;
    const rows = [...kept];
    let next = cursor;
    do {
      const answer = await callCore(call, { ...(JSON.parse(key) as QuestionOf<Call>), limit: PAGE_ROWS[call], ...(next !== null && { cursor: next }) } as InputOf<Call>);
      if (turn !== latest.current.turn) return;
      if (!answer.ok) {
        latest.current.isLoading = false;
        setState({ key, rows: [], cursor: null, error: answer.error as ScreenError });
        return;
      }
      rows.push(...answer.value.rows);
      next = answer.value.cursor;
    } while (next !== null && rows.length < rowsWanted);
    latest.current.isLoading = false;
    setState({ key, rows, cursor: next });
  }, [call, key]);

  useEffect(() => {
    if (key === '') return undefined;
    void load([], null, 1);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onCoreEvent((event) => {
      if (event.type !== 'dossier' && event.type !== 'office' && event.type !== 'connected') return;
      clearTimeout(timer);
      timer = setTimeout(() => void load([], null, latest.current.state.rows.length), REFRESH_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
      latest.current.turn += 1;
      latest.current.isLoading = false;
    };
  }, [key, load]);

  const isAnswered = state.key === key && key !== '';
  return {
    rows: isAnswered ? state.rows : [],
    hasMore: isAnswered && state.cursor !== null,
    isAnswered,
    error: isAnswered ? state.error : undefined,
    loadMore: () => {
      const { state: known, isLoading } = latest.current;
      if (!isLoading && known.key === key && known.cursor !== null) void load(known.rows, known.cursor, known.rows.length + 1);
    },
  };
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ScreenError } from './core-client.ts';
import { onCoreEvent, type ScreenEvent } from './core-events.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** False until the first page of this question has come. */
  readonly isAnswered: boolean;
  readonly error: ScreenError | undefined;
  readonly loadMore: () => void;
  /** Tells which row is the last one in sight, so that a refresh fetches no more pages than that. */
  readonly noteLastVisible: (index: number) => void;
}

export const PAGE_ROWS = 50;
/** Several changes that come together are looked up once. */
const REFRESH_MS = 150;

interface State<Row> {
  readonly question: string;
  readonly pages: readonly Page<Row>[];
  readonly error?: ScreenError;
}

export interface PagesDep<Row> {
  /** What is asked, as one text: another one begins anew. */
  readonly question: string;
  /** One page of `PAGE_ROWS`, from the start or behind a cursor. */
  readonly ask: (cursor: string | undefined) => Promise<{ readonly ok: true; readonly value: Page<Row> } | { readonly ok: false; readonly error: ScreenError }>;
  readonly rowId: (row: Row) => string;
  /** Beside changes of dossiers and of the office, which always count. */
  readonly concerns?: (event: ScreenEvent, rows: readonly Row[]) => boolean;
}

/**
 * A list by keyset pages. It follows what the core tells: the pages up to the last row in sight are asked again and the
 * ones behind are dropped, because a page that has changed moves the places where the later ones begin.
 */
export function usePages<Row>(dep: PagesDep<Row>): Pages<Row> {
  const { question } = dep;
  const [state, setState] = useState<State<Row>>({ question: '', pages: [] });
  const latest = useRef({ dep, question, state, lastVisible: 0, isLoading: false, turn: 0 });
  latest.current.dep = dep;
  latest.current.question = question;
  latest.current.state = state;

  /** Fetches from the start, or behind the known pages. Whoever began later has the newer rows; the earlier one ends. */
  const load = useCallback(async (kept: readonly Page<Row>[], rowsWanted: number) => {
    const asked = latest.current.question;
    const turn = (latest.current.turn += 1);
    const { ask } = latest.current.dep;
    latest.current.isLoading = true;
    let pages = kept;
    do {
      const answer = await ask(pages.at(-1)?.next ?? undefined);
      if (latest.current.question !== asked || latest.current.turn !== turn) return;
      if (!answer.ok) {
        latest.current.isLoading = false;
        setState((before) => ({ ...before, error: answer.error }));
        return;
      }
      pages = [...pages, answer.value];
    } while (pages.at(-1)?.next !== null && pages.length * PAGE_ROWS < rowsWanted);
    latest.current.isLoading = false;
    // At once, not with the next rendering: whoever asks for more meanwhile must not fetch the same page again.
    latest.current.state = { question: asked, pages };
    setState(latest.current.state);
  }, []);

  useEffect(() => {
    latest.current.lastVisible = 0;
    void load([], PAGE_ROWS);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onCoreEvent((event) => {
      const isWanted = latest.current.dep.concerns?.(event, latest.current.state.pages.flatMap(({ rows }) => rows)) === true;
      if (event.type !== 'dossier' && event.type !== 'office' && event.type !== 'connected' && !isWanted) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void load([], latest.current.lastVisible + 1);
      }, REFRESH_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [question, load]);

  const loadMore = useCallback(() => {
    const { state: { pages, question: answered }, isLoading } = latest.current;
    if (isLoading || answered !== latest.current.question || (pages.at(-1)?.next ?? null) === null) return;
    void load(pages, (pages.length + 1) * PAGE_ROWS);
  }, [load]);
  const noteLastVisible = useCallback((index: number) => {
    latest.current.lastVisible = index;
  }, []);

  return {
    rows: useMemo(() => withoutRepeats(state.pages, latest.current.dep.rowId), [state.pages]),
    hasMore: (state.pages.at(-1)?.next ?? null) !== null,
    isAnswered: state.question === question,
    error: state.error,
    loadMore,
    noteLastVisible,
  };
}

/** A row that moved between two pages while they were fetched stands where it was met first. */
function withoutRepeats<Row>(pages: readonly Page<Row>[], rowId: (row: Row) => string): readonly Row[] {
  const seen = new Set<string>();
  return pages.flatMap((page) => page.rows.filter((row) => !seen.has(rowId(row)) && seen.add(rowId(row))));
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierRow } from '../../../src-shared/contract/dossier-views.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { onCoreEvent } from '../../client/core-events.ts';

export type ListTab = NonNullable<InputOf<'dossiers.search'>['tab']>;

interface Page {
  readonly rows: readonly DossierRow[];
  readonly next: string | null;
}

export interface DossierPages {
  readonly rows: readonly DossierRow[];
  readonly hasMore: boolean;
  /** False until the first page of this question has come. */
  readonly isAnswered: boolean;
  readonly error: ScreenError | undefined;
  readonly loadMore: () => void;
  /** Tells which row is the last one in sight, so that a refresh fetches no more pages than that. */
  readonly noteLastVisible: (index: number) => void;
}

const PAGE_ROWS = 50;
/** Several changes that come together are looked up once. */
const REFRESH_MS = 150;

interface State {
  readonly question: string;
  readonly pages: readonly Page[];
  readonly error?: ScreenError;
}

/**
 * A list by keyset pages. It follows what the core tells: the pages up to the last row in sight are asked again and the
 * ones behind are dropped, because a page that has changed moves the places where the later ones begin.
 */
export function useDossierPages(query: string, tab: ListTab): DossierPages {
  const question = JSON.stringify([query, tab]);
  const [state, setState] = useState<State>({ question: '', pages: [] });
  const latest = useRef({ question, state, lastVisible: 0, isLoading: false, turn: 0 });
  latest.current.question = question;
  latest.current.state = state;

  /** Fetches from the start, or behind the known pages. Whoever began later has the newer rows; the earlier one ends. */
  const load = useCallback(async (kept: readonly Page[], rowsWanted: number) => {
    const asked = latest.current.question;
    const turn = (latest.current.turn += 1);
    const [text, list] = JSON.parse(asked) as [string, ListTab];
    latest.current.isLoading = true;
    let pages = kept;
    do {
      const cursor = pages.at(-1)?.next ?? undefined;
      const answer = await callCore('dossiers.search', { query: text, tab: list, limit: PAGE_ROWS, ...(cursor !== undefined && { cursor }) });
      if (latest.current.question !== asked || latest.current.turn !== turn) return;
      if (!answer.ok) {
        latest.current.isLoading = false;
        setState((before) => ({ ...before, error: answer.error as ScreenError }));
        return;
      }
      pages = [...pages, { rows: answer.value.dossiers, next: answer.value.cursor }];
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
      const isOnItsWay = event.type === 'sync' && latest.current.state.pages.some(({ rows }) => rows.some(({ isAbove }) => isAbove === false));
      if (event.type !== 'dossier' && event.type !== 'office' && event.type !== 'connected' && !isOnItsWay) return;
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
    rows: useMemo(() => withoutRepeats(state.pages), [state.pages]),
    hasMore: (state.pages.at(-1)?.next ?? null) !== null,
    isAnswered: state.question === question,
    error: state.error,
    loadMore,
    noteLastVisible,
  };
}

/** A dossier that moved between two pages while they were fetched stands where it was met first. */
function withoutRepeats(pages: readonly Page[]): readonly DossierRow[] {
  const seen = new Set<string>();
  return pages.flatMap((page) => page.rows.filter((row) => !seen.has(row.id) && seen.add(row.id)));
}

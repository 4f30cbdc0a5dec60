import { useCallback, useEffect, useRef, useState } from 'react';
import type { ScreenError } from './core-client.ts';

export interface Query<Value> {
  /** The last answer; stays while a newer one is on its way, so lists do not flicker. */
  readonly value: Value | undefined;
  readonly error: ScreenError | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown };

/**
 * Asks, and asks again when the question changes or `follow` says that something concerned has changed. A `key` of undefined asks
 * nothing. An answer that was overtaken by a newer question is dropped.
 */
export function useAnswer<Value>(key: string | undefined, ask: () => Promise<Answer<Value>>, follow: (again: () => void) => () => void): Query<Value> {
  const [state, setState] = useState<{ value?: Value; error?: ScreenError; isLoading: boolean }>({ isLoading: key !== undefined });
  const question = useRef(0);
  const latest = useRef({ ask, follow });
  latest.current = { ask, follow };

  const askNow = useCallback(async () => {
    if (key === undefined) return;
    const mine = (question.current += 1);
    setState((before) => ({ ...before, isLoading: true }));
    const answer = await latest.current.ask();
    if (mine !== question.current) return;
    setState((before) => (answer.ok ? { value: answer.value, isLoading: false } : { ...before, error: answer.error as ScreenError, isLoading: false }));
  }, [key]);

  useEffect(() => {
    void askNow();
    return latest.current.follow(() => void askNow());
  }, [askNow]);

  return { value: state.value, error: state.error, isLoading: state.isLoading, reload: () => void askNow() };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from './core-client.ts';
import { onCoreEvent, type ScreenEvent } from './core-events.ts';

export interface Query<Value> {
  /** The last answer; stays while a newer one is on its way, so lists do not flicker. */
  readonly value: Value | undefined;
  readonly error: ScreenError | undefined;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/**
 * Asks the core, and asks again when the input changes or the core says that something concerned has changed. `input`
 * undefined asks nothing. An answer that was overtaken by a newer question is dropped.
 */
export function useQuery<N extends CallName>(
  name: N,
  input: InputOf<N> | undefined,
  concerns: (event: ScreenEvent) => boolean = () => false,
): Query<OutputOf<N>> {
  const [state, setState] = useState<{ value?: OutputOf<N>; error?: ScreenError; isLoading: boolean }>({ isLoading: input !== undefined });
  const question = useRef(0);
  const inputKey = input === undefined ? undefined : JSON.stringify(input);
  const concernsRef = useRef(concerns);
  concernsRef.current = concerns;

  const ask = useCallback(async () => {
    if (inputKey === undefined) return;
    const mine = (question.current += 1);
    setState((before) => ({ ...before, isLoading: true }));
    const answer = await callCore(name, JSON.parse(inputKey) as InputOf<N>);
    if (mine !== question.current) return;
    setState((before) => (answer.ok ? { value: answer.value as OutputOf<N>, isLoading: false } : { ...before, error: answer.error as ScreenError, isLoading: false }));
  }, [name, inputKey]);

  useEffect(() => {
    void ask();
    return onCoreEvent((event) => {
      if (event.type === 'connected' || concernsRef.current(event)) void ask();
    });
  }, [ask]);

  return { value: state.value, error: state.error, isLoading: state.isLoading, reload: () => void ask() };
}

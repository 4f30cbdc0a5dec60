import { useRef } from 'react';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { callCore } from './core-client.ts';
import { onCoreEvent, type ScreenEvent } from './core-events.ts';
import { useAnswer, type Query } from './use-answer.ts';

export type { Query };

/** Asks the core, and asks again when the input changes or the core says that something concerned has changed. `input` undefined asks nothing. */
export function useQuery<N extends CallName>(
  name: N,
  input: InputOf<N> | undefined,
  concerns: (event: ScreenEvent) => boolean = () => false,
): Query<OutputOf<N>> {
  const concernsRef = useRef(concerns);
  concernsRef.current = concerns;
  return useAnswer<OutputOf<N>>(
    input === undefined ? undefined : `${name} ${JSON.stringify(input)}`,
    async () => (await callCore(name, input as InputOf<N>)) as { readonly ok: true; readonly value: OutputOf<N> } | { readonly ok: false; readonly error: unknown },
    (again) => onCoreEvent((event) => {
      if (event.type === 'connected' || concernsRef.current(event)) again();
    }),
  );
}

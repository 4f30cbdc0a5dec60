import { useRef, useState } from 'react';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import type { ScreenError } from './core-client.ts';
import { callCoreWaiting } from './waiting-call.ts';

/** Calls that are done once per key (design, rule 2). */
type CommandName = { [N in CallName]: InputOf<N> extends { readonly idempotencyKey: string } ? N : never }[CallName];

export interface Command<N extends CommandName> {
  /** Gives the answer, or undefined when the core refused: then `error` says why. */
  readonly run: (input: Omit<InputOf<N>, 'idempotencyKey'>) => Promise<OutputOf<N> | undefined>;
  readonly error: ScreenError | undefined;
  readonly isRunning: boolean;
}

/**
 * A command of an opened panel. The key stays the same until the core has done it once, so that a second press, a lost
 * answer or a restart of the core never does it twice; the next thing done with the same panel gets a new key.
 */
export function useCommand<N extends CommandName>(name: N): Command<N> {
  const key = useRef<string>(undefined);
  const isBusy = useRef(false);
  const [state, setState] = useState<{ readonly error?: ScreenError; readonly isRunning: boolean }>({ isRunning: false });

  async function run(input: Omit<InputOf<N>, 'idempotencyKey'>): Promise<OutputOf<N> | undefined> {
    if (isBusy.current) return undefined;
    isBusy.current = true;
    key.current ??= crypto.randomUUID();
    setState({ isRunning: true });
    const answer = await callCoreWaiting(name, { ...input, idempotencyKey: key.current } as unknown as InputOf<N>);
    isBusy.current = false;
    if (answer.ok) {
      key.current = undefined;
      setState({ isRunning: false });
      return answer.value as OutputOf<N>;
    }
    setState({ error: answer.error as ScreenError, isRunning: false });
    return undefined;
  }
  return { run, error: state.error, isRunning: state.isRunning };
}

import type { CallName, InputOf, ResultOf } from '../../src-shared/contract/contract.ts';
import { callCore, type CallAnswer } from './core-client.ts';
import { onDeskSession, readDeskSession, type DeskSession } from './desk-session.ts';

const WAITS_FOR: ReadonlySet<string> = new Set(['core.unreachable', 'session.required', 'session.locked']);

/**
 * As `callCore`, but F10 waits: while the core is restarting or the desk is locked the call is asked again as soon as the
 * same officer is back. Only for calls that may be repeated: reading ones and those with an idempotency key (rule 2).
 * When somebody else signs in, the call ends with the last refusal.
 */
export async function callCoreWaiting<N extends CallName>(name: N, input: InputOf<N>): Promise<CallAnswer<N>> {
  const officer = readDeskSession().session?.officer?.id;
  for (;;) {
    const answer = await callCore(name, input);
    if (answer.ok || !WAITS_FOR.has((answer as Extract<ResultOf<N>, { ok: false }>).error.code)) return answer;
    if (!(await isSameOfficerBack(officer))) return answer;
  }
}

function isSameOfficerBack(officer: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (state: DeskSession): boolean | undefined => {
      if (state.gate === 'signIn' || state.session?.officer?.id !== officer) return false;
      return state.gate === 'open' && state.isReachable ? true : undefined;
    };
    const now = look(readDeskSession());
    if (now !== undefined) {
      resolve(now);
      return;
    }
    const stop = onDeskSession((state) => {
      const verdict = look(state);
      if (verdict === undefined) return;
      stop();
      resolve(verdict);
    });
  });
}

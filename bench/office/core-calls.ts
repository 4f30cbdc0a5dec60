import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import type { Session } from '../../src-main/core/calls/sessions.ts';
import type { Core } from '../../src-main/core/compose-core.ts';
import { assert } from '../../src-shared/lib/assert.ts';

/** A call that must go well: a bench measures answers, not refusals. */
export async function call<N extends CallName>(core: Pick<Core, 'dispatch'>, session: Session | undefined, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const answer = await core.dispatch(name, input, session);
  assert(answer.ok, `${name} answers ${answer.ok ? '' : JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<N>;
}

export async function signIn(core: Pick<Core, 'dispatch' | 'sessionOf'>, officer: string, password: string): Promise<Session> {
  const { token } = await call(core, undefined, 'session.open', { officer, password });
  const session = core.sessionOf(token);
  assert(session, 'a session that was just opened');
  return session;
}

import { consoleContract, type ConsoleCallName } from '../../src-shared/console-contract/console-contract.ts';
import { consoleError, type ConsoleError } from '../../src-shared/console-contract/console-errors.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { isDatabaseFailure } from '../db/server-db.ts';
import { findSession } from '../features/administrators/administrator-sessions.ts';
import type { ConsoleDep, OpenContext } from './console-handlers.ts';
import { createOfficeHandlers } from './office-handlers.ts';
import { createPackHandlers } from './pack-handlers.ts';
import { createPeopleHandlers } from './people-handlers.ts';

export interface ConsoleAsking {
  /** As it came in the cookie. */
  readonly token: string | undefined;
  readonly keep: (token: string | null) => void;
  /** A fault of ours, for whoever runs the server. */
  readonly onFault: (error: unknown) => void;
}

export type ConsoleDispatch = (name: ConsoleCallName, input: unknown, asking: ConsoleAsking) => Promise<Result<unknown, ConsoleError>>;

type AnyHandler = (input: unknown, context: OpenContext) => Promise<Result<unknown, ConsoleError>>;

/** Looks the session up, asks whether it may, parses, runs, parses the answer. Never throws. */
export function createConsoleDispatch(dep: ConsoleDep): ConsoleDispatch {
  const handlers = { ...createPeopleHandlers(dep), ...createOfficeHandlers(dep), ...createPackHandlers(dep) };
  return async (name, input, { token, keep, onFault }) => {
    const call = consoleContract[name];
    try {
      const administrator = token === undefined ? undefined : await findSession(dep.db, token, dep.nowMs());
      if (call.access !== 'open' && !administrator) return err(consoleError('session.required'));
      const parsed = call.input.safeParse(input);
      if (!parsed.success) return err(consoleError('request.malformed', { issues: parsed.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join('.'), message })) }));
      const answer = await (handlers[name] as AnyHandler)(parsed.data, { administrator, token, keep });
      return answer.ok ? ok(call.output.parse(answer.value)) : answer;
    } catch (error) {
      onFault(error);
      return err(consoleError(isDatabaseFailure(error) ? 'storage.busy' : 'internal.unexpected'));
    }
  };
}

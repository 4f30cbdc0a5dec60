import type { z } from 'zod';
import type { ConsoleCallName, ConsoleContract, ConsoleResult } from '../../src-shared/console-contract/console-contract.ts';
import type { AdministratorView } from '../../src-shared/console-contract/console-views.ts';
import type { PasswordParameters } from '../../src-node/crypto/password-wrap.ts';
import type { ServerDb } from '../db/server-db.ts';
import type { ServerIdentity } from '../features/identity/server-identity.ts';

export interface ConsoleDep {
  readonly db: ServerDb;
  readonly identity: ServerIdentity;
  readonly nowMs: () => number;
  readonly passwordParameters: PasswordParameters;
}

/** Who asks, and the session as the browser keeps it: the page itself never holds the token. */
export interface OpenContext {
  readonly administrator: AdministratorView | undefined;
  readonly token: string | undefined;
  /** What the browser keeps from now on; null: nothing. */
  readonly keep: (token: string | null) => void;
}

export interface AdministratorContext extends OpenContext {
  readonly administrator: AdministratorView;
}

type ContextOf<N extends ConsoleCallName> = ConsoleContract[N]['access'] extends 'open' ? OpenContext : AdministratorContext;

/** A share of the page's calls. */
export type ConsoleHandlers<N extends ConsoleCallName = ConsoleCallName> = {
  readonly [K in N]: (input: z.output<ConsoleContract[K]['input']>, context: ContextOf<K>) => Promise<ConsoleResult<K>>;
};

import type { CallName, Contract, InputOf, OutputOf, ResultOf } from '../../../src-shared/contract/contract.ts';
import type { CoreEvent } from '../../../src-shared/contract/contract.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import type { z } from 'zod';
import type { OpenDesk } from '../desk/open-desk.ts';
import type { Session } from './sessions.ts';

/** What every handler may reach. Calls with access `open` may find no desk and no session. */
export interface OpenContext {
  readonly session: Session | undefined;
  readonly desk: OpenDesk | undefined;
}

/** The desk is open and the officer is signed in, not locked, with a role that the call asks for. */
export interface OfficerContext {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly officer: OfficerId;
  readonly roles: ReadonlySet<Role>;
}

/** As above, or somebody who opened with the recovery code or a maintenance tool (`officer` null). */
export interface RecoveryContext {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly officer: OfficerId | null;
}

type ContextOf<N extends CallName> = Contract[N]['access'] extends 'open'
  ? OpenContext
  : Contract[N]['access'] extends 'recovery' | 'maintenance'
    ? RecoveryContext
    : OfficerContext;

export type ParsedInput<N extends CallName> = z.output<Contract[N]['input']>;
export type Handler<N extends CallName> = (input: ParsedInput<N>, context: ContextOf<N>) => ResultOf<N> | Promise<ResultOf<N>>;

/** A feature's share of the contract. */
export type Handlers<N extends CallName = CallName> = { readonly [K in N]: Handler<K> };

/** Tells open screens what changed; they ask again. */
export type Announce = (event: CoreEvent) => void;

export type { CallName, InputOf, OutputOf };

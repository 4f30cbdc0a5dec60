import type { AnyCall, CallInput, CallResult } from '../../src-shared/contract/call.ts';
import { wireError, type WireError } from '../../src-shared/contract/errors.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { err, ok } from '../../src-shared/lib/result.ts';

/** Who was asked is restarting or gone. What was typed stays; the screen says so and tries again. */
export interface Unreachable {
  readonly code: 'core.unreachable';
  readonly sentence: string;
  readonly detail?: undefined;
  readonly incident?: undefined;
}

export interface ClientOptions<Contract> {
  readonly contract: Contract;
  /** Below which address the calls are served. */
  readonly base: string;
  /** What stands on the screen while nobody answers. */
  readonly unreachable: string;
}

export interface ContractClient<Contract extends Readonly<Record<string, AnyCall>>> {
  /** The answer is a value or an error with one of the codes that the call declares; nothing is thrown. */
  call<N extends keyof Contract & string>(name: N, input: CallInput<Contract[N]>): Promise<CallResult<Contract[N]> | { readonly ok: false; readonly error: Unreachable }>;
  /** Called with every refusal, whichever screen asked; the asking screen still gets its refusal. */
  onRefusal(listener: RefusalListener): () => void;
  /** Called when whoever is asked stops or starts answering. */
  onReachableChange(listener: (isReachable: boolean) => void): () => void;
  reportReachable(isReachable: boolean): void;
  /** Somebody came to the screen or left it. Answers still on their way are to questions of the turn before. */
  changeTurn(): void;
  readTurn(): number;
}

/** Of a call that was asked before the turn changed, `isOvertaken` is true: it says nothing of the session that is there now. */
type RefusalListener = (error: WireError, isOvertaken: boolean) => void;

/** Calls by a contract: paths, methods and types come from it. */
export function createContractClient<Contract extends Readonly<Record<string, AnyCall>>>({ contract, base, unreachable }: ClientOptions<Contract>): ContractClient<Contract> {
  const refusalListeners = new Set<RefusalListener>();
  const reachableListeners = new Set<(isReachable: boolean) => void>();
  let isReachable = true;
  let turn = 0;
  const reportReachable = (now: boolean) => {
    if (now === isReachable) return;
    isReachable = now;
    for (const listener of reachableListeners) listener(now);
  };
  const readAnswer = async (response: Response, asked: number): Promise<Result<unknown, WireError>> => {
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return ok(body);
    const isOurs = typeof body === 'object' && body !== null && 'error' in body;
    const error = isOurs ? (body.error as WireError) : wireError('internal.unexpected');
    for (const listener of refusalListeners) listener(error, asked !== turn);
    return err(error);
  };
  return {
    call: async (name, input) => {
      type Call = Contract[typeof name];
      const asked = turn;
      let response: Response;
      try {
        response = await ask(contract[name]!, base, input as object);
      } catch {
        // Fetch throws only when no answer came at all.
        reportReachable(false);
        return err({ code: 'core.unreachable', sentence: unreachable });
      }
      reportReachable(true);
      return (await readAnswer(response, asked)) as CallResult<Call>;
    },
    onRefusal: (listener) => listen(refusalListeners, listener),
    onReachableChange: (listener) => listen(reachableListeners, listener),
    reportReachable,
    changeTurn: () => {
      turn += 1;
    },
    readTurn: () => turn,
  };
}

function ask({ path, method }: AnyCall, base: string, input: object): Promise<Response> {
  const members: Record<string, unknown> = { ...input };
  const url = base + path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = members[member];
    delete members[member];
    return encodeURIComponent(String(value));
  });
  if (method === 'GET') return fetch(url + queryOf(members));
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(members) });
}

function queryOf(members: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== undefined) query.set(name, String(value as string | number | boolean));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

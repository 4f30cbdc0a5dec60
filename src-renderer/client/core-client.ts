import { contract, type CallName, type InputOf, type OutputOf, type ResultOf } from '../../src-shared/contract/contract.ts';
import { wireError, type WireError } from '../../src-shared/contract/errors.ts';
import { err, ok } from '../../src-shared/lib/result.ts';

/**
 * Calls the core by the contract. The answer is a value or an error with one of the codes that the call declares; nothing
 * is thrown. When the core cannot be reached the call waits outside for nobody: the caller gets `core.unreachable`.
 */
export type CallAnswer<N extends CallName> = ResultOf<N> | { readonly ok: false; readonly error: Unreachable };

/** The core is restarting or gone. What was typed stays; the screen shows the strip and tries again. */
export interface Unreachable {
  readonly code: 'core.unreachable';
  readonly sentence: string;
  readonly detail?: undefined;
  readonly incident?: undefined;
}

export type ScreenError = WireError | Unreachable;

export async function callCore<N extends CallName>(name: N, input: InputOf<N>): Promise<CallAnswer<N>> {
  const call = contract[name];
  const members: Record<string, unknown> = { ...(input as object) };
  const path = call.path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = members[member];
    delete members[member];
    return encodeURIComponent(String(value));
  });
  const asked = turn;
  let response: Response;
  try {
    response = call.method === 'GET' ? await fetch(`/api${path}${queryOf(members)}`) : await post(`/api${path}`, members);
  } catch {
    // Fetch throws only when no answer came at all.
    reportReachable(false);
    return err(UNREACHABLE);
  }
  reportReachable(true);
  return (await readAnswer<N>(response, asked)) as CallAnswer<N>;
}

const UNREACHABLE: Unreachable = { code: 'core.unreachable', sentence: 'Đang nối lại với phần lưu trữ… Chữ đã nhập vẫn còn.' };

function post(url: string, body: object): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function queryOf(members: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== undefined) query.set(name, String(value as string | number | boolean));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

async function readAnswer<N extends CallName>(response: Response, asked: number) {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return ok(body as OutputOf<N>);
  const isOurs = typeof body === 'object' && body !== null && 'error' in body;
  const error = isOurs ? (body.error as WireError) : wireError('internal.unexpected');
  for (const listener of refusalListeners) listener(error, asked !== turn);
  return err(error);
}

/** Of a call that was asked before the turn changed, `isOvertaken` is true: it says nothing of the session that is there now. */
type RefusalListener = (error: WireError, isOvertaken: boolean) => void;

const refusalListeners = new Set<RefusalListener>();
const reachableListeners = new Set<(isReachable: boolean) => void>();
let isReachable = true;

/**
 * Called with every refusal, whichever screen asked: some concern the whole desk (session gone or locked, disk full, the
 * question of the date) and are answered in one place. The asking screen still gets its refusal.
 */
export function onRefusal(listener: RefusalListener): () => void {
  refusalListeners.add(listener);
  return () => void refusalListeners.delete(listener);
}

let turn = 0;

/** Somebody came to the screen or left it. Answers still on their way are to questions of the turn before. */
export function changeTurn(): void {
  turn += 1;
}

export const readTurn = (): number => turn;

/** Called when the core stops or starts answering. */
export function onReachableChange(listener: (isReachable: boolean) => void): () => void {
  reachableListeners.add(listener);
  return () => void reachableListeners.delete(listener);
}

export function reportReachable(now: boolean): void {
  if (now === isReachable) return;
  isReachable = now;
  for (const listener of reachableListeners) listener(now);
}

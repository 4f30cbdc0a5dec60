import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { CONSOLE_API, consoleContract, type ConsoleCallName, type ConsoleInput, type ConsoleOutput } from '../../src-shared/console-contract/console-contract.ts';
import type { AdministratorView } from '../../src-shared/console-contract/console-views.ts';
import { createContractClient } from '../client/contract-client.ts';
import type { ScreenError } from '../client/core-client.ts';
import { useAnswer, type Query } from '../client/use-answer.ts';
import { viConsole } from '../text/vi/console.ts';

/** Who looks at the page, and the calls to its server. */
interface ConsoleSession {
  readonly gate: 'starting' | 'setUp' | 'signIn' | 'open';
  readonly administrator: AdministratorView | undefined;
  readonly serverName: string;
  readonly isReachable: boolean;
  /** When the last answer came: what is shown is as old as that. */
  readonly answeredAt: number;
}

/** Figures are asked for again so often; nothing is pushed to this page. */
const ASK_MS = 20_000;
const PROBE_MS = 2_000;

const session = createStore<ConsoleSession>(() => ({ gate: 'starting', administrator: undefined, serverName: '', isReachable: true, answeredAt: 0 }));
const client = createContractClient({ contract: consoleContract, base: CONSOLE_API, unreachable: viConsole.unreachable });

export type ConsoleAnswer<N extends ConsoleCallName> = { readonly ok: true; readonly value: ConsoleOutput<N> } | { readonly ok: false; readonly error: ScreenError };

/** Nothing is thrown. Calls that change something are sent once: whoever pressed sees what came of it and presses again. */
export async function callConsole<N extends ConsoleCallName>(name: N, input: ConsoleInput<N>): Promise<ConsoleAnswer<N>> {
  const answer = (await client.call(name, input)) as ConsoleAnswer<N>;
  if (answer.ok) session.setState({ answeredAt: Date.now() });
  return answer;
}

export function useConsoleSession<Part>(select: (state: ConsoleSession) => Part): Part {
  return useStore(session, select);
}

/** Asks, again every twenty seconds, and when the input changes. */
export function useConsoleQuery<N extends ConsoleCallName>(name: N, input: ConsoleInput<N>): Query<ConsoleOutput<N>> {
  return useAnswer(`${name} ${JSON.stringify(input)}`, () => callConsole(name, input), (again) => {
    const timer = setInterval(again, ASK_MS);
    return () => clearInterval(timer);
  });
}

/** Once per page. */
export function startConsoleSession(): void {
  client.onReachableChange((isReachable) => session.setState({ isReachable }));
  client.onRefusal(({ code }) => {
    if ((code as string) === 'session.required' && session.getState().gate === 'open') void look();
  });
  void look();
}

export function enterConsole(administrator: AdministratorView): void {
  session.setState({ gate: 'open', administrator });
}

export async function signOut(): Promise<void> {
  await callConsole('session.close', {});
  await look();
}

async function look(): Promise<void> {
  const answer = await callConsole('console.get', {});
  if (!answer.ok) {
    setTimeout(() => void look(), PROBE_MS);
    return;
  }
  const { administrator, needsSetUp, serverName } = answer.value;
  session.setState({ gate: administrator !== null ? 'open' : needsSetUp ? 'setUp' : 'signIn', administrator: administrator ?? undefined, serverName });
}

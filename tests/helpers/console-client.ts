import type { ConsoleCallName, ConsoleInput, ConsoleOutput } from '../../src-shared/console-contract/console-contract.ts';
import { CONSOLE_API, consoleContract } from '../../src-shared/console-contract/console-contract.ts';
import type { ConsoleError } from '../../src-shared/console-contract/console-errors.ts';

export interface ConsoleReply<N extends ConsoleCallName> {
  readonly status: number;
  readonly headers: Headers;
  readonly value: ConsoleOutput<N>;
  readonly code: ConsoleError['code'] | undefined;
}

/** A browser as far as the server can tell: keeps the one cookie, sends what it is told to. */
export class ConsoleBrowser {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  cookie: string | undefined;

  constructor(address: string, headers: Readonly<Record<string, string>> = {}) {
    this.address = address;
    this.headers = headers;
  }

  async call<N extends ConsoleCallName>(name: N, input: ConsoleInput<N>): Promise<ConsoleReply<N>> {
    const { method, path } = consoleContract[name];
    const members: Record<string, unknown> = { ...(input as object) };
    const url = `${this.address}${CONSOLE_API}${path.replace(/\{(\w+)\}/g, (_, member: string) => {
      const value = String(members[member]);
      delete members[member];
      return value;
    })}`;
    const headers = { ...this.headers, ...(this.cookie !== undefined && { cookie: this.cookie }) };
    const query = new URLSearchParams(Object.entries(members).map(([key, value]) => [key, String(value)])).toString();
    const response = method === 'GET' ? await fetch(query === '' ? url : `${url}?${query}`, { headers })
      : await fetch(url, { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(members) });
    const given = response.headers.get('set-cookie');
    if (given !== null) this.cookie = given.includes('Max-Age=0') ? undefined : given.split(';')[0];
    const body = await response.json() as ConsoleOutput<N> & { readonly error?: ConsoleError };
    return { status: response.status, headers: response.headers, value: body, code: body.error?.code };
  }

  /** The answer of a call that has to go well. */
  async must<N extends ConsoleCallName>(name: N, input: ConsoleInput<N>): Promise<ConsoleOutput<N>> {
    const reply = await this.call(name, input);
    if (reply.code !== undefined) throw new Error(`${name}: ${reply.code}`);
    return reply.value;
  }
}

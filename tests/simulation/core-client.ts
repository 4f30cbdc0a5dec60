/** A screen's calls over HTTP, as bytes on a socket: an answer either came whole, or the line was cut and nobody knows. */
import http from 'node:http';
import { contract, type CallName, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts';
import type { WireError } from '../../src-shared/contract/errors.ts';

export type Answer<N extends CallName = CallName> =
  | { readonly kind: 'done'; readonly value: OutputOf<N> }
  | { readonly kind: 'refused'; readonly error: WireError }
  /** The core died, or never lived: the request may have been carried out or not. */
  | { readonly kind: 'cut' };

export interface CoreClient {
  call<N extends CallName>(name: N, input: InputOf<N>, onSent?: () => void): Promise<Answer<N>>;
  /** As above, for what must go well. */
  must<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>;
  close(): void;
}

export function createCoreClient(url: string, token?: string): CoreClient {
  const agent = new http.Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  const call = <N extends CallName>(name: N, input: InputOf<N>, onSent?: () => void): Promise<Answer<N>> => {
    const { method, path: template } = contract[name];
    const rest = { ...(input as Record<string, unknown>) };
    const path = template.replace(/\{(\w+)\}/g, (_part, member: string) => {
      const value = String(rest[member]);
      delete rest[member];
      return encodeURIComponent(value);
    });
    const query = method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>).toString()}` : '';
    const body = method === 'GET' ? undefined : Buffer.from(JSON.stringify(rest));
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    return new Promise((resolve) => {
      const cut = () => resolve({ kind: 'cut' });
      const request = http.request({ agent, hostname, port, method, path: `/api${path}${query}`, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => void parts.push(part));
        response.once('error', cut);
        response.once('close', () => (response.complete ? resolve(answerOf<N>(response.statusCode ?? 0, Buffer.concat(parts))) : cut()));
      });
      request.once('error', cut);
      if (onSent) request.once('finish', onSent);
      request.end(body);
    });
  };
  return {
    call,
    must: async (name, input) => {
      const answer = await call(name, input);
      if (answer.kind !== 'done') throw new Error(`${name} was to go well: ${JSON.stringify(answer)}`);
      return answer.value;
    },
    close: () => agent.destroy(),
  };
}

function answerOf<N extends CallName>(status: number, bytes: Buffer): Answer<N> {
  const body = JSON.parse(bytes.toString('utf8')) as OutputOf<N> & { readonly error: WireError };
  return status === 200 ? { kind: 'done', value: body } : { kind: 'refused', error: body.error };
}

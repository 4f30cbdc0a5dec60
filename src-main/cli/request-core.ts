import http from 'node:http';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import { contract } from '../../src-shared/contract/contract.ts';
import { SECRET_HEADER, SOCKET_HOST } from '../../src-shared/contract/core-process.ts';
import type { WireError } from '../../src-shared/contract/errors.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import type { CoreAddress } from '../core/platform/running-core.ts';

/** Calls a core of this machine wherever it listens. Undefined: nobody answers there. For calls whose path has no parts. */
export function requestCore<N extends CallName>(address: CoreAddress, name: N, input: InputOf<N>, token?: string): Promise<Result<OutputOf<N>, WireError> | undefined> {
  const { method, path } = contract[name];
  const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return new Promise((resolve) => {
    const request = http.request({ ...target(address, headers), method, path: `/api${path}` }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as OutputOf<N> & { readonly error: WireError };
        resolve(response.statusCode === 200 ? ok(body) : err(body.error));
      });
    });
    request.on('error', () => resolve(undefined));
    request.end(method === 'GET' ? undefined : JSON.stringify(input));
  });
}

function target(address: CoreAddress, headers: Readonly<Record<string, string>>): http.RequestOptions {
  if ('socket' in address) return { socketPath: address.socket, headers: { ...headers, host: SOCKET_HOST, [SECRET_HEADER]: address.secret } };
  const { hostname, port } = new URL(address.url);
  return { hostname, port, headers };
}

import { fork } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { contract, type CallName, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts';
import { CORE_NODE_ARGUMENTS } from '../../src-shared/contract/core-process.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { Order, Report } from '../serve-office.ts';
import type { CachedOffice } from './cached-office.ts';
import type { Reception } from './receptions.ts';

/** A core in its own process, and a client that keeps its connection, as a browser does. */
export interface RunningOffice {
  readonly url: string;
  readonly databaseFile: string;
  /** The office's time at the start, UTC milliseconds. */
  readonly startMs: number;
  call<N extends CallName>(name: N, input: InputOf<N>): Promise<{ readonly tookMs: number; readonly value: OutputOf<N> }>;
  /** The same reception without HTTP, timed inside the core. */
  receiveInCore(input: Reception): Promise<number>;
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
}

const SERVE = path.join(import.meta.dirname, '../serve-office.ts');

export async function startOffice(office: CachedOffice, rendererDir?: string): Promise<RunningOffice> {
  const child = fork(SERVE, [office.folder, office.officer, String(office.endMs), ...(rendererDir === undefined ? [] : [rendererDir])], { execArgv: [...CORE_NODE_ARGUMENTS] });
  const ask = (order: Order) => {
    child.send(order);
    return nextReport();
  };
  const nextReport = () =>
    new Promise<Report>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the core ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (report) => {
        child.off('exit', onExit);
        resolve(report as Report);
      });
    });
  const ready = await nextReport();
  assert(ready.report === 'ready', 'the first report says where');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    url: ready.url,
    databaseFile: ready.databaseFile,
    startMs: ready.nowMs,
    call: (name, input) => timedCall({ agent, url: ready.url, token: ready.token }, name, input),
    receiveInCore: async (input) => {
      const report = await ask({ order: 'receive', input });
      assert(report.report === 'received', 'a reception is reported');
      return report.tookMs;
    },
    rssBytes: async () => {
      const report = await ask({ order: 'memory' });
      assert(report.report === 'memory', 'memory is reported');
      return report.rssBytes;
    },
    stop: async () => {
      agent.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send({ order: 'stop' } satisfies Order);
      await ended;
    },
  };
}

interface Line {
  readonly agent: http.Agent;
  readonly url: string;
  readonly token: string;
}

/** From the first byte of the request to the last of the answer. */
export function timedCall<N extends CallName>(line: Line, name: N, input: InputOf<N>): Promise<{ tookMs: number; value: OutputOf<N> }> {
  const { method, path: template } = contract[name];
  const rest = new Map(Object.entries(input as Record<string, unknown>));
  const filled = template.replace(/\{(\w+)\}/g, (_whole, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const query = method === 'GET' && rest.size > 0 ? `?${new URLSearchParams(Object.fromEntries([...rest].map(([key, value]) => [key, String(value)]))).toString()}` : '';
  const body = method === 'POST' ? JSON.stringify(Object.fromEntries(rest)) : undefined;
  const headers = { ...(line.token === '' ? {} : { authorization: `Bearer ${line.token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) };
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const request = http.request(`${line.url}/api${filled}${query}`, { method, agent: line.agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const tookMs = performance.now() - begun;
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve({ tookMs, value: JSON.parse(text) as OutputOf<N> });
        else reject(new Error(`${name} answers ${response.statusCode} ${text.slice(0, 300)}`));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

import http from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { SECRET_HEADER, SOCKET_HOST } from '../../../src-shared/contract/core-process.ts';
import type { ServingCore } from '../core/core-process.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface AppProtocolDep {
  readonly core: () => ServingCore | undefined;
  /** Resolves when a core has served for the first time. */
  readonly firstServing: Promise<void>;
  /** The first page and what it loads while no core serves them; undefined for all else, and before its files were checked. */
  readonly screenFile: (pathname: string) => Response | undefined;
  readonly cookie: SessionCookie;
  /** The shell's own pages below app://shell. */
  readonly shellPage: (url: URL) => Response;
  /** In place of the application while its files are being checked; the window loads it when they have been. */
  readonly startingPage: () => Response;
}

/**
 * Answers `app:` requests: everything of the application comes from the core, over its socket, as streams in both
 * directions. Only while the core is being started, which takes as long as the page does, the page comes from the same files without
 * it, and what it asks waits for the first core. A core that is away later is no answer at all, as on a network: the page asks again.
 */
export function createAppProtocol({ core, firstServing, screenFile, cookie, shellPage, startingPage }: AppProtocolDep): (request: Request) => Promise<Response> {
  let events: http.IncomingMessage | undefined;
  return async (request) => {
    const url = new URL(request.url);
    if (url.host === 'shell') return shellPage(url);
    if (url.host !== 'motcua') return new Response(null, { status: 404 });
    if (core() === undefined) {
      const page = screenFile(url.pathname) ?? (url.pathname === '/' ? startingPage() : undefined);
      if (page) return page;
      await firstServing;
    }
    const serving = core();
    if (serving === undefined) return Response.error();
    const answer = await askCore(serving, request, url, cookie.header());
    if (answer === undefined) return Response.error();
    if (url.pathname === '/api/events') {
      // The page has one ear. Chromium does not always say that an earlier page has gone.
      events?.destroy();
      events = answer;
    }
    cookie.keep(answer.headers['set-cookie'] ?? []);
    return toResponse(answer);
  };
}

/** Undefined when the core went away before it answered. */
function askCore(core: ServingCore, request: Request, url: URL, cookie: string | undefined): Promise<http.IncomingMessage | undefined> {
  return new Promise((resolve) => {
    const outgoing = http.request({
      socketPath: core.socket,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: headersForCore(request.headers, core.secret, cookie),
      agent: false,
    }, resolve);
    outgoing.on('error', () => resolve(undefined));
    request.signal.addEventListener('abort', () => outgoing.destroy());
    if (request.body === null) outgoing.end();
    else Readable.fromWeb(request.body as ReadableStream).on('error', () => outgoing.destroy()).pipe(outgoing);
  });
}

/** Of one leg of the way only, or the shell's own to say. */
const NOT_FORWARDED: ReadonlySet<string> = new Set(['host', 'cookie', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'proxy-authorization', SECRET_HEADER]);
const NOT_RETURNED: ReadonlySet<string> = new Set(['set-cookie', 'connection', 'keep-alive', 'transfer-encoding']);

function headersForCore(headers: Headers, secret: string, cookie: string | undefined): Record<string, string> {
  const forwarded = Object.fromEntries([...headers].filter(([name]) => !NOT_FORWARDED.has(name)));
  return { ...forwarded, host: SOCKET_HOST, [SECRET_HEADER]: secret, ...(cookie !== undefined && { cookie }) };
}

function toResponse(answer: http.IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = answer.rawHeaders[index]!;
    if (!NOT_RETURNED.has(name.toLowerCase())) headers.append(name, answer.rawHeaders[index + 1]!);
  }
  const status = answer.statusCode ?? 502;
  // A core that is killed cuts its answers off; whoever reads them is told so by the stream.
  answer.on('error', () => undefined);
  if (status === 204 || status === 304) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(Readable.toWeb(answer) as unknown as ConstructorParameters<typeof Response>[0], { status, headers });
}

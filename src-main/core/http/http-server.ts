import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { CONTRACT_VERSION, contract, type CallName, type OutputOf } from '../../../src-shared/contract/contract.ts';
import { ERRORS, wireError, type WireError } from '../../../src-shared/contract/errors.ts';
import { ANSWER_HEADERS } from '../../../src-shared/contract/screen-policy.ts';
import { acceptJson, isPlainObject, requestFaultCode } from '../../../src-node/http/json-body.ts';
import { originFault, type AllowedCallers } from '../../../src-node/http/origin-guard.ts';
import type { Dispatch } from '../calls/dispatch.ts';
import type { Session, Sessions } from '../calls/sessions.ts';
import type { Logger } from '../platform/logger.ts';
import type { EventHub } from './event-hub.ts';
import type { Caller, SecretDoor } from './secret-door.ts';
import { serveEvents } from './event-stream.ts';
import { sendPaper } from './paper-page.ts';
import { serveRenderer } from './static-files.ts';

export interface HttpServerDep {
  readonly dispatch: Dispatch;
  readonly sessions: Sessions;
  readonly events: EventHub;
  readonly log: Logger;
  readonly door: SecretDoor;
  /** The built screens; null serves the calls alone. */
  readonly rendererDir: string | null;
}

/** The shell's socket has no name to check: there Host is `motcua`. */
const ALLOWED: AllowedCallers = {
  hosts: /^((127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?|motcua)$/,
  origins: /^(http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?|app:\/\/motcua)$/,
};
const SESSION_COOKIE = 'motcua-session';
/** Calls whose answer hands out or takes away the session cookie. */
const OPENS_SESSION: ReadonlySet<string> = new Set(['session.open', 'session.openByRecovery', 'session.unlock', 'office.setup']);
/** Calls whose answer tells a session with its token. */
const TELLS_SESSION: ReadonlySet<string> = new Set([...OPENS_SESSION, 'session.current']);

/** Serves the contract, the events and the screens. Listening is the caller's: a port, a socket or a pipe. */
export function createHttpServer(dep: HttpServerDep): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: 16_384,
    requestTimeout: 30_000,
    routerOptions: { ignoreTrailingSlash: true },
    // An address that cannot be decoded never reaches the routes, nor the handler of their errors.
    frameworkErrors: (error, _request, reply) => void sendError(reply, requestFault(error, dep.log)),
  });
  acceptJson(server);

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(ANSWER_HEADERS);
    const caller = dep.door.callerOf(request.headers);
    const fault = caller === undefined ? 'request.wrongSecret' : originFault(request.headers, request.method, ALLOWED);
    if (fault) await sendError(reply, wireError(fault));
  });
  server.setErrorHandler((error, _request, reply) => sendError(reply, requestFault(error, dep.log)));
  server.setNotFoundHandler((_request, reply) => sendError(reply, wireError('request.unknownCall')));

  for (const name of Object.keys(contract) as CallName[]) addCall(server, dep, name);
  server.get('/api/openapi.json', async (_request, reply) => {
    // Only other systems ask for it, so its code is not loaded at start.
    const { openApiDocument } = await import('./openapi.ts');
    return reply.send(openApiDocument());
  });
  server.get('/api/events', (request, reply) => {
    const session = sessionOf(dep.sessions, request);
    if (!session) return sendError(reply, wireError('session.required'));
    if (session.locked) return sendError(reply, wireError('session.locked'));
    if (session.kind !== 'officer') return sendError(reply, wireError('session.notPermitted'));
    return serveEvents(dep, session, request, reply);
  });
  // One paper that belongs to no dossier and takes no number: drawn anew from what is known now.
  server.get<{ Querystring: Record<string, string> }>('/api/papers/cash-sheet', async (request, reply) => {
    const result = await dep.dispatch('fees.sheetPaper', { ...request.query }, sessionOf(dep.sessions, request));
    return result.ok ? sendPaper(reply, (result.value as OutputOf<'fees.sheetPaper'>).html) : sendError(reply, result.error);
  });
  server.get<{ Params: { job: string }; Querystring: Record<string, string> }>('/api/papers/:job', async (request, reply) => {
    const result = await dep.dispatch('forms.render', { ...request.query, job: request.params.job }, sessionOf(dep.sessions, request));
    return result.ok ? sendPaper(reply, (result.value as OutputOf<'forms.render'>).html) : sendError(reply, result.error);
  });
  if (dep.rendererDir !== null) serveRenderer(server, dep.rendererDir);
  return server;
}

function addCall(server: FastifyInstance, dep: HttpServerDep, name: CallName): void {
  const call = contract[name];
  server.route({
    method: call.method,
    url: `/api${call.path.replace(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: call.sizeBytesMax,
    handler: async (request, reply) => {
      if (call.method === 'POST' && !isPlainObject(request.body)) return sendError(reply, wireError('request.malformed'));
      const parameters = request.params as Record<string, unknown>;
      const input = call.method === 'GET' ? { ...(request.query as object), ...parameters } : { ...(request.body as object), ...parameters };
      const session = sessionOf(dep.sessions, request);
      const result = await dep.dispatch(name, input, session);
      if (!result.ok) return sendError(reply, result.error);
      setCookie(reply, name, result.value);
      return reply.header('x-motcua-contract', String(CONTRACT_VERSION)).send(answerFor(dep.door.callerOf(request.headers), name, result.value));
    },
  });
}

function setCookie(reply: FastifyReply, name: CallName, value: unknown): void {
  if (OPENS_SESSION.has(name)) {
    const opened = value as { token?: string; session?: { token: string } };
    reply.header('set-cookie', `${SESSION_COOKIE}=${opened.session?.token ?? opened.token}; Path=/api; HttpOnly; SameSite=Strict`);
  }
  if (name === 'session.close') reply.header('set-cookie', `${SESSION_COOKIE}=; Path=/api; HttpOnly; SameSite=Strict; Max-Age=0`);
}

/** The window's page works with the cookie that the shell keeps for it, so the token itself is not given to it. */
function answerFor(caller: Caller | undefined, name: CallName, value: unknown): unknown {
  if (caller !== 'window' || !TELLS_SESSION.has(name)) return value;
  const opened = value as { readonly token?: string; readonly session?: object };
  return { ...opened, ...(opened.token !== undefined && { token: '' }), ...(opened.session && { session: { ...opened.session, token: '' } }) };
}

/** A bearer session for programs, the cookie for screens. */
function sessionOf(sessions: Sessions, request: FastifyRequest): Session | undefined {
  const bearer = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  const cookie = new RegExp(`(?:^|; )${SESSION_COOKIE}=([\\w-]{20,100})`).exec(request.headers.cookie ?? '')?.[1];
  return sessions.find(bearer ?? cookie);
}

function requestFault(error: unknown, log: Logger): WireError {
  const code = requestFaultCode(error);
  if (code !== undefined) return wireError(code);
  log.error('request failed', { error });
  return wireError('internal.unexpected');
}

function sendError(reply: FastifyReply, error: WireError): FastifyReply {
  return reply.status(ERRORS[error.code].status).send({ error });
}

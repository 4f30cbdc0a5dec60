import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { CONSOLE_API, consoleContract, type ConsoleCallName } from '../../src-shared/console-contract/console-contract.ts';
import { consoleError, consoleErrorRow, type ConsoleError } from '../../src-shared/console-contract/console-errors.ts';
import { acceptJson, isPlainObject, requestFaultCode } from '../../src-node/http/json-body.ts';
import { originFault, type AllowedCallers } from '../../src-node/http/origin-guard.ts';
import type { ConsoleDispatch } from '../console/console-dispatch.ts';
import { faultWords } from '../log/fault-words.ts';
import { requestLog, type LogTarget } from './request-log.ts';

export interface ConsoleServerDep {
  readonly dispatch: ConsoleDispatch;
  /** The built page; null serves the calls alone. */
  readonly pageDir: string | null;
  /** `https://…`: where browsers see the page when a gate stands before it. */
  readonly origin: string | undefined;
  readonly logTo: LogTarget;
}

/** The overview of a country is most of a megabyte, asked for again and again; no answer of that size holds a secret. */
const PACKED_FROM = 32_768;
const packed = promisify(gzip);
const COOKIE = 'motcua-console';
const PAGE_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

/**
 * The upper tier's page and its calls, on a listener of its own (decisions/0030): no browser is asked for a desk's certificate, and no desk
 * can reach it. Listening is the caller's, on this machine alone.
 */
export function createConsoleServer(dep: ConsoleServerDep): FastifyInstance {
  const allowed = allowedCallers(dep.origin);
  const server = Fastify({ logger: requestLog(dep.logTo), bodyLimit: 16_384, requestTimeout: 30_000, forceCloseConnections: true });
  acceptJson(server);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer').header('content-security-policy', PAGE_POLICY);
    const fault = originFault(request.headers, request.method, allowed);
    if (fault) await sendError(reply, consoleError(fault));
  });
  server.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < PACKED_FROM || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
    return packed(payload, { level: constants.Z_BEST_SPEED });
  });
  server.setErrorHandler((error, request, reply) => {
    const code = requestFaultCode(error);
    if (code === undefined) request.log.error({ fault: faultWords(error) }, 'a request failed');
    return sendError(reply, consoleError(code ?? 'internal.unexpected'));
  });
  server.setNotFoundHandler((_request, reply) => sendError(reply, consoleError('request.unknownCall')));
  for (const name of Object.keys(consoleContract) as ConsoleCallName[]) addCall(server, dep, name);
  if (dep.pageDir !== null) void server.register(fastifyStatic, { root: dep.pageDir, index: ['console.html'], cacheControl: false });
  return server;
}

/** Loopback by its names, and the one address that the operator has named. */
function allowedCallers(origin: string | undefined): AllowedCallers {
  const named = origin === undefined ? '' : `|${escaped(new URL(origin).host)}`;
  return {
    hosts: new RegExp(`^((127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d{1,5})?${named})$`),
    origins: new RegExp(`^(http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d{1,5})?${origin === undefined ? '' : `|${escaped(new URL(origin).origin)}`})$`),
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function addCall(server: FastifyInstance, dep: ConsoleServerDep, name: ConsoleCallName): void {
  const call = consoleContract[name];
  server.route({
    method: call.method,
    url: `${CONSOLE_API}${call.path.replace(/\{(\w+)\}/g, ':$1')}`,
    bodyLimit: call.sizeBytesMax,
    handler: async (request, reply) => {
      if (call.method === 'POST' && !isPlainObject(request.body)) return sendError(reply, consoleError('request.malformed'));
      const input = { ...((call.method === 'GET' ? request.query : request.body) as object), ...(request.params as object) };
      const result = await dep.dispatch(name, input, {
        token: tokenOf(request),
        keep: (token) => reply.header('set-cookie', cookie(token, dep.origin !== undefined)),
        onFault: (error) => request.log.error({ fault: faultWords(error), call: name }, 'a call failed'),
      });
      return result.ok ? reply.send(result.value) : sendError(reply, result.error);
    },
  });
}

/** Without Max-Age: the browser forgets it when it is closed, and the server after a working day. */
function cookie(token: string | null, isSecure: boolean): string {
  return `${COOKIE}=${token ?? ''}; Path=${CONSOLE_API}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}${token === null ? '; Max-Age=0' : ''}`;
}

function tokenOf(request: FastifyRequest): string | undefined {
  return new RegExp(`(?:^|; )${COOKIE}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];
}

function sendError(reply: FastifyReply, error: ConsoleError): FastifyReply {
  return reply.status(consoleErrorRow(error.code).status).send({ error });
}

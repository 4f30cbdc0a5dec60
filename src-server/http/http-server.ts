import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { ADMISSION_PATH, admissionRequestSchema, SERVER_PATH, type ServerView } from '../../src-shared/sync-protocol/admission.ts';
import { ENVELOPE_TYPE, EXCHANGE_PATH, SIGNATURE_HEADER } from '../../src-shared/sync-protocol/exchange.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { RecordTooLarge } from '../../src-node/codec/records.ts';
import { answerExchange, type ExchangeDep } from '../exchange/answer-exchange.ts';
import { expectMessage } from '../exchange/expect-message.ts';
import { admitOffice } from '../features/admissions/admit-office.ts';
import { isLoopback } from './loopback.ts';
import { MessageRefused, MessageRoom, readWhole, type AskSender } from './message-room.ts';
import type { Readiness } from './readiness.ts';
import { refuse } from './refuse.ts';
import { requestLog, type LogTarget } from './request-log.ts';
import { serveStreams } from './serve-streams.ts';
import { peerOf, tlsOptions } from './tls-options.ts';

export interface HttpServerDep extends ExchangeDep {
  readonly logTo: LogTarget;
  readonly readiness: () => Promise<Readiness>;
  /** In the clear it may listen on loopback alone, which is the caller's. */
  readonly isTls: boolean;
  /** Where messages are held; a room of its own unless said otherwise. */
  readonly room?: MessageRoom;
  readonly limits?: Partial<typeof LIMITS>;
}

/** A connection that no byte moves on has died, and is longer silent than any hill link; the whole of the largest message at 40 kbit/s. */
const LIMITS = { silenceMs: 90_000, requestMs: 1_800_000, headersMs: 60_000 };

const ADMISSION_BYTES_MAX = 4_096;

/** Desks and whoever watches over the server. Listening is the caller's. */
export function createHttpServer(dep: HttpServerDep): FastifyInstance {
  const { silenceMs, requestMs, headersMs } = { ...LIMITS, ...dep.limits };
  const server = Fastify({
    https: dep.isTls ? tlsOptions(dep.identity) : null,
    connectionTimeout: silenceMs,
    requestTimeout: requestMs,
    logger: requestLog(dep.logTo),
    bodyLimit: ADMISSION_BYTES_MAX,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  server.server.headersTimeout = headersMs;
  if (!dep.isTls) server.server.on('connection', refuseNetwork);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Read by the route, as far as its sender is known.
  server.addContentTypeParser(ENVELOPE_TYPE, (_request, payload, done) => done(null, payload));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof MessageRefused) return refuse(reply.header('connection', 'close'), error.code, error.detail);
    return refuse(reply, codeOf(error, request.log));
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'sync.malformed', 'path'));
  server.get(SERVER_PATH, () => serverView(dep));
  server.post(ADMISSION_PATH, async (request, reply) => {
    const words = jsonOf(request.body as Buffer);
    const parsed = admissionRequestSchema.safeParse(words);
    if (!parsed.success) return refuse(reply, isOfOldProtocol(words) ? 'sync.protocol' : 'sync.malformed');
    const admitted = await admitOffice(dep.db, dep.identity.server, parsed.data, dep.nowMs(), request.ip);
    return admitted.ok ? reply.send({}) : refuse(reply, admitted.error);
  });
  const room = dep.room ?? new MessageRoom();
  const askSender = (request: FastifyRequest): AskSender => async (begun) => {
    const expected = await expectMessage(dep, begun, peerOf(request.raw.socket));
    if (!expected.ok) throw new MessageRefused(expected.error.code, expected.error.detail);
  };
  server.post(EXCHANGE_PATH, async (request, reply) => {
    if (request.headers['content-type']?.split(';')[0]?.trim() !== ENVELOPE_TYPE) return refuse(reply, 'sync.malformed', 'body');
    const share = room.open();
    try {
      const message = await readWhole(share.counted(request.raw), MESSAGE_BYTES_MAX, askSender(request));
      const answered = await answerExchange(dep, message, String(request.headers[SIGNATURE_HEADER] ?? ''), peerOf(request.raw.socket));
      return await (answered.ok ? reply.type(ENVELOPE_TYPE).send(answered.value.bytes) : refuse(reply, answered.error.code, answered.error.detail));
    } finally {
      share.giveBack();
    }
  });
  serveStreams(server, { ...dep, room, askSender });
  server.get('/health/live', () => ({ ok: true }));
  // What a balancer asks before it sends desks here.
  server.get('/health/ready', async (_request, reply) => {
    const state = await dep.readiness();
    return reply.code(state === 'ready' ? 200 : 503).send({ ok: state === 'ready' });
  });
  return server;
}

/** Whatever it was told to listen on, nothing goes over a network in the clear. */
function refuseNetwork(socket: Socket): void {
  if (!isLoopback(socket.localAddress ?? '')) socket.destroy();
}

function serverView({ identity: { server, epoch, publicKey, name } }: HttpServerDep): ServerView {
  return { protocol: PROTOCOL_VERSION, oldestProtocol: OLDEST_PROTOCOL_VERSION, server, epoch, publicKey, name };
}

/** Until 2 an admission did not say which protocol it speaks. */
function isOfOldProtocol(words: unknown): boolean {
  const parsed = z.object({ protocol: z.int().default(1) }).safeParse(words);
  return parsed.success && parsed.data.protocol < OLDEST_PROTOCOL_VERSION;
}

function jsonOf(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(String(body)) as unknown;
  } catch {
    // Refused by the schema.
    return undefined;
  }
}

function codeOf(error: FastifyError, log: FastifyBaseLogger): SyncErrorCode {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error instanceof RecordTooLarge) return 'sync.tooLarge';
  if (error.statusCode !== undefined && error.statusCode < 500) return 'sync.malformed';
  // The database is away or full: the desk keeps what it has and asks again.
  log.error({ err: { name: error.name, code: error.code, message: error.message, stack: error.stack } }, 'a request failed');
  return 'sync.busy';
}

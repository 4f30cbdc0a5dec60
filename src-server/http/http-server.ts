import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { ADMISSION_PATH, admissionRequestSchema, SERVER_PATH, type ServerView } from '../../src-shared/sync-protocol/admission.ts';
import { ENVELOPE_TYPE, EXCHANGE_PATH, SIGNATURE_HEADER } from '../../src-shared/sync-protocol/exchange.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../src-shared/sync-protocol/protocol-version.ts';
import type { SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { answerExchange, type ExchangeDep } from '../exchange/answer-exchange.ts';
import { admitOffice } from '../features/admissions/admit-office.ts';
import { refuse } from './refuse.ts';
import { serveStreams } from './serve-streams.ts';

export interface HttpServerDep extends ExchangeDep {
  /** Where one line for each request goes; nothing of a message or of a person is ever in it. */
  readonly logTo: { write(line: string): void };
}

const ADMISSION_BYTES_MAX = 4_096;

/** Desks and whoever watches over the server. Listening is the caller's. */
export function createHttpServer(dep: HttpServerDep): FastifyInstance {
  const server = Fastify({
    logger: { stream: dep.logTo, serializers: { req: ({ method, url }) => ({ method, url: url.split('?')[0]! }), res: ({ statusCode }) => ({ statusCode }) } },
    bodyLimit: ADMISSION_BYTES_MAX,
    forceCloseConnections: 'idle',
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(['application/json', ENVELOPE_TYPE], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, codeOf(error, request.log)));
  server.setNotFoundHandler((_request, reply) => refuse(reply, 'sync.malformed', 'path'));
  server.get(SERVER_PATH, () => serverView(dep));
  server.post(ADMISSION_PATH, async (request, reply) => {
    const parsed = admissionRequestSchema.safeParse(jsonOf(request.body as Buffer));
    if (!parsed.success) return refuse(reply, 'sync.malformed');
    const admitted = await admitOffice(dep.db, dep.identity.server, parsed.data, dep.nowMs());
    return admitted.ok ? reply.send({}) : refuse(reply, admitted.error);
  });
  server.post(EXCHANGE_PATH, { bodyLimit: MESSAGE_BYTES_MAX }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) return refuse(reply, 'sync.malformed', 'body');
    const answered = await answerExchange(dep, request.body, String(request.headers[SIGNATURE_HEADER] ?? ''));
    return answered.ok ? reply.type(ENVELOPE_TYPE).send(answered.value.bytes) : refuse(reply, answered.error.code, answered.error.detail);
  });
  serveStreams(server, dep);
  server.get('/health/live', () => ({ ok: true }));
  server.get('/health/ready', async () => {
    await dep.db.get('SELECT value FROM server_facts WHERE name = ?', 'server');
    return { ok: true };
  });
  return server;
}

function serverView({ identity: { server, epoch, publicKey, name } }: HttpServerDep): ServerView {
  return { protocol: PROTOCOL_VERSION, oldestProtocol: OLDEST_PROTOCOL_VERSION, server, epoch, publicKey, name };
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
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'sync.tooLarge';
  if (error.statusCode !== undefined && error.statusCode < 500) return 'sync.malformed';
  // The database is away or full: the desk keeps what it has and asks again.
  log.error({ err: { name: error.name, code: error.code, message: error.message, stack: error.stack } }, 'a request failed');
  return 'sync.busy';
}

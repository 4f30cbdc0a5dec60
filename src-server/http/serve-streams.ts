import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SIGNATURE_HEADER } from '../../src-shared/sync-protocol/exchange.ts';
import { MESSAGE_BYTES_MAX, STREAM_IDLE_MS } from '../../src-shared/sync-protocol/limits.ts';
import { STREAM_PATH, STREAM_TYPE } from '../../src-shared/sync-protocol/stream.ts';
import { writeEnvelope } from '../../src-node/codec/envelope.ts';
import { readRecords, RecordTooLarge, writeRecord, writtenLength } from '../../src-node/codec/records.ts';
import type { ExchangeDep, ExchangeFault } from '../exchange/answer-exchange.ts';
import { answerStream } from '../exchange/answer-stream.ts';
import { MessageRefused, STRANGER_BYTES_MAX, type AskSender, type MessageRoom, type MessageShare } from './message-room.ts';
import { refuse } from './refuse.ts';
import { peerOf } from './tls-options.ts';

export interface StreamsDep extends ExchangeDep {
  readonly room: MessageRoom;
  /** Whether the rest of a message may come, by who stands at the other end. */
  readonly askSender: (request: FastifyRequest) => AskSender;
}

/** Streams of exchanges. When the server stops, each ends behind the answer under way; its desk asks again elsewhere. */
export function serveStreams(server: FastifyInstance, dep: StreamsDep): void {
  const open = new Set<IncomingMessage>();
  let isStopping = false;
  server.addContentTypeParser(STREAM_TYPE, (_request, payload, done) => done(null, payload));
  server.addHook('preClose', (done) => {
    isStopping = true;
    for (const request of open) request.destroy();
    done();
  });
  server.post(STREAM_PATH, async (request, reply) => {
    open.add(request.raw);
    // Nothing else would end a stream whose desk has gone without a word.
    request.raw.setTimeout(STREAM_IDLE_MS, () => request.raw.destroy());
    const share = dep.room.open();
    try {
      return await carry(dep, request, reply, share, () => isStopping);
    } finally {
      share.giveBack();
      open.delete(request.raw);
      request.raw.setTimeout(0);
    }
  });
}

/** Each record is held until its answer was taken off. Who sends is asked in the first one. */
async function* recordsOf(dep: StreamsDep, request: FastifyRequest, share: MessageShare): AsyncGenerator<Uint8Array, undefined> {
  let isFirst = true;
  const guard = { freeBytes: STRANGER_BYTES_MAX, ask: async (begun: Uint8Array) => (isFirst ? dep.askSender(request)(begun) : undefined) };
  for await (const record of readRecords(share.counted(request.raw), MESSAGE_BYTES_MAX, guard)) {
    yield record;
    isFirst = false;
    share.giveBack(writtenLength(record));
  }
}

async function carry(dep: StreamsDep, request: FastifyRequest, reply: FastifyReply, share: MessageShare, isStopping: () => boolean): Promise<FastifyReply> {
  const answers = answerStream(dep, recordsOf(dep, request, share), String(request.headers[SIGNATURE_HEADER] ?? ''), peerOf(request.raw.socket));
  const { raw } = reply;
  try {
    const first = await answers.next();
    if (first.done === true) return refuse(reply, 'sync.malformed', 'empty');
    if (!first.value.ok) return refuse(reply.header('connection', 'close'), first.value.error.code, first.value.error.detail);
    reply.hijack();
    // A proxy that honours it passes each answer on as it comes.
    raw.writeHead(200, { 'content-type': STREAM_TYPE, 'x-accel-buffering': 'no', 'cache-control': 'no-transform' });
    await write(raw, first.value.value);
    for await (const answer of answers) {
      await write(raw, answer.ok ? answer.value : refusalRecord(answer.error));
      if (isStopping()) break;
    }
    raw.end();
  } catch (error) {
    if (!reply.sent && error instanceof RecordTooLarge) return refuse(reply.header('connection', 'close'), 'sync.tooLarge');
    if (!reply.sent && error instanceof MessageRefused) return refuse(reply.header('connection', 'close'), error.code, error.detail);
    // Before the first answer it is said in HTTP; behind that, or when the desk has gone, the desk sees the stream break off.
    if (!reply.sent && !request.raw.destroyed) throw error;
    if (!request.raw.destroyed) request.log.error({ err: error }, 'a stream failed');
    raw.destroy();
  }
  return reply;
}

function refusalRecord({ code, detail }: ExchangeFault): Uint8Array {
  return writeEnvelope({ error: { code, detail } }, []);
}

/** A desk that does not take its answers off is not read from any further. */
async function write(raw: ServerResponse, bytes: Uint8Array): Promise<void> {
  if (raw.destroyed) throw new Error('the desk has gone');
  if (!raw.write(writeRecord(bytes))) await Promise.race([once(raw, 'drain'), once(raw, 'close')]);
}

import type http from 'node:http';
import { err, type Result } from '../../src-shared/lib/result.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { STREAM_TYPE, type StreamMessage } from '../../src-shared/sync-protocol/stream.ts';
import { writeEnvelope } from '../codec/envelope.ts';
import { readRecords, RecordTooLarge, writeRecord } from '../codec/records.ts';
import { answerOf, failure, failureOf, readBody, type ExchangeFailure, type RequestHandlers } from './http-request.ts';
import { readAnswerRecord, type ReadAnswer } from './read-answer.ts';

/** One request that is written to while its answer is read. */
export interface ExchangeStream {
  /** Answers the bytes that go over. */
  send(words: StreamMessage, frames: readonly Uint8Array[]): number;
  /** The next answer, or why there is none any more. The first one is that to the opening. */
  next(): Promise<Result<ReadAnswer & { readonly bytes: number }, ExchangeFailure>>;
  /** Nothing is sent any more; the connection is kept for what comes next. */
  end(): void;
  /** Lets the connection go at once. */
  destroy(): void;
}

export interface ExchangeStreamDep {
  readonly start: (handlers: RequestHandlers) => http.ClientRequest | undefined;
  readonly opening: Uint8Array;
  readonly server: string;
  readonly onBytes?: (() => void) | undefined;
}

export function openExchangeStream({ start, opening, server, onBytes }: ExchangeStreamDep): ExchangeStream {
  let ready: http.ClientRequest | undefined;
  const early: Buffer[] = [writeRecord(opening)];
  let isEnded = false;
  const write = (record: Buffer) => (ready ? void ready.write(record) : void early.push(record));
  let request: http.ClientRequest | undefined;
  const response = new Promise<Result<http.IncomingMessage, ExchangeFailure>>((resolve) => {
    request = start({
      onReady: (opened) => {
        ready = opened;
        for (const record of early.splice(0)) opened.write(record);
        if (isEnded) opened.end();
      },
      onResponse: (incoming, peer) => {
        // What breaks behind the head is heard by whoever reads.
        incoming.on('error', () => undefined);
        if (isStream(incoming)) resolve({ ok: true, value: incoming });
        else void readBody(incoming).then((body) => resolve(refused(incoming, body, peer)), (error: unknown) => resolve(err(failureOf(error))));
      },
      onFailure: (error) => resolve(err(error)),
    });
  });
  const answers = readAnswers(response, server, onBytes);
  return {
    send: (words, frames) => {
      const record = writeRecord(writeEnvelope(words, frames));
      write(record);
      return record.byteLength;
    },
    next: async () => (await answers.next()).value ?? failure('unreachable', 'the stream has ended', true),
    end: () => {
      isEnded = true;
      ready?.end();
      // Read to its end, or the connection would never be free for what comes next.
      void answers.next();
    },
    destroy: () => request?.destroy(),
  };
}

function isStream({ statusCode, headers }: http.IncomingMessage): boolean {
  return statusCode === 200 && headers['content-type']?.split(';')[0]?.trim() === STREAM_TYPE;
}

function refused(incoming: http.IncomingMessage, body: Buffer | undefined, peer: Parameters<typeof answerOf>[2]): Result<never, ExchangeFailure> {
  if (body === undefined) return failure('malformedAnswer', 'too large', true);
  const answered = answerOf(incoming, body, peer);
  return answered.ok ? failure('notOurServer', answered.value.type, true) : answered;
}

async function* readAnswers(response: Promise<Result<http.IncomingMessage, ExchangeFailure>>, server: string, onBytes?: () => void): AsyncGenerator<Result<ReadAnswer & { readonly bytes: number }, ExchangeFailure>, undefined> {
  const opened = await response;
  if (!opened.ok) return void (yield opened);
  try {
    for await (const record of readRecords(heard(opened.value, onBytes), MESSAGE_BYTES_MAX)) {
      const read = readAnswerRecord(record, server);
      yield read.ok ? { ok: true, value: { ...read.value, bytes: record.byteLength } } : read;
      if (!read.ok) return;
    }
  } catch (error) {
    yield error instanceof RecordTooLarge ? failure('malformedAnswer', 'too large', true) : err(failureOf(error));
  }
}

async function* heard(parts: AsyncIterable<Buffer>, onBytes?: () => void): AsyncGenerator<Buffer, undefined> {
  for await (const part of parts) {
    onBytes?.();
    yield part;
  }
}

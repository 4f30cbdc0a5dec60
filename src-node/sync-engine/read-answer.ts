import { ok, type Result } from '../../src-shared/lib/result.ts';
import { ENVELOPE_TYPE, exchangeAnswerSchema, type ExchangeAnswer } from '../../src-shared/sync-protocol/exchange.ts';
import { readEnvelope } from '../codec/envelope.ts';
import { failure, refusalIn, refusalFailure, type Answered, type ExchangeFailure } from './http-request.ts';

export interface ReadAnswer {
  readonly answer: ExchangeAnswer;
  readonly frames: readonly Uint8Array[];
}

export function readAnswer({ type, body }: Pick<Answered, 'type' | 'body'>, server: string): Result<ReadAnswer, ExchangeFailure> {
  return type === ENVELOPE_TYPE ? readAnswerRecord(body, server) : failure('notOurServer', type, true);
}

/** One answer of a stream: the server that was meant, or why it ends. */
export function readAnswerRecord(bytes: Uint8Array, server: string): Result<ReadAnswer, ExchangeFailure> {
  const envelope = readEnvelope(bytes);
  const refusal = refusalIn(envelope?.words);
  if (refusal) return refusalFailure(refusal);
  const parsed = exchangeAnswerSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return failure('malformedAnswer', parsed.error?.issues[0]?.path.join('.') ?? 'envelope', true);
  return parsed.data.server === server ? ok({ answer: parsed.data, frames: envelope.frames }) : failure('notOurServer', parsed.data.server, false);
}

import { ok, type Result } from '../../src-shared/lib/result.ts';
import { answerExchange, answerMessage, type Asking, type ExchangeDep, type ExchangeFault } from './answer-exchange.ts';
import type { Peer } from './recognise-sender.ts';

/**
 * One answer for each record, in their order. The next record is asked for only once the last answer was taken off, so a stream
 * holds one message at a time, however fast it comes. A refusal is the last answer.
 */
export async function* answerStream(dep: ExchangeDep, records: AsyncIterable<Uint8Array>, signature: string, peer: Peer): AsyncGenerator<Result<Uint8Array, ExchangeFault>, undefined> {
  let asking: Asking | undefined;
  for await (const record of records) {
    const answered = asking === undefined ? await answerExchange(dep, record, signature, peer) : await answerMessage(dep, asking, record);
    if (!answered.ok) return void (yield answered);
    asking = answered.value.asking;
    yield ok(answered.value.bytes);
  }
}

import type { ExchangeRequest } from '../../../../src-shared/sync-protocol/exchange.ts';
import { BEST_CODEC, CODECS, PROTOCOL_VERSION } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { getOldestUnsentAt } from './sync-queries.ts';

/** What this desk says of itself in every exchange, with what this one is about. */
export function exchangeWords(desk: OpenDesk, about: Pick<ExchangeRequest, 'program' | 'cursor' | 'wantBytes' | 'frames'>): ExchangeRequest {
  const waiting = { end: desk.log.head().seq, oldestAt: getOldestUnsentAt(desk) };
  return { protocol: PROTOCOL_VERSION, office: desk.office().id, device: desk.device, codec: BEST_CODEC, codecs: [...CODECS], waiting, ...about };
}

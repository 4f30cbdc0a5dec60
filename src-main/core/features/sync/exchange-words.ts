import type { ExchangeRequest } from '../../../../src-shared/sync-protocol/exchange.ts';
import { BEST_CODEC, CODECS, EXCHANGE_PROTOCOL } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** What this desk says of itself in every exchange, with what this one is about. */
export function exchangeWords({ office, device }: OpenDesk, about: Pick<ExchangeRequest, 'program' | 'cursor' | 'wantBytes' | 'frames'>): ExchangeRequest {
  return { protocol: EXCHANGE_PROTOCOL, office: office().id, device, codec: BEST_CODEC, codecs: [...CODECS], ...about };
}

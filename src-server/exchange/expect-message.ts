import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { exchangeRequestSchema } from '../../src-shared/sync-protocol/exchange.ts';
import { readEnvelope } from '../../src-node/codec/envelope.ts';
import type { ExchangeDep, ExchangeFault } from './answer-exchange.ts';
import { claimedSender, standingOf, type Peer } from './recognise-sender.ts';

const LENGTH_BYTES = 4;

/**
 * May the rest of this message be held, of which only the beginning is here? By TLS the key at the other end must be the one of the device
 * that the words name, and it must not have been stopped. Whether it signed the message is asked once all of it is there.
 */
export async function expectMessage(dep: ExchangeDep, begun: Uint8Array, peer: Peer): Promise<Result<undefined, ExchangeFault>> {
  const end = begun.byteLength < LENGTH_BYTES ? 0 : LENGTH_BYTES + new DataView(begun.buffer, begun.byteOffset).getUint32(0);
  if (end > begun.byteLength) return err({ code: 'sync.tooLarge', detail: 'words' });
  const parsed = exchangeRequestSchema.safeParse(readEnvelope(begun.subarray(0, end))?.words);
  if (!parsed.success) return err({ code: 'sync.malformed', detail: 'words' });
  const sender = await claimedSender(dep, parsed.data, peer);
  if (!sender.ok) return sender;
  const standing = await standingOf(dep, parsed.data.office as OfficeId, parsed.data.device, sender.value);
  return standing.ok ? ok(undefined) : standing;
}

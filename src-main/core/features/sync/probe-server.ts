import { COMMON_CODEC } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { Timer } from '../../platform/system-timer.ts';
import type { ExchangeDep } from './exchange-once.ts';
import { exchangeWords } from './exchange-words.ts';
import type { RoundMemory } from './gather-up.ts';
import { readCursor, readServer } from './sync-queries.ts';

export interface Probed {
  readonly isReachable: boolean;
  readonly probed: RoundMemory['probed'];
}

export interface ProbeOrder {
  readonly patienceMs: number;
  readonly over: AbortSignal | undefined;
  /** Is the silent connection still silent? Where it is not, it stays. */
  readonly isDoubted: () => boolean;
}

const UNREACHED: ReadonlySet<string> = new Set(['unreachable', 'timedOut', 'untrusted', 'notOurServer', 'malformedAnswer', 'badAddress']);

/**
 * The question for the cursor on a fresh connection while another one is silent. A refusal is an answer too: whoever asks next
 * will hear it. Never throws.
 */
export async function probeServer({ client, program, timer }: Pick<ExchangeDep, 'client' | 'program'> & { readonly timer: Timer }, desk: OpenDesk | undefined, { patienceMs, over, isDoubted }: ProbeOrder): Promise<Probed> {
  const server = desk?.isOpen() === true ? readServer(desk.db) : undefined;
  if (!desk || !server || !over) return { isReachable: false, probed: null };
  const impatient = new AbortController();
  const cancel = timer(patienceMs, () => impatient.abort());
  const cursor = readCursor(desk.db);
  const words = exchangeWords(desk, { program, codec: COMMON_CODEC, cursor, wantBytes: 0, frames: 0 });
  const down = await client.exchange({ to: server, words, frames: [], privateKey: desk.log.author.privateKey, isFresh: true, isWanted: isDoubted, signal: AbortSignal.any([over, impatient.signal]) });
  cancel();
  return down.ok ? { isReachable: true, probed: { down: down.value, cursor } } : { isReachable: !UNREACHED.has(down.error.code), probed: null };
}

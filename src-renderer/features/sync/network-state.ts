import type { SyncStatus } from '../../../src-shared/contract/sync.api.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import type { NetworkState } from '../../frame/key-bar.tsx';
import { formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

/** Only age is an alarm, never the missing network (ux.md §1.5). */
const LONG_DAYS = 3;
const words = vi.frame.network;

/** What stands at the foot of every screen of the way to the upper tier. */
export function networkStateOf(status: SyncStatus | undefined): NetworkState {
  if (!status?.server) return { words: words.none };
  const { state, code, waiting, lastContactAt } = status;
  const days = Math.floor((waiting.oldestAgeMs ?? 0) / DAY_MS);
  if (days >= LONG_DAYS) return { words: t(words.waitingLong, { days }), isWarning: true };
  switch (state) {
    case 'off':
      return { words: words.none };
    case 'connecting':
    case 'exchanging':
      return { words: waiting.operations > 0 ? t(words.sending, { count: waiting.operations }) : words.asking };
    case 'resting':
      if (status.quarantined.some(({ direction }) => direction === 'up')) return { words: words.refusedInPart };
      return { words: waiting.operations > 0 ? t(words.sending, { count: waiting.operations }) : t(words.allSent, { time: lastContactAt === null ? '' : formatTime(lastContactAt) }) };
    case 'paused':
      return { words: words.paused };
    case 'refused':
      return { words: code === 'sync.revoked' || code === 'sync.rescued' ? words.stopped : words.refused };
    case 'waiting':
      if (code === 'budgetUsed') return { words: words.budgetUsed };
      return { words: code === 'unreachable' || code === 'timedOut' ? words.none : words.failing };
  }
}

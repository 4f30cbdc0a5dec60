import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import type { ExchangeRequest, FrameRefusal } from '../../../src-shared/sync-protocol/exchange.ts';
import type { ServerDb } from '../../db/server-db.ts';

/** An exchange whose sender is known. */
export interface NotedExchange {
  readonly words: ExchangeRequest;
  /** Devices of whose logs something was taken in. */
  readonly taken: readonly { readonly device: string }[];
  readonly refused: readonly FrameRefusal[];
  readonly nowMs: number;
}

/** Out of turn or of a device that is told of later: the desk sends it again by itself, so nobody has to look. */
const PASSES_BY_ITSELF: ReadonlySet<string> = new Set(['branch.gap', 'branch.unknownDevice']);

/**
 * Keeps what a device told of itself, and of which logs it handed up something that was not taken in: one row for each log, so a
 * device that repeats itself fills nothing. A log of which something was taken in since has nothing in quarantine, and what is
 * still refused is told again, because desks send it again on each new connection. For that nobody waits for the disk.
 */
export async function noteExchange(db: ServerDb, { words, taken, refused, nowMs }: NotedExchange): Promise<void> {
  const { office, device: sender, program, waiting } = words;
  const kept = refused.filter(({ code }) => !PASSES_BY_ITSELF.has(code));
  await db.transaction(async (writes) => {
    await writes.run(
      `INSERT INTO device_contacts (office, device, contact_at, program, log_end, oldest_unsent_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (office, device) DO UPDATE SET contact_at = excluded.contact_at, program = excluded.program, log_end = excluded.log_end, oldest_unsent_at = excluded.oldest_unsent_at`,
      office, sender, nowMs, program, waiting?.end ?? 0, waiting?.oldestAt ?? null,
    );
    const quarantined = new Map<string, FrameRefusal>();
    for (const one of kept) quarantined.set(await knownDevice(writes, office as OfficeId, one.device), one);
    for (const [device, { code, detail }] of quarantined) {
      await writes.run(
        `INSERT INTO quarantined_frames (office, sender, device, code, detail, first_at, last_at, tries) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
         ON CONFLICT (office, sender, device) DO UPDATE SET code = excluded.code, detail = excluded.detail, last_at = excluded.last_at, tries = quarantined_frames.tries + 1`,
        office, sender, device, code, detail, nowMs, nowMs,
      );
    }
    const cleared = new Set(taken.map(({ device }) => device).filter((device) => !quarantined.has(device)));
    for (const device of cleared) await writes.run('DELETE FROM quarantined_frames WHERE office = ? AND device = ?', office, device);
    // What named nobody known was of a device that is known by now, or is still refused and then told of again.
    if (taken.length > 0 && !quarantined.has('')) await writes.run("DELETE FROM quarantined_frames WHERE office = ? AND sender = ? AND device = ''", office, sender);
  }, 'repeatable');
}

/** A name that no device has would let one sender fill the table; all of those are one row. */
async function knownDevice(db: { get: ServerDb['get'] }, office: OfficeId, device: string): Promise<string> {
  return (await db.get('SELECT 1 AS one FROM devices WHERE office = ? AND device = ?', office, device)) === undefined ? '' : device;
}

import type { SyncStatus } from '../../../src-shared/contract/sync.api.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';

const words = vi.sync.older;

/** What of the office is still on its way to a new desk. */
export function olderWords({ part, dossiers, minutes }: NonNullable<SyncStatus['older']>): string {
  if (part === 'open') return t(words.open, { count: dossiers });
  return minutes === null ? t(words.older, { count: dossiers }) : t(words.olderMinutes, { count: dossiers, minutes: Math.max(1, Math.ceil(minutes)) });
}

/** Under every screen's head while that goes on: who searches must know that not all is here. */
export function olderStrip(older: SyncStatus['older'] | undefined): string | undefined {
  return older ? `${olderWords(older)} ${words.incomplete}` : undefined;
}

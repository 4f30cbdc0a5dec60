import type { OfficeLine } from '../../src-shared/console-contract/console-views.ts';
import { DAY_MS, MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { foldVietnamese } from '../../src-shared/lib/vietnamese-text.ts';

export type Concern = 'bad' | 'watch' | 'none';

/** After three days the advice is a phone call (ux.md §5.10). */
export const SILENT_DAYS = 3;
const LAG_MS = 5 * MINUTE_MS;

/** How long nobody has heard of an office, or how old the oldest act is that has not come: whichever is worse. */
export function quietMs({ contactAt, admittedAt, oldestUnsentAt }: OfficeLine, now: number): number {
  return Math.max(0, now - (contactAt ?? admittedAt), oldestUnsentAt === null ? 0 : now - oldestUnsentAt);
}

/** `bad`: somebody has to do something; `watch`: somebody may want to. */
export function concernOf(office: OfficeLine, now: number): Concern {
  if (office.quarantined > 0 || quietMs(office, now) >= SILENT_DAYS * DAY_MS) return 'bad';
  const isBehind = office.lag.since !== null && !office.lag.isRebuilding && now - office.lag.since > LAG_MS;
  return isBehind || office.overdue > 0 ? 'watch' : 'none';
}

const RANK: Readonly<Record<Concern, number>> = { bad: 0, watch: 1, none: 2 };

/** The office that needs somebody most stands first: by concern, then by silence in whole days, overdue dossiers, name. */
export function worstFirst(offices: readonly OfficeLine[], now: number): readonly OfficeLine[] {
  const days = (office: OfficeLine) => Math.floor(quietMs(office, now) / DAY_MS);
  return offices.toSorted((a, b) => RANK[concernOf(a, now)] - RANK[concernOf(b, now)] || days(b) - days(a) || b.overdue - a.overdue
    || (a.name ?? '').localeCompare(b.name ?? '', 'vi') || (a.office < b.office ? -1 : 1));
}

/** Without marks and in any case; every word that was typed has to stand in the name. */
export function findOffices(offices: readonly OfficeLine[], typed: string): readonly OfficeLine[] {
  const asked = foldVietnamese(typed).split(/\s+/).filter((word) => word !== '');
  return asked.length === 0 ? offices : offices.filter(({ name }) => asked.every((word) => foldVietnamese(name ?? '').includes(word)));
}

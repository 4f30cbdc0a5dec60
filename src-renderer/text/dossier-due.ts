import type { DossierSummary, DossierView } from '../../src-shared/contract/dossier-views.ts';
import { assertNever } from '../../src-shared/lib/assert.ts';
import { daysBetween, officeDate } from '../../src-shared/lib/office-time.ts';
import { formatDue, formatTime } from './format.ts';
import { t } from './t.ts';
import { vi } from './vi.ts';

export interface DossierDue {
  readonly tone: 'early' | 'ontime' | 'today' | 'over' | 'pause' | 'desk';
  readonly words: string;
}

type Timed = Pick<DossierSummary, 'status' | 'dueAt'> & { readonly finishedAt?: number | null };

/**
 * How a dossier stands against its appointment, computed from the clock at hand. Overdue goes by the day, as the counters
 * do: at 17:01 of the day itself the dossier is still due today (`isOverdue`).
 */
export function dossierDue({ status, dueAt, finishedAt = null }: Timed, nowMs: number): DossierDue {
  switch (status) {
    case 'received':
    case 'processing':
      if (dueAt === null) return { tone: 'desk', words: vi.dossiers.due.none };
      if (officeDate(dueAt) === officeDate(nowMs)) return { tone: 'today', words: t(vi.dates.due.today, { time: formatTime(dueAt) }) };
      return formatDue(dueAt, nowMs);
    case 'waitingSupplement':
    case 'waitingDuty':
      return { tone: 'pause', words: vi.dossiers.status[status] };
    case 'finished':
      return { tone: 'ontime', words: vi.dossiers.due.finished };
    case 'returned':
      return returnedDue(dueAt, finishedAt);
    case 'withdrawn':
    case 'stopped':
    case 'refused':
    case 'voided':
      return { tone: 'desk', words: vi.dossiers.status[status] };
    default:
      return assertNever(status);
  }
}

/** The result counts, not the day the citizen came for it. */
function returnedDue(dueAt: number | null, finishedAt: number | null): DossierDue {
  if (dueAt === null || finishedAt === null) return { tone: 'ontime', words: vi.dossiers.status.returned };
  const daysLate = daysBetween(officeDate(dueAt), officeDate(finishedAt));
  if (daysLate > 0) return { tone: 'over', words: t(vi.dossiers.due.late, { days: daysLate }) };
  return daysLate < 0 ? { tone: 'early', words: vi.dossiers.due.early } : { tone: 'ontime', words: vi.dossiers.due.onTime };
}

/** A result stands in a conflict that nobody has settled: it may be handed over only by saying so (settled.md 12). */
export function hasDisputedResult({ conflicts }: Pick<DossierView, 'conflicts'>): boolean {
  return conflicts.some((conflict) => conflict.settledBy === null && conflict.operations.some((operation) => operation.kind === 'dossier.finished'));
}

import type { OutputOf } from '../../../../src-shared/contract/contract.ts';
import type { DossierSummary } from '../../../../src-shared/contract/dossier-views.ts';
import type { RegisterRow } from '../../../../src-shared/contract/registers.api.ts';
import { wireError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { formatCode } from '../../../../src-shared/domain/numbers/number-series.ts';
import { attributesOn } from '../../../../src-shared/domain/office/office.ts';
import { mergeRegister, type RegisterGap } from '../../../../src-shared/domain/registers/register-gap.ts';
import type { OfficerId } from '../../../../src-shared/lib/ids.ts';
import { daysBetween, officeDate } from '../../../../src-shared/lib/office-time.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { NO_PER_MS, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import type { Handlers, ParsedInput } from '../../calls/handlers.ts';
import { historyFault } from '../../calls/whole-history.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import { listFormNumbers } from './form-number-queries.ts';
import { countByStatus, countFinished, listEntries, listFinished, listGaps, listOccurring, type RegisterPeriod, type StoredEntry } from './register-queries.ts';

export interface RegistersDep {
  readonly procedureName: (desk: OpenDesk, code: string) => string | undefined;
  /** A list row with today's names. */
  readonly summary: (desk: OpenDesk, stored: StoredSummary) => DossierSummary;
}

const UNCOLLECTED_MAX = 500;

/** Reads only. The register is what the dossiers say of themselves, with the numbers that no dossier stands behind. */
export function createRegistersHandlers(dep: RegistersDep): Handlers<'registers.list' | 'registers.totals' | 'registers.formNumbers' | 'registers.uncollected'> {
  return {
    'registers.list': (input, { desk }) => {
      const fault = periodFault(desk, input);
      return fault ? err(fault) : ok(pageOf(desk, input));
    },
    'registers.totals': (input, { desk }) => {
      const fault = periodFault(desk, input);
      return fault ? err(fault) : ok(totalsOf(dep, desk, input));
    },
    'registers.formNumbers': (input, { desk }) => {
      const fault = historyFault(desk);
      return fault ? err(fault) : ok(listFormNumbers(desk, input));
    },
    'registers.uncollected': (_input, { desk }) => {
      const today = officeDate(desk.clock.nowMs());
      const results = listFinished(desk, UNCOLLECTED_MAX).map(({ summary, phone }) => ({
        dossier: dep.summary(desk, summary),
        waitedDays: summary.finishedAt === null ? 0 : Math.max(0, daysBetween(officeDate(summary.finishedAt), today)),
        phone,
      }));
      return ok({ count: countFinished(desk), results });
    },
  };
}

function periodFault(desk: OpenDesk, { from, to }: RegisterPeriod): WireError<'registers.badPeriod' | 'sync.olderArriving'> | null {
  return to < from ? wireError('registers.badPeriod') : historyFault(desk);
}

function pageOf(desk: OpenDesk, { limit, cursor, ...period }: ParsedInput<'registers.list'>): OutputOf<'registers.list'> {
  const after = cursor === undefined ? undefined : Number(cursor);
  const found = listEntries(desk, period, after, limit + 1);
  const rows = found.slice(0, limit);
  const isLast = found.length <= limit;
  const merged = mergeRegister(rows, listGaps(desk, period), { after: after ?? 0, isLast, noPerMs: NO_PER_MS });
  return { rows: merged.map((row) => ('entry' in row ? dossierRow(desk, row) : gapRow(desk, row))), cursor: isLast ? null : String(rows.at(-1)!.no) };
}

function dossierRow(desk: OpenDesk, { entry: { receivedBy, holder, ...entry } }: StoredEntry): RegisterRow {
  return { kind: 'dossier', ...entry, codes: [...entry.codes], receivedByName: nameOf(desk, receivedBy), holderName: nameOf(desk, holder) };
}

function gapRow(desk: OpenDesk, { kind, register, number, at, reason }: RegisterGap): RegisterRow {
  const { attributes, numbering } = attributesOn(desk.office(), number?.period ?? officeDate(at));
  const code = number && formatCode(numbering.pattern, attributes.agencyCode, number);
  const id = [kind, ...[register, number].map((one) => one && `${one.kind}-${one.token}-${one.period}-${one.counter}`)].join(' ');
  return { kind, id, register, code, at, reason };
}

function nameOf(desk: OpenDesk, officer: string | null): string | null {
  return officer === null ? null : (desk.office().officers.get(officer as OfficerId)?.name ?? null);
}

function totalsOf(dep: RegistersDep, desk: OpenDesk, period: RegisterPeriod): OutputOf<'registers.totals'> {
  const counts = countByStatus(desk, period);
  const gaps = listGaps(desk, period);
  const { procedures, officers } = listOccurring(desk, period);
  return {
    received: [...counts.values()].reduce((sum, count) => sum + count, 0),
    byStatus: Object.fromEntries(counts),
    skipped: gaps.filter(({ kind }) => kind === 'skipped').length,
    erased: gaps.filter(({ kind }) => kind === 'erased').length,
    procedures: procedures.map(({ code, count }) => ({ code, count, name: dep.procedureName(desk, code) ?? code })),
    officers: officers.flatMap(({ id, count }) => {
      const name = nameOf(desk, id);
      return name === null ? [] : [{ id, count, name }];
    }),
  };
}

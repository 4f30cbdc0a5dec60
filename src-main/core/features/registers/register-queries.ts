import type { DossierStatus } from '../../../../src-shared/domain/dossiers/dossier-state.ts';
import { parseOperationId, writtenAt } from '../../../../src-shared/domain/operations/operation.ts';
import { isFormNumberKind } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { RegisterEntry } from '../../../../src-shared/domain/registers/register-entry.ts';
import type { RegisterGap } from '../../../../src-shared/domain/registers/register-gap.ts';
import { addDays, officeInstant, type IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { IN_OPEN_INDEX, NO_PER_MS, type StoredSummary } from '../../../../src-node/operations/dossier-projection.ts';
import { getOperation } from '../../../../src-node/operations/operation-rows.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** Received from the first to the last day; the row number of a dossier is its time of reception, so a period is a range of rows. */
export interface RegisterPeriod {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly procedureCode?: string | undefined;
  readonly officer?: string | undefined;
}

export interface StoredEntry {
  readonly no: number;
  readonly entry: RegisterEntry;
}

/** Finished is one of the statuses of the open index; its condition must stand in the query word for word. */
const FINISHED = `${IN_OPEN_INDEX} AND status = 'finished'`;
/** No officer has this number. */
const NOBODY = -1;

interface Range {
  readonly first: number;
  readonly end: number;
  /** Asked of the covering index `dossiers_register`, so that rows of other procedures are never read. */
  readonly where: string;
  readonly values: readonly (number | string)[];
}

function rangeOf(desk: OpenDesk, { from, to, procedureCode, officer }: RegisterPeriod): Range {
  return {
    first: officeInstant(from) * NO_PER_MS,
    end: officeInstant(addDays(to, 1)) * NO_PER_MS,
    where: `${procedureCode === undefined ? '' : ' AND procedure_code = ?'}${officer === undefined ? '' : ' AND holder = ?'}`,
    values: [...(procedureCode === undefined ? [] : [procedureCode]), ...(officer === undefined ? [] : [desk.log.names.find(officer) ?? NOBODY])],
  };
}

/** Entries behind `after`, the earliest reception first. */
export function listEntries(desk: OpenDesk, period: RegisterPeriod, after: number | undefined, limit: number): StoredEntry[] {
  const { first, end, where, values } = rangeOf(desk, period);
  const page = `SELECT no FROM dossiers INDEXED BY dossiers_register WHERE no >= ? AND no < ?${where} ORDER BY no LIMIT ?`;
  const rows = desk.db.all<{ no: number; entry: string }>(
    `SELECT no, entry FROM register_entries WHERE no IN (${page}) ORDER BY no`,
    after === undefined ? first : Math.max(first, after + 1), end, ...values, limit,
  );
  return rows.map(({ no, entry }) => ({ no, entry: JSON.parse(entry) as RegisterEntry }));
}

export function countByStatus(desk: OpenDesk, period: RegisterPeriod): Map<DossierStatus, number> {
  const { first, end, where, values } = rangeOf(desk, period);
  const rows = desk.db.all<{ status: DossierStatus; count: number }>(
    `SELECT status, COUNT(*) AS count FROM dossiers INDEXED BY dossiers_register WHERE no >= ? AND no < ?${where} GROUP BY status`, first, end, ...values,
  );
  return new Map(rows.map(({ status, count }) => [status, count]));
}

/** Which procedures and officers occur in a period, the most frequent first. */
export function listOccurring(desk: OpenDesk, { from, to }: RegisterPeriod): { procedures: { code: string; count: number }[]; officers: { id: string; count: number }[] } {
  const { first, end } = rangeOf(desk, { from, to });
  const procedures = desk.db.all<{ code: string; count: number }>(
    'SELECT procedure_code AS code, COUNT(*) AS count FROM dossiers INDEXED BY dossiers_register WHERE no >= ? AND no < ? GROUP BY procedure_code ORDER BY count DESC, code', first, end,
  );
  const holders = desk.db.all<{ holder: number; count: number }>(
    'SELECT holder, COUNT(*) AS count FROM dossiers INDEXED BY dossiers_register WHERE no >= ? AND no < ? AND holder IS NOT NULL GROUP BY holder ORDER BY count DESC', first, end,
  );
  return { procedures: [...procedures], officers: holders.map(({ holder, count }) => ({ id: desk.log.names.textOf(holder), count })) };
}

/** Numbers of the period that no dossier stands behind. A filter by procedure or officer leaves them out: they have neither. */
export function listGaps(desk: OpenDesk, { from, to, procedureCode, officer }: RegisterPeriod): RegisterGap[] {
  if (procedureCode !== undefined || officer !== undefined) return [];
  const [start, end] = [officeInstant(from), officeInstant(addDays(to, 1))];
  const { skippedNumbers } = desk.office();
  const skipped = skippedNumbers.filter(({ number }) => !isFormNumberKind(number.kind)).map(({ number, reason, at }): RegisterGap => ({
    kind: 'skipped', register: number.kind === 'register' ? number : null, number: number.kind === 'dossier' ? number : null, at, reason,
  }));
  return [...skipped, ...listErased(desk)].filter(({ at }) => at >= start && at < end);
}

/** Nothing of an erased dossier is left but its numbers and when it was received. */
function listErased(desk: OpenDesk): RegisterGap[] {
  return [...desk.office().erasures.values()].flatMap(({ issued }) => {
    const operations = [...new Set(issued.filter(({ number }) => !isFormNumberKind(number.kind)).map(({ operation }) => operation))];
    return operations.flatMap((operation): RegisterGap[] => {
      const known = getOperation(desk.db, desk.log.names, parseOperationId(operation));
      if (!known) return [];
      const numberOf = (kind: string) => issued.find((one) => one.operation === operation && one.number.kind === kind)?.number ?? null;
      return [{ kind: 'erased', register: numberOf('register'), number: numberOf('dossier'), at: writtenAt(known.header), reason: '' }];
    });
  });
}

/** Finished and not handed over, the longest waiting first: open work, so the years behind cost nothing. */
export function listFinished({ db }: OpenDesk, limit: number): { readonly summary: StoredSummary; readonly phone: string | null }[] {
  const rows = db.all<{ summary: string; phone: string | null }>(
    `SELECT d.summary, json_extract(r.entry, '$.phone') AS phone FROM dossiers d JOIN register_entries r ON r.no = d.no
     WHERE d.no IN (SELECT no FROM dossiers INDEXED BY dossiers_open WHERE ${FINISHED}) ORDER BY json_extract(d.summary, '$.finishedAt'), d.no LIMIT ?`,
    limit,
  );
  return rows.map(({ summary, phone }) => ({ summary: JSON.parse(summary) as StoredSummary, phone }));
}

export function countFinished({ db }: OpenDesk): number {
  return db.value<number>(`SELECT COUNT(*) FROM dossiers INDEXED BY dossiers_open WHERE ${FINISHED}`) ?? 0;
}

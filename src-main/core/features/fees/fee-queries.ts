import type { CashLine, CashPart } from '../../../../src-shared/domain/fees/cash-sheet.ts';
import type { FeeMeans, ReceiptNumber } from '../../../../src-shared/domain/fees/fee-operations.ts';
import type { DeviceId, OfficerId } from '../../../../src-shared/lib/ids.ts';
import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** Business days from the first to the last, of one officer or one desk. The rows lie by day, so other years cost nothing. */
export interface SheetQuestion {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly officer?: string | undefined;
  readonly desk?: string | undefined;
}

/** Nothing has this number in `names`. */
const NOBODY = -1;

function conditionOf({ log, office }: OpenDesk, { from, to, officer, desk }: SheetQuestion): { readonly where: string; readonly values: readonly (string | number)[] } {
  const devices = desk === undefined ? [] : [...office().devices.values()].filter((device) => device.desk === desk).map(({ id }) => log.names.find(id) ?? NOBODY);
  return {
    where: `date >= ? AND date <= ?${officer === undefined ? '' : ' AND officer = ?'}${desk === undefined ? '' : ` AND device IN (${devices.map(() => '?').join(', ') || NOBODY})`}`,
    values: [from, to, ...(officer === undefined ? [] : [log.names.find(officer) ?? NOBODY]), ...devices],
  };
}

/** In the order of the days, on each day desk after desk as written. */
export function listCashLines(desk: OpenDesk, question: SheetQuestion, limit: number): CashLine[] {
  const { where, values } = conditionOf(desk, question);
  const rows = desk.db.all<{ entry: string }>(`SELECT entry FROM fee_entries WHERE ${where} ORDER BY date, device, seq LIMIT ?`, ...values, limit);
  return rows.map(({ entry }) => JSON.parse(entry) as CashLine);
}

export interface CashGroup extends CashPart {
  readonly date: IsoDate;
  readonly officer: OfficerId | null;
  readonly device: DeviceId;
}

/** Added up by the database; a sheet of a year reads no line of it. */
export function listCashGroups(desk: OpenDesk, question: SheetQuestion): CashGroup[] {
  const { where, values } = conditionOf(desk, question);
  const rows = desk.db.all<{ date: string; officer: number | null; device: number; what: CashPart['what']; means: FeeMeans | null; counted: number; charge: number; levy: number; count: number }>(
    `SELECT date, officer, device, what, means, counted, SUM(charge) AS charge, SUM(levy) AS levy, COUNT(*) AS count
     FROM fee_entries WHERE ${where} GROUP BY date, officer, device, what, means, counted`,
    ...values,
  );
  const { names } = desk.log;
  return rows.map(({ officer, device, counted, ...row }) => ({
    ...row, isCounted: counted === 1, officer: officer === null ? null : (names.textOf(officer) as OfficerId), device: names.textOf(device) as DeviceId,
  }));
}

export function isReceiptUsed({ db }: OpenDesk, { series, number }: ReceiptNumber): boolean {
  return db.value('SELECT 1 FROM fee_entries WHERE series = ? AND number = ? LIMIT 1', series, number) === 1;
}

/** Numbers of a stretch that payments name, ascending, with what became of the payment. */
export function listUsedReceipts({ db }: OpenDesk, series: string, first: number, last: number): { readonly number: number; readonly isCounted: boolean; readonly reason: string | null }[] {
  const rows = db.all<{ number: number; counted: number; reason: string | null }>(
    `SELECT number, counted, json_extract(entry, '$.voided.reason') AS reason FROM fee_entries WHERE series = ? AND number >= ? AND number <= ? ORDER BY number`, series, first, last,
  );
  return rows.map(({ number, counted, reason }) => ({ number, isCounted: counted === 1, reason }));
}

/** Which of these numbers stand for money that went back, in whole or in part. */
export function listRefundedReceipts({ db }: OpenDesk, series: string, first: number, last: number): number[] {
  const rows = db.all<{ number: number }>(
    `SELECT DISTINCT c.number FROM fee_entries c JOIN fee_entries r ON r.dossier = c.dossier
     WHERE c.series = ? AND c.number >= ? AND c.number <= ? AND r.what = 'refunded' AND r.counted = 1
       AND json_extract(r.entry, '$.receipt.series') = c.series AND json_extract(r.entry, '$.receipt.number') = c.number ORDER BY c.number`,
    series, first, last,
  );
  return rows.map(({ number }) => number);
}

/** Every number of a series that a payment names, for a book whose range is changed. */
export function usedOutside({ db }: OpenDesk, series: string, known: { readonly first: number; readonly last: number }, next: { readonly first: number; readonly last: number }): boolean {
  return db.value(
    'SELECT 1 FROM fee_entries WHERE series = ? AND number >= ? AND number <= ? AND (number < ? OR number > ?) LIMIT 1', series, known.first, known.last, next.first, next.last,
  ) === 1;
}

import type { IssuedNumber } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { SeriesState } from '../../../../src-shared/domain/numbers/skip-number.ts';
import type { Office } from '../../../../src-shared/domain/office/office.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import { nextCounter } from '../../../../src-node/operations/issued-numbers.ts';

/** How far the series of this number has come here, and whether the number itself was issued. */
export function seriesState(db: ReadableDb, office: Office, { kind, token, period, counter }: IssuedNumber): SeriesState {
  const last = db.value<number>('SELECT counter FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? ORDER BY counter DESC LIMIT 1', kind, token, period) ?? 0;
  const isIssued = db.value('SELECT 1 FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ? LIMIT 1', kind, token, period, counter) === 1;
  return { last, next: nextCounter(db, { kind, token, period }, office.skippedNumbers.map(({ number }) => number)), isIssued };
}

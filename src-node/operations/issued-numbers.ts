import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import type { IssuedNumber, NumberSeries } from '../../src-shared/domain/numbers/number-series.ts';
import type { OperationHeader } from '../../src-shared/domain/operations/operation.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';

/** Every number that a dossier was given. Two receptions of one are rare, and the numbers of both are issued, whichever counts. */
export function projectNumbers(db: WritableDb, names: Names, dossier: Dossier, known: boolean): void {
  const receptions = dossier.history.filter(({ header, body }) => header.kind === 'dossier.received' && body !== undefined);
  if (known && receptions.length < 2) return;
  for (const { header, body } of receptions) {
    const { number, register } = body as DossierReceived;
    insertNumber(db, names, header, number);
    insertNumber(db, names, header, register);
  }
}

/** Notes a number as issued by that operation, and whether another operation has the same one. */
export function insertNumber(db: WritableDb, names: Names, header: Pick<OperationHeader, 'device' | 'seq'>, number: IssuedNumber): void {
  db.run(
    'INSERT INTO issued_numbers (kind, token, period, counter, device, seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    number.kind,
    number.token,
    number.period,
    number.counter,
    names.enter(db, header.device),
    header.seq,
  );
  noteDoubled(db, number);
}

/** Asked of the one number only, so that listing doubles never looks through all numbers ever issued. */
function noteDoubled(db: WritableDb, { kind, token, period, counter }: IssuedNumber): void {
  const times = db.value<number>('SELECT COUNT(*) FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ?', kind, token, period, counter) ?? 0;
  if (times > 1) db.run('INSERT INTO doubled_numbers (kind, token, period, counter) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', kind, token, period, counter);
}

/** The next number of a series: one past the highest ever issued in it, by whichever device, and none that the office skipped. */
export function nextCounter(db: ReadableDb, series: NumberSeries, skipped: readonly IssuedNumber[] = []): number {
  const last = db.value<number>('SELECT counter FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? ORDER BY counter DESC LIMIT 1', series.kind, series.token, series.period);
  let next = (last ?? 0) + 1;
  const isSkipped = (one: IssuedNumber) => one.counter === next && one.kind === series.kind && one.token === series.token && one.period === series.period;
  while (skipped.some(isSkipped)) next += 1;
  return next;
}

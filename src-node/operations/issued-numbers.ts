import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import type { DossierReceived } from '../../src-shared/domain/dossiers/dossier-content.ts';
import type { NumberOfAct } from '../../src-shared/domain/dossiers/dossier-numbers.ts';
import type { IssuedNumber, NumberSeries } from '../../src-shared/domain/numbers/number-series.ts';
import type { OperationRef } from '../../src-shared/domain/operations/operation.ts';
import type { DeviceId, OfficerId } from '../../src-shared/lib/ids.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';

/** A reception of a dossier. A second one of the same dossier is rare. */
export interface Reception {
  readonly device: DeviceId;
  readonly seq: number;
  readonly officer: OfficerId | null;
  readonly receivedAt: number;
  readonly procedureCode: string;
}

export function receptionsOf(dossier: Dossier): Reception[] {
  return dossier.history.flatMap(({ header, body }) => {
    if (header.kind !== 'dossier.received' || body === undefined) return [];
    const { receivedAt, content } = body as DossierReceived;
    return [{ device: header.device, seq: header.seq, officer: header.actor, receivedAt, procedureCode: content.procedure.code }];
  });
}

export function insertNumbers(db: WritableDb, names: Names, numbers: readonly NumberOfAct[]): void {
  for (const { operation, number } of numbers) insertNumber(db, names, operation, number);
}

/** Notes a number as issued by that operation, and whether another operation has the same one. */
export function insertNumber(db: WritableDb, names: Names, operation: OperationRef, number: IssuedNumber): void {
  const { changes } = db.run(
    'INSERT INTO issued_numbers (kind, token, period, counter, device, seq) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    number.kind,
    number.token,
    number.period,
    number.counter,
    names.enter(db, operation.device),
    operation.seq,
  );
  if (changes > 0) noteDoubled(db, number);
}

/** Asked of the one number only, so that listing doubles never looks through all numbers ever issued. */
function noteDoubled(db: WritableDb, { kind, token, period, counter }: IssuedNumber): void {
  const times = db.value<number>('SELECT COUNT(*) FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ?', kind, token, period, counter) ?? 0;
  if (times > 1) db.run('INSERT INTO doubled_numbers (kind, token, period, counter) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', kind, token, period, counter);
}

/** After numbers were taken away: which are still doubled, found anew. */
export function findDoubledNumbers(db: WritableDb): void {
  db.run('DELETE FROM doubled_numbers');
  db.run('INSERT INTO doubled_numbers SELECT kind, token, period, counter FROM issued_numbers GROUP BY kind, token, period, counter HAVING COUNT(*) > 1');
}

/** The next number of a series: one past the highest ever issued in it, by whichever device, and none that the office skipped. */
export function nextCounter(db: ReadableDb, series: NumberSeries, skipped: readonly IssuedNumber[] = []): number {
  const last = db.value<number>('SELECT counter FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? ORDER BY counter DESC LIMIT 1', series.kind, series.token, series.period);
  let next = (last ?? 0) + 1;
  const isSkipped = (one: IssuedNumber) => one.counter === next && one.kind === series.kind && one.token === series.token && one.period === series.period;
  while (skipped.some(isSkipped)) next += 1;
  return next;
}

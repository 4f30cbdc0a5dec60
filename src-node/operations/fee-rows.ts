import type { Dossier } from '../../src-shared/domain/dossiers/dossier.ts';
import { cashLinesOf, counts, usedReceipt, type CashLine } from '../../src-shared/domain/fees/cash-sheet.ts';
import { isFeeAct, type ReceiptNumber } from '../../src-shared/domain/fees/fee-operations.ts';
import type { SubjectId } from '../../src-shared/lib/ids.ts';
import type { ReadableDb, WritableDb } from '../db/sqlite.ts';
import type { Names } from './names.ts';
import { subjectToBytes } from './operation-rows.ts';

/** Null when nobody ever wrote anything about money, so that nothing has to be looked up; most dossiers of a rebuild. */
export function feeRowsOf(dossier: Dossier): readonly CashLine[] | null {
  return dossier.history.some(({ header }) => isFeeAct(header.kind)) ? cashLinesOf(dossier) : null;
}

export function writeFeeRows(db: WritableDb, names: Names, dossier: SubjectId, lines: readonly CashLine[]): void {
  const before = deleteRows(db, dossier);
  for (const line of lines) insertRow(db, names, dossier, line);
  const used = lines.flatMap((line) => usedReceipt(line) ?? []);
  for (const receipt of [...before, ...used]) noteDoubled(db, receipt);
}

/** With the dossier, whose subject was erased. */
export function deleteFeeRows(db: WritableDb, dossier: SubjectId): void {
  for (const receipt of deleteRows(db, dossier)) noteDoubled(db, receipt);
}

/** After a rebuild: what no dossier says any more goes, and which numbers are doubled is found anew. */
export function endFeeRows(db: WritableDb): void {
  db.run('DELETE FROM fee_entries WHERE dossier NOT IN (SELECT id FROM dossiers)');
  db.run('DELETE FROM doubled_receipts');
  db.run('INSERT INTO doubled_receipts SELECT series, number FROM fee_entries WHERE number IS NOT NULL GROUP BY series, number HAVING COUNT(*) > 1');
}

/** Is every line there as folded, for `verify`. */
export function areFeeRowsNoted(db: ReadableDb, names: Names, dossier: SubjectId, lines: readonly CashLine[]): boolean {
  const rows = db.all<FeeRow>(`SELECT ${COLUMNS.join(', ')} FROM fee_entries WHERE dossier = ?`, subjectToBytes(dossier));
  const noted = new Set(rows.map((row) => JSON.stringify(COLUMNS.map((column) => row[column]))));
  return rows.length === lines.length && lines.every((line) => noted.has(JSON.stringify(valuesOf(line, (name) => names.find(name) ?? null))));
}

const COLUMNS = ['date', 'device', 'seq', 'officer', 'what', 'means', 'counted', 'charge', 'levy', 'series', 'number', 'entry'] as const;
type FeeRow = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

/** What a line is in the table, in the order of `COLUMNS`; `noOf` numbers the names of devices and officers. */
function valuesOf(line: CashLine, noOf: (name: string) => number | null): readonly (string | number | null)[] {
  const receipt = usedReceipt(line);
  return [
    line.businessDate, noOf(line.device), line.seq, line.by === null ? null : noOf(line.by), line.what, line.means, counts(line) ? 1 : 0, line.charge, line.levy,
    receipt?.series ?? null, receipt?.number ?? null, JSON.stringify(line),
  ];
}

function deleteRows(db: WritableDb, dossier: SubjectId): readonly ReceiptNumber[] {
  const used = db.all<ReceiptNumber>('SELECT series, number FROM fee_entries WHERE dossier = ? AND number IS NOT NULL', subjectToBytes(dossier));
  db.run('DELETE FROM fee_entries WHERE dossier = ?', subjectToBytes(dossier));
  return used;
}

function insertRow(db: WritableDb, names: Names, dossier: SubjectId, line: CashLine): void {
  const values = valuesOf(line, (name) => names.enter(db, name));
  db.run(`INSERT INTO fee_entries (dossier, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')})`, subjectToBytes(dossier), ...values);
}

/** Asked of the one number only. */
function noteDoubled(db: WritableDb, { series, number }: ReceiptNumber): void {
  const times = db.value<number>('SELECT COUNT(*) FROM fee_entries WHERE series = ? AND number = ?', series, number) ?? 0;
  if (times > 1) db.run('INSERT INTO doubled_receipts (series, number) VALUES (?, ?) ON CONFLICT DO NOTHING', series, number);
  else db.run('DELETE FROM doubled_receipts WHERE series = ? AND number = ?', series, number);
}

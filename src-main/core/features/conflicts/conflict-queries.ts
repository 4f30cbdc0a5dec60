import type { ReceiptNumber } from '../../../../src-shared/domain/fees/fee-operations.ts';
import type { IssuedNumber } from '../../../../src-shared/domain/numbers/number-series.ts';
import type { OperationRef } from '../../../../src-shared/domain/operations/operation.ts';
import type { DeviceId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import { bytesToSubject } from '../../../../src-node/operations/operation-rows.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

/** Each is folded for the list; more than these nobody reads at once, and settling some brings up the rest. */
const LISTED_MAX = 100;

/** Dossiers with an open conflict, newest first, by their partial index. */
export function listDossiersInConflict({ db }: OpenDesk): SubjectId[] {
  const rows = db.all<{ id: Uint8Array }>('SELECT id FROM dossiers INDEXED BY dossiers_conflicts WHERE open_conflicts > 0 ORDER BY no DESC LIMIT ?', LISTED_MAX);
  return rows.map(({ id }) => bytesToSubject(id));
}

/** A biên lai that two payments name. */
export interface DoubledReceipt {
  readonly receipt: ReceiptNumber;
  readonly operations: readonly OperationRef[];
}

/** The projection notes them, as it notes doubled numbers. */
export function listDoubledReceipts({ db, log }: OpenDesk): DoubledReceipt[] {
  const receipts = db.all<ReceiptNumber>('SELECT series, number FROM doubled_receipts ORDER BY series, number LIMIT ?', LISTED_MAX);
  return receipts.map((receipt) => {
    const rows = db.all<{ device: number; seq: number }>('SELECT device, seq FROM fee_entries WHERE series = ? AND number = ? ORDER BY date, device, seq', receipt.series, receipt.number);
    return { receipt, operations: rows.map(({ device, seq }) => ({ device: log.names.textOf(device) as DeviceId, seq })) };
  });
}

/** A number with the receptions that carry it. */
export interface DoubledNumber {
  readonly number: IssuedNumber;
  readonly operations: readonly OperationRef[];
}

/** Numbers issued more than once, the latest first. The projection notes them, so old years are never looked through. */
export function listDoubledNumbers({ db, log }: OpenDesk): DoubledNumber[] {
  const numbers = db.all<IssuedNumber>('SELECT kind, token, period, counter FROM doubled_numbers ORDER BY period DESC, counter DESC, kind LIMIT ?', LISTED_MAX);
  return numbers.map((number) => {
    const rows = db.all<{ device: number; seq: number }>(
      'SELECT device, seq FROM issued_numbers WHERE kind = ? AND token = ? AND period = ? AND counter = ?',
      number.kind,
      number.token,
      number.period,
      number.counter,
    );
    return { number, operations: rows.map(({ device, seq }) => ({ device: log.names.textOf(device) as DeviceId, seq })) };
  });
}

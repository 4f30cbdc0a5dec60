import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import { createTraffic, type Traffic } from '../../../../src-node/sync-engine/traffic.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';

/** What may go over a link that is paid by its bytes, each day of the office; null: as much as there is. */
export const readDayBudget = (db: ReadableDb): number | null => readFact<number | null>(db, FACT.syncDayBudget) ?? null;

export function writeDayBudget(db: WritableDb, bytes: number | null): void {
  writeFact(db, FACT.syncDayBudget, bytes);
}

interface Spent {
  readonly date: IsoDate;
  readonly bytes: number;
}

/** Both ways, also over connections that broke off. */
export function readSpentToday({ db, clock }: OpenDesk): number {
  const spent = readFact<Spent>(db, FACT.syncSpent);
  return spent?.date === clock.businessDate() ? spent.bytes : 0;
}

export function addSpent(db: WritableDb, desk: OpenDesk, bytes: number): void {
  writeFact(db, FACT.syncSpent, { date: desk.clock.businessDate(), bytes: readSpentToday(desk) + bytes } satisfies Spent);
}

/** What one exchange costs: counted with each answer that is taken in, and at its end where it broke off. */
export interface Spending {
  readonly traffic: Traffic;
  countedBytes: number;
}

export function startSpending(): Spending {
  return { traffic: createTraffic(), countedBytes: 0 };
}

/** An exchange that failed: what went over for it and was not answered is paid for all the same. */
export function addLost(desk: OpenDesk, { traffic, countedBytes }: Spending): Result<undefined, StorageError> {
  const lostBytes = traffic.bytes() - countedBytes;
  if (lostBytes <= 0 || !desk.isOpen()) return ok(undefined);
  return desk.log.write<undefined>(({ db }) => {
    addSpent(db, desk, lostBytes);
    return ok(undefined);
  });
}

export function isBudgetUsed(desk: OpenDesk): boolean {
  const budget = readDayBudget(desk.db);
  return budget !== null && readSpentToday(desk) >= budget;
}

/** Packs take no more than half of the day's bytes, so that the other half is there for the work of the afternoon. */
export function isPackShareUsed(desk: OpenDesk): boolean {
  const budget = readDayBudget(desk.db);
  return budget !== null && readSpentToday(desk) * 2 >= budget;
}

/** Said where an exchange would begin; not a byte goes over for it. */
export const BUDGET_USED = 'budgetUsed';

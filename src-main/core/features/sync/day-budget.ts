import type { IsoDate } from '../../../../src-shared/lib/office-time.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
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

/** Both ways, of what was answered; a connection that broke off is not counted. */
export function readSpentToday({ db, clock }: OpenDesk): number {
  const spent = readFact<Spent>(db, FACT.syncSpent);
  return spent?.date === clock.businessDate() ? spent.bytes : 0;
}

export function addSpent(db: WritableDb, desk: OpenDesk, bytes: number): void {
  writeFact(db, FACT.syncSpent, { date: desk.clock.businessDate(), bytes: readSpentToday(desk) + bytes } satisfies Spent);
}

export function isBudgetUsed(desk: OpenDesk): boolean {
  const budget = readDayBudget(desk.db);
  return budget !== null && readSpentToday(desk) >= budget;
}

/** Said where an exchange would begin; not a byte goes over for it. */
export const BUDGET_USED = 'budgetUsed';

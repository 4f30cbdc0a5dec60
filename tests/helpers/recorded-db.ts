import type { ServerDb, ServerReads, ServerValue, ServerWrites } from '../../src-server/db/server-db.ts';

/** A statement that a server ran, with what it was bound to; of many rows at once the rows. */
export interface RanStatement {
  readonly sql: string;
  readonly values: readonly ServerValue[];
  readonly rows?: readonly (readonly ServerValue[])[];
  /** Statements of one transaction have the same; each other one has its own. */
  readonly unit: number;
}

/** The same database, which keeps what is asked of it. */
export function recordDb(db: ServerDb): { readonly db: ServerDb; readonly ran: RanStatement[] } {
  const ran: RanStatement[] = [];
  let units = 0;
  const readsOf = (reads: ServerReads, unit: () => number): ServerReads => ({
    all: (sql, ...values) => {
      ran.push({ sql, values, unit: unit() });
      return reads.all(sql, ...values);
    },
    get: (sql, ...values) => {
      ran.push({ sql, values, unit: unit() });
      return reads.get(sql, ...values);
    },
  });
  const writesOf = (writes: ServerWrites, unit: number): ServerWrites => ({
    ...readsOf(writes, () => unit),
    run: (sql, ...values) => {
      ran.push({ sql, values, unit });
      return writes.run(sql, ...values);
    },
    returning: (sql, ...values) => {
      ran.push({ sql, values, unit });
      return writes.returning(sql, ...values);
    },
    claim: (sql, ...values) => {
      ran.push({ sql, values, unit });
      return writes.claim(sql, ...values);
    },
    insertMany: (table, columns, rows, onConflict) => {
      if (rows.length > 0) ran.push({ sql: `INSERT INTO ${table} (${Object.keys(columns).join(', ')})`, values: [], rows, unit });
      return writes.insertMany(table, columns, rows, onConflict);
    },
  });
  return {
    ran,
    db: {
      ...db,
      ...readsOf(db, () => (units += 1)),
      transaction: (work) => {
        const unit = (units += 1);
        return db.transaction((writes) => work(writesOf(writes, unit)));
      },
    },
  };
}

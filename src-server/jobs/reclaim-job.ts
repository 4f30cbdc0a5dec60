import type { ServerDb } from '../db/server-db.ts';

/**
 * Takes what was erased out of the database's files: PostgreSQL keeps the old rows until it vacuums, SQLite the old pages in its
 * log. Noted in the transaction that erases, so a server that ends in between leaves it to the next. True while something was due.
 */
export async function reclaimErased(db: ServerDb): Promise<boolean> {
  const due = await db.all<{ office: string; subject: string }>('SELECT office, subject FROM erased_subjects WHERE reclaimed = 0');
  if (due.length === 0) return false;
  // What is erased while this runs stays due: it may have come behind the part that was cleaned.
  if (!(await db.reclaim())) return true;
  await db.transaction(async (writes) => {
    for (const { office, subject } of due) await writes.run('UPDATE erased_subjects SET reclaimed = 1 WHERE office = ? AND subject = ?', office, subject);
  });
  return true;
}

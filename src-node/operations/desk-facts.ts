import type { ReadableDb, WritableDb } from '../db/sqlite.ts';

/** What this desk alone knows (its device, its keys, its clock's anchor), as JSON by name. */
export function readFact<T>(db: ReadableDb, name: string): T | undefined {
  const value = db.value<string>('SELECT value FROM desk_facts WHERE name = ?', name);
  return value === undefined ? undefined : (JSON.parse(value) as T);
}

export function writeFact(db: WritableDb, name: string, value: unknown): void {
  db.run('INSERT INTO desk_facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, JSON.stringify(value));
}

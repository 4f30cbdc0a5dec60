import type { AdministratorView } from '../../../src-shared/console-contract/console-views.ts';
import { foldedWords } from '../../../src-shared/lib/vietnamese-text.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import type { ServerReads, ServerWrites } from '../../db/server-db.ts';
import { closeSessionsOf } from './administrator-sessions.ts';

/** However it is typed: without marks, in whatever case and with whatever blanks. */
export function nameKey(name: string): string {
  return foldedWords(name).join(' ');
}

export async function needsSetUp(db: ServerReads): Promise<boolean> {
  return (await db.get('SELECT 1 AS one FROM administrators WHERE retired_at IS NULL LIMIT 1')) === undefined;
}

export function listAdministrators(db: ServerReads): Promise<readonly AdministratorView[]> {
  return db.all<AdministratorView>('SELECT id, name FROM administrators WHERE retired_at IS NULL ORDER BY name_key');
}

/** Signed out at once. Two who take each other away at the same moment wait for each other here, and one stays. */
export async function retireAdministrator(db: ServerWrites, id: string, nowMs: number): Promise<Result<AdministratorView, 'administrators.unknown' | 'administrators.last'>> {
  await db.run('UPDATE administrators SET made_at = made_at');
  const all = await listAdministrators(db);
  const found = all.find((one) => one.id === id);
  if (!found) return err('administrators.unknown');
  if (all.length === 1) return err('administrators.last');
  await db.run('UPDATE administrators SET retired_at = ? WHERE id = ?', nowMs, id);
  await closeSessionsOf(db, id);
  return ok(found);
}

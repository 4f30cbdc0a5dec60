import { randomUUID } from 'node:crypto';
import type { ActKind, ActLine } from '../../../src-shared/console-contract/console-views.ts';
import type { ServerReads, ServerWrites } from '../../db/server-db.ts';

export type NewAct = Omit<ActLine, 'id' | 'reason'> & { readonly office?: string; readonly reason?: string };

const ACTS_SHOWN = 200;

/** In the transaction of what it tells of, so that nothing is done without it. Never changed or deleted. */
export async function noteAct(db: ServerWrites, { at, by, kind, office, about, reason }: NewAct): Promise<void> {
  await db.run('INSERT INTO administrator_acts (id, at_ms, by_name, kind, office, about, reason) VALUES (?, ?, ?, ?, ?, ?, ?)', randomUUID(), at, by, kind, office ?? null, about, reason ?? '');
}

interface ActRow {
  readonly id: string;
  readonly at_ms: number;
  readonly by_name: string;
  readonly kind: ActKind;
  readonly about: string;
  readonly reason: string;
}

/** The newest ones first; of one office where that is named. */
export async function listActs(db: ServerReads, office: string | undefined): Promise<readonly ActLine[]> {
  const [where, values] = office === undefined ? ['', []] : ['WHERE office = ?', [office]];
  const rows = await db.all<ActRow>(`SELECT id, at_ms, by_name, kind, about, reason FROM administrator_acts ${where} ORDER BY at_ms DESC, id LIMIT ${ACTS_SHOWN}`, ...values);
  return rows.map(({ id, at_ms, by_name, kind, about, reason }) => ({ id, at: at_ms, by: by_name, kind, about, reason }));
}

import { hash, randomBytes } from 'node:crypto';
import type { AdministratorView } from '../../../src-shared/console-contract/console-views.ts';
import { MINUTE_MS } from '../../../src-shared/lib/office-time.ts';
import type { ServerReads, ServerWrites } from '../../db/server-db.ts';

const TOKEN_BYTES = 32;
/** A working day. */
const SESSION_MS = 10 * 60 * MINUTE_MS;

/** In the database, because any process of the server may be asked next; only who holds the token is somebody. */
export async function openSession(db: ServerWrites, administrator: string, nowMs: number): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await db.run('DELETE FROM administrator_sessions WHERE expires_at <= ?', nowMs);
  await db.run('INSERT INTO administrator_sessions (token_hash, administrator, expires_at) VALUES (?, ?, ?)', digest(token), administrator, nowMs + SESSION_MS);
  return token;
}

export function findSession(db: ServerReads, token: string, nowMs: number): Promise<AdministratorView | undefined> {
  return db.get<AdministratorView>(
    'SELECT a.id, a.name FROM administrator_sessions s JOIN administrators a ON a.id = s.administrator WHERE s.token_hash = ? AND s.expires_at > ? AND a.retired_at IS NULL', digest(token), nowMs,
  );
}

export async function closeSession(db: ServerWrites, token: string): Promise<void> {
  await db.run('DELETE FROM administrator_sessions WHERE token_hash = ?', digest(token));
}

export async function closeSessionsOf(db: ServerWrites, administrator: string): Promise<void> {
  await db.run('DELETE FROM administrator_sessions WHERE administrator = ?', administrator);
}

function digest(token: string): string {
  return hash('sha256', token);
}

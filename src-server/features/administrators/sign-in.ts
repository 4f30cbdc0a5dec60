import { hash } from 'node:crypto';
import type { AdministratorView } from '../../../src-shared/console-contract/console-views.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { unwrapByPassword, wrapByPassword, type PasswordParameters, type WrappedSecret } from '../../../src-node/crypto/password-wrap.ts';
import { afterWrongTry, heldAgainstClock, lockMsLeft, nextLockMs, triesLeft, type WrongTries, NO_WRONG_TRIES } from '../../../src-node/crypto/sign-in-lockout.ts';
import type { ServerDb, ServerReads, ServerWrites } from '../../db/server-db.ts';
import { noteAct } from './acts.ts';
import { openSession } from './administrator-sessions.ts';
import { nameKey } from './administrator-queries.ts';

export interface SignInDep {
  readonly db: ServerDb;
  readonly nowMs: () => number;
  readonly passwordParameters: PasswordParameters;
}

export interface SignedIn {
  readonly administrator: AdministratorView;
  readonly token: string;
}

export type SignInRefusal =
  | { readonly code: 'session.wrongPassword'; readonly triesLeft: number; readonly nextLockMs: number }
  | { readonly code: 'session.lockedOut'; readonly remainingMs: number };

/** Tries of a name are forgotten after so long; nobody waits that long to guess again. */
const TRIES_KEPT_MS = 7 * DAY_MS;
const SECRET_BYTES = 32;

/** What a password is kept as. */
export async function wrapPassword(id: string, password: string, parameters: PasswordParameters): Promise<string> {
  return JSON.stringify(await wrapByPassword(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), password, associated(id), parameters));
}

/**
 * A try is counted before the password is looked at, so that many at once are as many as one after the other. A name that nobody has
 * costs the same time and is locked the same way.
 */
export async function signIn(dep: SignInDep, name: string, password: string): Promise<Result<SignedIn, SignInRefusal>> {
  const key = nameKey(name);
  const begun = await dep.db.transaction((writes) => beginTry(writes, key, dep.nowMs()));
  if (!begun.ok) return begun;
  const known = await getKnown(dep.db, key);
  const isRight = await isPassword(dep, known, password);
  if (!known || !isRight) return err({ code: 'session.wrongPassword', triesLeft: triesLeft(begun.value), nextLockMs: nextLockMs(begun.value) });
  const administrator = { id: known.id, name: known.name };
  return dep.db.transaction(async (writes) => {
    await forgetTries(writes, key);
    const nowMs = dep.nowMs();
    await noteAct(writes, { at: nowMs, by: known.name, kind: 'session.opened', about: '' });
    return ok({ administrator, token: await openSession(writes, known.id, nowMs) });
  });
}

export async function forgetTries(db: ServerWrites, key: string): Promise<void> {
  await db.run('DELETE FROM sign_in_tries WHERE name_hash = ?', hashOfName(key));
}

async function beginTry(db: ServerWrites, key: string, nowMs: number): Promise<Result<WrongTries, SignInRefusal>> {
  const id = hashOfName(key);
  await db.run('DELETE FROM sign_in_tries WHERE tried_at < ?', nowMs - TRIES_KEPT_MS);
  // The row is there before it is read: of two processes one waits for the other.
  const row = await db.returning<{ wrong: number; locked_for: number; locked_since: number }>(
    `INSERT INTO sign_in_tries (name_hash, wrong, locked_for, locked_since, tried_at) VALUES (?, 0, 0, 0, ?)
     ON CONFLICT (name_hash) DO UPDATE SET tried_at = excluded.tried_at RETURNING wrong, locked_for, locked_since`, id, nowMs,
  );
  const before = row ? heldAgainstClock({ count: row.wrong, lockedForMs: row.locked_for, lockedSinceMs: row.locked_since }, nowMs) : NO_WRONG_TRIES;
  const remainingMs = lockMsLeft(before, nowMs);
  if (remainingMs > 0) return err({ code: 'session.lockedOut', remainingMs });
  const after = afterWrongTry(before, nowMs);
  await db.run('UPDATE sign_in_tries SET wrong = ?, locked_for = ?, locked_since = ? WHERE name_hash = ?', after.count, after.lockedForMs, after.lockedSinceMs, id);
  return ok(after);
}

interface Known extends AdministratorView {
  readonly password: string;
}

function getKnown(db: ServerReads, key: string): Promise<Known | undefined> {
  return db.get<Known>('SELECT id, name, password FROM administrators WHERE name_key = ? AND retired_at IS NULL', key);
}

async function isPassword({ passwordParameters }: SignInDep, known: Known | undefined, password: string): Promise<boolean> {
  if (known) return (await unwrapByPassword(JSON.parse(known.password) as WrappedSecret, password, associated(known.id))).ok;
  await wrapPassword('nobody', password, passwordParameters);
  return false;
}

function associated(id: string): string {
  return `motcua-administrator-v1\n${id}`;
}

function hashOfName(key: string): string {
  return hash('sha256', `motcua-sign-in-v1\n${key}`);
}

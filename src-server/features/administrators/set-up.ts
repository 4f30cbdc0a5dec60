import { hash, randomUUID } from 'node:crypto';
import { passwordFault } from '../../../src-shared/domain/officers/password-rules.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { makeReadableCode } from '../../../src-node/crypto/readable-code.ts';
import type { ServerWrites } from '../../db/server-db.ts';
import { noteAct } from './acts.ts';
import { nameKey } from './administrator-queries.ts';
import { closeSessionsOf, openSession } from './administrator-sessions.ts';
import { forgetTries, wrapPassword, type SignedIn, type SignInDep } from './sign-in.ts';

const CODE_DAYS = 2;

export interface SetUpCode {
  readonly code: string;
  readonly expiresAt: number;
}

export type SetUpRefusal = 'administrators.badCode' | 'administrators.otherName' | 'administrators.nameTaken';
export type SetUpFault = { readonly code: SetUpRefusal } | { readonly code: 'office.weakPassword'; readonly sentence: string };

/** A code of one use, told once. With a name it serves that one alone, and is also the way back for a forgotten password. */
export async function makeSetUpCode(db: ServerWrites, name: string | null, nowMs: number): Promise<SetUpCode> {
  const code = makeReadableCode();
  const expiresAt = nowMs + CODE_DAYS * DAY_MS;
  await db.run('DELETE FROM set_up_codes WHERE expires_at <= ?', nowMs);
  await db.run('INSERT INTO set_up_codes (code_hash, name_key, expires_at) VALUES (?, ?, ?)', hashOfCode(code), name === null ? null : nameKey(name), expiresAt);
  return { code, expiresAt };
}

/** Somebody becomes administrator, or an administrator gets another password; signed in at once, and elsewhere no longer. */
export async function setUp(dep: SignInDep, { code, name, password }: { readonly code: string; readonly name: string; readonly password: string }): Promise<Result<SignedIn, SetUpFault>> {
  const weak = passwordFault(password);
  if (weak !== null) return err({ code: 'office.weakPassword', sentence: weak });
  const key = nameKey(name);
  const found = await dep.db.get<{ id: string }>('SELECT id FROM administrators WHERE name_key = ?', key);
  // A stranger without a code costs the server no key derivation.
  const judged = await judgeCode(dep.db, code, key, found !== undefined, dep.nowMs());
  if (judged !== null) return err({ code: judged });
  const id = found?.id ?? randomUUID();
  const wrapped = await wrapPassword(id, password, dep.passwordParameters);
  return dep.db.transaction(async (writes) => {
    const nowMs = dep.nowMs();
    const used = await writes.returning('DELETE FROM set_up_codes WHERE code_hash = ? AND expires_at > ? RETURNING code_hash', hashOfCode(code), nowMs);
    if (!used) return err({ code: 'administrators.badCode' });
    const isWritten = await writes.returning(
      `INSERT INTO administrators (id, name, name_key, password, made_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, password = excluded.password, retired_at = NULL WHERE administrators.id = excluded.id RETURNING id`, id, name, key, wrapped, nowMs,
    );
    // Of the same name by another code, at the same moment.
    if (!isWritten) throw new Error('two set-ups of one name at once');
    // Whoever starts a server again before its first administrator gets another code each time; none of them serves a second one.
    await writes.run('DELETE FROM set_up_codes WHERE name_key IS NULL');
    await closeSessionsOf(writes, id);
    await forgetTries(writes, key);
    await noteAct(writes, { at: nowMs, by: name, kind: 'administrator.setUp', about: name });
    return ok({ administrator: { id, name }, token: await openSession(writes, id, nowMs) });
  });
}

async function judgeCode(db: SignInDep['db'], code: string, key: string, isNameKnown: boolean, nowMs: number): Promise<SetUpRefusal | null> {
  const row = await db.get<{ name_key: string | null }>('SELECT name_key FROM set_up_codes WHERE code_hash = ? AND expires_at > ?', hashOfCode(code), nowMs);
  if (!row) return 'administrators.badCode';
  if (row.name_key === null) return isNameKnown ? 'administrators.nameTaken' : null;
  return row.name_key === key ? null : 'administrators.otherName';
}

function hashOfCode(code: string): string {
  return hash('sha256', `motcua-set-up-code-v1\n${code}`);
}

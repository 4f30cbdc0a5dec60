import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { AdmissionLine } from '../../../src-shared/console-contract/console-views.ts';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { officeAdmissionText, type AdmissionRequest } from '../../../src-shared/sync-protocol/admission.ts';
import { makeReadableCode } from '../../../src-node/crypto/readable-code.ts';
import { isTextSigned } from '../../../src-node/crypto/keys.ts';
import type { ServerDb, ServerReads, ServerWrites } from '../../db/server-db.ts';
import { getOffice, insertOffice, writeFounder } from '../../log/office-queries.ts';
import { mayGuess, noteWrongCode } from './guess-limit.ts';

const CODE_DAYS = 14;

/** For whom a code is and who made it; a command of the machine says neither. */
export interface AdmissionNote {
  readonly note: string;
  readonly madeBy: string;
}

/** A code that admits one office, told once. */
export async function makeAdmissionCode(db: ServerDb, nowMs: number): Promise<string> {
  return (await db.transaction((writes) => writeAdmissionCode(writes, nowMs, null))).code;
}

export async function writeAdmissionCode(db: ServerWrites, nowMs: number, note: AdmissionNote | null): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const code = makeReadableCode();
  const expiresAt = nowMs + CODE_DAYS * DAY_MS;
  await db.run('INSERT INTO admission_codes (code_hash, made_at, expires_at, note, made_by) VALUES (?, ?, ?, ?, ?)', hashOfCode(code), nowMs, expiresAt, note?.note ?? null, note?.madeBy ?? null);
  return { code, expiresAt };
}

/** Codes that may still admit an office, the newest first; named by their hashes, which open nothing. */
export async function listOpenCodes(db: ServerReads, nowMs: number): Promise<readonly AdmissionLine[]> {
  const rows = await db.all<{ code_hash: string; note: string | null; made_by: string | null; made_at: number; expires_at: number }>(
    'SELECT code_hash, note, made_by, made_at, expires_at FROM admission_codes WHERE used_by IS NULL AND expires_at > ? ORDER BY made_at DESC, code_hash', nowMs,
  );
  return rows.map(({ code_hash, note, made_by, made_at, expires_at }) => ({ id: code_hash, note: note ?? '', madeBy: made_by, madeAt: made_at, expiresAt: expires_at }));
}

/** It admits nobody any more. Gives for whom it was; undefined where it was used or is over. */
export async function withdrawCode(db: ServerWrites, id: string, nowMs: number): Promise<string | undefined> {
  const row = await db.returning<{ note: string | null }>('DELETE FROM admission_codes WHERE code_hash = ? AND used_by IS NULL AND expires_at > ? RETURNING note', id, nowMs);
  return row && (row.note ?? '');
}

/** Asked again with the code that admitted it, the office is answered as the first time (rule 2). */
export async function admitOffice(db: ServerDb, server: string, request: AdmissionRequest, nowMs: number, address = ''): Promise<Result<undefined, 'sync.badCode' | 'sync.badSignature' | 'sync.tooManyTries'>> {
  const { code, officePublicKey, founder, signature } = request;
  const office = request.office as OfficeId;
  if (!isTextSigned(officePublicKey, officeAdmissionText(server, request), signature)) return err('sync.badSignature');
  const source = sourceOf(server, address);
  return db.transaction(async (writes) => {
    if (!(await mayGuess(writes, source, nowMs))) return err('sync.tooManyTries' as const);
    const known = await getOffice(writes, office);
    // Whoever has another key is not that office, and uses no code up.
    if (known && known.public_key !== officePublicKey) return err('sync.badSignature' as const);
    if (!(await useCode(writes, code, office, nowMs))) {
      await noteWrongCode(writes, source);
      return err('sync.badCode' as const);
    }
    if (!known) await insertOffice(writes, office, officePublicKey, founder, nowMs);
    else if (known.founder_device === null) await writeFounder(writes, office, founder);
    return ok(undefined);
  });
}

/** The same for one address in every process of a server, and no list of addresses for whoever reads the table. */
function sourceOf(server: string, address: string): string {
  return createHmac('sha256', server).update(address).digest('base64url').slice(0, 22);
}

/** Every code that is still good is compared, each in constant time: how long that takes tells nothing of any of them. */
async function useCode(db: ServerWrites, code: string, office: OfficeId, nowMs: number): Promise<boolean> {
  const asked = Buffer.from(hashOfCode(code), 'hex');
  let found: string | undefined;
  for (const { code_hash } of await db.all<{ code_hash: string }>('SELECT code_hash FROM admission_codes WHERE expires_at > ?', nowMs)) {
    if (timingSafeEqual(Buffer.from(code_hash, 'hex'), asked)) found = code_hash;
  }
  if (found === undefined) return false;
  // By one alone: two offices with one code wait for each other here.
  return (await db.returning('UPDATE admission_codes SET used_by = ? WHERE code_hash = ? AND (used_by IS NULL OR used_by = ?) RETURNING code_hash', office, found, office)) !== undefined;
}

function hashOfCode(code: string): string {
  return hash('sha256', `motcua-admission-code-v1\n${code}`);
}

import { createHmac, hash, randomInt, timingSafeEqual } from 'node:crypto';
import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { officeAdmissionText, type AdmissionRequest } from '../../../src-shared/sync-protocol/admission.ts';
import { isTextSigned } from '../../../src-node/crypto/keys.ts';
import type { ServerDb, ServerWrites } from '../../db/server-db.ts';
import { getOffice, insertOffice, writeFounder } from '../../log/office-queries.ts';
import { mayGuess, noteWrongCode } from './guess-limit.ts';

/** No 0 O 1 I L: it is read aloud over the telephone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_DAYS = 14;

/** A code that admits one office, told once; 59 bits that nobody guesses within its days. */
export async function makeAdmissionCode(db: ServerDb, nowMs: number): Promise<string> {
  const code = [0, 1, 2].map(() => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]!).join('')).join('-');
  await db.transaction((writes) => writes.run('INSERT INTO admission_codes (code_hash, made_at, expires_at) VALUES (?, ?, ?)', hashOfCode(code), nowMs, nowMs + CODE_DAYS * DAY_MS));
  return code;
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

import { hash } from 'node:crypto';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { wireError, type CommonError, type WireError } from '../../../src-shared/contract/errors.ts';
import type { Writing } from '../../../src-node/operations/log.ts';
import type { OpenDesk } from '../desk/open-desk.ts';
import { storageToWire } from './storage-to-wire.ts';

/** What a request brings to be recognised when it comes again. */
export interface Request {
  readonly key: string;
  readonly call: string;
  readonly input: unknown;
}

/**
 * Rule 2: the same request is done once. The answer is kept in the same transaction as what was done; a replay gets it
 * again, a key used for something else is refused. Nothing new is done while the desk's date is in question. `work` returns
 * what to answer, as JSON.
 */
export function answerOnce<Answer, E = never>(
  desk: OpenDesk,
  request: Request,
  work: (writing: Writing) => Result<Answer, E>,
): Result<Answer, E | CommonError | WireError<'dossiers.keyReused'>> {
  const digest = digestOf(request);
  const kept = findAnswer<Answer>(desk, request, digest);
  if (!kept.ok) return kept;
  if (kept.value !== undefined) return ok(kept.value);
  const fault = writingFault(desk);
  if (fault) return err(fault);
  return writeAndNote(desk, (writing) => {
    const done = work(writing);
    if (done.ok) {
      writing.db.run('INSERT INTO answers (key, call, request, answer) VALUES (?, ?, ?, ?)', request.key, request.call, digest, JSON.stringify(done.value));
    }
    return done;
  });
}

/** Why this desk writes nothing now: the office has stopped it, or its date is in question. */
export function writingFault(desk: OpenDesk): WireError<'desks.revoked' | 'desks.dateQuestionOpen'> | null {
  if (desk.office().desks.get(desk.deskId)?.revokedAt != null) return wireError('desks.revoked');
  return desk.clock.question() ? wireError('desks.dateQuestionOpen') : null;
}

/** What such a request was answered already, for work that takes more than one transaction; undefined when it was not. */
export function keptAnswer<Answer>(desk: OpenDesk, request: Request): Result<Answer | undefined, WireError<'dossiers.keyReused'>> {
  return findAnswer<Answer>(desk, request, digestOf(request));
}

function digestOf(request: Request): Buffer {
  return hash('sha256', `${request.call}\n${canonicalJson(request.input)}`, 'buffer');
}

function findAnswer<Answer>(desk: OpenDesk, request: Request, digest: Buffer): Result<Answer | undefined, WireError<'dossiers.keyReused'>> {
  const known = desk.db.get<{ request: Uint8Array; answer: string }>('SELECT request, answer FROM answers WHERE key = ?', request.key);
  if (!known) return ok(undefined);
  return Buffer.compare(known.request, digest) === 0 ? ok(JSON.parse(known.answer) as Answer) : err(wireError('dossiers.keyReused'));
}

/** One durable write; the incarnation's marker follows it, and storage faults become wire errors. */
export function writeAndNote<Answer, E = never>(desk: OpenDesk, work: (writing: Writing) => Result<Answer, E>): Result<Answer, E | CommonError> {
  const written = desk.log.write(work);
  if (!written.ok) return err(storageToWire(written.error) as E | CommonError);
  const noted = desk.noteCommit();
  // The work is durable already; a marker that lags is safe, and the next commit tries again.
  if (!noted.ok) process.emitWarning(`incarnation marker not written: ${noted.error.code}`);
  return written;
}

import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OfficerId } from '../../src-shared/lib/ids.ts';
import { ok } from '../../src-shared/lib/result.ts';

/** An act of the office, written as it stands, right or wrong. */
export function writeOffice(desk: OpenDesk, actor: OfficerId | null, kind: string, body: unknown): Operation {
  const written = desk.log.write(({ append }) => ok(append({ kind, version: 1, subject: desk.officeSubject, actor, after: desk.officeHeads(), body })));
  if (!written.ok) throw new Error(`not written: ${JSON.stringify(written.error)}`);
  desk.reloadOffice();
  return written.value;
}

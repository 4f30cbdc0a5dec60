import { randomUUIDv7 } from 'node:crypto';
import type { OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { wireError, type CommonError, type WireError } from '../../../../src-shared/contract/errors.ts';
import { receptionKindVersions, type ReceptionBody } from '../../../../src-shared/domain/reception/reception-operations.ts';
import type { SubjectId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { answerOnce } from '../../calls/answer-once.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

export interface RefuseDep {
  readonly procedureName: (desk: OpenDesk, code: string) => string | undefined;
  readonly dropDraft: (writing: Writing, draft: string, context: OfficerContext) => void;
}

type RefuseError = CommonError | WireError<'procedures.unknown' | 'dossiers.keyReused'>;

/** Before reception: what the citizen was told to bring, or why it was refused. Recorded without number and clock. */
export function refuseReception(dep: RefuseDep, input: ParsedInput<'dossiers.refuse'>, context: OfficerContext): Result<{ id: SubjectId }, RefuseError> {
  const { desk } = context;
  return answerOnce<{ id: SubjectId }, RefuseError>(desk, { key: input.idempotencyKey, call: 'dossiers.refuse', input }, (writing) => {
    const name = dep.procedureName(desk, input.procedureCode);
    if (name === undefined) return err(wireError('procedures.unknown'));
    const { person, missingPapers, reason } = input;
    const body: ReceptionBody = { procedure: { code: input.procedureCode, name }, ...(person ? { person } : {}), missingPapers, reason, happenedAt: desk.clock.nowMs() };
    const kind = `reception.${input.kind}` as const;
    const subject = randomUUIDv7() as SubjectId;
    writing.append({ kind, version: receptionKindVersions[kind], subject, actor: context.officer, after: [], body });
    if (input.draft) dep.dropDraft(writing, input.draft, context);
    return ok({ id: subject });
  });
}

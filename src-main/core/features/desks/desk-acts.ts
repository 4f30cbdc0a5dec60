import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { ResultOf } from '../../../../src-shared/contract/contract.ts';
import type { DeskId } from '../../../../src-shared/lib/ids.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { writeOfficeAct, writeWhoMayAct, type JudgeAnew } from '../../calls/office-acts.ts';

export interface DeskActsDep {
  readonly announce: Announce;
  readonly judgeAnew: JudgeAnew;
}

/** What the office says of one of its desks: its name, and that it is lost or replaced. */
export function createDeskActsHandlers(dep: DeskActsDep): Handlers<'desks.rename' | 'desks.revoke'> {
  return {
    'desks.rename': ({ desk: id, name }, { desk, officer }) => {
      const known = desk.office().desks.get(id as DeskId);
      if (!known) return err(wireError('desks.unknown'));
      if (known.name === name) return ok({});
      const written = writeOfficeAct(desk, { kind: 'desk.renamed', actor: officer, body: { desk: id, name } });
      if (!written.ok) return written;
      dep.announce({ type: 'office' });
      return ok({});
    },
    'desks.revoke': (input, context) => revoke(dep, input, context),
  };
}

/** What the desk wrote before stays; what it writes later is kept, shown and counts for nothing (design §1). */
async function revoke(dep: DeskActsDep, { desk: id, reason }: ParsedInput<'desks.revoke'>, { desk, officer }: OfficerContext): Promise<ResultOf<'desks.revoke'>> {
  const known = desk.office().desks.get(id as DeskId);
  if (!known) return err(wireError('desks.unknown'));
  if (known.id === desk.deskId) return err(wireError('desks.revokeHere'));
  if (known.revokedAt !== null) return err(wireError('desks.alreadyRevoked'));
  const written = await writeWhoMayAct(dep.judgeAnew, desk, { kind: 'desk.revoked', actor: officer, body: { desk: id, reason } });
  if (!written.ok) return written;
  dep.announce({ type: 'office' });
  return ok({});
}

import { wireError } from '../../../../src-shared/contract/errors.ts';
import type { ResultOf } from '../../../../src-shared/contract/contract.ts';
import type { DeskId } from '../../../../src-shared/lib/ids.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { endOfLog, noteArrival } from '../../../../src-node/operations/arrival.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import type { BulkWork } from '../../calls/bulk-work.ts';
import type { Announce, Handlers, OfficerContext, ParsedInput } from '../../calls/handlers.ts';
import { writeOfficeAct } from '../../calls/office-acts.ts';
import { foldArrived } from '../../desk/import-branch.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';

export interface DeskActsDep {
  readonly announce: Announce;
  readonly bulkWork: BulkWork;
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
  let isLaterKnown = false;
  const written = writeOfficeAct(desk, { kind: 'desk.revoked', actor: officer, body: { desk: id, reason } }, (writing) => {
    isLaterKnown = hasActsToCome(writing, desk, known.id);
    if (isLaterKnown) noteArrival(writing.db, endOfLog(writing.db), true);
  });
  if (!written.ok) return written;
  // Cut off or refused, the next start folds: the note of it was written with the act.
  if (isLaterKnown) await dep.bulkWork.begin(() => foldArrived(desk));
  dep.announce({ type: 'office' });
  return ok({});
}

/** A machine whose clock was ahead may have stamped what is known here with a time that has not come: that falls under the act, too. */
function hasActsToCome({ db, names }: Writing, desk: OpenDesk, id: DeskId): boolean {
  const devices = [...desk.office().devices.values()].filter((device) => device.desk === id).flatMap((device) => names.find(device.id) ?? []);
  return devices.some((device) => db.value('SELECT 1 FROM operations WHERE device = ? AND at_ms >= ? LIMIT 1', device, desk.clock.nowMs()) === 1);
}

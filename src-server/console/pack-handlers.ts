import { consoleError } from '../../src-shared/console-contract/console-errors.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import { noteAct } from '../features/administrators/acts.ts';
import { officeNames } from '../features/overview/offices-overview.ts';
import { countStands, listPackRefusals } from '../features/packs/pack-stands.ts';
import { checkPack, getPackText, listPacks, publishPack } from '../features/packs/published-packs.ts';
import type { ConsoleDep, ConsoleHandlers } from './console-handlers.ts';

const NOBODY = { installed: 0, waiting: 0, refused: 0 };

/** Catalogues and calendars that the upper tier publishes. */
export function createPackHandlers({ db, nowMs }: ConsoleDep): ConsoleHandlers<'packs.list' | 'packs.refusals' | 'packs.publish' | 'packs.get'> {
  return {
    'packs.list': async () => {
      const [packs, stands] = await Promise.all([listPacks(db), countStands(db)]);
      return ok({ packs: packs.map((pack) => ({ ...pack, ...(stands.get(pack.hash) ?? NOBODY) })) });
    },
    'packs.refusals': async ({ hash }) => {
      const refusals = await listPackRefusals(db, hash);
      const names = await officeNames(db, refusals.map(({ office }) => office), nowMs());
      return ok({ refusals: refusals.map((one) => ({ ...one, officeName: names.get(one.office) ?? null })) });
    },
    'packs.publish': async ({ pack, text }, { administrator }) => {
      const checked = await checkPack(pack, text);
      if (!checked.ok) {
        const { line, path, reason } = checked.error;
        return err(consoleError('packs.refused', { line, path, reason }, `Không nhận cả gói. Dòng ${line}: ${reason}.`));
      }
      return db.transaction(async (writes) => {
        const now = nowMs();
        const published = await publishPack(writes, checked.value, administrator.name, now);
        if (!published.ok) return err(consoleError(published.error));
        const { pack: made, isNew } = published.value;
        if (isNew) await noteAct(writes, { at: now, by: administrator.name, kind: 'pack.published', about: `${made.id} ${made.version}` });
        return ok(made);
      });
    },
    'packs.get': async ({ hash }) => {
      const text = await getPackText(db, hash);
      return text === undefined ? err(consoleError('packs.unknown')) : ok({ text });
    },
  };
}

import { consoleError } from '../../src-shared/console-contract/console-errors.ts';
import { err, ok } from '../../src-shared/lib/result.ts';
import { noteAct } from '../features/administrators/acts.ts';
import { checkPack, getPackText, listPacks, publishPack } from '../features/packs/published-packs.ts';
import type { ConsoleDep, ConsoleHandlers } from './console-handlers.ts';

/** Catalogues and calendars that the upper tier publishes. */
export function createPackHandlers({ db, nowMs }: ConsoleDep): ConsoleHandlers<'packs.list' | 'packs.publish' | 'packs.get'> {
  return {
    'packs.list': async () => ok({ packs: [...(await listPacks(db))] }),
    'packs.publish': async ({ pack, text }, { administrator }) => {
      const checked = checkPack(pack, text);
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

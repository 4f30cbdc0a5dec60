import { isDeepStrictEqual } from 'node:util';
import { wireError } from '../../../../src-shared/contract/errors.ts';
import { err, ok } from '../../../../src-shared/lib/result.ts';
import { writeAndNote } from '../../calls/answer-once.ts';
import type { Announce, Handlers, ParsedInput } from '../../calls/handlers.ts';
import { liftDraft } from './draft-migrations.ts';
import { countDrafts, dropDraft, DRAFTS_PER_OFFICER_MAX, getDraft, listDrafts, upsertDraft, type StoredDraft } from './draft-queries.ts';

export interface DraftsDep {
  readonly announce: Announce;
}

/** Forms while they are being filled: kept by the core, encrypted, each officer's own (design §4). */
export function createDraftsHandlers({ announce }: DraftsDep): Handlers<'drafts.save' | 'drafts.list' | 'drafts.drop'> {
  return {
    'drafts.save': (input, { desk, officer }) => {
      const known = getDraft(desk.db, input.id);
      if (known && known.officer !== officer) return err(wireError('session.notPermitted'));
      if (known && known.droppedAt !== null) return err(wireError('drafts.unknown'));
      if (known && isReplay(known, input)) return ok({ savedAt: known.savedAt, revision: known.revision });
      if (known && input.revision <= known.revision) return err(wireError('drafts.stale', { revision: known.revision }));
      if (!known && countDrafts(desk.db, officer) >= DRAFTS_PER_OFFICER_MAX) return err(wireError('drafts.tooMany'));
      const savedAt = desk.clock.nowMs();
      const saved = writeAndNote(desk, ({ db }) => {
        upsertDraft(db, officer, { ...input, savedAt });
        return ok({ savedAt, revision: input.revision });
      });
      if (saved.ok) announce({ type: 'drafts' });
      return saved;
    },
    'drafts.list': (_input, { desk, officer }) => ok({ drafts: listDrafts(desk.db, officer).map((draft) => liftDraft(draft)) }),
    'drafts.drop': ({ id }, { desk, officer }) => {
      const dropped = writeAndNote(desk, ({ db }) =>
        dropDraft(db, { id, officer, nowMs: desk.clock.nowMs() }) ? ok({}) : err(wireError('session.notPermitted')),
      );
      if (dropped.ok) announce({ type: 'drafts' });
      return dropped;
    },
  };
}

/** The same save come twice, as after an answer that was lost on the way. */
function isReplay(known: StoredDraft, input: ParsedInput<'drafts.save'>): boolean {
  return (
    known.revision === input.revision &&
    known.formVersion === input.formVersion &&
    known.form === input.form &&
    known.title === input.title &&
    isDeepStrictEqual(known.data, JSON.parse(JSON.stringify(input.data)))
  );
}

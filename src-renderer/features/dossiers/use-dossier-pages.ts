import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierRow } from '../../../src-shared/contract/dossier-views.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { PAGE_ROWS, usePages, type Pages } from '../../client/use-pages.ts';

export type ListTab = NonNullable<InputOf<'dossiers.search'>['tab']>;

/** A list of dossiers, or what a search found, by pages. While something shown is on its way up, news of that counts too. */
export function useDossierPages(query: string, tab: ListTab): Pages<DossierRow> {
  return usePages<DossierRow>({
    question: JSON.stringify([query, tab]),
    ask: async (cursor) => {
      const answer = await callCore('dossiers.search', { query, tab, limit: PAGE_ROWS, ...(cursor !== undefined && { cursor }) });
      return answer.ok ? { ok: true, value: { rows: answer.value.dossiers, next: answer.value.cursor } } : { ok: false, error: answer.error as ScreenError };
    },
    rowId: ({ id }) => id,
    concerns: (event, rows) => event.type === 'sync' && rows.some(({ isAbove }) => isAbove === false),
  });
}

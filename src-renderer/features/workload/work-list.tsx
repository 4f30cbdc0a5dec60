import type { DossierSummary } from '../../../src-shared/contract/dossier-views.ts';
import { WORK_LISTS, type WorkListName, type WorkRow } from '../../../src-shared/contract/workload.api.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { PAGE_ROWS, usePages } from '../../client/use-pages.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { vi } from '../../text/vi.ts';
import { LongTable } from '../../ui/long-table.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import type { TableColumn } from '../../ui/table.tsx';
import { DUE_COLUMNS, LAPSED_COLUMNS, OVERDUE_COLUMNS, STEP_COLUMNS } from './work-columns.tsx';

const words = vi.workload.lists;

export function readWorkList(list: string | undefined): WorkListName | undefined {
  return WORK_LISTS.find((one) => one === list);
}

/** One list of the leader's page to its end, with all that its card says. Esc goes back to the page. */
export function WorkList({ list }: { readonly list: WorkListName }) {
  const pages = usePages<WorkRow>({
    question: list,
    ask: async (cursor) => {
      const answer = await callCore('workload.list', { list, limit: PAGE_ROWS, ...(cursor !== undefined && { cursor }) });
      return answer.ok ? { ok: true, value: { rows: answer.value.rows, next: answer.value.cursor } } : { ok: false, error: answer.error as ScreenError };
    },
    rowId,
  });
  return (
    <Screen title={words.title[list]} layout="column" className="work-list">
      <RefusalNote error={pages.error} />
      {pages.rows.length > 0 && (
        <LongTable label={words.title[list]} columns={COLUMNS[list]} rows={pages.rows} rowId={rowId} onOpen={({ dossier }) => openScreen({ name: 'dossier', dossierId: dossier.id })}
          hasMore={pages.hasMore} onNearEnd={pages.loadMore} onLastVisible={pages.noteLastVisible} />
      )}
      {pages.rows.length === 0 && pages.error === undefined && (pages.isAnswered ? <div className="card"><EmptyState>{words.empty}</EmptyState></div> : <Skeleton />)}
    </Screen>
  );
}

function rowId({ dossier }: WorkRow): string {
  return dossier.id;
}

/** The last column says why, and has the room that a card has not. */
const LAST_PX = 380;

function widened<Row>(columns: readonly TableColumn<Row>[]): readonly TableColumn<Row>[] {
  return columns.map((column, index) => (index === columns.length - 1 ? { ...column, width: LAST_PX } : column));
}

function ofDossier(columns: readonly TableColumn<DossierSummary>[]): readonly TableColumn<WorkRow>[] {
  return columns.map((column) => ({ ...column, cell: ({ dossier }: WorkRow) => column.cell(dossier) }));
}

const COLUMNS: Readonly<Record<WorkListName, readonly TableColumn<WorkRow>[]>> = {
  overdue: widened(OVERDUE_COLUMNS),
  due: widened(ofDossier(DUE_COLUMNS)),
  lateSteps: widened(ofDossier(STEP_COLUMNS)),
  stepsToReview: widened(ofDossier(STEP_COLUMNS)),
  supplementsLapsed: widened(LAPSED_COLUMNS),
};

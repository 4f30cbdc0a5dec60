import { FileSpreadsheet } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DossierSummary, DossierView } from '../../../src-shared/contract/dossier-views.ts';
import type { OfficeSettings } from '../../../src-shared/domain/settings/office-settings.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import type { ScreenEvent } from '../../client/core-events.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen } from '../../router/router.ts';
import { formatDate, formatShortCode } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { CopyPanel, type CopyPanelHandle } from './copy-panel.tsx';
import { LinkForm } from './link-form.tsx';
import './province.css';

const words = vi.province;
const ROWS_MAX = 200;
const COUNT_MAX = 1_000;
const aboutDossiers = (event: ScreenEvent) => event.type === 'dossier' || event.type === 'office';

interface Linked {
  readonly dossier: DossierView;
  readonly code: string;
  readonly isUndone: boolean;
}

/** Left what is to be typed into the province's system, right the dossier at hand to copy from, below it the code that came back. */
export function ProvinceScreen({ dossierId }: { readonly dossierId?: string }) {
  const list = useQuery('dossiers.listToEnter', { limit: ROWS_MAX }, aboutDossiers);
  const settings = useQuery('settings.get', {}, (event) => event.type === 'office').value?.settings as unknown as OfficeSettings | undefined;
  const [chosen, setChosen] = useState(dossierId);
  const [linked, setLinked] = useState<Linked>();
  const panel = useRef<CopyPanelHandle>(null);
  const code = useRef<HTMLInputElement>(null);
  const wantsList = useRef(dossierId === undefined);
  /** The dossier whose panel the officer has asked for, perhaps before it was there. */
  const wantsPanel = useRef(dossierId);
  const [isAtWork, setIsAtWork] = useState(false);
  const rows = list.value?.dossiers ?? [];
  const id = chosen ?? rows[0]?.id;
  const dossier = useQuery('dossiers.get', id === undefined ? undefined : { id }, (event) => event.type === 'dossier' && event.id === id);
  const shown = dossier.value?.dossier.id === id ? dossier.value?.dossier : undefined;
  function enterPanel(): void {
    if (shown === undefined || wantsPanel.current !== shown.id || panel.current === null) return;
    wantsPanel.current = undefined;
    wantsList.current = false;
    panel.current.focus();
  }
  useEffect(() => {
    // Another row was walked to meanwhile: the cursor stays there.
    if (wantsPanel.current !== id) wantsPanel.current = undefined;
    enterPanel();
  });
  // On the list, Esc leaves the screen as everywhere.
  useKeys(isAtWork ? [{ combo: 'Esc', label: words.copy.back, order: 45, listed: 'bar', run: focusList }] : []);
  useEffect(() => {
    // The cursor begins at the oldest, and comes back to it when a dossier has got its code and left.
    if (!wantsList.current || rows.length === 0 || rows.some((row) => row.id === linked?.dossier.id)) return;
    wantsList.current = false;
    focusList();
  });
  return (
    <Screen title={words.title} layout="column">
      {linked !== undefined && <LinkedNote key={linked.code} linked={linked} onUndone={() => setLinked({ ...linked, isUndone: true })} />}
      <RefusalNote error={list.error} />
      <div className="province-columns">
        <ToEnterList rows={rows} count={list.value?.count} onActive={(row) => setChosen(row.id)} onOpen={(row) => {
          wantsPanel.current = row.id;
          setChosen(row.id);
          enterPanel();
        }} />
        <div className="province-work" onFocus={() => setIsAtWork(true)} onBlur={(event) => setIsAtWork(event.currentTarget.contains(event.relatedTarget))}>
          {id === undefined && list.value !== undefined && <div className="card"><EmptyState>{words.list.empty}</EmptyState></div>}
          <RefusalNote error={dossier.error} />
          {shown !== undefined && settings !== undefined && (
            <>
              <CopyPanel key={`copy-${shown.id}`} ref={panel} dossier={shown} order={settings.provinceFields} onEnd={() => code.current?.focus()} />
              <LinkForm key={`link-${shown.id}`} ref={code} dossier={shown} onLinked={(dossierNow, linkedCode) => {
                setLinked({ dossier: dossierNow, code: linkedCode, isUndone: false });
                setChosen(undefined);
                wantsList.current = true;
              }} />
            </>
          )}
        </div>
      </div>
    </Screen>
  );
}

function focusList(): void {
  document.querySelector<HTMLElement>('.province-list tr[tabindex="0"]')?.focus();
}

interface ToEnterListProps {
  readonly rows: readonly DossierSummary[];
  readonly count: number | undefined;
  readonly onActive: (row: DossierSummary) => void;
  readonly onOpen: (row: DossierSummary) => void;
}

function ToEnterList({ rows, count, onActive, onOpen }: ToEnterListProps) {
  if (count === undefined) return <Card title={words.list.title} className="province-list" foot={<ListFoot shown={undefined} />}><Skeleton /></Card>;
  return (
    <Card title={words.list.title} note={words.list.order} aside={t(count < COUNT_MAX ? words.list.count : words.list.countMore, { count })} isFlush isClipped className="province-list"
      foot={<ListFoot shown={count > rows.length ? rows.length : undefined} />}>
      {rows.length === 0 && <EmptyState>{words.list.empty}</EmptyState>}
      {rows.length > 0 && <Table label={words.list.title} columns={COLUMNS} rows={rows} rowId={(row) => row.id} density="two-line" isHeadHidden onActive={onActive} onOpen={onOpen} />}
    </Card>
  );
}

function ListFoot({ shown }: { readonly shown: number | undefined }) {
  const mayImport = useHasRole('reception', 'admin');
  return (
    <div className="row wide">
      <span className="grow">{shown === undefined ? '' : t(words.list.shown, { count: shown })}</span>
      {mayImport && <Button kind="in-block" keepsCap label={words.import} keyLabel={words.importKey} combo="Alt+1" icon={FileSpreadsheet} onPress={() => openScreen({ name: 'imports' })} />}
    </div>
  );
}

const COLUMNS: readonly TableColumn<DossierSummary>[] = [
  { id: 'owner', header: words.list.owner, cell: (row) => <><b className="one-line">{row.ownerName}</b><span className="second-line one-line">{row.procedureName}</span></> },
  { id: 'received', header: words.list.received, width: 132, hasFigures: true, cell: (row) => <>{formatDate(officeDate(row.receivedAt))}<span className="second-line">{formatShortCode(row.code)}</span></> },
];

/** What was linked, and the way back from it: the undo that every act has. */
function LinkedNote({ linked, onUndone }: { readonly linked: Linked; readonly onUndone: () => void }) {
  const [error, setError] = useState<ScreenError>();
  const [key] = useState(() => crypto.randomUUID());
  const { dossier, code, isUndone } = linked;
  const operation = dossier.history.find((entry) => entry.kind === 'dossier.codeLinked' && entry.undoable)?.id;
  async function undo(): Promise<void> {
    if (operation === undefined) return;
    const answer = await callCore('dossiers.act', { id: dossier.id, idempotencyKey: key, act: { act: 'undo', operation, reason: words.link.undoReason } });
    if (answer.ok) onUndone();
    else setError(answer.error as ScreenError);
  }
  return (
    <div className="province-linked">
      <Note kind="good">
        <div className="row wide">
          <p role="status" className="grow">{t(isUndone ? words.link.undone : words.link.done, { code, name: dossier.ownerName })}</p>
          {!isUndone && operation !== undefined && <Button kind="in-block" label={words.link.undo} onPress={() => void undo()} />}
        </div>
      </Note>
      <RefusalNote error={error} />
    </div>
  );
}

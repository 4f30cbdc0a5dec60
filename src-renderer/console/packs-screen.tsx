import { useState } from 'react';
import type { PackLine, PackRefusalLine, PublishedPack } from '../../src-shared/console-contract/console-views.ts';
import { isIsoDate, officeDate } from '../../src-shared/lib/office-time.ts';
import type { ScreenError } from '../client/core-client.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { Screen } from '../frame/screen.tsx';
import { formatDate, formatInstant, formatNumber } from '../text/format.ts';
import { t } from '../text/t.ts';
import { viConsole } from '../text/vi/console.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { FileButton, saveAsFile } from '../ui/file-button.tsx';
import { EmptyState, Note } from '../ui/note.tsx';
import { Table, type TableColumn } from '../ui/table.tsx';
import { callConsole, useConsoleQuery } from './console-session.ts';

const words = viConsole.packs;

/** Publish a pack, see what is published, fetch one again. */
export function PacksScreen() {
  const list = useConsoleQuery('packs.list', {});
  const [error, setError] = useState<ScreenError>();
  const [refusedOne, setRefusedOne] = useState<PackLine>();
  const [said, setSaid] = useState<{ readonly kind: 'good' | 'bad'; readonly words: string }>();
  async function publish(pack: PublishedPack['pack'], text: string | undefined): Promise<void> {
    setError(undefined);
    setSaid(undefined);
    if (text === undefined) return setSaid({ kind: 'bad', words: words.unreadable });
    const answer = await callConsole('packs.publish', { pack, text });
    if (!answer.ok) return setError(answer.error);
    setSaid({ kind: 'good', words: t(words.published, { id: answer.value.id, version: answer.value.version }) });
    return list.reload();
  }
  async function download({ id, version, hash }: PublishedPack): Promise<void> {
    const answer = await callConsole('packs.get', { hash });
    if (answer.ok) saveAsFile(`${id}-${version}.json`, answer.value.text);
    else setError(answer.error);
  }
  return (
    <Screen title={words.title} hasOwnFind>
      <div className="stack">
        <Card title={words.publishTitle}>
          <div className="stack console-form">
            <p className="muted">{words.publishHelp}</p>
            <div className="row wide">
              <FileButton label={words.catalogue} accept=".json" autoFocus onRead={(_name, text) => void publish('catalogue', text)} />
              <FileButton label={words.calendar} accept=".json" onRead={(_name, text) => void publish('calendar', text)} />
            </div>
            {said !== undefined && <div role="status"><Note kind={said.kind}>{said.words}</Note></div>}
            <RefusalNote error={error ?? list.error} />
            <Note kind="calm">{words.byItself}</Note>
          </div>
        </Card>
        <Card title={words.listTitle} aside={list.value?.packs.length ?? ''} isFlush>
          {list.value?.packs.length === 0 && <EmptyState>{words.none}</EmptyState>}
          {(list.value?.packs.length ?? 0) > 0 && <Table label={words.listTitle} columns={columnsOf((pack) => void download(pack), setRefusedOne)} rows={list.value?.packs ?? []} rowId={({ hash }) => hash} />}
        </Card>
        {refusedOne && <Refusals pack={refusedOne} />}
      </div>
    </Screen>
  );
}

function Refusals({ pack: { id, version, hash } }: { readonly pack: PackLine }) {
  const { value, error } = useConsoleQuery('packs.refusals', { hash });
  const title = t(words.refusalsTitle, { id, version });
  return (
    <Card title={title} aside={value?.refusals.length ?? ''} isFlush>
      <RefusalNote error={error} />
      {value?.refusals.length === 0 && <EmptyState>{words.noRefusals}</EmptyState>}
      {(value?.refusals.length ?? 0) > 0 && <Table label={title} columns={REFUSAL_COLUMNS} rows={value?.refusals ?? []} rowId={({ office, device }) => `${office} ${device}`} />}
    </Card>
  );
}

const REFUSAL_COLUMNS: readonly TableColumn<PackRefusalLine>[] = [
  { id: 'office', header: words.refusalColumns.office, width: 260, cell: ({ officeName }) => <b>{officeName ?? words.unnamed}</b> },
  { id: 'code', header: words.refusalColumns.code, cell: ({ code }) => (words.reasons as Readonly<Record<string, string>>)[code] ?? t(words.otherReason, { code }) },
  { id: 'at', header: words.refusalColumns.at, width: 190, hasFigures: true, cell: ({ at }) => formatInstant(at) },
];

function StandsOf({ pack, onRefused }: { readonly pack: PackLine; readonly onRefused: (pack: PackLine) => void }) {
  const { installed, waiting, refused } = pack;
  return (
    <>
      {t(words.standing, { installed: formatNumber(installed) })}
      {waiting > 0 && <span className="second-line">{t(words.standingWaits, { waiting: formatNumber(waiting) })}</span>}
      {refused > 0 && <Button kind="in-block" label={t(words.refusedBy, { refused: formatNumber(refused) })} onPress={() => onRefused(pack)} />}
    </>
  );
}

function columnsOf(onDownload: (pack: PackLine) => void, onRefused: (pack: PackLine) => void): readonly TableColumn<PackLine>[] {
  const columns = words.columns;
  return [
    { id: 'pack', header: columns.pack, cell: ({ pack, id }) => <><b>{words.kinds[pack]}</b> <span className="muted">{id}</span></> },
    { id: 'version', header: columns.version, width: 80, align: 'right', hasFigures: true, cell: ({ version }) => formatNumber(version) },
    { id: 'validTo', header: columns.validTo, width: 130, hasFigures: true, cell: ({ validTo }) => (validTo !== null && isIsoDate(validTo) ? formatDate(validTo) : words.noEnd) },
    { id: 'at', header: columns.at, width: 130, hasFigures: true, cell: ({ publishedAt }) => formatDate(officeDate(publishedAt)) },
    { id: 'by', header: columns.by, width: 190, isWideOnly: true, cell: ({ publishedBy }) => publishedBy },
    { id: 'stands', header: columns.stands, width: 190, cell: (pack) => <StandsOf pack={pack} onRefused={onRefused} /> },
    { id: 'act', header: columns.act, width: 130, cell: (pack) => <Button kind="in-block" label={words.download} onPress={() => onDownload(pack)} /> },
  ];
}

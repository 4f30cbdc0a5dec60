import { useState } from 'react';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskToday, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { OfferedPacksCard } from './offered-packs-card.tsx';
import { packEnd } from './pack-end.ts';

type PackRow = OutputOf<'packs.list'>['packs'][number];
type PackKind = InputOf<'packs.install'>['pack'];
const words = vi.settings.packs;
const ends = vi.officeSettings.packs;
const KINDS = [{ id: 'catalogue', label: words.catalogue }, { id: 'calendar', label: words.calendar }] as const;

const COLUMNS: readonly TableColumn<PackRow>[] = [
  { id: 'id', header: words.id, cell: (row) => <><b>{row.id}</b><span className="second-line">{words[row.pack]}</span></> },
  { id: 'version', header: words.version, width: 110, hasFigures: true, cell: (row) => row.version },
  { id: 'validTo', header: words.validTo, width: 150, hasFigures: true, cell: (row) => (row.validTo === null ? <span className="muted">{words.noEnd}</span> : formatDate(row.validTo)) },
  { id: 'state', header: words.state, width: 260, cell: (row) => {
    if (row.problem !== null) return <><Chip tone="over">{vi.settings.packs.refused}</Chip><span className="second-line">{row.problem}</span></>;
    if (!row.inForce) return <Chip tone="desk">{words.replaced}</Chip>;
    const end = packEnd(row, deskToday());
    if (end === undefined) return <Chip tone="ontime">{words.inForce}</Chip>;
    return <span className="row"><Chip tone="ontime">{words.inForce}</Chip><Chip tone={end.days < 0 ? 'over' : 'today'}>{end.days < 0 ? ends.over : ends.soon}</Chip></span>;
  } },
];

/** Catalogue and calendar packs: what is in force, until when, and how another is installed. */
export function PacksPart() {
  const list = useQuery('packs.list', {}, (event) => event.type === 'office');
  const isAdmin = useHasRole('admin');
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  if (list.value === undefined) return <Skeleton />;
  return (
    <>
      {list.value.packs.flatMap((row) => packEnd(row, deskToday()) ?? []).map(({ id, date, days }) => (
        <Note key={`${id}-${date}`} kind="warn">{days < 0 ? t(ends.ended, { id, date: formatDate(date) }) : t(ends.endsIn, { id, date: formatDate(date), days })}</Note>
      ))}
      <Card isFlush><Table label={words.listLabel} columns={COLUMNS} rows={list.value.packs} rowId={(row) => row.hash} density="two-line" isWeak={(row) => !row.inForce} /></Card>
      <OfferedPacksCard />
      {isAdmin ? <InstallCard /> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
    </>
  );
}

function InstallCard() {
  const [kind, setKind] = useState<PackKind>('catalogue');
  const [error, setError] = useState<ScreenError>();
  const [installed, setInstalled] = useState<OutputOf<'packs.install'>>();
  const [isUnreadable, setIsUnreadable] = useState(false);
  async function install(text: string | undefined): Promise<void> {
    setIsUnreadable(text === undefined);
    setInstalled(undefined);
    setError(undefined);
    if (text === undefined) return;
    const answer = await callCore('packs.install', { pack: kind, text });
    if (answer.ok) setInstalled(answer.value);
    else setError(answer.error as ScreenError);
  }
  return (
    <Card title={words.installTitle}>
      <div className="stack settings-form">
        <p className="muted">{words.installHelp}</p>
        <SegmentedChoice label={words.kind} options={KINDS} value={kind} onChange={setKind} />
        <div><FileButton label={words.chooseFile} accept=".json" onRead={(_name, text) => void install(text)} /></div>
        {isUnreadable && <Note kind="bad">{t(words.unreadable)}</Note>}
        {error?.code === 'packs.refused' ? <PackRefusal error={error} /> : <RefusalNote error={error} />}
        {installed !== undefined && <Note kind="good">{t(words.installed, { id: installed.id, version: installed.version })}</Note>}
      </div>
    </Card>
  );
}

function PackRefusal({ error }: { readonly error: ScreenError }) {
  const { line, path, reason } = (error.detail ?? {}) as { line?: number; path?: string; reason?: string };
  return (
    <Note kind="bad" title={words.refused} errorCode={error.code}>
      <p>{line === undefined || reason === undefined ? error.sentence : t(words.refusedLine, { line: String(line), reason })}</p>
      {path !== undefined && path !== '' && <p className="num">{t(words.refusedWhere, { path })}</p>}
      <p>{words.nothingChanged}</p>
    </Note>
  );
}

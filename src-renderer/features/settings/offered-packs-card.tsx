import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { isIsoDate, officeDate } from '../../../src-shared/lib/office-time.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatBytes, formatDate } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

type OfferedPack = OutputOf<'packs.offered'>['packs'][number];
type PackChange = OutputOf<'packs.compare'>['changes'][number];
const words = vi.officeSettings.offeredPacks;

/** What the upper tier has published for this office: how much of it is here, what it would change, and the one press that uses it. */
export function OfferedPacksCard() {
  const offered = useQuery('packs.offered', {}, (event) => event.type === 'sync' || event.type === 'office');
  const [shown, setShown] = useState<string>();
  const [used, setUsed] = useState<OutputOf<'packs.take'>>();
  const mayCompare = useHasRole('admin', 'leader');
  if (offered.error !== undefined) return <RefusalNote error={offered.error} />;
  const { from, packs } = offered.value ?? { from: null, packs: [] };
  if (from === null || (packs.length === 0 && used === undefined)) return null;
  const compared = packs.find(({ hash, state }) => hash === shown && state === 'waiting');
  return (
    <>
      <Card title={t(words.title, { from })} isFlush>
        <Table label={t(words.title, { from })} columns={columnsOf(mayCompare ? setShown : undefined)} rows={packs} rowId={({ hash }) => hash} density="two-line" />
      </Card>
      {compared && <ChangesCard pack={compared} onClose={() => setShown(undefined)} onUsed={(pack) => {
        setUsed(pack);
        setShown(undefined);
      }} />}
      {used !== undefined && <div role="status"><Note kind="good">{t(words.used, { id: used.id, version: used.version })}</Note></div>}
    </>
  );
}

function columnsOf(onCompare: ((hash: string) => void) | undefined): readonly TableColumn<OfferedPack>[] {
  const columns = words.columns;
  return [
    { id: 'id', header: columns.id, cell: ({ pack, id, publishedAt }) => (
      <><b>{id}</b><span className="second-line">{t(words.publishedOn, { kind: pack === null ? words.otherKind : vi.settings.packs[pack], date: formatDate(officeDate(publishedAt)) })}</span></>
    ) },
    { id: 'version', header: columns.version, width: 80, hasFigures: true, cell: ({ version }) => version },
    { id: 'valid', header: columns.valid, width: 190, hasFigures: true, cell: ({ validFrom, validTo }) => <>{dateWords(validFrom)}<span className="second-line">{t(words.until, { date: validTo === null ? words.noEnd : dateWords(validTo) })}</span></> },
    { id: 'state', header: columns.state, width: 300, cell: (pack) => <StateOf pack={pack} /> },
    { id: 'act', header: columns.act, width: 150, cell: ({ state, hash }) => state === 'waiting' && onCompare && <Button kind="in-block" label={words.compare} onPress={() => onCompare(hash)} /> },
  ];
}

function dateWords(date: string): string {
  return isIsoDate(date) ? formatDate(date) : date;
}

function StateOf({ pack: { state, sentence, bytes, bytesHere, minutesLeft } }: { readonly pack: OfferedPack }) {
  switch (state) {
    case 'coming':
      return <><Chip tone="working">{words.coming}</Chip><span className="second-line">{t(minutesLeft === null ? words.comingBytes : words.comingMinutes, { here: formatBytes(bytesHere), all: formatBytes(bytes), minutes: Math.max(1, Math.ceil(minutesLeft ?? 0)) })}</span></>;
    case 'waiting':
      return <Chip tone="today">{words.waiting}</Chip>;
    case 'installed':
      return <Chip tone="ontime">{words.installed}</Chip>;
    case 'refused':
      return <><Chip tone="over">{words.refused}</Chip><span className="second-line">{sentence}</span></>;
  }
}

interface ChangesCardProps {
  readonly pack: OfferedPack;
  readonly onClose: () => void;
  readonly onUsed: (pack: OutputOf<'packs.take'>) => void;
}

function ChangesCard({ pack: { id, version, hash }, onClose, onUsed }: ChangesCardProps) {
  const { value, error } = useQuery('packs.compare', { hash });
  const [refusal, setRefusal] = useState<ScreenError>();
  const isAdmin = useHasRole('admin');
  async function take(): Promise<void> {
    const answer = await callCore('packs.take', { hash });
    if (answer.ok) onUsed(answer.value);
    else setRefusal(answer.error as ScreenError);
  }
  if (error !== undefined) return <RefusalNote error={error} />;
  if (value === undefined) return <Skeleton />;
  return (
    <Card title={t(words.changesTitle, { id, version })} aside={value.total}>
      <div className="stack">
        <p className="muted">{t(words.validWords, { from: dateWords(value.validFrom), to: value.validTo === null ? words.noEnd : dateWords(value.validTo) })}{value.issuedBy !== null && ` ${t(words.issuedBy, { issuedBy: value.issuedBy })}`}</p>
        {value.total === 0 ? <Note kind="calm">{words.noChanges}</Note> : <Table label={words.changesLabel} columns={CHANGE_COLUMNS} rows={value.changes} rowId={({ what, key }) => `${what} ${key}`} density="dense" isFramed />}
        {value.total > value.changes.length && <p className="muted">{t(words.moreChanges, { count: value.total - value.changes.length })}</p>}
        <Note kind="calm">{words.promised}</Note>
        <RefusalNote error={refusal} />
        <div className="row wide">
          {isAdmin ? <Button kind="main" label={words.use} onPress={() => void take()} /> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
          <Button label={vi.settings.cancel} onPress={onClose} />
        </div>
      </div>
    </Card>
  );
}

const CHANGE_COLUMNS: readonly TableColumn<PackChange>[] = [
  { id: 'what', header: words.changeColumns.what, width: 110, cell: ({ what }) => words.what[what] },
  { id: 'key', header: words.changeColumns.key, width: 130, hasFigures: true, cell: ({ key }) => dateWords(key) },
  { id: 'name', header: words.changeColumns.name, cell: ({ name }) => name },
  { id: 'members', header: words.changeColumns.members, width: 280, cell: ({ members }) => memberWords(members) },
];

/** In the words that the screens use for these parts; what has none is named once as other details. */
function memberWords(members: readonly string[]): string {
  const known: Readonly<Record<string, string>> = words.members;
  return [...new Set(members.map((member) => known[member] ?? words.otherMember))].join(', ');
}

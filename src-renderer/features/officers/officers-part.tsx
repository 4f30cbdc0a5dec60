import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { OfficerEditor } from './officer-editor.tsx';

const words = vi.settings.officers;
type ListedOfficer = OutputOf<'officers.list'>['officers'][number];

const COLUMNS: readonly TableColumn<ListedOfficer>[] = [
  { id: 'name', header: words.name, cell: (row) => <><b>{row.name}</b>{row.title !== '' && <span className="second-line">{row.title}</span>}</> },
  { id: 'roles', header: words.roles, width: 320, cell: (row) => row.roles.map((role) => vi.session.roles[role]).join(' · ') },
  { id: 'state', header: words.state, width: 130, cell: (row) => (row.retired ? <Chip tone="desk">{words.retired}</Chip> : <Chip tone="ontime">{words.working}</Chip>) },
];

/** Who works here, and what each may do. Enter opens an officer. */
export function OfficersPart() {
  const list = useQuery('officers.list', {}, (event) => event.type === 'office');
  const [open, setOpen] = useState<ListedOfficer | 'new'>();
  if (open !== undefined) return <OfficerEditor officer={open === 'new' ? undefined : open} onDone={() => setOpen(undefined)} />;
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  if (list.value === undefined) return <Skeleton />;
  return (
    <>
      <div><Button label={words.add} icon={UserPlus} onPress={() => setOpen('new')} /></div>
      <Card isFlush>
        <Table label={words.listLabel} columns={COLUMNS} rows={list.value.officers} rowId={(row) => row.id} density="two-line" isWeak={(row) => row.retired} onOpen={setOpen} />
      </Card>
    </>
  );
}

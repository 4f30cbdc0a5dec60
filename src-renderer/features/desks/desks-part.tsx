import { useState } from 'react';
import { useDeskSession, useHasRole } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { AdmitCard } from './admit-card.tsx';
import { DeskActs, ThisDeskCard, type DeskRow } from './desk-acts.tsx';
import { ImportCard } from './import-card.tsx';
import { NumbersCard } from './numbers-card.tsx';
import type { Numbers } from './number-words.ts';
import { ReturnTokenForm } from './return-token-form.tsx';
import { SkipNumberForm } from './skip-number-form.tsx';

const words = vi.settings.desks;

const columnsFor = (tokens: Numbers['tokens']): readonly TableColumn<DeskRow>[] => [
  { id: 'name', header: words.name, cell: (row) => (
    <span className="row"><b>{row.name}</b>{row.here && <Chip tone="desk">{words.here}</Chip>}{row.revoked && <Chip tone="over">{words.revoked}</Chip>}</span>
  ) },
  { id: 'token', header: words.token, width: 190, hasFigures: true, cell: (row) => tokenOf(row, tokens) },
  { id: 'reserves', header: words.reserves, width: 130, hasFigures: true, cell: (row) => row.reserves.join(', ') },
  { id: 'devices', header: words.devices, width: 90, align: 'right', hasFigures: true, isWideOnly: true, cell: (row) => row.devices.length },
  { id: 'operations', header: words.operations, width: 150, align: 'right', hasFigures: true, cell: (row) => row.devices.reduce((sum, device) => sum + device.operations, 0) },
];

/** The series of the desk's present device: the one that no other follows. A join file whose token came back is none any more. */
function tokenOf(row: DeskRow, tokens: Numbers['tokens']) {
  if (row.devices.length === 0 && row.revoked) return <span className="muted">{words.noToken}</span>;
  if (row.devices.length === 0) {
    const isWaiting = tokens.some(({ desk, use }) => desk === row.id && use === 'granted');
    return <span className="muted">{isWaiting ? words.notJoined : words.takenBack}</span>;
  }
  const followed = new Set(row.devices.map((device) => device.previous));
  const present = row.devices.findLast((device) => !followed.has(device.id)) ?? row.devices.at(-1);
  if (present?.token == null) return <span className="muted">{words.noToken}</span>;
  return <span className="row"><b>{present.token}</b>{present.provisional && <Chip tone="today">{words.provisional}</Chip>}</span>;
}

/** The desks of the office with their number series; how a further one joins, and how an old folder is taken over. */
export function DesksPart() {
  const list = useQuery('desks.list', {}, (event) => event.type === 'office');
  const numbers = useQuery('numbers.list', {}, (event) => event.type === 'office' || event.type === 'dossier');
  const office = useDeskSession((state) => state.office?.office);
  const isAdmin = useHasRole('admin');
  const canImport = useHasRole('admin', 'leader');
  const [open, setOpen] = useState<'return' | 'skip' | DeskRow>();
  const [done, setDone] = useState<string>();
  const [deskDone, setDeskDone] = useState<string>();
  const end = (sentence?: string) => {
    setOpen(undefined);
    setDone(sentence);
    setDeskDone(undefined);
  };
  const endDesk = (sentence?: string) => {
    setOpen(undefined);
    setDone(undefined);
    setDeskDone(sentence);
  };
  const error = list.error ?? numbers.error;
  if (error !== undefined) return <RefusalNote error={error} />;
  if (list.value === undefined || numbers.value === undefined) return <Skeleton />;
  if (open === 'return') return <ReturnTokenForm tokens={numbers.value.tokens} onDone={end} />;
  if (open === 'skip') return <SkipNumberForm numbers={numbers.value} onDone={end} />;
  if (open !== undefined) return <DeskActs desk={open} onDone={endDesk} />;
  const here = list.value.desks.find((row) => row.here);
  return (
    <>
      {office?.deskRevoked === true && <Note kind="warn" title={vi.officeSettings.desk.stoppedHereTitle}>{t(vi.officeSettings.desk.stoppedHere)}</Note>}
      {deskDone !== undefined && <Note kind="good">{deskDone}</Note>}
      {here !== undefined && <ThisDeskCard desk={here} token={office?.token ?? null} isProvisional={office?.tokenProvisional === true} onRename={isAdmin ? () => setOpen(here) : undefined} />}
      <Card isFlush>
        <Table label={words.listLabel} columns={columnsFor(numbers.value.tokens)} rows={list.value.desks} rowId={(row) => row.id} isWeak={(row) => row.revoked}
          {...(canImport && { onOpen: (row: DeskRow) => setOpen(row) })} />
      </Card>
      {canImport && <p className="muted small">{vi.officeSettings.desk.pick}</p>}
      <NumbersCard numbers={numbers.value} done={done} onReturn={() => setOpen('return')} onSkip={() => setOpen('skip')} />
      {isAdmin && <AdmitCard />}
      {canImport ? <ImportCard /> : <Note kind="calm">{t(vi.settings.readOnly)}</Note>}
    </>
  );
}

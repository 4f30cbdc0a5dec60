import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import type { DelegationView } from '../../../src-shared/contract/delegations.api.ts';
import { useHasRole } from '../../client/desk-session.ts';
import { useCommand } from '../../client/use-command.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDate, formatDayMonth } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Chip } from '../../ui/chip.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { DelegationForm } from './delegation-form.tsx';

const words = vi.delegations;
const TONES = { running: 'ontime', coming: 'today', over: 'desk', ended: 'desk' } as const;

const COLUMNS: readonly TableColumn<DelegationView>[] = [
  { id: 'who', header: words.who, cell: (row) => <><b>{row.toName}</b><span className="second-line">{t(words.instead, { name: row.fromName })}</span></> },
  { id: 'days', header: words.days, width: 150, hasFigures: true, cell: (row) => daysOf(row) },
  { id: 'roles', header: words.roles, width: 220, cell: (row) => (
    <>{row.roles.map((role) => vi.session.roles[role]).join(' · ')}{row.reason !== '' && <span className="second-line">{row.reason}</span>}</>
  ) },
  { id: 'state', header: words.state, width: 170, cell: (row) => (
    <>
      <Chip tone={TONES[row.state]}>{words.states[row.state]}</Chip>
      {row.endedOn !== null && <span className="second-line num">{t(words.endedOn, { date: formatDate(row.endedOn) })}</span>}
    </>
  ) },
];

/** `24/11 – 26/11/2026` */
function daysOf({ firstDate, lastDate }: DelegationView): string {
  if (firstDate === lastDate) return formatDate(firstDate);
  const first = firstDate.slice(0, 4) === lastDate.slice(0, 4) ? formatDayMonth(firstDate) : formatDate(firstDate);
  return t(words.fromTo, { first, last: formatDate(lastDate) });
}

/** Who stands in for whom. Enter on a row that this officer may end asks whether to end it. */
export function DelegationsPart() {
  const list = useQuery('delegations.list', {}, (event) => event.type === 'office');
  const mayGrant = useHasRole('leader', 'admin');
  const [open, setOpen] = useState<'new' | DelegationView>();
  const [done, setDone] = useState<string>();
  const finish = (sentence?: string) => {
    setOpen(undefined);
    setDone(sentence);
  };
  if (list.error !== undefined) return <RefusalNote error={list.error} />;
  if (list.value === undefined) return <Skeleton />;
  if (open === 'new') return <DelegationForm officers={list.value.officers} onDone={finish} />;
  if (open !== undefined) return <EndCard delegation={open} onDone={finish} />;
  const { delegations } = list.value;
  return (
    <>
      {mayGrant ? <div><Button label={words.add} icon={UserCheck} onPress={() => setOpen('new')} /></div> : <Note kind="calm">{t(words.readOnly)}</Note>}
      {done !== undefined && <Note kind="good">{done}</Note>}
      <Card isFlush>
        {delegations.length === 0
          ? <EmptyState>{mayGrant ? words.none : words.noneMine}</EmptyState>
          : <Table label={words.listLabel} columns={COLUMNS} rows={delegations} rowId={(row) => row.id} density="two-line" isWeak={({ state }) => state === 'over' || state === 'ended'}
              {...(delegations.some(({ mayEnd }) => mayEnd) && { onOpen: (row: DelegationView) => setOpen(row.mayEnd ? row : undefined) })} />}
      </Card>
    </>
  );
}

interface EndCardProps {
  readonly delegation: DelegationView;
  readonly onDone: (sentence?: string) => void;
}

function EndCard({ delegation, onDone }: EndCardProps) {
  const end = useCommand('delegations.end');
  const names = { to: delegation.toName, from: delegation.fromName };
  useKeys([{ combo: 'Esc', label: vi.settings.cancel, run: () => onDone() }]);
  async function run(): Promise<void> {
    if (await end.run({ delegation: delegation.id })) onDone(t(words.endedNote, names));
  }
  return (
    <Card title={t(words.endAsk, names)}>
      <div className="stack settings-form">
        <p>{daysOf(delegation)} · {delegation.roles.map((role) => vi.session.roles[role]).join(' · ')}</p>
        <p className="muted">{words.endNote}</p>
        <RefusalNote error={end.error} />
        <div className="row wide">
          <Button kind="main" label={words.end} combo="F10" isPassedByEnter onPress={() => void run()} />
          <Button kind="quiet" label={vi.settings.cancel} cap="Esc" onPress={() => onDone()} />
        </div>
      </div>
    </Card>
  );
}

import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { useQuery } from '../../client/use-query.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { formatDayMonth, formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Card, ValueLine } from '../../ui/card.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { LongTable } from '../../ui/long-table.tsx';
import { EmptyState, Note, Skeleton } from '../../ui/note.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { cashColumns } from './cash-lines.tsx';
import { SheetPaper, type SheetPanel } from './sheet-paper.tsx';
import './fees.css';

const words = vi.fees.cash;
/** The pick list's word for no filter. */
const ALL = 'all';

export interface CashSheetProps {
  /** Undefined while a day is missing or the two are backwards. */
  readonly days: { readonly from: string; readonly to: string } | undefined;
  readonly officer: string | undefined;
  readonly desk: string | undefined;
  readonly onFilter: (filter: { readonly officer?: string | undefined; readonly desk?: string | undefined }) => void;
  readonly onOpen: (dossierId: string) => void;
  readonly paperPanel: SheetPanel;
}

/** What was taken on some business days, its sums at the side, and the same as a paper to sign. */
export function CashSheet({ days, officer, desk, onFilter, onOpen, paperPanel }: CashSheetProps) {
  const question = days && { ...days, ...(officer !== undefined && { officer }), ...(desk !== undefined && { desk }) };
  const { value, error } = useQuery('fees.sheet', question, (event) => event.type === 'dossier' || event.type === 'office');
  const [isPrinting, setIsPrinting] = useState(false);
  if (error !== undefined) return <RefusalNote error={error} />;
  if (value === undefined || question === undefined) return question === undefined ? null : <Skeleton />;
  if (isPrinting) return <SheetPaper question={question} panel={paperPanel} onClose={() => setIsPrinting(false)} />;
  const isOneDay = question.from === question.to;
  return (
    <>
      <div className="register-filters" data-block="2">
        <Filter label={words.officer} options={value.officers} value={officer} onChange={(id) => onFilter({ officer: id })} />
        <Filter label={words.desk} options={value.desks} value={desk} onChange={(id) => onFilter({ desk: id })} />
        <div className="cash-print"><Button label={words.print} icon={Printer} combo="F9" keyOrder={14} onPress={() => setIsPrinting(true)} /></div>
      </div>
      <div className="cash-columns">
        <div className="register-lines-block" data-block="3">
          {value.hasMore && <Note kind="warn">{words.more}</Note>}
          {value.lines.length === 0 ? <div className="card"><EmptyState>{words.empty}</EmptyState></div> : (
            <LongTable label={words.title} columns={cashColumns(isOneDay)} rows={value.lines} rowId={({ id }) => id} hasMore={false} onNearEnd={() => undefined}
              isWeak={({ voided }) => voided !== null} onOpen={({ dossier }) => onOpen(dossier)} />
          )}
        </div>
        <ScrollArea className="cash-side">
          <Sums sheet={value} />
          {value.groups.length > 1 && <Groups groups={value.groups} isOneDay={isOneDay} />}
        </ScrollArea>
      </div>
    </>
  );
}

interface FilterProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

function Filter({ label, options, value, onChange }: FilterProps) {
  const listed = [{ id: ALL, label: words.all as string }, ...options.map(({ id, name }) => ({ id, label: name }))];
  const withChosen = value === undefined || listed.some(({ id }) => id === value) ? listed : [...listed, { id: value, label: value }];
  return <Select label={label} options={withChosen} value={value ?? ALL} onChange={(id) => onChange(id === ALL ? undefined : id)} />;
}

type Sheet = OutputOf<'fees.sheet'>;

/** What is in the drawer at the end; a sum that is nothing is left out where it could not be missed. */
function Sums({ sheet: { sums, inWords } }: { readonly sheet: Sheet }) {
  const { collected, refunded, net } = sums;
  const total = ({ charge, levy }: { readonly charge: number; readonly levy: number }) => charge + levy;
  const lines: readonly (readonly [string, number, boolean])[] = [
    [words.sums.cash, total(collected.cash), true],
    [words.sums.transfer, total(collected.transfer), total(collected.transfer) > 0],
    [words.sums.refundedCash, total(refunded.cash), total(refunded.cash) > 0],
    [words.sums.refundedTransfer, total(refunded.transfer), total(refunded.transfer) > 0],
  ];
  return (
    <Card title={words.sums.title}>
      <div className="cash-sums" role="status">
        {lines.filter(([, , isShown]) => isShown).map(([label, dong]) => <ValueLine key={label} label={label}><span className="num">{formatSigned(dong)}</span></ValueLine>)}
        <ValueLine label={words.sums.net}><b className="num cash-net">{formatSigned(sums.netDong)}</b></ValueLine>
        <ValueLine label={words.sums.charge}><span className="num">{formatSigned(net.charge)}</span></ValueLine>
        <ValueLine label={words.sums.levy}><span className="num">{formatSigned(net.levy)}</span></ValueLine>
        <p className="small muted">{words.sums.words}: {inWords}.</p>
        <ValueLine label={words.sums.drawer}><b className="num">{formatSigned(sums.netCashDong)}</b></ValueLine>
        <p className="small muted">{t(words.sums.counts, { collections: sums.collections, refunds: sums.refunds, exemptions: sums.exemptions, voids: sums.voids })}</p>
      </div>
    </Card>
  );
}

function Groups({ groups, isOneDay }: { readonly groups: Sheet['groups']; readonly isOneDay: boolean }) {
  return (
    <Card title={words.groups.title} isFlush>
      <ul className="lines">
        {groups.map(({ date, officer, officerName, desk, deskName, sums }) => {
          const place = { name: officerName ?? '', desk: deskName ?? words.groups.unknownDesk };
          return (
            <li key={[date, officer, desk].join(' ')}>
              <span className="grow small">{isOneDay ? t(words.groups.line, place) : t(words.groups.dayLine, { ...place, day: formatDayMonth(date) })}</span>
              <b className="num nowrap">{formatSigned(sums.netDong)}</b>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function formatSigned(dong: number): string {
  return dong < 0 ? `−${formatMoney(-dong)}` : formatMoney(dong);
}

import { useState, type ComponentType } from 'react';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { RegisterRow } from '../../../src-shared/contract/registers.api.ts';
import { deskToday } from '../../client/desk-session.ts';
import { useQuery } from '../../client/use-query.ts';
import { useHelpTopic } from '../../frame/open-help.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen, replaceScreen } from '../../router/router.ts';
import type { ScreenParameters } from '../../router/screens.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { DateField } from '../../ui/fields/date-field.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { LongTable } from '../../ui/long-table.tsx';
import { useBlockKeys } from '../../ui/keyboard/form-scope.tsx';
import { EmptyState, Skeleton } from '../../ui/note.tsx';
import { FormNumbersList } from './form-numbers-list.tsx';
import { REGISTER_COLUMNS } from './register-columns.tsx';
import { PERIODS, periodOf, type Period, type PeriodChoice } from './register-period.ts';
import './registers.css';
import { UncollectedList } from './uncollected-list.tsx';
import { useRegisterPages, type QuestionOf } from './use-register-pages.ts';

const words = vi.registers;
type List = keyof Omit<typeof words.tabs, 'label'>;
const TABS = (['register', 'uncollected', 'cash', 'books', 'forms'] as const satisfies readonly List[]).map((id) => ({ id, label: words.tabs[id] }));
const CHOICES = PERIODS.map((id) => ({ id, label: words.period[id] }));
/** The pick list's word for no filter. */
const ALL = 'all';

/** What shows the money of some days; it is another feature and comes from where the screens are put together. */
interface MoneyParts {
  readonly cashSheet: ComponentType<{
    readonly days: Period | undefined;
    readonly officer: string | undefined;
    readonly desk: string | undefined;
    readonly onFilter: (filter: { readonly officer?: string | undefined; readonly desk?: string | undefined }) => void;
    readonly onOpen: (dossierId: string) => void;
  }>;
  readonly receiptBooks: ComponentType;
}

/** The register of any period, and the results that nobody has come for. Esc from a dossier comes back to the same lines. */
export function RegistersScreen({ cashSheet: CashSheet, receiptBooks: ReceiptBooks, ...props }: ScreenParameters['registers'] & MoneyParts) {
  const [asked, setAsked] = useState(props);
  useBlockKeys({ current: null });
  const change = (changes: ScreenParameters['registers']) => setAsked({ ...asked, ...changes });
  const open = (dossierId: string) => {
    replaceScreen({ name: 'registers', ...asked });
    openScreen({ name: 'dossier', dossierId });
  };
  const list = TABS.find(({ id }) => id === asked.list)?.id ?? 'register';
  const choice = choiceOf(asked, list);
  useHelpTopic(words.tabs[list], vi.help.registers[list]);
  return (
    <Screen title={words.title} layout="column" className="registers">
      <div className="register-filters" data-block="1">
        <SegmentedChoice label={words.tabs.label} isLabelHidden options={TABS} value={list} onChange={(id) => setAsked({ list: id })} />
        {(list === 'register' || list === 'cash') && <SegmentedChoice label={words.period.label} isLabelHidden options={CHOICES} value={choice} onChange={(period) => change({ period, ...daysFor(period, choice) })} />}
        {list === 'cash' && choice === 'other' && <Days asked={asked} onChange={change} />}
      </div>
      {list === 'register' && <Register asked={asked} choice={choice} onChange={change} onOpen={open} />}
      {list === 'uncollected' && <UncollectedList onOpen={open} />}
      {list === 'cash' && <CashSheet days={daysOf(asked, choice)} officer={asked.officer} desk={asked.desk} onFilter={change} onOpen={open} />}
      {list === 'books' && <ReceiptBooks />}
      {list === 'forms' && <FormNumbersList asked={asked} onChange={change} onOpen={open} />}
    </Screen>
  );
}

/** Money is counted day by day, the register is looked through by the month. */
function choiceOf({ period }: ScreenParameters['registers'], list: List): PeriodChoice {
  return PERIODS.find((one) => one === period) ?? (list === 'cash' ? 'today' : 'month');
}

/** Undefined while a day is missing or the two are backwards. */
function daysOf({ from, to }: ScreenParameters['registers'], choice: PeriodChoice): Period | undefined {
  if (choice !== 'other') return periodOf(choice, deskToday());
  return from === undefined || to === undefined || to < from ? undefined : { from, to };
}

/** Days of one's own begin with those that were shown before. */
function daysFor(period: PeriodChoice, before: PeriodChoice): ScreenParameters['registers'] {
  return period === 'other' && before !== 'other' ? periodOf(before, deskToday()) : {};
}

interface RegisterProps {
  readonly asked: ScreenParameters['registers'];
  readonly choice: PeriodChoice;
  readonly onChange: (changes: ScreenParameters['registers']) => void;
  readonly onOpen: (dossierId: string) => void;
}

function Register({ asked, choice, onChange, onOpen }: RegisterProps) {
  const days = daysOf(asked, choice);
  const question: QuestionOf<'registers.list'> | undefined = days && { ...days, ...(asked.procedureCode !== undefined && { procedureCode: asked.procedureCode }), ...(asked.officer !== undefined && { officer: asked.officer }) };
  const pages = useRegisterPages('registers.list', question);
  const totals = useQuery('registers.totals', question, (event) => event.type === 'dossier' || event.type === 'office');
  const error = pages.error ?? totals.error;
  return (
    <>
      <div className="register-filters" data-block="2">
        {choice === 'other' && <Days asked={asked} onChange={onChange} />}
        <Filters asked={asked} totals={totals.value} onChange={onChange} />
      </div>
      {error !== undefined && <RefusalNote error={error} />}
      {pages.rows.length > 0 && (
        <div className="register-lines-block" data-block="3">
          <LongTable label={words.title} columns={REGISTER_COLUMNS} rows={pages.rows} rowId={rowId} hasMore={pages.hasMore} onNearEnd={pages.loadMore}
            isWeak={(row) => row.kind !== 'dossier' || row.status === 'voided'} onOpen={(row) => row.kind === 'dossier' && onOpen(row.id)} />
        </div>
      )}
      {question !== undefined && pages.rows.length === 0 && (pages.isAnswered ? pages.error === undefined && <div className="card"><EmptyState>{words.empty}</EmptyState></div> : <Skeleton />)}
      {totals.value !== undefined && question !== undefined && <p className="register-totals num" role="status">{totalsWords(totals.value)}</p>}
    </>
  );
}

const rowId = ({ id }: RegisterRow) => id;

function Days({ asked: { from, to }, onChange }: Pick<RegisterProps, 'asked' | 'onChange'>) {
  const missing = words.period.missing;
  return (
    <>
      <DateField label={words.period.from} today={deskToday()} value={from} onChange={(day) => onChange({ from: day })} error={from === undefined ? missing : undefined} />
      <DateField label={words.period.to} today={deskToday()} value={to} onChange={(day) => onChange({ to: day })}
        error={to === undefined ? missing : from !== undefined && to < from ? words.period.backwards : undefined} />
    </>
  );
}

type Totals = OutputOf<'registers.totals'>;

/** What occurs in the period, with how often; what is chosen stays in the list also when it does not occur. */
function Filters({ asked: { procedureCode, officer }, totals, onChange }: Pick<RegisterProps, 'asked' | 'onChange'> & { readonly totals: Totals | undefined }) {
  const all = { id: ALL, label: words.all };
  const procedures = [all, ...(totals?.procedures ?? []).map(({ code, name, count }) => ({ id: code, label: t(words.option, { name, count }) }))];
  const officers = [all, ...(totals?.officers ?? []).map(({ id, name, count }) => ({ id, label: t(words.option, { name, count }) }))];
  const withChosen = (options: readonly { id: string; label: string }[], chosen: string | undefined) => (chosen === undefined || options.some(({ id }) => id === chosen) ? options : [...options, { id: chosen, label: chosen }]);
  return (
    <>
      <Select label={words.procedure} options={withChosen(procedures, procedureCode)} value={procedureCode ?? ALL} onChange={(id) => onChange({ procedureCode: id === ALL ? undefined : id })} />
      <Select label={words.officer} options={withChosen(officers, officer)} value={officer ?? ALL} onChange={(id) => onChange({ officer: id === ALL ? undefined : id })} />
    </>
  );
}

/** `Cộng: Nhận 120 · đã trả 100 · …`; what there is none of is left out. */
function totalsWords({ received, byStatus, skipped, erased }: Totals): string {
  const of = (...statuses: readonly (keyof Totals['byStatus'])[]) => statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
  const parts: readonly (readonly [number, string])[] = [
    [of('received', 'processing'), words.totals.open],
    [of('waitingSupplement', 'waitingDuty'), words.totals.waiting],
    [of('finished'), words.totals.finished],
    [of('returned'), words.totals.returned],
    [of('withdrawn', 'stopped', 'refused'), words.totals.closed],
    [of('voided'), words.totals.voided],
    [skipped, words.totals.skipped],
    [erased, words.totals.erased],
  ];
  const shown = parts.filter(([count]) => count > 0).map(([count, text]) => t(text as '{count}', { count }));
  return [t(words.totals.received, { count: received }), ...shown].join(' · ');
}

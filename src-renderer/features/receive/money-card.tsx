import { useState, type ReactNode } from 'react';
import type { Charge } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import { formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { MoneyField } from '../../ui/fields/number-fields.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import type { ChargeChoice, ReceiveForm } from './receive-form.ts';
import { chargeShown, type Preview } from './receive-input.ts';

interface MoneyCardProps {
  readonly form: ReceiveForm;
  readonly preview: Preview | undefined;
  /** Which of the two lines the catalogue has at all. */
  readonly hasLine: Readonly<Record<'fee' | 'levy', boolean>>;
  readonly update: (change: Partial<ReceiveForm>) => void;
}

/** Phí and lệ phí apart, each with its reason. A blank is unknown, not free (settled.md 14). */
export function MoneyCard({ form, preview, hasLine, update }: MoneyCardProps) {
  const [isOpen, setIsOpen] = useState(false);
  // What costs something, or may, comes first.
  const lines = hasLine.levy && !hasLine.fee ? (['levy', 'fee'] as const) : (['fee', 'levy'] as const);
  return (
    <Card className="receive-money">
      {lines.map((line, index) => (
        <div key={line} className={index === 0 ? undefined : 'separator'}>
          <Line label={vi.receive.money[line]} change={index === 0 && preview !== undefined && !isOpen ? <LinkButton label={vi.receive.money.change} onPress={() => setIsOpen(true)} /> : undefined} charge={chargeShown(form[line], preview?.[line])} hasLine={hasLine[line]} choice={form[line]} />
          {(isOpen || form[line].mode !== 'catalogue') && preview !== undefined && (
            <ChargeFields choice={form[line]} onChange={(choice) => update({ [line]: choice })}
              grounds={preview.exemptions.filter((exemption) => exemption.line === line)} />
          )}
        </div>
      ))}
    </Card>
  );
}

interface LineProps {
  readonly label: string;
  readonly charge: Charge | undefined;
  readonly hasLine: boolean;
  readonly choice: ChargeChoice;
  readonly change: ReactNode;
}

function Line({ label, charge, hasLine, choice, change }: LineProps) {
  if (!hasLine && choice.mode === 'catalogue') {
    return <div className="row"><span className="label">{label}</span><span className="small">{change}</span><span className="end muted small">{t(vi.receive.money.notAny, { kind: label.toLocaleLowerCase('vi') })}</span></div>;
  }
  return (
    <>
      <div className="row baseline"><span className="label">{label}</span><span className="small">{change}</span><b className="end receive-sum num">{charge === undefined ? '…' : sumWords(charge)}</b></div>
      {charge !== undefined && <p className="small muted">{reasonWords(charge)}</p>}
    </>
  );
}

function sumWords({ amount }: Charge): string {
  switch (amount.state) {
    case 'due':
      return formatMoney(amount.dong);
    case 'exempt':
      return formatMoney(0);
    case 'unknown':
      return vi.receive.money.unknown;
  }
}

function reasonWords({ amount, explanation }: Charge): string {
  if (amount.state === 'unknown') return amount.note;
  return explanation ?? (amount.state === 'exempt' ? t(vi.receive.money.exempt, { ground: amount.ground }) : '');
}

const MODES = (['catalogue', 'typed', 'exempt', 'later'] as const).map((id) => ({ id, label: vi.receive.money.modes[id] }));

interface ChargeFieldsProps {
  readonly choice: ChargeChoice;
  readonly onChange: (choice: ChargeChoice) => void;
  readonly grounds: Preview['exemptions'];
}

function ChargeFields({ choice, onChange, grounds }: ChargeFieldsProps) {
  const change = (part: Partial<ChargeChoice>) => onChange({ ...choice, ...part });
  const wished = grounds.find(({ ground }) => ground === choice.ground)?.evidenceWished ?? undefined;
  return (
    <div className="receive-side-fields">
      <Select label={vi.receive.money.amount} isLabelHidden options={MODES} value={choice.mode} onChange={(mode) => change({ mode: mode as ChargeChoice['mode'] })} />
      {choice.mode === 'typed' && <MoneyField label={vi.receive.money.amount} value={choice.dong ?? undefined} onChange={(dong) => change({ dong: dong ?? null })}
        error={choice.dong === null ? vi.receive.money.amountMissing : undefined} />}
      {choice.mode === 'exempt' && <ComboBox label={vi.receive.money.ground} options={grounds.map(({ ground }) => ({ id: ground, label: ground }))} value={undefined}
        freeText={choice.ground} onFreeTextChange={(ground) => change({ ground })} onChange={(ground) => { if (ground !== undefined) change({ ground }); }}
        error={choice.ground.trim() === '' ? vi.receive.money.groundMissing : undefined} />}
      {choice.mode === 'exempt' && <TextField label={vi.receive.money.evidence} labelNote={vi.ui.field.optional} hint={wished} lengthMax={500} value={choice.evidence}
        onChange={(evidence) => change({ evidence })} />}
    </div>
  );
}

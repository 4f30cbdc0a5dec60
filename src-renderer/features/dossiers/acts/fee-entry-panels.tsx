import { useState } from 'react';
import type { FeeMeans } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { FEE_KINDS, type FeeKind } from '../../../../src-shared/domain/fees/fee-rule.ts';
import { useCommand } from '../../../client/use-command.ts';
import { formatMoney } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { Checkbox, SegmentedChoice } from '../../../ui/fields/choice-fields.tsx';
import { MoneyField } from '../../../ui/fields/number-fields.tsx';
import { NotesField, TextField } from '../../../ui/fields/text-field.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';
import { EntryPick, useEntryChoice } from './entry-pick.tsx';

const words = vi.fees;
const panel = vi.dossiers.panel;
const MEANS = (['cash', 'transfer'] as const).map((id) => ({ id, label: words.means[id] }));
type Sheet = keyof typeof words.void.sheets;
const SHEETS = (Object.keys(words.void.sheets) as Sheet[]).map((id) => ({ id, label: words.void.sheets[id] }));

/** Why somebody need not pay; evidence is asked for, not forced. */
export function ExemptFeePanel({ dossier, onClose, onDone }: ActPanelProps) {
  const owed = FEE_KINDS.filter((kind) => dossier.fees[kind].standing === 'owed' || dossier.fees[kind].standing === 'unknown');
  const offered = owed.length > 0 ? owed : FEE_KINDS;
  const [kinds, setKinds] = useState<readonly FeeKind[]>(owed);
  const [ground, setGround] = useState('');
  const [evidence, setEvidence] = useState('');
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    if (kinds.length === 0) return;
    const done = await command.run({ id: dossier.id, act: { act: 'exemptFee', kinds: [...kinds], ground: ground.trim(), ...(evidence.trim() !== '' && { evidence: evidence.trim() }) } });
    if (done !== undefined) onDone(vi.dossiers.done.exemptFee, done.dossier);
  }
  return (
    <PanelFrame title={words.exempt.title} explain={words.exempt.explain} saveLabel={words.exempt.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <NotesField label={words.exempt.ground} hint={words.exempt.groundHint} value={ground} onChange={setGround} lengthMax={600} autoFocus error={ground.trim() === '' ? words.exempt.groundMissing : undefined} />
      <TextField label={words.exempt.evidence} labelNote={words.optional} value={evidence} onChange={setEvidence} lengthMax={500} />
      <div {...(kinds.length === 0 && { 'data-wrong': true })}>
        <p className="label">{words.exempt.which}</p>
        <div className="row wide">
          {offered.map((kind) => (
            <Checkbox key={kind} isSelected={kinds.includes(kind)} onChange={(isTicked) => setKinds(isTicked ? [...kinds, kind] : kinds.filter((one) => one !== kind))} isAuto>{words.kinds[kind]}</Checkbox>
          ))}
        </div>
        {kinds.length === 0 && <p className="hint">{words.exempt.none}</p>}
      </div>
    </PanelFrame>
  );
}

/** Money that goes back to the citizen, of one collection. */
export function RefundFeePanel({ dossier, onClose, onDone }: ActPanelProps) {
  const choice = useEntryChoice(dossier.fees.entries.filter(({ left }) => left.charge + left.levy > 0));
  const { entry } = choice;
  const [typed, setTyped] = useState<Partial<Record<FeeKind, number | undefined>>>({});
  const [means, setMeans] = useState<FeeMeans>('cash');
  const [to, setTo] = useState<string>();
  const [reason, setReason] = useState('');
  const command = useCommand('dossiers.act');
  const receiver = to ?? entry?.person ?? '';
  // All that is left, until something else is typed.
  const sums = FEE_KINDS.map((kind) => ({ kind, left: entry?.left[kind] ?? 0, dong: Object.hasOwn(typed, kind) ? typed[kind] : entry?.left[kind] })).filter(({ left }) => left > 0);
  const back = sums.flatMap(({ kind, dong }) => (dong === undefined || dong === 0 ? [] : [{ kind, dong }]));
  async function save(): Promise<void> {
    if (entry === undefined || back.length === 0) return;
    const done = await command.run({ id: dossier.id, act: { act: 'refundFee', collection: entry.id, sums: back, means, to: receiver.trim(), reason: reason.trim() } });
    if (done !== undefined) onDone(vi.dossiers.done.refundFee, done.dossier);
  }
  return (
    <PanelFrame title={words.refund.title} explain={words.refund.explain} saveLabel={words.refund.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <EntryPick label={words.refund.which} choice={choice} />
      <div className="form-grid">
        {sums.map(({ kind, left, dong }) => (
          <MoneyField key={kind} label={words.kinds[kind]} hint={t(words.refund.left, { sum: formatMoney(left) })} value={dong} onChange={(value) => setTyped({ ...typed, [kind]: value })}
            error={dong !== undefined && dong > left ? t(words.refund.tooMuch, { sum: formatMoney(left) }) : back.length === 0 ? words.collect.nothing : undefined} />
        ))}
      </div>
      <NotesField label={panel.reason} value={reason} onChange={setReason} lengthMax={600} autoFocus={choice.isOnly} error={reason.trim() === '' ? panel.reasonMissing : undefined} />
      <div className="form-grid">
        <div className="span-2"><SegmentedChoice label={words.means.back} options={MEANS} value={means} onChange={setMeans} isAuto /></div>
        <div className="span-2"><TextField label={words.refund.to} value={receiver} onChange={setTo} lengthMax={120} isAuto={receiver !== ''} error={receiver.trim() === '' ? words.refund.toMissing : undefined} /></div>
      </div>
    </PanelFrame>
  );
}

/** An entry that was wrong: it never happened. What became of its sheet is asked, with no answer beforehand. */
export function VoidFeePanel({ dossier, onClose, onDone }: ActPanelProps) {
  const choice = useEntryChoice(dossier.fees.entries.filter(({ voidable }) => voidable));
  const { entry } = choice;
  const [reason, setReason] = useState('');
  const [sheet, setSheet] = useState<Sheet>();
  const command = useCommand('dossiers.act');
  const hasSheet = entry?.what === 'collected' && entry.receipt !== null;
  async function save(): Promise<void> {
    if (entry === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'voidFee', entry: entry.id, reason: reason.trim(), ...(hasSheet && sheet !== undefined && { receipt: sheet }) } });
    if (done !== undefined) onDone(vi.dossiers.done.voidFee, done.dossier);
  }
  return (
    <PanelFrame title={words.void.title} explain={words.void.explain} saveLabel={words.void.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <EntryPick label={words.void.which} choice={choice} />
      <NotesField label={panel.reason} value={reason} onChange={setReason} lengthMax={600} autoFocus={choice.isOnly} error={reason.trim() === '' ? panel.reasonMissing : undefined} />
      {hasSheet && <SegmentedChoice label={words.void.sheet} options={SHEETS} value={sheet} onChange={setSheet} error={sheet === undefined ? words.void.sheetMissing : undefined} />}
    </PanelFrame>
  );
}

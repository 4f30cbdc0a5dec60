import { BanknoteArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { DossierView } from '../../../../src-shared/contract/dossier-views.ts';
import type { FeeMeans } from '../../../../src-shared/domain/fees/fee-operations.ts';
import { FEE_KINDS, type FeeKind } from '../../../../src-shared/domain/fees/fee-rule.ts';
import { useCommand } from '../../../client/use-command.ts';
import { formatMoney } from '../../../text/format.ts';
import { t } from '../../../text/t.ts';
import { vi } from '../../../text/vi.ts';
import { SegmentedChoice } from '../../../ui/fields/choice-fields.tsx';
import { MoneyField, NumberField } from '../../../ui/fields/number-fields.tsx';
import { TextField } from '../../../ui/fields/text-field.tsx';
import { Note, Skeleton } from '../../../ui/note.tsx';
import { PanelFrame, type ActPanelProps } from '../act-panel.tsx';
import { EntryPick, useEntryChoice } from './entry-pick.tsx';
import { ReceiptFields, useNextReceipts, useReceiptForm, type NextReceipts, type ReceiptForm } from './receipt-fields.tsx';

const words = vi.fees;
const MEANS = (['cash', 'transfer'] as const).map((id) => ({ id, label: words.means[id] }));
const WHEN = (['now', 'later'] as const).map((id) => ({ id, label: words.sheet[id] }));

/** Money that was taken: what is still due stands there already, the next sheet of the book too; Space and F10 are enough. */
export function CollectFeePanel(props: ActPanelProps) {
  const books = useNextReceipts();
  return books === undefined ? <Skeleton /> : <CollectFee {...props} books={books} />;
}

function CollectFee({ dossier, onClose, onDone, books }: ActPanelProps & { readonly books: NextReceipts }) {
  const form = useCollectForm(dossier, books);
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    const { lines, means, reference, payer, note, when, receipt } = form;
    if (lines.length === 0 || (when === 'now' && receipt.value === undefined)) return;
    const done = await command.run({
      id: dossier.id,
      act: {
        act: 'collectFee', lines: [...lines], means, payer: payer.trim(), receipt: when === 'now' ? receipt.value! : null,
        ...(means === 'transfer' && reference.trim() !== '' && { reference: reference.trim() }), ...(note.trim() !== '' && { note: note.trim() }),
      },
    });
    if (done !== undefined) onDone(vi.dossiers.done.collectFee, done.dossier);
  }
  return (
    <PanelFrame title={words.collect.title} explain={words.collect.explain} saveLabel={words.collect.save} saveIcon={BanknoteArrowUp} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      {form.isPaid && <Note kind="warn">{words.collect.wasPaid}</Note>}
      <div className="form-grid">{form.kinds.map((kind) => <AmountFields key={kind} kind={kind} form={form} balance={dossier.fees[kind]} />)}</div>
      <div className="form-grid">
        <div className="span-2"><SegmentedChoice label={words.means.label} options={MEANS} value={form.means} onChange={(means) => form.change({ means })} isAuto /></div>
        {form.means === 'transfer' && <TextField label={words.collect.reference} labelNote={words.optional} value={form.reference} onChange={(reference) => form.change({ reference })} lengthMax={80} hasFigures />}
        <TextField label={words.collect.payer} value={form.payer} onChange={(payer) => form.change({ payer })} lengthMax={120} isAuto={form.payer !== ''} error={form.payer.trim() === '' ? words.collect.payerMissing : undefined} />
        <div className={form.means === 'cash' ? undefined : 'span-2'}><TextField label={words.collect.note} labelNote={words.optional} value={form.note} onChange={(note) => form.change({ note })} lengthMax={300} isAuto /></div>
      </div>
      {form.when === 'now' ? <ReceiptFields form={form.receipt} autoFocus={form.isKnown} before={<When form={form} />} /> : <div className="form-grid"><When form={form} /></div>}
    </PanelFrame>
  );
}

/** The biên lai now or later; later is said to be remembered. */
function When({ form }: { readonly form: CollectForm }) {
  return <div className="span-2"><SegmentedChoice label={words.sheet.when} options={WHEN} value={form.when} onChange={(when) => form.change({ when })} isAuto hint={form.when === 'later' ? words.sheet.laterHint : undefined} /></div>;
}

type Balance = DossierView['fees']['charge'];

interface CollectDraft {
  readonly dong: Readonly<Record<FeeKind, number | undefined>>;
  readonly quantity: Readonly<Record<FeeKind, number | undefined>>;
  readonly means: FeeMeans;
  readonly reference: string;
  readonly payer: string;
  readonly note: string;
  readonly when: 'now' | 'later';
}

interface CollectForm extends CollectDraft {
  readonly change: (changes: Partial<CollectDraft>) => void;
  readonly receipt: ReceiptForm;
  /** A kind that this procedure does not have is asked for only where it has none at all. */
  readonly kinds: readonly FeeKind[];
  readonly lines: readonly { readonly kind: FeeKind; readonly name: string; readonly quantity: number; readonly dong: number }[];
  /** All that is due is known, so that the first thing to do is to look at the paper. */
  readonly isKnown: boolean;
  readonly isPaid: boolean;
}

function useCollectForm(dossier: DossierView, books: NextReceipts): CollectForm {
  const { charge, levy } = dossier.fees;
  const copies = copiesOf(dossier);
  const [draft, setDraft] = useState<CollectDraft>({
    dong: { charge: stillDue(charge), levy: stillDue(levy) },
    quantity: { charge: copies, levy: copies },
    means: 'cash', reference: '', payer: dossier.submitterName ?? dossier.ownerName, note: '', when: 'now',
  });
  const receipt = useReceiptForm(books);
  const lines = FEE_KINDS.flatMap((kind) => {
    const dong = draft.dong[kind];
    return dong === undefined || dong === 0 ? [] : [{ kind, name: dossier.content.procedure.name.slice(0, 200), quantity: draft.quantity[kind] ?? 1, dong }];
  });
  const asked = FEE_KINDS.filter((kind) => dossier.fees[kind].standing !== 'none');
  return {
    ...draft, lines, receipt,
    kinds: asked.length > 0 ? asked : FEE_KINDS,
    change: (changes) => setDraft({ ...draft, ...changes }),
    isKnown: [charge, levy].some(({ standing }) => standing === 'owed') && [charge, levy].every(({ standing }) => standing !== 'unknown'),
    isPaid: [charge, levy].every(({ standing }) => standing === 'none' || standing === 'settled' || standing === 'over') && [charge, levy].some(({ paidDong }) => paidDong > 0),
  };
}

function stillDue({ openDong }: Balance): number | undefined {
  return openDong === null || openDong === 0 ? undefined : openDong;
}

/** The copies of the certification table, or those that were asked for. */
function copiesOf({ content }: DossierView): number {
  const copies = content.documents.reduce((sum, document) => sum + document.copies, 0);
  const asked = Number(content.fields['copies'] ?? '');
  return copies > 0 ? copies : Number.isInteger(asked) && asked > 0 && asked <= 100_000 ? asked : 1;
}

/** Phí and lệ phí apart, each with how many it is for. */
function AmountFields({ kind, form, balance }: { readonly kind: FeeKind; readonly form: CollectForm; readonly balance: Balance }) {
  const { dong, quantity } = form;
  const isAsked = balance.standing === 'owed' || balance.standing === 'unknown';
  const hint = balance.standing === 'unknown' ? words.amountUnknown
    : balance.exemptBy !== null ? t(words.card.exempt, { ground: balance.exemptBy })
    : t(words.amountHint, { due: formatMoney(balance.dueDong ?? 0), paid: formatMoney(balance.paidDong) });
  return (
    <>
      <MoneyField label={words.kinds[kind]} hint={hint} value={dong[kind]} onChange={(typed) => form.change({ dong: { ...dong, [kind]: typed } })} isAuto={!isAsked || dong[kind] !== undefined}
        autoFocus={!form.isKnown && kind === firstToType(form)} error={form.lines.length === 0 && kind === form.kinds.at(-1) ? words.collect.nothing : undefined} />
      <NumberField label={words.quantity} min={1} max={100_000} value={quantity[kind]} onChange={(typed) => form.change({ quantity: { ...quantity, [kind]: typed } })} isAuto />
    </>
  );
}

function firstToType({ dong, kinds }: CollectForm): FeeKind | undefined {
  return kinds.find((kind) => dong[kind] === undefined) ?? kinds[0];
}

/** The biên lai of money that was taken without one. */
export function IssueFeeReceiptPanel(props: ActPanelProps) {
  const books = useNextReceipts();
  return books === undefined ? <Skeleton /> : <IssueFeeReceipt {...props} books={books} />;
}

function IssueFeeReceipt({ dossier, onClose, onDone, books }: ActPanelProps & { readonly books: NextReceipts }) {
  const choice = useEntryChoice(dossier.fees.entries.filter(({ what, voided, receipt }) => what === 'collected' && voided === null && receipt === null));
  const receipt = useReceiptForm(books);
  const command = useCommand('dossiers.act');
  async function save(): Promise<void> {
    if (choice.entry === undefined || receipt.value === undefined) return;
    const done = await command.run({ id: dossier.id, act: { act: 'issueFeeReceipt', collection: choice.entry.id, receipt: receipt.value } });
    if (done !== undefined) onDone(vi.dossiers.done.issueFeeReceipt, done.dossier);
  }
  return (
    <PanelFrame title={words.issue.title} saveLabel={words.issue.save} onSave={() => void save()} onClose={onClose} error={command.error} isRunning={command.isRunning}>
      <EntryPick label={words.issue.which} choice={choice} />
      <ReceiptFields form={receipt} autoFocus={choice.isOnly} />
    </PanelFrame>
  );
}

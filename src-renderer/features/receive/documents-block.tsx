import { useMemo, useState } from 'react';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { explainPageRule } from '../../../src-shared/domain/fees/fee.ts';
import { foldedWords } from '../../../src-shared/lib/vietnamese-text.ts';
import { formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button } from '../../ui/button.tsx';
import { Block, type StepState } from '../../ui/card.tsx';
import { SegmentedChoice, Checkbox } from '../../ui/fields/choice-fields.tsx';
import { ComboBox } from '../../ui/fields/combo-box.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Select } from '../../ui/fields/select.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { CountField } from './count-field.tsx';
import { RequestField } from './fields-block.tsx';
import { documentKinds, filledRows, isComplete, pageLine, parseCopies, rowFee, type DocumentKind, type RememberedPages } from './receive-documents.ts';
import type { DocumentRow, ReceiveForm } from './receive-form.ts';
import { resultName } from './receive-input.ts';

interface DocumentsBlockProps {
  readonly form: ReceiveForm;
  readonly procedure: Procedure;
  readonly rememberedPages: RememberedPages;
  readonly update: (change: Partial<ReceiveForm>) => void;
  readonly state: StepState;
}

/** Block 3 of a certification: the documents of one sitting as a table; the last row is always an empty offer. */
export function DocumentsBlock({ form, procedure, rememberedPages, update, state }: DocumentsBlockProps) {
  const kinds = useMemo(() => documentKinds(vi.receive.documents.usual, rememberedPages), [rememberedPages]);
  const rows = withOffer(form.documents);
  const filled = filledRows(rows);
  const change = (row: DocumentRow) => update({ documents: withOffer(rows.map((other) => (other.id === row.id ? row : other))) });
  return (
    <Block step={3} state={state} label={vi.receive.documents.block} hasKey>
      <div className="row"><span className="label grow">{vi.receive.documents.block}</span><span className="muted small receive-wide-only">{vi.receive.documents.hint}</span></div>
      <table className="table framed receive-documents" aria-label={vi.receive.documents.block}>
        <thead>
          <tr>
            <th scope="col" className="receive-document-name">{vi.receive.documents.name}</th>
            <th scope="col" className="centre receive-figure">{vi.receive.documents.pages}</th>
            <th scope="col" className="centre receive-figure">{vi.receive.documents.copies}</th>
            <th scope="col" className="right receive-sum-column">{vi.receive.documents.sum}</th>
            <th scope="col" className="receive-remove"><span className="visually-hidden">{vi.receive.documents.remove}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <DocumentLine key={row.id} row={row} kinds={kinds} onChange={change} sum={sumOf(procedure, form, row)}
              isFirst={index === 0} isOffer={index === rows.length - 1}
              onRemove={() => update({ documents: rows.filter((other) => other.id !== row.id) })} />
          ))}
        </tbody>
        <tfoot><tr><td colSpan={5} className="small"><Totals form={form} procedure={procedure} rows={filled} /></td></tr></tfoot>
      </table>
      <p className="small muted receive-quick">{vi.receive.documents.quick}</p>
      <ReturnChoice form={form} procedure={procedure} update={update} />
    </Block>
  );
}

function withOffer(rows: readonly DocumentRow[]): DocumentRow[] {
  const last = rows.at(-1);
  if (last !== undefined && last.name.trim() === '' && last.copies === null) return [...rows];
  return [...rows, { id: String(Math.max(0, ...rows.map(({ id }) => Number(id))) + 1), name: '', pages: null, copies: null }];
}

function sumOf(procedure: Procedure, form: ReceiveForm, row: DocumentRow): string {
  const fee = rowFee(procedure, form.channel, row);
  return fee?.amount.state === 'due' ? formatMoney(fee.amount.dong) : '–';
}

function Totals({ form, procedure, rows }: { readonly form: ReceiveForm; readonly procedure: Procedure; readonly rows: readonly DocumentRow[] }) {
  const rule = pageLine(procedure, form.channel)?.amounts[form.channel];
  const whole = rows.filter(isComplete);
  const copies = whole.reduce((sum, row) => sum + (row.copies ?? 0), 0);
  return (
    <div className="row">
      <span className="grow">{rule?.rule === 'certified_pages' ? explainPageRule(rule) : ''}</span>
      {whole.length > 1 && <b className="nowrap">{t(vi.receive.documents.total, { documents: whole.length, copies })}</b>}
    </div>
  );
}

interface DocumentLineProps {
  readonly row: DocumentRow;
  readonly kinds: readonly DocumentKind[];
  readonly sum: string;
  readonly isFirst: boolean;
  readonly isOffer: boolean;
  readonly onChange: (row: DocumentRow) => void;
  readonly onRemove: () => void;
}

function DocumentLine({ row, kinds, sum, isFirst, isOffer, onChange, onRemove }: DocumentLineProps) {
  const isEmpty = row.name.trim() === '' && row.copies === null;
  const options = kinds.map(({ name, pages }) => ({ id: name, label: name, keywords: initialsOf(name), end: t(vi.receive.documents.pageCount, { count: pages }) }));
  const pagesOf = (name: string) => kinds.find((kind) => kind.name === name)?.pages;
  return (
    <tr>
      <td className="receive-document-name">
        <ComboBox label={vi.receive.documents.name} isLabelHidden options={options} value={undefined} freeText={row.name}
          placeholder={isFirst ? undefined : vi.receive.documents.next}
          onFreeTextChange={(name) => onChange({ ...row, name })}
          onChange={(name) => { if (name !== undefined) onChange({ ...row, name, pages: pagesOf(name) ?? row.pages }); }}
          onBlur={() => { if (row.name.trim() !== '' && row.pages === null) onChange({ ...row, pages: pagesOf(row.name.trim()) ?? 1 }); }}
          error={nameProblem(row, isFirst)} />
      </td>
      <td className="centre">
        <div className="receive-cell">
          <CountField label={vi.receive.documents.pages} isLabelHidden size="cell" isAuto max={2_000} value={row.pages}
            onChange={(pages) => onChange({ ...row, pages })} error={!isEmpty && row.name.trim() !== '' && row.copies !== null && row.pages === null ? vi.receive.documents.pagesMissing : undefined} />
        </div>
      </td>
      <td className="centre"><div className="receive-cell">{!(isEmpty && !isFirst) && <CopiesField row={row} onChange={onChange} />}</div></td>
      <td className="right num"><b>{sum}</b></td>
      <td className="right">{!isOffer && <Button kind="quiet" label={vi.receive.documents.remove} onPress={onRemove} />}</td>
    </tr>
  );
}

/** `bang tn`, `giay ks`: clerks type the first letters of words, from any word to any other. */
function initialsOf(name: string): string {
  const letters = foldedWords(name).map((word) => word.charAt(0)).join('');
  return Array.from(letters, (_, at) => letters.slice(at)).join(' ');
}

function nameProblem(row: DocumentRow, isFirst: boolean): string | undefined {
  if (row.name.trim() !== '') return undefined;
  if (row.copies !== null) return vi.receive.documents.nameMissing;
  return isFirst ? vi.receive.documents.missing : undefined;
}

/** `3`, or `2x3`: two pages, three copies. */
function CopiesField({ row, onChange }: { readonly row: DocumentRow; readonly onChange: (row: DocumentRow) => void }) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (row.copies === null ? '' : String(row.copies));
  const isUnreadable = parseCopies(text) === null;
  return (
    <TextField label={vi.receive.documents.copies} help={vi.receive.documents.quick} isLabelHidden size="cell" hasFigures value={text} lengthMax={9}
      onChange={(next) => {
        setTyped(next);
        const read = parseCopies(next);
        if (read !== null) onChange({ ...row, copies: read.copies ?? null, ...(read.pages !== undefined && { pages: read.pages }) });
      }}
      onBlur={() => { if (!isUnreadable) setTyped(undefined); }}
      error={isUnreadable ? vi.receive.documents.copiesUnreadable : row.name.trim() !== '' && row.copies === null ? vi.receive.documents.copiesMissing : undefined} />
  );
}

const RECEIPT_OPTIONS = [{ id: 'with', label: vi.receive.documents.withReceipt }, { id: 'without', label: vi.receive.documents.withoutReceipt }] as const;

/** With or without a receipt; "4 tại chỗ" where the catalogue says that all of it happens at one counter. */
function ReturnChoice({ form, procedure, update }: Pick<DocumentsBlockProps, 'form' | 'procedure' | 'update'>) {
  return (
    <div className="receive-return separator">
      <SegmentedChoice label={vi.receive.documents.receipt} isAuto options={RECEIPT_OPTIONS} value={form.receiptWanted ? 'with' : 'without'}
        onChange={(id) => update({ receiptWanted: id === 'with' })} />
      <div className="grow"><RequestField form={form} procedure={procedure} update={update} /></div>
      {procedure.fourOnTheSpot === true && <OnTheSpot form={form} procedure={procedure} update={update} />}
    </div>
  );
}

/** Receive to return on one screen: what is handed out, and to whom. */
export function OnTheSpot({ form, procedure, update }: Pick<DocumentsBlockProps, 'form' | 'procedure' | 'update'>) {
  const receivers = form.other === 'none' ? [] : [
    { id: 'owner', label: vi.receive.people.owner },
    { id: form.other, label: vi.receive.people[form.other] },
  ];
  const choose = (isOnTheSpot: boolean) => update({ isOnTheSpot, receiptWanted: !isOnTheSpot });
  useKeys([{ combo: 'Alt+5', label: vi.receive.documents.onTheSpot, order: 86, run: () => choose(!form.isOnTheSpot) }]);
  return (
    <div className="receive-spot">
      <Checkbox isAuto isSelected={form.isOnTheSpot} onChange={choose}>
        {vi.receive.documents.onTheSpot} <KeyCap combo="Alt+5" isDecoration />
      </Checkbox>
      {form.isOnTheSpot && <TextField label={vi.receive.documents.resultSummary} isAuto lengthMax={600} value={form.resultSummary === '' ? resultName(procedure) : form.resultSummary}
        onChange={(resultSummary) => update({ resultSummary })} />}
      {form.isOnTheSpot && receivers.length > 0 && <Select label={vi.receive.documents.receiver} isAuto options={receivers} value={form.receiverIs}
        onChange={(id) => update({ receiverIs: id as ReceiveForm['receiverIs'] })} />}
    </div>
  );
}

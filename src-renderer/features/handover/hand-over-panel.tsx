import { FileCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DossierView } from '../../../src-shared/contract/dossier-views.ts';
import { peopleOf } from '../../../src-shared/domain/dossiers/dossier-people.ts';
import { FEE_KINDS } from '../../../src-shared/domain/fees/fee-rule.ts';
import { checkIdNumber } from '../../../src-shared/domain/persons/id-number.ts';
import type { CardPerson } from '../../../src-shared/domain/persons/card-text.ts';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { onCardScan } from '../../client/card-scan.ts';
import { useCommand } from '../../client/use-command.ts';
import { hasDisputedResult } from '../../text/dossier-due.ts';
import { openScreen } from '../../router/router.ts';
import { formatDate, formatMoney } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SegmentedChoice } from '../../ui/fields/choice-fields.tsx';
import { IdNumberField } from '../../ui/fields/number-fields.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormScope, useFormScope, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { Note } from '../../ui/note.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { openConflictIds, receiverOfCard, type ReceiverIs } from './receiver.ts';

const words = vi.handOver;
type Shown = keyof typeof words.shownOptions;
type How = keyof typeof words.hows;

interface HandOverPanelProps {
  readonly dossier: DossierView;
  readonly onOpenDossier: () => void;
  readonly onDone: (receiver: string) => void;
}

/** To whom, recognised how, given how (ux.md §8, sentence 29): digit, Enter, F10. */
export function HandOverPanel({ dossier, onOpenDossier, onDone }: HandOverPanelProps) {
  const form = useHandOverForm(dossier, onDone);
  const handle = useRef<FormScopeHandle>(null);
  const [errorsLeft, setErrorsLeft] = useState(0);
  const act = dossier.acts.find((one) => one.act === 'handOver');
  // An open conflict about the result is no wall: the officer is told and may hand over all the same.
  const isBlocked = act?.possible === false && !hasDisputedResult(dossier);
  function save(): void {
    const count = handle.current?.revealErrors() ?? 0;
    setErrorsLeft(count);
    if (count === 0) void form.save();
  }
  if (isBlocked) {
    return (
      <Card title={dossier.content.owner.name}>
        <div className="stack">
          <Note kind="warn" title={words.notReady}>{act.why ?? ''}</Note>
          <LinkButton label={words.openDossier} onPress={onOpenDossier} />
        </div>
      </Card>
    );
  }
  return (
    <Card title={dossier.content.owner.name} aside={dossier.code} className="hand-over-panel">
      <FormScope handle={handle} className="stack">
        <ResultLines dossier={dossier} onOpenDossier={onOpenDossier} />
        {form.conflicts.length > 0 && (
          <Note kind="warn" title={words.conflict.title}>
            <p>{words.conflict.explain}</p>
            <LinkButton label={words.conflict.open} onPress={onOpenDossier} />
          </Note>
        )}
        <UnpaidFees dossier={dossier} />
        <Receiver form={form} />
        <Recognised form={form} />
        {form.conflicts.length > 0 && <Despite isTicked={form.isDespite} onChange={form.setIsDespite} />}
        {form.error !== undefined && <Note kind="bad" errorCode={form.error.code}>{form.error.sentence}</Note>}
        {errorsLeft > 0 && <Note kind="bad">{t(vi.ui.form.errorsLeft, { count: errorsLeft })}</Note>}
        <div className="panel-foot">
          <Button kind="main" label={words.save} icon={FileCheck} combo="F10" keyOrder={12} isMainAction onPress={save} />
        </div>
      </FormScope>
    </Card>
  );
}

/** As the citizen asked for it at reception. */
function askedHow({ content }: DossierView): How {
  return content.delivery.by === 'post' || content.delivery.by === 'online' ? content.delivery.by : 'counter';
}

type HandOverForm = ReturnType<typeof useHandOverForm>;

function useHandOverForm(dossier: DossierView, onDone: (receiver: string) => void) {
  const known = peopleOf(dossier.content);
  const conflicts = openConflictIds(dossier);
  const [receiverIs, setReceiverIs] = useState<ReceiverIs>();
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const [shown, setShown] = useState<Shown>();
  const [how, setHow] = useState<How>(() => askedHow(dossier));
  const [postOrder, setPostOrder] = useState('');
  const [isDespite, setIsDespite] = useState(false);
  const command = useCommand('dossiers.act');
  const chosen = known.find((one) => one.is === receiverIs);

  /** Who is known brings the number along; what is typed afterwards counts. */
  function choose(is: ReceiverIs): void {
    setReceiverIs(is);
    setIdNumber(known.find((one) => one.is === is)?.person.idNumber ?? '');
  }
  const scanProblem = useReceiverScan((card) => {
    setReceiverIs(receiverOfCard(known, card)?.is ?? 'other');
    setName(card.name);
    setIdNumber(card.idNumber);
  });
  async function save(): Promise<void> {
    if (receiverIs === undefined || (how === 'counter' && shown === undefined)) return;
    const base: Person = chosen?.person ?? { type: 'individual', name: name.trim() };
    const { idNumber: _old, ...person } = base;
    const receiver: Person = idNumber === '' ? person : { ...person, idKind: base.idKind ?? 'citizenId', idNumber };
    const done = await command.run({
      id: dossier.id,
      act: {
        act: 'handOver', receiver, receiverIs, how, shown: how === 'counter' && shown !== undefined ? words.shownOptions[shown] : '', despiteConflicts: [...conflicts],
        ...(how === 'post' && { postOrder: postOrder.trim() }),
      },
    });
    if (done !== undefined) onDone(receiver.name);
  }
  const idFinding = idNumber === '' ? undefined : checkIdNumber({ idKind: chosen?.person.idKind ?? 'citizenId', idNumber }).find((one) => one.severity === 'error');
  return {
    known, conflicts, receiverIs, choose, name, setName, idNumber, setIdNumber, shown, setShown, how, setHow, postOrder, setPostOrder, isDespite, setIsDespite, save, scanProblem,
    error: command.error,
    idProblem: idFinding === undefined ? undefined : t(words.idLength, { digits: idNumber.length }),
  };
}

/** The receiver's card, read into this panel whatever has the cursor. Gives what to say when the reading failed. */
function useReceiverScan(onCard: (card: CardPerson) => void): string | undefined {
  const latest = useRef(onCard);
  latest.current = onCard;
  const [problem, setProblem] = useState<string>();
  useEffect(() => onCardScan({
    read: (scan) => {
      setProblem(scan.ok ? undefined : t(words.scanIncomplete));
      if (scan.ok) latest.current(scan.value);
    },
  }), []);
  return problem;
}

/** A warning, never a wall: the result is handed over all the same. */
function UnpaidFees({ dossier: { id, fees } }: { readonly dossier: DossierView }) {
  const open = FEE_KINDS.filter((kind) => fees[kind].standing === 'owed' || fees[kind].standing === 'unknown');
  if (open.length === 0) return null;
  return (
    <Note kind="warn" title={vi.fees.handOver.title}>
      {open.map((kind) => {
        const { openDong } = fees[kind];
        return <p key={kind}>{openDong === null ? t(vi.fees.handOver.unknown, { kind: vi.fees.kinds[kind] }) : t(vi.fees.handOver.line, { kind: vi.fees.kinds[kind], sum: formatMoney(openDong) })}</p>;
      })}
      <p><LinkButton label={vi.fees.handOver.go} onPress={() => openScreen({ name: 'dossier', dossierId: id, panel: 'collectFee' })} /> · {vi.fees.handOver.anyway}</p>
    </Note>
  );
}

function ResultLines({ dossier, onOpenDossier }: { readonly dossier: DossierView; readonly onOpenDossier: () => void }) {
  const { result } = dossier;
  return (
    <div>
      <p className="detail">{dossier.content.procedure.name}</p>
      {result !== null && (
        <p>
          <b>{result.summary}</b>
          {result.number !== undefined && <span className="num"> · {t(words.resultLine, { number: result.number, date: result.date === undefined ? '' : formatDate(result.date) })}</span>}
        </p>
      )}
      <LinkButton label={words.openDossier} onPress={onOpenDossier} />
    </div>
  );
}

/** Nobody is chosen beforehand: a paper in the wrong hands cannot be called back. */
function Receiver({ form }: { readonly form: HandOverForm }) {
  const { moveOn } = useFormScope();
  const items = [
    ...form.known.map(({ is, person }, index) => ({
      id: is, label: <b>{person.name}</b>, digit: index + 1,
      note: is === 'owner' ? words.receivers.ownerNote : is === 'submitter' ? words.receivers.submitterNote : words.receivers.authorisedNote,
    })),
    { id: 'other', label: words.receivers.other, note: words.receivers.otherNote, digit: form.known.length + 1, isSetApart: true },
  ];
  return (
    <>
      <div className="hand-over-to" {...(form.receiverIs === undefined && { 'data-wrong': true })}>
        <p className="label">{words.to}</p>
        <PickList label={words.to} mode="at-once" columns={2} autoFocus items={items} selectedId={form.receiverIs} autoFocusId={form.receiverIs} onPick={(id) => {
          form.choose(id as ReceiverIs);
          // The choice may bring the field for the name; Enter moves on to it once it is there.
          setTimeout(moveOn, 0);
        }} />
        <p className="hint">{words.toHint}</p>
        {form.scanProblem !== undefined && <Note kind="warn">{form.scanProblem}</Note>}
      </div>
      <div className="hand-over-fields">
        {form.receiverIs === 'other' && <TextField label={words.name} value={form.name} onChange={form.setName} lengthMax={120} error={form.name.trim() === '' ? words.nameMissing : undefined} />}
        <IdNumberField label={words.idNumber} labelNote={words.optional} value={form.idNumber} onChange={form.setIdNumber} error={form.idProblem} />
      </div>
    </>
  );
}

function Recognised({ form }: { readonly form: HandOverForm }) {
  const options = (Object.keys(words.shownOptions) as Shown[]).map((id) => ({ id, label: words.shownOptions[id] }));
  const hows = (Object.keys(words.hows) as How[]).map((id) => ({ id, label: words.hows[id] }));
  return (
    <>
      <SegmentedChoice label={words.how} options={hows} value={form.how} onChange={form.setHow} isAuto />
      {form.how === 'counter' && (
        <SegmentedChoice label={words.shown} options={options} value={form.shown} onChange={form.setShown} error={form.shown === undefined ? words.shownMissing : undefined} />
      )}
      {form.how === 'post' && <TextField label={words.postOrder} value={form.postOrder} onChange={form.setPostOrder} lengthMax={60} hasFigures error={form.postOrder.trim() === '' ? words.postMissing : undefined} />}
    </>
  );
}

function Despite({ isTicked, onChange }: { readonly isTicked: boolean; readonly onChange: (isTicked: boolean) => void }) {
  return (
    <div {...(!isTicked && { 'data-wrong': true })}>
      <Checkbox isSelected={isTicked} onChange={onChange}>{words.conflict.despite}</Checkbox>
      {!isTicked && <p className="hint">{words.conflict.missing}</p>}
    </div>
  );
}

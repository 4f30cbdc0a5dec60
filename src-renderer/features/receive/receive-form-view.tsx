import { Check, FileText, Printer, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import type { ScreenError } from '../../client/core-client.ts';
import { DraftState } from '../../frame/draft-state.tsx';
import { Screen } from '../../frame/screen.tsx';
import { openScreen, replaceScreen } from '../../router/router.ts';
import { formatTime } from '../../text/format.ts';
import { t } from '../../text/t.ts';
import { vi } from '../../text/vi.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import type { StepState } from '../../ui/card.tsx';
import { useErrorsLeft, type FormScopeHandle } from '../../ui/keyboard/form-scope.tsx';
import { focusBlock } from '../../ui/keyboard/focus-order.ts';
import { useKeys } from '../../ui/keyboard/use-keys.ts';
import { Note } from '../../ui/note.tsx';
import { AppointmentCard } from './appointment-card.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { DocumentsBlock, OnTheSpot } from './documents-block.tsx';
import { FieldsBlock } from './fields-block.tsx';
import { MoneyCard } from './money-card.tsx';
import { PapersBlock } from './papers-block.tsx';
import { PersonBlock } from './person-block.tsx';
import { ProcedureBlock } from './procedure-block.tsx';
import { filledRows, isComplete } from './receive-documents.ts';
import { hasContent, type ReceiveForm } from './receive-form.ts';
import { shownWarnings } from './receive-input.ts';
import { needsOf } from './receive-papers.ts';
import type { ReceiveSession, ReceiveState } from './receive-session.ts';
import { RefusePanel, sendRefusal, startRefuse, type RefuseForm } from './refuse-panel.tsx';
import { ScanNotice } from './scan-notice.tsx';
import { useCardScans, useCopyPrevious, useFormFocus, useStart } from './use-receive-form.ts';
import { isLoud, QuietWarnings, Warnings } from './warnings.tsx';

interface ReceiveFormViewProps {
  readonly session: ReceiveSession;
  readonly procedureCode: string | undefined;
  readonly samePersonAs: string | undefined;
}

export function ReceiveFormView({ session, procedureCode, samePersonAs }: ReceiveFormViewProps) {
  const state = useStore(session.store);
  const { form, procedure } = state;
  const handle = useRef<FormScopeHandle>(null);
  const refusing = useRefusal(session);
  const { errorCount, save } = useSaving(session, handle, refusing);
  useStart(session, { procedureCode, samePersonAs });
  useFormFocus(session);
  useCardScans(session);
  useCopyPrevious(session);
  // The next person: this form stays a draft, Esc comes back to it. An empty form is the next person's already.
  useKeys([{ combo: 'F2', label: vi.receive.newForm, order: 90, run: () => { if (hasContent(form)) openScreen({ name: 'receive' }); } }]);
  if (refusing.done !== undefined) return <TurnedAway words={refusing.done} />;
  const steps = stepStates(state);
  const today = officeDate(form.openedAt);
  return (
    <Screen title={vi.receive.title} form={handle} className="receive"
      status={<span className="row wide"><span className="muted small num-words">{t(vi.receive.openedAt, { time: formatTime(form.openedAt) })}</span>
        {state.phase !== 'new' && <DraftState isKept={state.phase === 'kept'} />}</span>}
      side={<Side session={session} state={state} />}
      actions={<Actions state={state} refusing={refusing} errorCount={errorCount} onSave={() => void save()} />}>
      <ScanNotice session={session} scan={state.scan} />
      {refusing.refusal !== undefined && <RefusePanel handle={refusing.handle} refusal={refusing.refusal} form={form} onChange={refusing.change} />}
      <ProcedureBlock key={`procedure-${form.procedureCode}-${state.epoch}`} code={form.procedureCode} name={form.procedureName} procedure={procedure} autoFocus={!state.isRestored}
        onChoose={session.chooseProcedure} />
      <PersonBlock key={`person-${state.epoch}`} form={form} update={session.update} today={today} state={steps.people} isCertification={procedure?.certification === true} />
      {procedure?.certification === true && <DocumentsBlock key={`documents-${state.epoch}`} form={form} procedure={procedure} rememberedPages={state.rememberedPages} update={session.update} state={steps.content} />}
      {procedure?.certification === false && <FieldsBlock key={`fields-${procedure.code}-${state.epoch}`} form={form} procedure={procedure} today={today} update={session.update} state={steps.content} />}
      {procedure?.certification === false && refusing.refusal === undefined && (
        <PapersBlock key={`papers-${procedure.code}-${state.epoch}`} papers={form.papers} onChange={(papers) => session.update({ papers })} state={steps.papers} />
      )}
      {procedure?.certification === false && procedure.fourOnTheSpot === true && refusing.refusal === undefined && <OnTheSpot form={form} procedure={procedure} update={session.update} />}
    </Screen>
  );
}

function Side({ session, state }: { readonly session: ReceiveSession; readonly state: ReceiveState }) {
  const { form, procedure, preview } = state;
  const warnings = procedure === undefined ? [] : shownWarnings(form, procedure, preview);
  const hasLine = (kind: 'charge' | 'levy') => procedure?.fees.some((line) => line.kind === kind) ?? false;
  return (
    <>
      {state.phase === 'stale' && (
        <Note kind="warn">
          <p>{vi.receive.draftStale}</p>
          <div className="row wide wraps">
            <LinkButton label={vi.receive.draftKeepThis} onPress={session.overwriteDraft} />
            <LinkButton label={vi.receive.draftTakeOther} onPress={() => {
              session.forget();
              // Another component for the same draft: it is read again from the core.
              replaceScreen({ name: 'today' });
              replaceScreen({ name: 'receive', draftId: session.draftId });
            }} />
          </div>
        </Note>
      )}
      {state.phase === 'gone' && (
        <Note kind="warn"><p>{vi.receive.draftGone}</p><LinkButton label={vi.receive.newForm} onPress={() => openScreen({ name: 'receive' })} /></Note>
      )}
      <Warnings warnings={warnings.filter(isLoud)} />
      {/* F6 comes here from the papers: date, sums and delivery are changed by keyboard too. */}
      <div className="receive-consequences" data-block="5" tabIndex={-1}>
        <AppointmentCard key={`appointment-${state.epoch}`} form={form} procedure={procedure} preview={preview} ownAppointment={state.ownAppointment} update={session.update} today={officeDate(form.openedAt)} />
        {procedure !== undefined && <MoneyCard key={`money-${procedure.code}-${state.epoch}`} form={form} preview={preview} hasLine={{ fee: hasLine('charge'), levy: hasLine('levy') }} update={session.update} />}
        {procedure !== undefined && <DeliveryCard key={`delivery-${state.epoch}`} form={form} update={session.update} />}
      </div>
      <QuietWarnings warnings={warnings.filter((warning) => !isLoud(warning))} />
    </>
  );
}

interface ActionsProps {
  readonly state: ReceiveState;
  readonly refusing: Refusing;
  readonly errorCount: number;
  readonly onSave: () => void;
}

function Actions({ state, refusing, errorCount, onSave }: ActionsProps) {
  const { form, isSaving, saveError } = state;
  const error = refusing.error ?? saveError;
  const label = isSaving || refusing.isSending ? vi.receive.saving : saveLabel(form, refusing.refusal !== undefined);
  return (
    <>
      {errorCount > 0 && <Note kind="bad">{t(vi.ui.form.errorsLeft, { count: errorCount })}</Note>}
      {error !== undefined && (
        <Note kind="bad" errorCode={error.code}>
          <p>{error.code === 'dossiers.keyReused' ? t(vi.receive.savedBefore) : error.sentence}</p>
          {error.code === 'dossiers.keyReused' && <LinkButton label={vi.receive.seeDossiers} onPress={() => openScreen({ name: 'dossiers' })} />}
        </Note>
      )}
      <Button kind="main" isTall isMainAction label={label} combo="F10" keyOrder={70} icon={form.receiptWanted && refusing.refusal === undefined ? Printer : Check} onPress={onSave} />
      {refusing.refusal === undefined
        ? form.procedureCode !== '' && <Button label={vi.receive.turnAway} combo="F7" keyOrder={71} icon={FileText} onPress={refusing.start} />
        : <Button label={vi.receive.refuse.back} combo="F7" keyOrder={71} icon={Undo2} onPress={refusing.stop} />}
    </>
  );
}

function saveLabel(form: ReceiveForm, isRefusing: boolean): string {
  if (isRefusing) return vi.receive.refuse.save;
  if (form.isOnTheSpot) return vi.receive.saveAndReturn;
  return form.receiptWanted ? vi.receive.save : vi.receive.saveOnly;
}

/** F10: first the errors, then the core; the first of two quick presses counts. */
function useSaving(session: ReceiveSession, handle: { readonly current: FormScopeHandle | null }, refusing: Refusing) {
  const errors = useErrorsLeft();
  async function save(): Promise<void> {
    if (session.store.getState().isSaving || refusing.isSending) return;
    if (errors.reveal((refusing.refusal === undefined ? handle : refusing.handle).current) > 0) return;
    if (refusing.refusal !== undefined) {
      await refusing.send();
      return;
    }
    const dossierId = await session.save();
    if (dossierId !== undefined) replaceScreen({ name: 'received', dossierId });
  }
  return { errorCount: errors.count, save };
}

interface Refusing {
  /** Turning away needs only what its own panel asks. */
  readonly handle: { current: FormScopeHandle | null };
  readonly refusal: RefuseForm | undefined;
  readonly error: ScreenError | undefined;
  readonly isSending: boolean;
  readonly done: string | undefined;
  readonly start: () => void;
  readonly stop: () => void;
  readonly change: (refusal: RefuseForm) => void;
  readonly send: () => Promise<void>;
}

function useRefusal(session: ReceiveSession): Refusing {
  const [refusal, setRefusal] = useState<RefuseForm>();
  const [error, setError] = useState<ScreenError>();
  const [isSending, setIsSending] = useState(false);
  const [done, setDone] = useState<string>();
  const handle = useRef<FormScopeHandle>(null);
  const before = useRef<Element>(null);
  const stop = () => setRefusal(undefined);
  useEffect(() => {
    if (refusal !== undefined || before.current === null) return;
    const { block } = session.store.getState().form;
    // The papers were away meanwhile: then the cursor goes to the start of the block that it was in.
    const place = before.current.isConnected ? before.current : document.querySelector(`[data-block="${block}"]`);
    before.current = null;
    if (place instanceof HTMLElement) focusOrEnter(place);
  }, [refusal, session]);
  useKeys(refusal === undefined ? [] : [{ combo: 'Esc', label: vi.frame.back, run: stop, listed: 'bar', order: 45 }]);
  return {
    handle, refusal, error, isSending, done, stop,
    start: () => {
      before.current = document.activeElement;
      setRefusal(startRefuse(session.store.getState().form));
    },
    change: setRefusal,
    async send() {
      if (refusal === undefined || isSending) return;
      const { form } = session.store.getState();
      setIsSending(true);
      const refused = await sendRefusal(refusal, form, session.draftId);
      setIsSending(false);
      setError(refused);
      if (refused !== undefined) return;
      session.forget();
      const name = form.owner.name.trim() === '' ? vi.receive.refuse.nobody : form.owner.name.trim();
      setDone(t(refusal.kind === 'refused' ? vi.receive.refuse.doneRefused : vi.receive.refuse.doneGuided, { name }));
    },
  };
}

function focusOrEnter(place: HTMLElement): void {
  if (place.matches('[data-block]')) focusBlock(place);
  else place.focus();
}

function TurnedAway({ words }: { readonly words: string }) {
  return (
    <Screen title={vi.receive.title}>
      <div className="stack receive-turned-away">
        <Note kind="good">{words}</Note>
        <div><Button kind="main" label={vi.receive.refuse.next} combo="F2" autoFocus onPress={() => replaceScreen({ name: 'receive' })} /></div>
      </div>
    </Screen>
  );
}

/** A tick where nothing is missing, the number in blue where to go on. */
function stepStates({ form, procedure }: ReceiveState): { readonly people: StepState; readonly content: StepState; readonly papers: StepState } {
  const isNamed = form.owner.name.trim() !== '' && (form.other === 'none' || form.otherPerson.name.trim() !== '');
  const rows = filledRows(form.documents);
  const isAnswered = procedure !== undefined && (procedure.certification
    ? rows.length > 0 && rows.every(isComplete)
    : procedure.fields.every((field) => !field.required || (form.fields[field.key]?.trim() ?? '') !== ''));
  const hasPapers = needsOf(form.papers).every((need) => need.isMet);
  const flags = [isNamed, isAnswered, hasPapers];
  const first = procedure === undefined ? -1 : flags.indexOf(false);
  const [people, content, papers] = flags.map((isDone, index): StepState => (isDone ? 'done' : index === first ? 'current' : 'waiting'));
  return { people: people ?? 'waiting', content: content ?? 'waiting', papers: papers ?? 'waiting' };
}

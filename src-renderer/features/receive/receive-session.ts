import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import type { Appointment } from '../../../src-shared/domain/dossiers/dossier-content.ts';
import type { CardPerson } from '../../../src-shared/domain/persons/card-text.ts';
import type { Procedure } from '../../../src-shared/domain/procedures/procedure.ts';
import { callCore, type ScreenError } from '../../client/core-client.ts';
import { deskNowMs, readDeskSession } from '../../client/desk-session.ts';
import { draftBuffer, recall, remember } from '../../client/draft-buffer.ts';
import { createDraftKeeper, type DraftContent, type DraftKeeper, type DraftPhase } from '../../client/draft-keeper.ts';
import { callCoreWaiting } from '../../client/waiting-call.ts';
import { rememberPages, type RememberedPages } from './receive-documents.ts';
import { draftTitle, emptyForm, hasContent, readDraftForm, RECEIVE_FORM_VERSION, type ReceiveForm } from './receive-form.ts';
import { isAppointmentReady, toAppointmentChoice, toPreviewInput, toReceiveInput, type Preview } from './receive-input.ts';
import { paperRows } from './receive-papers.ts';
import { fromPerson } from './receive-people.ts';

/** One form being filled. It outlives the screen: leaving and coming back, locking and unlocking find it as it was. */
export interface ReceiveState {
  readonly form: ReceiveForm;
  readonly procedure: Procedure | undefined;
  readonly preview: Preview | undefined;
  /** The date as it would be with the officer's own choice. */
  readonly ownAppointment: Appointment | undefined;
  readonly previewError: ScreenError | undefined;
  readonly phase: DraftPhase;
  /** Fields hold half-typed text of their own; a form that was put back is drawn anew. */
  readonly epoch: number;
  readonly isLoading: boolean;
  readonly isUnreadable: boolean;
  readonly isRestored: boolean;
  readonly isSaving: boolean;
  readonly saveError: ScreenError | undefined;
  readonly scan: { readonly kind: 'incomplete' } | { readonly kind: 'whose'; readonly person: CardPerson } | undefined;
  readonly previous: ReceiveForm | undefined;
  readonly rememberedPages: RememberedPages;
}

export interface ReceiveSession {
  readonly draftId: string;
  readonly store: StoreApi<ReceiveState>;
  readonly update: (change: Partial<ReceiveForm> | ((form: ReceiveForm) => ReceiveForm)) => void;
  readonly set: (change: Partial<ReceiveState>) => void;
  readonly chooseProcedure: (code: string, name: string) => void;
  readonly putBack: (form: ReceiveForm) => void;
  /** Gives the dossier's id once it is durable; a second call while one is under way does nothing. */
  readonly save: () => Promise<string | undefined>;
  readonly overwriteDraft: () => void;
  readonly forget: () => void;
}

const sessions = new Map<string, ReceiveSession>();
const bornHere = new Set<string>();
const procedures = new Map<string, Procedure>();
const PREVIEW_DELAY_MS = 150;

export function newDraftId(): string {
  const id = crypto.randomUUID();
  bornHere.add(id);
  return id;
}

/** The form of a draft: the one that is open already, else as the browser or the core kept it, else an empty one. */
export function openReceiveSession(draftId: string): ReceiveSession {
  const key = `${readDeskSession().session?.officer?.id ?? ''}:${draftId}`;
  const known = sessions.get(key);
  if (known !== undefined) return known;
  const session = createReceiveSession(draftId, () => sessions.delete(key));
  sessions.set(key, session);
  return session;
}

function createReceiveSession(draftId: string, drop: () => void): ReceiveSession {
  const isNew = bornHere.delete(draftId);
  const store = createStore<ReceiveState>(() => ({
    form: emptyForm({ idempotencyKey: crypto.randomUUID(), openedAt: deskNowMs() }), procedure: undefined, preview: undefined, ownAppointment: undefined,
    previewError: undefined, phase: 'new', epoch: 0, isLoading: !isNew, isUnreadable: false, isRestored: false, isSaving: false, saveError: undefined,
    scan: undefined, previous: undefined, rememberedPages: {},
  }));
  const set = (change: Partial<ReceiveState>) => store.setState(change);
  let keeper = createKeeper(draftId, 0, store);
  const askPreview = createPreviewer(store);

  function apply(form: ReceiveForm, change: Partial<ReceiveState> = {}): void {
    set({ ...change, form });
    if (hasContent(form)) keeper.change({ form: 'receive', formVersion: RECEIVE_FORM_VERSION, title: draftTitle(form), data: form as unknown as DraftContent['data'] });
    askPreview();
  }
  async function loadProcedure(code: string): Promise<void> {
    const procedure = procedures.get(code) ?? await fetchProcedure(code);
    const { form } = store.getState();
    if (procedure === undefined || form.procedureCode !== code) return;
    procedures.set(code, procedure);
    set({ procedure });
    apply({ ...form, procedureName: procedure.shortName, papers: paperRows(procedure, form.papers) });
  }

  const session: ReceiveSession = {
    draftId, store, set,
    update(change) {
      const { form } = store.getState();
      apply(typeof change === 'function' ? change(form) : { ...form, ...change });
    },
    chooseProcedure(code, name) {
      const { form } = store.getState();
      const papers = form.papers.filter((row) => row.requirement === 'extra');
      const { appointment, fee, levy } = emptyForm(form);
      apply({ ...form, procedureCode: code, procedureName: name, papers, request: null, appointment, fee, levy, isOnTheSpot: false, receiptWanted: true },
        { procedure: procedures.get(code), preview: undefined, ownAppointment: undefined, saveError: undefined });
      void loadProcedure(code);
    },
    putBack: (form) => apply(form, { epoch: store.getState().epoch + 1 }),
    save: () => save(session, keeper, drop),
    overwriteDraft: () => keeper.overwrite(),
    forget: drop,
  };
  if (!isNew) void load();
  void recall('documentPages').then((pages) => { if (pages !== undefined) set({ rememberedPages: pages as RememberedPages }); });
  void recall('previousForm').then((form) => set({ previous: readDraftForm(form, RECEIVE_FORM_VERSION) }));
  return session;

  async function load(): Promise<void> {
    const found = await findDraft(draftId);
    if (found === undefined) {
      set({ isLoading: false });
      return;
    }
    const form = readDraftForm(found.data, found.formVersion);
    if (form === undefined) {
      set({ isLoading: false, isUnreadable: true });
      return;
    }
    keeper = createKeeper(draftId, found.revision, store);
    set({ form, isLoading: false, isRestored: true, phase: 'kept', epoch: 1 });
    askPreview();
    if (form.procedureCode !== '') await loadProcedure(form.procedureCode);
  }
}

function createKeeper(draftId: string, revision: number, store: StoreApi<ReceiveState>): DraftKeeper {
  return createDraftKeeper(draftId, revision, {
    send: (draft) => callCore('drafts.save', draft),
    buffer: draftBuffer,
    later: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    onPhase: (phase) => store.setState({ phase }),
  });
}

async function fetchProcedure(code: string): Promise<Procedure | undefined> {
  const answer = await callCoreWaiting('procedures.get', { code });
  return answer.ok ? answer.value.entry : undefined;
}

/** What the browser wrote last counts when the core never got it. */
async function findDraft(id: string): Promise<{ readonly revision: number; readonly formVersion: number; readonly data: unknown } | undefined> {
  const [buffered, kept] = await Promise.all([draftBuffer.get(id), callCoreWaiting('drafts.list', {})]);
  const known = kept.ok ? kept.value.drafts.find((draft) => draft.id === id) : undefined;
  if (buffered !== undefined && buffered.revision > (known?.revision ?? 0)) return buffered;
  return known;
}

/** Asks for the side column a moment after the last change; an answer that was overtaken is dropped. */
function createPreviewer(store: StoreApi<ReceiveState>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let question = 0;
  let asked = '';

  async function ask(): Promise<void> {
    const { form, procedure } = store.getState();
    const input = toPreviewInput(form, procedure);
    if (input === undefined || procedure === undefined) return;
    const choice = isAppointmentReady(form.appointment) ? toAppointmentChoice(form.appointment) : undefined;
    const wanted = JSON.stringify([input, choice]);
    if (wanted === asked) return;
    asked = wanted;
    const mine = (question += 1);
    const [preview, own] = await Promise.all([
      callCore('dossiers.preview', input),
      choice === undefined || choice.mode === 'computed' ? undefined
        : callCore('deadlines.preview', { procedureCode: input.procedureCode, channel: input.channel, openedAt: input.openedAt, choice }),
    ]);
    if (mine !== question) return;
    if (!preview.ok) {
      asked = '';
      store.setState({ previewError: preview.error });
      return;
    }
    store.setState({ preview: preview.value, previewError: undefined, ownAppointment: own?.ok === true ? own.value.appointment : undefined });
  }
  return () => {
    if (timer !== undefined) clearTimeout(timer);
    timer = setTimeout(() => void ask(), store.getState().preview === undefined ? 0 : PREVIEW_DELAY_MS);
  };
}

async function save(session: ReceiveSession, keeper: DraftKeeper, drop: () => void): Promise<string | undefined> {
  const { form, procedure, preview, isSaving, rememberedPages } = session.store.getState();
  if (isSaving || procedure === undefined) return undefined;
  session.set({ isSaving: true, saveError: undefined });
  const answer = await callCoreWaiting('dossiers.receive', toReceiveInput(form, procedure, session.draftId, preview));
  if (!answer.ok) {
    session.set({ isSaving: false, saveError: answer.error });
    return undefined;
  }
  keeper.finish();
  drop();
  void remember('previousForm', form);
  if (procedure.certification) void remember('documentPages', rememberPages(rememberedPages, form.documents));
  return answer.value.dossier.id;
}

/** "Hồ sơ tiếp theo, cùng người": the people of a dossier, without its matter. */
export async function fillSamePeople(session: ReceiveSession, dossierId: string): Promise<void> {
  const answer: { readonly ok: boolean; readonly value?: OutputOf<'dossiers.get'> } = await callCoreWaiting('dossiers.get', { id: dossierId });
  if (answer.value === undefined) return;
  const { owner, submitter, authorised } = answer.value.dossier.content;
  const other = submitter ?? authorised;
  session.update((form) => ({
    ...form,
    owner: fromPerson(owner),
    ...(other !== undefined && {
      other: submitter === undefined ? ('authorised' as const) : ('submitter' as const),
      otherPerson: { ...fromPerson(other), standing: submitter?.relation ?? authorised?.authorisation ?? '' },
    }),
  }));
}

/** A card goes to the person who is still missing; where it could be either, the officer is asked. */
export function applyScan(session: ReceiveSession, person: CardPerson): void {
  const { form } = session.store.getState();
  const isFree = ({ name, idNumber }: ReceiveForm['owner']) => (name.trim() === '' && idNumber === '') || idNumber === person.idNumber;
  if (isFree(form.owner)) putPerson(session, 'owner', person);
  else if (form.other !== 'none' && isFree(form.otherPerson)) putPerson(session, 'otherPerson', person);
  else session.set({ scan: { kind: 'whose', person } });
}

export function putPerson(session: ReceiveSession, place: 'owner' | 'otherPerson', person: CardPerson): void {
  const { form } = session.store.getState();
  session.set({ scan: undefined });
  session.putBack({
    ...form,
    ...(place === 'otherPerson' && form.other === 'none' && { other: 'submitter' as const }),
    [place]: fromPerson(person, form[place], 'cardQr'),
  });
}

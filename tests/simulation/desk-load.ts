/** Work at the counters as fast as the core answers: drafts, receptions, papers, acts, corrections. */
import { randomUUID } from 'node:crypto';
import type { CallName, InputOf, OutputOf } from '../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../src-shared/contract/dossier-act-input.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import type { CoreClient } from './core-client.ts';
import type { Counter, DeskModel, FollowUp, ModelDossier, ModelDraft, Pending, ReceiveInput } from './desk-model.ts';
import type { Chance } from './seeded-chance.ts';

const PEOPLE = ['Lý Tả Mẩy', 'Giàng A Páo', 'Hạng Thị Dở', 'Nguyễn Văn Ửng', 'Tẩn Mùi Mẩy', 'Lò Văn Ín'];
/** Terms and papers known in the catalogue, so that a reception needs nothing typed by hand. */
const PROCEDURES = ['2.002516', '2.000635', '2.001035'];

export interface Load {
  readonly model: DeskModel;
  readonly client: CoreClient;
  readonly chance: Chance;
  /** Only receptions, when the crash is aimed at them. */
  readonly onlyReceptions: boolean;
  /** Told when a request's last byte was handed to the system. */
  readonly onSent?: (name: CallName) => void;
  /** No further request is begun once this is true. */
  readonly isOver: () => boolean;
}

/** Works at every counter until the line is cut or it is over. */
export async function workAtCounters(load: Load): Promise<void> {
  await Promise.all(load.model.counters.map((counter) => workAt(counter, load)));
}

async function workAt(counter: Counter, load: Load): Promise<void> {
  while (!load.isOver()) {
    counter.pending ??= nextRequest(counter, load);
    const { pending } = counter;
    const answer = await load.client.call(pending.name, pending.input, () => load.onSent?.(pending.name));
    if (answer.kind === 'cut') return;
    if (answer.kind === 'refused') {
      load.model.refusals.push(`${pending.name}: ${answer.error.code}`);
      return;
    }
    settle(counter, load.model, answer.value);
  }
}

/** The core answered: from now on what it said must be true for ever. */
export function settle(counter: Counter, model: DeskModel, value: OutputOf<CallName>): void {
  const { pending } = counter;
  counter.pending = null;
  model.acknowledged += 1;
  pending?.acknowledge(value);
}

function nextRequest(counter: Counter, load: Load): Pending {
  const { model, chance } = load;
  const step = counter.dossier?.known && !load.onlyReceptions ? counter.plan.shift() : undefined;
  if (step !== undefined) return followUp(step, counter.dossier!, model, chance);
  const typed = counter.draft?.saved?.revision ?? 0;
  if (!load.onlyReceptions && typed < 3 && chance.isHit(typed === 0 ? 0.4 : 0.6)) return draftSave(counter, model, chance);
  return reception(counter, model, chance);
}

function draftSave(counter: Counter, model: DeskModel, chance: Chance): Pending<'drafts.save'> {
  const draft: ModelDraft = (counter.draft ??= { id: randomUUID(), saved: null, sending: null });
  const next = { revision: (draft.saved?.revision ?? 0) + 1, text: `${chance.pick(PEOPLE)} ${chance.between(1, 1e9)}` };
  draft.sending = next;
  return {
    name: 'drafts.save',
    input: { id: draft.id, form: 'receive', formVersion: 1, revision: next.revision, title: next.text, data: { text: next.text } },
    acknowledge: () => {
      draft.saved = next;
      draft.sending = null;
      model.keptDrafts.set(draft.id, next);
    },
  };
}

function reception(counter: Counter, model: DeskModel, chance: Chance): Pending<'dossiers.receive'> {
  const { draft } = counter;
  const input = receiveInput(chance, draft?.id);
  const dossier: ModelDossier = { input, known: null, kinds: [], furtherJobs: 0 };
  counter.dossier = dossier;
  counter.draft = null;
  model.dossiers.push(dossier);
  model.touched.add(dossier);
  return {
    name: 'dossiers.receive', input,
    acknowledge: ({ dossier: view, job }) => {
      dossier.known = { id: view.id, code: view.code, job: job?.id ?? null };
      dossier.kinds.push('dossier.received', ...(input.onTheSpot ? ['dossier.taken', 'dossier.finished', 'dossier.handedOver'] : []));
      if (draft) {
        model.keptDrafts.delete(draft.id);
        model.droppedDrafts.add(draft.id);
      }
      counter.plan.splice(0, counter.plan.length, ...planFor(input, chance));
    },
  };
}

function planFor(input: ReceiveInput, chance: Chance): FollowUp[] {
  const papers: FollowUp[] = input.receiptWanted === false ? [] : ['printing.report'];
  const again: FollowUp[] = input.receiptWanted !== false && chance.isHit(0.2) ? ['printing.reprint'] : [];
  if (input.onTheSpot) return [...papers, ...again];
  const correction: FollowUp[] = chance.isHit(0.3) ? ['dossiers.correct'] : [];
  const act: FollowUp[] = chance.isHit(0.6) ? ['dossiers.act'] : [];
  return [...papers, ...again, ...correction, ...act];
}

function receiveInput(chance: Chance, draft: string | undefined): ReceiveInput {
  const idempotencyKey = randomUUID();
  const papers = Array.from({ length: chance.between(0, 6) }, (_, index) => ({ name: `Giấy tờ số ${index + 1}`, original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true }));
  const summary = { summary: 'Văn bản xác nhận', date: officeDate(Date.now()), signer: 'Đặng Văn Lâm' };
  return {
    idempotencyKey,
    openedAt: Date.now(),
    procedureCode: chance.pick(PROCEDURES),
    owner: { type: 'individual', name: chance.pick(PEOPLE), phone: `09${chance.between(10_000_000, 99_999_999)}`, address: 'Thôn Háng Tâu' },
    request: `Yêu cầu ${idempotencyKey}`,
    papers,
    receiptWanted: chance.isHit(0.85),
    paperSize: chance.pick(['A4', 'A5'] as const),
    ...(draft === undefined ? {} : { draft }),
    ...(chance.isHit(0.15) ? { onTheSpot: { result: summary, receiverIs: 'owner' } as const } : {}),
  };
}

function followUp(step: FollowUp, dossier: ModelDossier, model: DeskModel, chance: Chance): Pending {
  const known = dossier.known!;
  const idempotencyKey = randomUUID();
  model.touched.add(dossier);
  const done = (kinds: readonly string[], furtherJobs = 0) => () => {
    dossier.kinds.push(...kinds);
    dossier.furtherJobs += furtherJobs;
  };
  switch (step) {
    case 'printing.report':
      return request(step, { job: known.job!, idempotencyKey, outcomes: [{ copy: 'keep', outcome: 'printed' }, { copy: 'citizen', outcome: chance.pick(['printed', 'unknown'] as const) }] }, done(['dossier.paperReported', 'dossier.paperReported']));
    case 'printing.reprint':
      return request(step, { dossier: known.id, idempotencyKey, form: 'receipt' }, done(['dossier.paperReprinted'], 1));
    case 'dossiers.correct': {
      const changes = { note: `Sửa ${idempotencyKey}` };
      return { ...request(step, { id: known.id, idempotencyKey, reason: 'Ghi nhầm', changes }, () => undefined), acknowledge: (value) => done(['dossier.corrected'], (value as OutputOf<'dossiers.correct'>).job ? 1 : 0)() };
    }
    case 'dossiers.act': {
      const act: DossierActInput = { act: 'take' };
      return request('dossiers.act', { id: known.id, idempotencyKey, act }, done(['dossier.taken']));
    }
  }
}

function request<N extends CallName>(name: N, input: InputOf<N>, acknowledge: () => void): Pending {
  return { name, input, acknowledge } as Pending;
}

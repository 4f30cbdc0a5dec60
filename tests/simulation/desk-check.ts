/** After a crash: is everything there that was acknowledged, nothing twice, nothing half, and the log without a fault? */
import type { OutputOf } from '../../src-shared/contract/contract.ts';
import type { CoreClient } from './core-client.ts';
import { settle } from './desk-load.ts';
import type { Counter, DeskModel, ModelDossier } from './desk-model.ts';
import type { Chance } from './seeded-chance.ts';

export interface Findings {
  /** Acknowledged and not there any more. */
  readonly lost: string[];
  /** One request, two dossiers; one number, two dossiers; one paper, two originals. */
  readonly duplicates: string[];
  /** There in part only. */
  readonly torn: string[];
  /** Numbers missing in between, faults of `system.verify`, another answer to the same key, unexpected refusals. */
  readonly faults: string[];
  /** Acknowledged facts looked for: dossiers, drafts, operations. */
  checked: number;
  /** Requests cut by the crash that were carried out all the same, and that were not. */
  landed: number;
  absent: number;
}

export function createFindings(): Findings {
  return { lost: [], duplicates: [], torn: [], faults: [], checked: 0, landed: 0, absent: 0 };
}

export const isClean = ({ lost, duplicates, torn, faults }: Findings): boolean => lost.length + duplicates.length + torn.length + faults.length === 0;

type Summary = OutputOf<'dossiers.search'>['dossiers'][number];

export interface CheckDep {
  readonly client: CoreClient;
  readonly model: DeskModel;
  readonly findings: Findings;
  readonly chance: Chance;
}

/** Looks first, then sends every cut request again, then looks at all it touched. */
export async function checkAfterCrash(dep: CheckDep): Promise<void> {
  const { client, model, findings } = dep;
  findings.faults.push(...model.refusals.splice(0));
  await checkLog(dep);
  const before = byRequest(await listAll(client), findings);
  for (const dossier of model.dossiers) checkAcknowledged(dossier, before, findings);
  await checkDrafts(dep);
  for (const counter of model.counters) await sendAgain(counter, before, dep);
  for (const dossier of sampleOf(model, dep.chance)) await checkSameAnswer(dossier, dep);
  const after = await listAll(client);
  byRequest(after, findings);
  checkNumbers(after, findings);
  for (const dossier of model.touched) if (dossier.known) await checkWhole(dossier, dep);
  model.touched.clear();
}

async function checkLog({ client, findings }: CheckDep): Promise<void> {
  const { office } = await client.must('office.get', {});
  if (office?.newIncarnation) findings.faults.push(`became a new device: ${office.newIncarnation}`);
  // Where commits are not synced, the process that checks finds a file that is not whole: that is a finding, too.
  const answer = await client.call('system.verify', {});
  findings.faults.push(...(answer.kind === 'done' ? answer.value.faults.map(({ code, detail }) => `verify ${code} ${detail}`) : [`verify answers ${JSON.stringify(answer)}`]));
}

async function listAll(client: CoreClient): Promise<readonly Summary[]> {
  const all: Summary[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: OutputOf<'dossiers.search'> = await client.must('dossiers.search', { tab: 'all', limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.dossiers);
    cursor = page.cursor;
  }
  return all;
}

function byRequest(all: readonly Summary[], findings: Findings): ReadonlyMap<string, Summary> {
  const found = new Map<string, Summary>();
  for (const one of all) {
    if (found.has(one.request)) findings.duplicates.push(`two dossiers for ${one.request}: ${found.get(one.request)!.code}, ${one.code}`);
    found.set(one.request, one);
  }
  return found;
}

function checkAcknowledged(dossier: ModelDossier, present: ReadonlyMap<string, Summary>, findings: Findings): void {
  if (!dossier.known) return;
  const found = present.get(dossier.input.request);
  findings.checked += 1;
  if (!found) {
    findings.lost.push(`dossier ${dossier.known.code}`);
    dossier.known = null;
    dossier.kinds.length = 0;
  } else if (found.id !== dossier.known.id || found.code !== dossier.known.code) {
    findings.faults.push(`acknowledged as ${dossier.known.code}, listed as ${found.code}`);
  }
}

async function checkDrafts({ client, model, findings }: CheckDep): Promise<void> {
  const { drafts } = await client.must('drafts.list', {});
  const found = new Map(drafts.map((draft) => [draft.id, draft]));
  const sending = new Map(model.counters.flatMap(({ draft }) => (draft?.sending ? [[draft.id, draft.sending] as const] : [])));
  const beingReceived = new Set(model.counters.map(({ pending }) => (pending?.name === 'dossiers.receive' ? (pending.input as ModelDossier['input']).draft : undefined)));
  for (const [id, { revision, text }] of model.keptDrafts) {
    findings.checked += 1;
    const draft = found.get(id);
    const isAsSaved = draft?.revision === revision && draft.data['text'] === text;
    const isAsSent = draft !== undefined && draft.revision === sending.get(id)?.revision && draft.data['text'] === sending.get(id)?.text;
    // Its reception may have been carried out without an answer; then it went with it.
    if (!isAsSaved && !isAsSent && !(draft === undefined && beingReceived.has(id))) {
      findings.lost.push(`draft ${id} revision ${revision}`);
      model.keptDrafts.delete(id);
    }
  }
  for (const id of model.droppedDrafts) if (found.has(id)) findings.faults.push(`draft ${id} came back`);
}

/** The request that was cut comes again: carried out once, whenever that was. */
async function sendAgain(counter: Counter, before: ReadonlyMap<string, Summary>, dep: CheckDep): Promise<void> {
  const { pending } = counter;
  const { client, model, findings } = dep;
  if (!pending) return;
  const landed = pending.name === 'dossiers.receive' ? before.get((pending.input as ModelDossier['input']).request) : undefined;
  if (pending.name === 'dossiers.receive') findings[landed ? 'landed' : 'absent'] += 1;
  const answer = await client.call(pending.name, pending.input);
  if (answer.kind !== 'done') {
    findings.faults.push(`${pending.name} sent again: ${JSON.stringify(answer)}`);
    counter.pending = null;
    return;
  }
  if (landed) {
    const { dossier } = answer.value as OutputOf<'dossiers.receive'>;
    if (dossier.id !== landed.id) findings.duplicates.push(`${landed.code} received again as ${dossier.code}`);
  }
  settle(counter, model, answer.value);
}

/** What was acknowledged last, and some from long ago. */
function sampleOf({ dossiers, touched }: DeskModel, chance: Chance): readonly ModelDossier[] {
  const older = Array.from({ length: 3 }, () => chance.pick(dossiers.length === 0 ? [undefined] : dossiers));
  return [...new Set([...[...touched].slice(-6), ...older])].filter((dossier): dossier is ModelDossier => dossier?.known !== null && dossier !== undefined);
}

async function checkSameAnswer(dossier: ModelDossier, { client, findings }: CheckDep): Promise<void> {
  const answer = await client.call('dossiers.receive', dossier.input);
  findings.checked += 1;
  if (answer.kind !== 'done') findings.faults.push(`the key of ${dossier.known!.code} answers ${JSON.stringify(answer)}`);
  else if (answer.value.dossier.id !== dossier.known!.id || answer.value.dossier.code !== dossier.known!.code) findings.duplicates.push(`the key of ${dossier.known!.code} answers ${answer.value.dossier.code}`);
  else if ((answer.value.job?.id ?? null) !== dossier.known!.job) findings.duplicates.push(`${dossier.known!.code} answers another print job`);
}

/** Codes end in series token and counter; within a day and a series they run 1, 2, 3 … */
function checkNumbers(all: readonly Summary[], findings: Findings): void {
  const seriesCounters = new Map<string, number[]>();
  for (const { code } of all) {
    const [, series = '', counter = ''] = /^(.*-\w)(\d{3,})$/.exec(code) ?? [];
    const counters = seriesCounters.get(series) ?? [];
    counters.push(Number(counter));
    seriesCounters.set(series, counters);
  }
  for (const [series, counters] of seriesCounters) {
    counters.sort((left, right) => left - right);
    for (const [index, counter] of counters.entries()) {
      const previous = index === 0 ? 0 : counters[index - 1]!;
      if (counter === previous) findings.duplicates.push(`number ${series}${counter} twice`);
      else if (counter !== previous + 1) findings.faults.push(`numbers missing in ${series} between ${previous} and ${counter}`);
    }
  }
}

/** History, content and papers of one dossier against what was promised. */
async function checkWhole(dossier: ModelDossier, { client, findings }: CheckDep): Promise<void> {
  const { id, code } = dossier.known!;
  const answer = await client.call('dossiers.get', { id });
  if (answer.kind !== 'done') return void findings.lost.push(`${code} does not open: ${JSON.stringify(answer)}`);
  const view = answer.value.dossier;
  findings.checked += dossier.kinds.length;
  const expected = [...dossier.kinds].sort().join(' ');
  const found = view.history.map(({ kind }) => kind).sort().join(' ');
  if (expected !== found) {
    (found.length < expected.length ? findings.lost : findings.duplicates).push(`${code} has ${found}, acknowledged ${expected}`);
    // Told once; the next check is about the next crash.
    dossier.kinds.splice(0, dossier.kinds.length, ...view.history.map(({ kind }) => kind));
  }
  if (view.history.some(({ effect }) => effect !== 'applied')) findings.faults.push(`${code} has acts without effect`);
  if (view.content.papers.length !== (dossier.input.papers ?? []).length) findings.torn.push(`${code} lacks papers`);
  const originals = view.jobs.filter(({ reprint, amended }) => reprint === 0 && amended === 0);
  const wanted = dossier.input.receiptWanted === false ? 0 : 1;
  if (originals.length > wanted) findings.duplicates.push(`${code} has ${originals.length} original receipts`);
  if (originals.length < wanted && dossier.furtherJobs === 0) findings.torn.push(`${code} has no print job`);
  const further = view.jobs.length - originals.length;
  // A paper that was replaced before any sheet of it came out is shown no more, but the last one always stands.
  if (further > dossier.furtherJobs) findings.duplicates.push(`${code} has ${further} further papers, not ${dossier.furtherJobs}`);
  if (further === 0 && dossier.furtherJobs > 0) findings.torn.push(`${code} lacks its further papers`);
  if (view.jobs.some(({ copies }) => copies.length !== 2)) findings.torn.push(`${code} has a paper without both liên`);
}

/** One office, many crashes: work, kill -9, start again, check, go on with the same data folder. */
import path from 'node:path';
import { createCoreClient, type CoreClient } from './core-client.ts';
import { startCore, type CorePlace, type CoreProcess } from './core-process.ts';
import { setUpOffice, signIn } from './crash-office.ts';
import { checkAfterCrash, createFindings, type Findings } from './desk-check.ts';
import { workAtCounters } from './desk-load.ts';
import { createDeskModel, type DeskModel } from './desk-model.ts';
import type { Chance } from './seeded-chance.ts';

/**
 * `anyMoment`: after some work; `inFlight`: fractions of a millisecond after a reception was sent; `atStep`: the core kills
 * itself before a chosen SQL statement of a transaction.
 */
export type KillMode = 'anyMoment' | 'inFlight' | 'atStep';

export interface SeriesOptions {
  readonly place: CorePlace;
  readonly kills: number;
  readonly chance: Chance;
  readonly modes: readonly KillMode[];
  /** Requests open at the same time. */
  readonly counters: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** How often a start, a sign-in or a set-up is killed as well. */
  readonly startKillProbability: number;
  /** How long the counters work before a kill at any moment, at least and at most. */
  readonly workMs?: readonly [number, number];
  readonly onKill?: (series: Series) => void;
}

export interface Series {
  readonly findings: Findings;
  readonly model: DeskModel;
  /** Kills while the counters worked, by what they were aimed at. */
  readonly kills: Record<KillMode, number>;
  /** Kills of a start, a sign-in or a set-up. */
  startKills: number;
  /** Where the core stood when it killed itself at a step. */
  readonly diedAt: Map<string, number>;
}

interface Running {
  readonly core: CoreProcess;
  readonly client: CoreClient;
}

const KILL_AT_STEP = path.join(import.meta.dirname, 'kill-at-step-run.ts');
/** A reception runs 19 to 31 statements, an act about twelve, a draft two: nearly every step of a reception is within reach. */
const STEPS_MAX = 28;
const STEP_WAIT_MS = 2_500;

export async function runKillSeries(options: SeriesOptions): Promise<Series> {
  const { chance, kills } = options;
  const series: Series = { findings: createFindings(), model: createDeskModel(options.counters), kills: { anyMoment: 0, inFlight: 0, atStep: 0 }, startKills: 0, diedAt: new Map() };
  let mode = chance.pick(options.modes);
  let running = await startAndSetUp(options, series, mode);
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await workAndKill(running, options, series, mode);
      mode = chance.pick(options.modes);
      running = await startAndSignIn(options, series, mode);
      await checkAfterCrash({ client: running.client, model: series.model, findings: series.findings, chance });
      options.onKill?.(series);
    }
  } finally {
    running.core.signal('SIGTERM');
    running.client.close();
    await running.core.ended;
  }
  return series;
}

function start({ place, environment = {}, chance }: SeriesOptions, mode: KillMode, killAfterMs?: number): Promise<CoreProcess> {
  const early = killAfterMs === undefined ? {} : { killAfterMs };
  if (mode !== 'atStep') return startCore({ ...place, environment, ...early });
  const step = { MOTCUA_KILL_AT_STEP: String(chance.between(1, STEPS_MAX)) };
  return startCore({ ...place, environment: { ...environment, ...step }, nodeArguments: ['--import', KILL_AT_STEP], ...early });
}

async function startAndSetUp(options: SeriesOptions, series: Series, mode: KillMode): Promise<Running> {
  const { chance, startKillProbability } = options;
  while (chance.isHit(startKillProbability)) {
    const cut = await start(options, 'anyMoment');
    const wasMade = setUpOffice(urlOf(cut)).then(() => true, () => false);
    setTimeout(cut.kill, chance.next() * 1_500);
    await cut.ended;
    series.startKills += 1;
    const core = await start(options, mode);
    const { state } = await createCoreClient(urlOf(core)).must('office.get', {});
    if ((await wasMade) && state === 'setup') series.findings.lost.push('the office that was set up');
    if (state === 'locked') return { core, client: await signIn(urlOf(core)) };
    core.kill();
    await core.ended;
  }
  const core = await start(options, mode);
  return { core, client: await setUpOffice(urlOf(core)) };
}

async function startAndSignIn(options: SeriesOptions, series: Series, mode: KillMode): Promise<Running> {
  const { chance, startKillProbability } = options;
  if (chance.isHit(startKillProbability)) {
    const cut = await start(options, 'anyMoment', chance.between(30, 1_500));
    cut.kill();
    await cut.ended;
    series.startKills += 1;
  }
  if (chance.isHit(startKillProbability)) {
    const cut = await start(options, 'anyMoment');
    const signingIn = signIn(urlOf(cut)).then((client) => client.close(), () => undefined);
    setTimeout(cut.kill, chance.next() * 700);
    await Promise.all([cut.ended, signingIn]);
    series.startKills += 1;
  }
  const core = await start(options, mode);
  return { core, client: await signIn(urlOf(core)) };
}

function urlOf(core: CoreProcess): string {
  if (core.url === undefined) throw new Error(`the core did not start: ${core.errors()}`);
  return core.url;
}

async function workAndKill({ core, client }: Running, { chance, workMs = [20, 500] }: SeriesOptions, series: Series, mode: KillMode): Promise<void> {
  let isOver = false;
  const kill = () => {
    isOver = true;
    core.kill();
  };
  let sentUntilKill = mode === 'inFlight' ? chance.between(1, 40) : Infinity;
  const delayMs = chance.next() * 25;
  const onSent = (name: string) => {
    if (name !== 'dossiers.receive' || (sentUntilKill -= 1) !== 0) return;
    // Spinning, because a timer would round the moment to a millisecond.
    for (const from = performance.now(); performance.now() - from < delayMs; );
    kill();
  };
  const timer = setTimeout(() => (mode === 'atStep' ? core.signal('SIGUSR2') : kill()), mode === 'inFlight' ? STEP_WAIT_MS : chance.between(...workMs));
  const last = setTimeout(kill, STEP_WAIT_MS);
  await workAtCounters({ model: series.model, client, chance, onlyReceptions: mode === 'inFlight' || (mode === 'atStep' && chance.isHit(0.5)), onSent, isOver: () => isOver });
  await core.ended;
  clearTimeout(timer);
  clearTimeout(last);
  client.close();
  series.kills[mode] += 1;
  const place = /^died: (.*)$/m.exec(core.errors())?.[1];
  if (place !== undefined) series.diedAt.set(place, (series.diedAt.get(place) ?? 0) + 1);
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OfficeId } from '../../src-shared/lib/ids.ts';
import { isDatabaseFailure, type ServerDb } from '../db/server-db.ts';
import { OfficeCache, projectSlice, type ProjectionDep } from '../features/projection/project-slice.ts';
import { insertFault, insertProjections, listUnfoldedOffices } from '../features/projection/projection-queries.ts';
import { faultWords } from '../log/fault-words.ts';
import { reclaimErased } from './reclaim-job.ts';

export interface ProjectionJob {
  /** Looks for work each second, and for erased rows to take out of the files each hour. Any number of processes may. */
  start(): void;
  /** Folds until this process finds nothing more to fold, of one office alone where it is named. */
  settle(office?: OfficeId): Promise<void>;
  /** The slice under way is ended. */
  stop(): Promise<void>;
}

export interface ProjectionJobDep {
  readonly db: ServerDb;
  readonly nowMs: () => number;
  /** A round that failed because the database is away; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
}

const IDLE_MS = 1_000;
/** Each time reads all of a table that is not known to be clean. */
const RECLAIM_MS = 3_600_000;

/** Folds what was acknowledged, beside everything else (decisions/0028). */
export function createProjectionJob({ db, nowMs, onFailure }: ProjectionJobDep): ProjectionJob {
  const dep: ProjectionDep = { db, nowMs, offices: new OfficeCache() };
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let reclaimedAt = Number.NEGATIVE_INFINITY;

  const settle = async (only?: OfficeId) => {
    while (!isStopped && (await projectRound(dep, only, () => isStopped)));
  };
  const reclaim = async () => {
    if (isStopped || nowMs() - reclaimedAt < RECLAIM_MS) return;
    reclaimedAt = nowMs();
    await reclaimErased(db);
  };
  const tick = () => {
    running = settle().then(reclaim).catch(onFailure).then(() => {
      if (!isStopped) timer = setTimeout(tick, IDLE_MS);
    });
  };
  return {
    start: tick,
    settle,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** One slice of each office, so that a large one never keeps the others waiting. True while something was done. */
async function projectRound(dep: ProjectionDep, only: OfficeId | undefined, isStopped: () => boolean): Promise<boolean> {
  await insertMissing(dep.db);
  const offices = (await listUnfoldedOffices(dep.db)).filter((office) => only === undefined || office === only);
  let isAnyDone = false;
  for (const office of offices) {
    if (isStopped()) break;
    isAnyDone = (await projectOffice(dep, office)) || isAnyDone;
    await nextTurn();
  }
  return isAnyDone;
}

async function insertMissing(db: ServerDb): Promise<void> {
  const missing = await db.get('SELECT 1 AS one FROM offices o WHERE NOT EXISTS (SELECT 1 FROM projections p WHERE p.office = o.office) LIMIT 1');
  if (missing) await db.transaction(insertProjections);
}

/** An office that cannot be folded as a whole says so and lets the others go on (rule 7). */
async function projectOffice(dep: ProjectionDep, office: OfficeId): Promise<boolean> {
  try {
    return await projectSlice(dep, office);
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    await dep.db.transaction((db) => insertFault(db, office, office, faultWords(error), dep.nowMs()));
    return false;
  }
}

import { mkdirSync, rmSync } from 'node:fs';
import { connectionOf } from '../../src-node/db/sqlite.ts';
import { projectDossiers } from '../../src-node/operations/dossier-projection.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import type { OfficerId } from '../../src-shared/lib/ids.ts';
import { addDays, officeInstant, weekday, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { ok } from '../../src-shared/lib/result.ts';
import { receiveSamples } from './sample-dossiers.ts';
import { createChance, type Chance } from './seeded-chance.ts';
import { createSetClock, openOffice, setUpOffice } from './set-up-office.ts';
import { ANSWERS_PER_DOSSIER, receptionTime, writeDossier, type Work } from './write-dossiers.ts';

/** The last working day of every made office; later calls go on from its evening. */
const LAST_DAY: IsoDate = '2026-11-20';
const PER_DAY = 400;
/** The newest stay in work, as at a desk that keeps its terms. */
const OPEN_MAX = 600;
const DOSSIERS_PER_TRANSACTION = 5_000;
/** Only while an office is made: bulk writing fills many pages before they can go to the disk. */
const MAKING_CACHE_KIB = 1_500_000;

export interface MadeOffice {
  readonly rows: number;
  readonly officer: string;
  readonly operations: number;
  /** UTC milliseconds of the office's time when the last dossier was written. */
  readonly endMs: number;
}

/** Writes an office of so many dossiers into an empty folder, through the real log. The same rows give the same people. */
export async function makeOffice(folder: string, rows: number, tell: (line: string) => void): Promise<MadeOffice> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const days = workingDays(Math.ceil(rows / PER_DAY));
  const samples = await receiveSamples(officeInstant(LAST_DAY, 480));
  const clock = createSetClock(officeInstant(days[0]!, 420));
  const core = openOffice(folder, clock);
  try {
    const officer = await setUpOffice(core, clock);
    const desk = core.holder.desk();
    assert(desk, 'a desk that was just set up is open');
    connectionOf(desk.db).pragma(`cache_size=-${MAKING_CACHE_KIB}`);
    const work: Work = { desk, clock, officer: officer as OfficerId, chance: createChance(rows), samples, counters: new Map() };
    const operations = writeAll(work, days, rows, tell);
    writeAnswers(desk, rows, [...samples.values()][0]!.answer);
    clock.moveTo(Math.max(clock.wallMs(), officeInstant(LAST_DAY, 1_020)));
    const closed = desk.checkpoint();
    assert(closed.ok, 'the office is kept');
    return { rows, officer, operations, endMs: clock.wallMs() };
  } finally {
    await core.close();
  }
}

function writeAll(work: Work, days: readonly IsoDate[], rows: number, tell: (line: string) => void): number {
  const openFrom = rows - Math.min(OPEN_MAX, Math.floor(rows * 0.3));
  const begun = performance.now();
  let operations = 0;
  for (let from = 0; from < rows; from += DOSSIERS_PER_TRANSACTION) {
    const to = Math.min(from + DOSSIERS_PER_TRANSACTION, rows);
    const written = work.desk.log.write((writing) => {
      const subjects: (readonly Operation[])[] = [];
      for (let index = from; index < to; index += 1) {
        const receivedAt = receptionTime(days[Math.floor(index / PER_DAY)]!, index % PER_DAY, PER_DAY);
        subjects.push(writeDossier(writing, work, receivedAt, index >= openFrom));
      }
      projectDossiers(writing.db, writing.names, work.desk.office(), subjects);
      operations += subjects.reduce((sum, { length }) => sum + length, 0);
      return ok(undefined);
    });
    assert(written.ok, 'dossiers are written');
    const noted = work.desk.noteCommit();
    assert(noted.ok, 'the marker follows');
    const seconds = (performance.now() - begun) / 1_000;
    tell(`${to} of ${rows} dossiers, ${operations} operations, ${seconds.toFixed(0)} s, ${(to / seconds).toFixed(0)} a second`);
  }
  return operations;
}

/** The kept answers of past requests: random keys as screens make them, written in their order, which is quicker. */
function writeAnswers(desk: OpenDesk, rows: number, answer: string): void {
  const chance: Chance = createChance(rows + 1);
  const total = rows * ANSWERS_PER_DOSSIER;
  const request = Buffer.alloc(32, 7);
  for (let from = 0; from < total; from += 100_000) {
    const written = desk.log.write(({ db }) => {
      for (let index = from; index < Math.min(from + 100_000, total); index += 1) {
        const beginning = Math.floor((index * 4_294_967_296) / total).toString(16).padStart(8, '0');
        db.run('INSERT INTO answers (key, call, request, answer) VALUES (?, ?, ?, ?)', beginning + chance.uuid().slice(8), 'dossiers.act', request, answer);
      }
      return ok(undefined);
    });
    assert(written.ok, 'answers are written');
  }
}

function workingDays(count: number): IsoDate[] {
  const days: IsoDate[] = [];
  for (let date = LAST_DAY; days.length < count; date = addDays(date, -1)) if (weekday(date) !== 0 && weekday(date) !== 6) days.push(date);
  return days.reverse();
}

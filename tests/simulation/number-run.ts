/**
 * An office whose machines never meet for more than a year, while everything happens to them that happens to machines:
 * power cuts, failed writes, wrong clocks, folders set back, copied and lost. What the citizens were told is kept apart
 * and compared in the end (rule 4).
 */
import { rmSync } from 'node:fs';
import type { OutputOf } from '../../src-shared/contract/contract.ts';
import type { IssuedNumber } from '../../src-shared/domain/numbers/number-series.ts';
import { DAY_MS, officeDate, officeInstant, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { machineClock, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../helpers/core-desk.ts';
import { checkMetLog, checkNumbersTold, type NumberFindings, type Told } from './number-check.ts';
import type { Chance } from './seeded-chance.ts';

export interface NumberRunOptions {
  readonly chance: Chance;
  readonly desks: number;
  /** The days on which people work, in order. */
  readonly days: readonly IsoDate[];
  /** How likely each kind of accident is, for one machine and day. */
  readonly accident: number;
  readonly receptionsPerDayMax: number;
}

/** What happened, and how often. */
export type Tally = Record<'receptions' | 'voids' | 'skips' | 'failedWrites' | 'crashes' | 'clockFaults' | 'dateQuestions' | 'restores' | 'incarnations' | 'lostRestores' | 'copies' | 'replaced' | 'returned' | 'reused' | 'machines', number>;

interface Station {
  readonly desk: CoreDesk;
  readonly token: string;
  /** What its folder holds. */
  told: Told[];
  readonly backups: { readonly copy: string; readonly told: readonly Told[] }[];
  /** A desk has three reserves; a machine whose copy works elsewhere must take none, or both would take the same. */
  reservesLeft: number;
}

export interface NumberRun {
  readonly office: CoreOffice;
  readonly chance: Chance;
  readonly accident: number;
  readonly stations: Station[];
  readonly told: Told[];
  readonly skipped: IssuedNumber[];
  /** Folders that were put aside before they were set back, and turn up at the end. */
  readonly found: { readonly copy: string; readonly told: readonly Told[] }[];
  readonly returnedTokens: Set<string>;
  readonly tally: Tally;
}

export async function runNumbers(options: NumberRunOptions): Promise<{ readonly findings: NumberFindings; readonly tally: Tally; readonly office: CoreOffice }> {
  const office = await setUpCoreOffice({ startDate: options.days[0]!, tokenLength: 2 });
  const run: NumberRun = {
    office, chance: options.chance, accident: options.accident, stations: [], told: [], skipped: [], found: [], returnedTokens: new Set(),
    tally: { receptions: 0, voids: 0, skips: 0, failedWrites: 0, crashes: 0, clockFaults: 0, dateQuestions: 0, restores: 0, incarnations: 0, lostRestores: 0, copies: 0, replaced: 0, returned: 0, reused: 0, machines: 0 },
  };
  await addStation(run, office.first);
  while (run.stations.length < options.desks) await joinStation(run);
  for (const date of options.days) {
    const opensAt = officeInstant(date, 7 * 60);
    office.time.ms = Math.max(office.time.ms, opensAt);
    for (const station of [...run.stations]) await workOneDay(run, station, options.receptionsPerDayMax);
    // A machine dies in every year, so that its sign, given back, comes to another machine in the next one.
    if (date === options.days[0] || date.endsWith('-01-01')) await replace(run, run.stations.findLast(({ token }) => /^\d/.test(token))!);
  }
  const findings: NumberFindings = { duplicates: [], gaps: [], faults: [], missing: [] };
  checkNumbersTold(run.told, run.skipped, findings);
  await meet(run, findings);
  return { findings, tally: run.tally, office };
}

async function addStation(run: NumberRun, desk: CoreDesk, told: readonly Told[] = [], reservesLeft = 3): Promise<Station> {
  const { token } = await desk.office();
  const station: Station = { desk, token: token ?? '', told: [...told], backups: [], reservesLeft };
  run.stations.push(station);
  run.tally.machines += 1;
  return station;
}

async function joinStation(run: NumberRun): Promise<void> {
  const { desk } = run.stations[0]!;
  await answerDateQuestion(run, run.stations[0]!);
  const station = await addStation(run, await run.office.join(desk, `Máy ${run.tally.machines + 1}`));
  if (run.returnedTokens.has(station.token)) run.tally.reused += 1;
}

async function workOneDay(run: NumberRun, station: Station, receptionsMax: number): Promise<void> {
  const { chance, accident } = run;
  if (!station.desk.isRunning) await station.desk.start();
  const isFirst = station === run.stations[0];
  if (chance.isHit(accident)) await crash(run, station);
  else if (chance.isHit(accident)) await station.desk.stop().then(() => station.desk.start());
  if (chance.isHit(accident)) await setClockWrong(run, station);
  if (chance.isHit(accident)) await backUp(station);
  if (chance.isHit(accident) && station.backups.length > 0 && station.reservesLeft > 0) await setBack(run, station, isFirst);
  if (chance.isHit(accident / 3) && !isFirst && station.reservesLeft > 0) await copyToAnotherMachine(run, station);
  else if (chance.isHit(accident / 3) && !isFirst) return replace(run, station);
  if (!station.desk.isRunning) return;
  await answerDateQuestion(run, station);
  for (let left = chance.between(0, receptionsMax); left > 0; left -= 1) await receiveOne(run, station);
  if (station.told.length > 0 && chance.isHit(accident)) await voidOne(run, station);
  if (chance.isHit(accident)) await skipOne(run, station);
}

async function answerDateQuestion(run: NumberRun, { desk }: Station): Promise<void> {
  const { dateQuestion } = await desk.office();
  if (!dateQuestion) return;
  run.tally.dateQuestions += 1;
  await desk.must('desks.confirmDate', { date: officeDate(run.office.time.ms) });
}

async function receiveOne(run: NumberRun, station: Station): Promise<void> {
  const { chance, office, tally } = run;
  office.time.ms += chance.between(5, 60) * 1_000;
  if (chance.isHit(run.accident)) await failInside(run, station);
  const input = receiveInput(office.time);
  const { dossier } = await station.desk.must('dossiers.receive', input);
  tell(run, station, dossier);
  tally.receptions += 1;
  if (!chance.isHit(run.accident)) return;
  // Cut right after the answer: the same request comes again and finds the same number.
  await crash(run, station);
  const again = await station.desk.must('dossiers.receive', input);
  if (again.dossier.code !== dossier.code) throw new Error(`answered ${dossier.code} first, then ${again.dossier.code}`);
}

function tell(run: NumberRun, station: Station, { id, code, register }: OutputOf<'dossiers.receive'>['dossier']): void {
  if (!register) throw new Error(`${code} stands in no register`);
  const told = { id, code, register };
  run.told.push(told);
  station.told.push(told);
}

async function crash(run: NumberRun, station: Station): Promise<void> {
  run.tally.crashes += 1;
  await station.desk.crash();
  await station.desk.start();
  await answerDateQuestion(run, station);
}

/** A reception whose transaction dies after it has taken its numbers. */
async function failInside(run: NumberRun, { desk }: Station): Promise<void> {
  run.tally.failedWrites += 1;
  const { db } = desk.desk;
  db.exec("CREATE TEMP TRIGGER dies_inside BEFORE INSERT ON issued_numbers WHEN NEW.kind = 'register' BEGIN SELECT RAISE(ABORT, 'dies inside'); END");
  const answer = await desk.call('dossiers.receive', receiveInput(run.office.time));
  db.exec('DROP TRIGGER dies_inside');
  if (answer.ok) throw new Error('a reception went through that must not');
}

/** Years ahead or back while it runs, or off by days or years when it starts next. */
async function setClockWrong(run: NumberRun, { desk }: Station): Promise<void> {
  const { chance } = run;
  run.tally.clockFaults += 1;
  const isOff = chance.isHit(0.5);
  if (isOff) await desk.stop();
  desk.clock.offMs = chance.pick([0, 0, 8 * 365, -3 * 365, -40, -2, 3, 9, 25]) * DAY_MS + chance.between(-9, 9) * 3_600_000;
  if (isOff) await desk.start();
}

async function backUp(station: Station): Promise<void> {
  const copy = station.desk.copyFiles();
  station.backups.push({ copy, told: [...station.told] });
  if (station.backups.length > 2) rmSync(station.backups.shift()!.copy, { recursive: true });
}

/** The folder is set back to an older state in place. What it held is lost, or was put aside and turns up later. */
async function setBack(run: NumberRun, station: Station, isFirst: boolean): Promise<void> {
  const { chance, tally } = run;
  const { desk } = station;
  const backup = chance.pick(station.backups);
  await desk.stop();
  const before = { copy: desk.copyFiles(), told: station.told };
  desk.restore(backup.copy);
  station.told = [...backup.told];
  station.reservesLeft -= 1;
  tally.restores += 1;
  await desk.start();
  // A folder set back to the very end of its branch goes on as it was, and rightly so.
  if ((await desk.office()).newIncarnation !== null) tally.incarnations += 1;
  await answerDateQuestion(run, station);
  if (isFirst) {
    // The machine that admits others finds its branch at once: whom it admitted, the office knows by it alone.
    await desk.must('desks.importBranch', { dataDir: before.copy, recoveryCode: run.office.recoveryCode });
    station.told = [...new Set([...before.told, ...station.told])];
    rmSync(before.copy, { recursive: true });
  } else if (chance.isHit(0.5)) run.found.push(before);
  else {
    tally.lostRestores += 1;
    rmSync(before.copy, { recursive: true });
  }
}

/** The folder is carried to another machine. The old machine stops, or goes on beside it. */
async function copyToAnotherMachine(run: NumberRun, station: Station): Promise<void> {
  const { office, chance, stations, tally } = run;
  tally.copies += 1;
  await station.desk.stop();
  const copy = station.desk.copyTo(office.newPlace(), machineClock(office.time));
  await copy.start();
  await addStation(run, copy, station.told, station.reservesLeft - 1);
  station.reservesLeft = 0;
  if (chance.isHit(0.5)) await station.desk.start();
  else stations.splice(stations.indexOf(station), 1);
  await answerDateQuestion(run, stations.at(-1)!);
  if (station.desk.isRunning) await answerDateQuestion(run, station);
}

/** The disk dies with everything on it. The office takes the dead machine's sign back and admits a new machine. */
async function replace(run: NumberRun, station: Station): Promise<void> {
  const { stations, tally } = run;
  const first = stations[0]!;
  tally.replaced += 1;
  await station.desk.stop();
  rmSync(station.desk.place.dataDir, { recursive: true });
  stations.splice(stations.indexOf(station), 1);
  await answerDateQuestion(run, first);
  const isShared = stations.some(({ token }) => token === station.token);
  if (!isShared && first.desk.desk.office().heldTokens.has(station.token)) {
    await first.desk.must('numbers.returnToken', { idempotencyKey: crypto.randomUUID(), token: station.token, machineGone: true, reason: 'Máy hỏng' });
    run.returnedTokens.add(station.token);
    tally.returned += 1;
  }
  await joinStation(run);
}

async function voidOne(run: NumberRun, { desk, told }: Station): Promise<void> {
  const { id } = run.chance.pick(told);
  const answer = await desk.call('dossiers.void', { id, idempotencyKey: crypto.randomUUID(), reason: 'Nhận nhầm' });
  if (answer.ok) run.tally.voids += 1;
  else if (answer.error.code !== 'dossiers.wrongState') throw new Error(`void refused: ${answer.error.code}`);
}

/** The next number of the day or of the register is passed over by an act: a spoiled form, a number given by hand. */
async function skipOne(run: NumberRun, { desk }: Station): Promise<void> {
  const { running } = await desk.must('numbers.list', {});
  const { next, ...series } = run.chance.pick(running);
  const number = { ...series, counter: next };
  await desk.must('numbers.skip', { idempotencyKey: crypto.randomUUID(), number, reason: 'Ghi hỏng' });
  run.skipped.push(number);
  run.tally.skips += 1;
}

/** All folders come together on the first machine: everything folds, nothing is doubled, nothing that a folder held is missing. */
async function meet(run: NumberRun, findings: NumberFindings): Promise<void> {
  const { office, stations, found } = run;
  const [first, ...others] = stations;
  const held = new Map(first!.told.map((told) => [told.id, told]));
  for (const { desk } of others) if (desk.isRunning) await desk.stop();
  const folders = [...others.map(({ desk, told }) => ({ dataDir: desk.place.dataDir, told })), ...found.map(({ copy, told }) => ({ dataDir: copy, told }))];
  for (const { dataDir, told } of folders) {
    await first!.desk.must('desks.importBranch', { dataDir, recoveryCode: office.recoveryCode });
    for (const one of told) held.set(one.id, one);
  }
  await checkMetLog(first!.desk, [...held.values()], findings);
}

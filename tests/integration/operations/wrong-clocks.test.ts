import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { officeSubject } from '../../../src-node/operations/office-projection.ts';
import { bytesToSubject } from '../../../src-node/operations/operation-rows.ts';
import { CLAMP_AHEAD_MS, compareHlc } from '../../../src-shared/lib/hlc.ts';
import { DAY_MS, officeDate } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { learnFrom } from '../../helpers/learn-from.ts';
import { createChance, type Chance } from '../../simulation/seeded-chance.ts';

const TEN_YEARS_MS = 3_652 * DAY_MS;
const HOUR_MS = 3_600_000;

let office: CoreOffice;
let desks: CoreDesk[];

beforeEach(async () => {
  office = await setUpCoreOffice();
  desks = [office.first, await office.join(office.first, 'Máy 2'), await office.join(office.first, 'Máy 3')];
  await exchange();
});
afterEach(() => office.end());

/** Everybody learns what everybody wrote. */
async function exchange(): Promise<void> {
  const [one, two, three] = desks;
  for (const other of [two!, three!]) await learnFrom(one!, other);
  for (const other of [two!, three!]) await learnFrom(other, one!);
}

function operationsOf({ desk }: CoreDesk): Operation[] {
  const subjects = desk.db.all<{ subject: Uint8Array }>('SELECT DISTINCT subject FROM operations').map(({ subject }) => bytesToSubject(subject));
  return subjects.flatMap((subject) => desk.log.listSubject(subject));
}

/** Acts whose stamp does not come after all that their author knew. */
function againstCause(operations: readonly Operation[]): Operation[] {
  const byId = new Map(operations.map((operation) => [`${operation.header.device}:${operation.header.seq}`, operation]));
  return operations.filter(({ header }) => header.after.some(({ device, seq }) => compareHlc(byId.get(`${device}:${seq}`)!.header.at, header.at) >= 0));
}

const correct = (desk: CoreDesk, id: string, note: string) =>
  desk.call('dossiers.correct', { id, idempotencyKey: crypto.randomUUID(), reason: 'Ghi nhầm', changes: { note } });
const view = async (desk: CoreDesk, id: string) => (await desk.must('dossiers.get', { id })).dossier;
const confirmToday = (desk: CoreDesk) => desk.must('desks.confirmDate', { date: officeDate(office.time.ms) });

async function receiveEverywhere(): Promise<string> {
  const { dossier } = await desks[0]!.must('dossiers.receive', receiveInput(office.time));
  await exchange();
  return dossier.id;
}

describe('one of three desks is ten years ahead', () => {
  test('until the date is confirmed it writes nothing, and what it writes then stays within a day of the true time', async () => {
    const id = await receiveEverywhere();
    const [one, two, ahead] = desks;
    ahead!.clock.offMs = TEN_YEARS_MS;
    expect(await correct(ahead!, id, 'sai ngày')).toMatchObject({ ok: false, error: { code: 'desks.dateQuestionOpen' } });
    expect(await ahead!.call('settings.save', { key: 'idleLockMinutes', value: 7 })).toMatchObject({ ok: false, error: { code: 'desks.dateQuestionOpen' } });
    await exchange();
    for (const desk of [one!, two!]) {
      office.time.ms += HOUR_MS;
      expect((await correct(desk, id, `sửa lúc ${office.time.ms}`)).ok).toBe(true);
      await exchange();
    }
    await confirmToday(ahead!);
    expect((await correct(ahead!, id, 'sửa cuối')).ok).toBe(true);
    await exchange();
    for (const desk of desks) {
      expect((await view(desk, id)).content.note).toBe('sửa cuối');
      expect(operationsOf(desk).filter(({ header }) => header.at.ms > office.time.ms + CLAMP_AHEAD_MS)).toEqual([]);
      expect(againstCause(operationsOf(desk))).toEqual([]);
    }
  });

  test('a correction that it writes beside another is a conflict, and neither counts', async () => {
    const id = await receiveEverywhere();
    const [one, two, ahead] = desks;
    ahead!.clock.offMs = TEN_YEARS_MS;
    await confirmToday(ahead!);
    expect((await correct(ahead!, id, 'của máy sai giờ')).ok).toBe(true);
    office.time.ms += HOUR_MS;
    expect((await correct(one!, id, 'của máy đúng giờ')).ok).toBe(true);
    await exchange();
    for (const desk of desks) {
      const { content, conflicts } = await view(desk, id);
      expect(content.note).toBeUndefined();
      expect(conflicts.filter(({ settledBy }) => settledBy === null).length).toBe(1);
    }
    expect((await two!.must('conflicts.list', {})).conflicts.length).toBe(1);
  });

  test('it does not take work from who took it up an hour later', async () => {
    const id = await receiveEverywhere();
    const [one, , ahead] = desks;
    await one!.must('officers.create', { name: 'Hoàng Ngọc Ánh', title: '', formOfAddress: 'chị', roles: ['processing'], password: ADMIN_PASSWORD });
    await exchange();
    ahead!.clock.offMs = TEN_YEARS_MS;
    await confirmToday(ahead!);
    await one!.signIn('Hoàng Ngọc Ánh');
    for (const desk of [ahead!, one!]) {
      await desk.must('dossiers.act', { id, idempotencyKey: crypto.randomUUID(), act: { act: 'take' } });
      office.time.ms += HOUR_MS;
    }
    await one!.signIn('Lò Thị Mẩy');
    await exchange();
    for (const desk of desks) expect((await view(desk, id)).holderName).toBe('Hoàng Ngọc Ánh');
  });

  test('told by its officer that it is 2036, it drags nobody along, and who corrects it afterwards has the last word', async () => {
    const id = await receiveEverywhere();
    const [one, two, ahead] = desks;
    ahead!.clock.offMs = TEN_YEARS_MS;
    await ahead!.must('desks.confirmDate', { date: officeDate(office.time.ms + TEN_YEARS_MS) });
    expect((await correct(ahead!, id, 'viết năm 2036')).ok).toBe(true);
    await exchange();
    office.time.ms += HOUR_MS;
    expect((await correct(two!, id, 'sửa sau khi đã biết')).ok).toBe(true);
    await exchange();
    for (const desk of desks) {
      const { content, conflicts } = await view(desk, id);
      expect([content.note, conflicts]).toEqual(['sửa sau khi đã biết', []]);
    }
    const { desk } = one!;
    const stamps = operationsOf(one!).filter(({ header }) => header.device !== ahead!.desk.device).map(({ header }) => header.at.ms);
    expect(Math.max(...stamps)).toBeLessThanOrEqual(office.time.ms + CLAMP_AHEAD_MS);
    expect(desk.log.listSubject(officeSubject(desk.office().id)).some(({ header }) => header.at.ms > office.time.ms + TEN_YEARS_MS - DAY_MS)).toBe(true);
  });
});

describe('a desk some hours or days ahead, which nobody notices', () => {
  test('what was learned before a restart stays learned: the next act here comes after it', async () => {
    const id = await receiveEverywhere();
    const [one, ahead] = desks;
    await ahead!.stop();
    ahead!.clock.offMs = 20 * HOUR_MS;
    await ahead!.start();
    expect((await correct(ahead!, id, 'lần một')).ok).toBe(true);
    await exchange();
    await one!.stop();
    await one!.start();
    expect((await correct(one!, id, 'lần hai')).ok).toBe(true);
    expect(againstCause(operationsOf(one!))).toEqual([]);
  });

  test('an officer it adds works at once on the others', async () => {
    const [one, ahead] = desks;
    await ahead!.stop();
    ahead!.clock.offMs = 6 * DAY_MS;
    await ahead!.start();
    await ahead!.must('officers.create', { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD });
    await one!.must('desks.importBranch', { dataDir: ahead!.place.dataDir, recoveryCode: office.recoveryCode });
    await one!.signIn('Giàng A Páo');
    const { dossier } = await one!.must('dossiers.receive', receiveInput(office.time));
    await one!.signIn('Lò Thị Mẩy');
    await exchange();
    for (const desk of desks) expect(await view(desk, dossier.id)).toMatchObject({ receivedByName: 'Giàng A Páo', conflicts: [] });
  });
});

test.each([1, 2])('any mix of acts, exchanges, restarts and clock faults: same dossiers everywhere, stamps within a day, causes first (seed %i)', async (seed) => {
  const chance = createChance(seed);
  const dossiers = [await receiveEverywhere(), await receiveEverywhere()];
  for (let step = 0; step < 25; step += 1) await anyStep(chance, dossiers);
  await exchange();
  const shown = [];
  for (const desk of desks) {
    const all = operationsOf(desk);
    expect(againstCause(all)).toEqual([]);
    expect(all.filter(({ header }) => header.at.ms > office.time.ms + CLAMP_AHEAD_MS)).toEqual([]);
    expect((await desk.must('system.verify', {})).faults).toEqual([]);
    const views = [];
    for (const id of dossiers) {
      const { content, status, holderName, conflicts, history } = await view(desk, id);
      views.push({ content, status, holderName, conflicts: conflicts.map((one) => one.id), history: history.map((entry) => [entry.id, entry.effect]) });
    }
    shown.push(views);
  }
  expect(shown[1]).toEqual(shown[0]);
  expect(shown[2]).toEqual(shown[0]);
});

async function anyStep(chance: Chance, dossiers: readonly string[]): Promise<void> {
  office.time.ms += chance.between(1, 30) * 60_000;
  const desk = chance.pick(desks);
  const other = chance.pick(desks);
  if ((await desk.office()).dateQuestion && chance.isHit(0.7)) await confirmToday(desk);
  switch (chance.between(0, 5)) {
    case 0:
      if (desk !== other) await learnFrom(desk, other);
      return;
    case 1:
      await desk.stop();
      desk.clock.offMs = desk === desks[2] ? chance.pick([TEN_YEARS_MS, 0]) : 0;
      return desk.start();
    case 2:
      return void (await desk.call('dossiers.act', { id: chance.pick(dossiers), idempotencyKey: crypto.randomUUID(), act: { act: 'take' } }));
    case 3:
      return void (await desk.call('settings.save', { key: 'idleLockMinutes', value: chance.between(5, 30) }));
    default:
      return void (await correct(desk, chance.pick(dossiers), `ghi ${chance.between(1, 4)}`));
  }
}

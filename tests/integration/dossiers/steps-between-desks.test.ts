import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { addDays, officeInstant, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

const MONDAY = '2026-11-30' as IsoDate;
const PROCEDURE = '2.002516';
const FLOW = [
  { name: 'Tiếp nhận', role: 'reception', term: { unit: 'hour', value: 4 } },
  { name: 'Thẩm định', role: 'specialist', term: { unit: 'working_day', value: 2 } },
  { name: 'Phê duyệt', role: 'leader', term: { unit: 'hour', value: 4 } },
  { name: 'Trả kết quả', role: 'reception', term: null },
];
const TEN_DAYS = { mode: 'typedTerm', term: { unit: 'working_day', value: 10 }, reason: 'Theo văn bản' } as const;

let office: CoreOffice;
let one: CoreDesk;
let two: CoreDesk;
beforeEach(async () => {
  office = await setUpCoreOffice({ startDate: MONDAY });
  one = office.first;
  await one.must('procedures.save', { code: PROCEDURE, entry: { flow: FLOW } as InputOf<'procedures.save'>['entry'], reason: 'Quy trình nội bộ của xã' });
  two = await office.join(one, 'Máy 2');
  office.time.ms = at(0, 9);
});
afterEach(() => office.end());

const at = (day: number, hour: number, minute = 0) => officeInstant(addDays(MONDAY, day), hour * 60 + minute);
const act = async (desk: CoreDesk, id: string, doing: DossierActInput) => (await desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: doing })).dossier;
const get = async (desk: CoreDesk, id: string): Promise<OutputOf<'dossiers.get'>['dossier']> => (await desk.must('dossiers.get', { id })).dossier;
const stepping = ({ status, step, steps, history }: OutputOf<'dossiers.get'>['dossier']) => ({ status, step, steps, history: history.map(({ title, lines }) => [title, lines]) });

/** A power cut ends the one, and the other takes over its folder, as from a stick. */
async function learn(by: CoreDesk, from: CoreDesk): Promise<void> {
  await from.stop();
  await by.must('desks.importBranch', { dataDir: from.place.dataDir, password: ADMIN_PASSWORD });
  await from.start();
}
async function exchange(): Promise<void> {
  await learn(one, two);
  await learn(two, one);
}
/** In work at its second step since nine o'clock, known to both. */
async function inWork(): Promise<string> {
  const { id } = (await one.must('dossiers.receive', receiveInput(office.time, { appointment: TEN_DAYS }))).dossier;
  await act(one, id, { act: 'take' });
  await exchange();
  return id;
}

describe('a step that two desks move apart', () => {
  test('to the same place is at that place once, with the time of the earlier one', async () => {
    const id = await inWork();
    office.time.ms = at(1, 9);
    await act(one, id, { act: 'moveStep', step: 2 });
    office.time.ms = at(1, 11);
    await act(two, id, { act: 'moveStep', step: 2 });
    await exchange();
    const [seen, other] = [await get(one, id), await get(two, id)];
    expect(seen.step).toEqual({ name: 'Phê duyệt', dueAt: at(1, 15) });
    expect(seen.steps.map(({ state }) => state)).toEqual(['done', 'done', 'current', 'ahead']);
    expect(seen.conflicts).toEqual([]);
    expect(stepping(other)).toEqual(stepping(seen));
  });

  test('to different places has come to the further one, whichever stamp is later', async () => {
    const id = await inWork();
    office.time.ms = at(1, 9);
    await act(two, id, { act: 'moveStep', step: 3 });
    office.time.ms = at(1, 10);
    await act(one, id, { act: 'moveStep', step: 2 });
    await exchange();
    expect((await get(one, id)).steps.map(({ state }) => state)).toEqual(['done', 'done', 'passed', 'current']);
    expect(stepping(await get(two, id))).toEqual(stepping(await get(one, id)));
  });
});

describe('a step moved by a desk that did not know of a wait', () => {
  /** The clock is stopped here with one of two days left while the other desk hands it on with four hours. */
  async function movedDuringWait(): Promise<string> {
    const id = await inWork();
    office.time.ms = at(1, 9);
    await act(one, id, { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' });
    office.time.ms = at(1, 10);
    await act(two, id, { act: 'moveStep', step: 2 });
    await exchange();
    office.time.ms = at(9, 9);
    await act(one, id, { act: 'receiveSupplement', papers: [] });
    return id;
  }

  test('is not given what was left of another step, and says that its time has to be looked at', async () => {
    const id = await movedDuringWait();
    const { step, steps } = await get(one, id);
    expect(steps[2]).toMatchObject({ name: 'Phê duyệt', state: 'current', needsReview: true, late: false });
    expect(step).toMatchObject({ name: 'Phê duyệt', needsReview: true });
  });

  test('stands on the page of the leader to be looked at, and is not counted as late', async () => {
    const id = await movedDuringWait();
    for (const desk of [one, two]) {
      if (desk === two) await learn(two, one);
      const { lateSteps, stepsToReview, counts, officers } = await desk.must('workload.get', {});
      expect(lateSteps).toEqual([]);
      expect(counts).toMatchObject({ lateSteps: 0, stepsToReview: 1 });
      expect(stepsToReview.map((row) => [row.id, row.step?.needsReview])).toEqual([[id, true]]);
      expect(officers.every((load) => load.lateSteps === 0)).toBe(true);
    }
    // Once it is moved on by somebody who knows, it has a time of its own again.
    const moved = await act(one, id, { act: 'moveStep', step: 1 });
    expect(moved.step).toEqual({ name: 'Thẩm định', dueAt: at(11, 17) });
    expect((await one.must('workload.get', {})).stepsToReview).toEqual([]);
    expect(verifyDesk(one.desk.db, one.desk.log.names, one.desk.office()).faults).toEqual([]);
  });
});

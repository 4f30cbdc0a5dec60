import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
beforeAll(async () => {
  office = await setUpCoreOffice();
  desk = office.first;
});
afterAll(() => office.end());

type Shown = OutputOf<'dossiers.get'>['dossier'];

async function receive(): Promise<{ readonly id: string; readonly job: string }> {
  const { dossier, job } = await desk.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
  return { id: dossier.id, job: job!.id };
}
const correct = (id: string, changes: InputOf<'dossiers.correct'>['changes']) =>
  desk.must('dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Ghi nhầm', changes });
const voidIt = (id: string) => desk.must('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhập trùng' });
const report = (job: string, copy: 'keep' | 'citizen', outcome: 'printed' | 'failed' = 'printed') =>
  desk.call('printing.report', { job, idempotencyKey: randomUUID(), outcomes: [{ copy, outcome }] });
const undo = ({ id, history }: Shown) =>
  desk.must('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'undo', operation: history.findLast(({ kind }) => kind === 'dossier.corrected')!.id, reason: '' } });
const waiting = async (id: string) => (await desk.must('printing.jobs', {})).jobs.filter(({ dossier }) => dossier === id).map((job) => job.id);
const listed = async (id: string) => (await desk.must('dossiers.get', { id })).dossier.jobs.map((job) => job.id);

describe('the receipt of a voided dossier', () => {
  test('waits no more and is neither drawn for the printer nor reported as printed', async () => {
    const { id, job } = await receive();
    await voidIt(id);
    expect(await waiting(id)).toEqual([]);
    expect(await listed(id)).toEqual([]);
    expect(codeOf(await desk.call('forms.render', { job, copies: 'open' }))).toBe('dossiers.wrongState');
    expect(codeOf(await report(job, 'keep'))).toBe('dossiers.wrongState');
  });

  test('may still be looked at, and a sheet that failed may be told', async () => {
    const { id, job } = await receive();
    expect((await report(job, 'keep')).ok).toBe(true);
    await voidIt(id);
    expect(await listed(id)).toEqual([job]);
    expect((await desk.call('forms.render', { job })).ok).toBe(true);
    expect((await report(job, 'citizen', 'failed')).ok).toBe(true);
    expect(await waiting(id)).toEqual([]);
  });
});

describe('a receipt with words that were corrected', () => {
  test('is replaced at once by the corrected one', async () => {
    const { id, job } = await receive();
    const corrected = await correct(id, { owner: { type: 'individual', name: 'Giàng A Đúng' } });
    expect(await waiting(id)).toEqual([corrected.job!.id]);
    expect(await listed(id)).toEqual([corrected.job!.id]);
    expect(codeOf(await desk.call('forms.render', { job, copies: 'open' }))).toBe('printing.alreadyReported');
  });

  test('leaves the papers of other dossiers waiting', async () => {
    const other = await receive();
    await correct((await receive()).id, { request: 'Lời đúng' });
    expect(await waiting(other.id)).toEqual([other.job]);
  });
});

describe('the receipt of a correction that was undone', () => {
  test('waits no more, and the first one, which never came out, is waited for again', async () => {
    const { id, job } = await receive();
    const corrected = await correct(id, { request: 'Lời đã rút lại' });
    await undo(corrected.dossier);
    expect(await waiting(id)).toEqual([job]);
    expect(await listed(id)).toEqual([job]);
    expect(codeOf(await desk.call('forms.render', { job: corrected.job!.id, copies: 'open' }))).toBe('printing.alreadyReported');
    expect((await desk.call('forms.render', { job, copies: 'open' })).ok).toBe(true);
  });

  test('does not bring back a first one that is out', async () => {
    const { id, job } = await receive();
    for (const copy of ['keep', 'citizen'] as const) await report(job, copy);
    await undo((await correct(id, { request: 'Lời đã rút lại' })).dossier);
    expect(await waiting(id)).toEqual([]);
    expect(await listed(id)).toEqual([job]);
  });

  test('leaves the receipt of an earlier correction, which still holds, waiting', async () => {
    const { id } = await receive();
    const earlier = await correct(id, { request: 'Lời đúng' });
    await undo((await correct(id, { request: 'Lời đã rút lại' })).dossier);
    expect(await waiting(id)).toEqual([earlier.job!.id]);
  });
});

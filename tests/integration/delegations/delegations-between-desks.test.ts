import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { OfficerId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, valueOf, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { learnFrom } from '../../helpers/learn-from.ts';

/** Two machines of one office: what the delegate does on one is judged on the other by the days of the delegation. */
const DAY_MS = 86_400_000;
const DELEGATE = 'Hoàng Ngọc Ánh';

let office: CoreOffice;
let first: CoreDesk;
let second: CoreDesk;
let delegate: OfficerId;
let leader: OfficerId;
beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
  const created = await first.must('officers.create', { name: DELEGATE, title: '', formOfAddress: 'chị', roles: ['processing'], password: ADMIN_PASSWORD });
  delegate = created.id as OfficerId;
  leader = (await first.must('session.current', {})).session!.officer!.id as OfficerId;
  second = await office.join(first, 'Máy 2');
  await second.signIn(DELEGATE);
});
afterEach(() => office.end());

const today = () => first.desk.clock.businessDate();
const receive = async () => (await first.must('dossiers.receive', receiveInput(office.time))).dossier.id;
const grantForToday = () => first.must('delegations.grant', { idempotencyKey: randomUUID(), from: leader, to: delegate, roles: ['leader'], firstDate: today(), lastDate: today(), reason: '' });
const voidOn = (desk: CoreDesk, id: string) => desk.call('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });

/** The delegate's act written without asking anybody, as a program that knew no better did. */
function writeVoid(desk: CoreDesk, id: string): void {
  const { log, office: officeOf } = desk.desk;
  valueOf(log.write((writing) => {
    const known = log.listSubject(id as SubjectId);
    const after = foldDossier(known, officeOf())!.heads.map(parseOperationId);
    const operation = writing.append({ kind: 'dossier.voided', version: 1, subject: id as SubjectId, actor: delegate, after, body: { reason: 'Nhận nhầm' } });
    projectDossier(writing.db, writing.names, officeOf(), [...known, operation]);
    return ok(undefined);
  }));
}

async function stateOn(desk: CoreDesk, id: string): Promise<readonly [string, readonly string[]]> {
  const { dossier } = await desk.must('dossiers.get', { id });
  return [dossier.status, dossier.conflicts.map(({ reason }) => reason)];
}

it('an act within the days holds on both machines, one after the last day is shown on both as not permitted', async () => {
  const [within, after] = [await receive(), await receive()];
  await grantForToday();
  await second.signIn();
  await learnFrom(second, first);
  await second.signIn(DELEGATE);
  expect((await voidOn(second, within)).ok).toBe(true);
  office.time.ms += DAY_MS;
  const refused = await voidOn(second, after);
  expect(refused.ok ? '' : refused.error.code).toBe('session.notPermitted');
  writeVoid(second, after);
  await learnFrom(first, second);
  for (const desk of [first, second]) {
    expect(await stateOn(desk, within)).toEqual(['voided', []]);
    const [status, reasons] = await stateOn(desk, after);
    expect([status, reasons.length]).toEqual(['received', 1]);
  }
  expect((await first.must('system.verify', {})).faults).toEqual([]);
});

it('a machine that hears of the delegation only later judges the act anew', async () => {
  const id = await receive();
  await second.signIn();
  await learnFrom(second, first);
  await grantForToday();
  office.time.ms += 60_000;
  // The second machine does not know of the delegation yet; the delegate acts on the first.
  await first.signIn(DELEGATE);
  expect((await voidOn(first, id)).ok).toBe(true);
  await first.signIn();
  await learnFrom(second, first);
  expect(await stateOn(second, id)).toEqual(['voided', []]);
});

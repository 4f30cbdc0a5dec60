import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { transaction } from '../../../src-node/db/transaction.ts';
import { createNames } from '../../../src-node/operations/names.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, valueOf, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';

let office: CoreOffice;
let first: CoreDesk;
beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
});
afterEach(() => office.end());

async function receive(desk: CoreDesk, count = 1, change: Partial<InputOf<'dossiers.receive'>> = {}): Promise<string[]> {
  const codes: string[] = [];
  for (let done = 0; done < count; done += 1) codes.push((await desk.must('dossiers.receive', receiveInput(office.time, change))).dossier.code);
  return codes;
}
const take = (desk: CoreDesk, dataDir: string) => desk.call('desks.importBranch', { dataDir, recoveryCode: office.recoveryCode });
const learn = async (desk: CoreDesk, from: CoreDesk) => valueOf(await take(desk, from.place.dataDir));
const countOperations = (desk: CoreDesk) => desk.desk.db.value<number>('SELECT count(*) FROM operations')!;
const countListed = (desk: CoreDesk) => desk.desk.db.value<number>('SELECT count(*) FROM dossiers')!;
const countInLog = (desk: CoreDesk) => desk.desk.db.value<number>("SELECT count(*) FROM operations o JOIN names n ON n.no = o.kind WHERE n.text = 'dossier.received'")!;
const faults = async (desk: CoreDesk) => (await desk.must('system.verify', {})).faults;

/** Changes a copy of a desk's folder, as somebody could who holds its key. */
function tamper(desk: CoreDesk, sql: string, device?: DeviceId): string {
  const copy = desk.copyFiles();
  const db = valueOf(openDatabase({ file: `${copy}/desk.db`, key: desk.desk.databaseKey, mode: 'write' }));
  valueOf(transaction(db, () => ok(db.run(sql, ...(device ? [createNames(db).find(device)!] : [])))));
  closeDatabase(db);
  return copy;
}
const AND_LAST = 'AND seq = (SELECT max(o.seq) FROM operations o WHERE o.device = operations.device)';
const ALTER_LAST = `UPDATE operations SET wall = wall + 1 WHERE device = ? ${AND_LAST}`;

describe('one bad chain among good ones (rule 7)', () => {
  let second: CoreDesk;
  let third: CoreDesk;
  let given: { first: string[]; second: string[] };
  beforeEach(async () => {
    second = await office.join(first, 'Máy 2');
    third = await office.join(first, 'Máy 3');
    given = { first: await receive(first, 2), second: await receive(second, 2) };
    await learn(second, first);
  });
  const codes = async () => (await third.must('dossiers.search', { limit: 200 })).dossiers.map(({ code }) => code).sort();

  it('is left whole and named with its reason, the others are taken in, and a good copy brings the rest', async () => {
    const bad = tamper(second, ALTER_LAST, first.desk.device);
    const report = valueOf(await take(third, bad));
    expect(report.refused).toEqual([{ device: first.desk.device, deskName: 'Máy 1', code: 'branch.badChain', sentence: 'Có việc của máy này bị sửa sau khi ghi, hoặc khác với bản đang có ở đây.' }]);
    expect(report).toMatchObject({ operations: 3, dossiers: 2, conflicts: 0 });
    expect([await codes(), await faults(third)]).toEqual([given.second.sort(), []]);
    // Again: the bad one is named again, and nothing is doubled.
    expect(valueOf(await take(third, bad))).toMatchObject({ operations: 0, dossiers: 0, refused: [{ code: 'branch.badChain' }] });
    expect(await learn(third, second)).toMatchObject({ dossiers: 2, refused: [] });
    expect([await codes(), await faults(third)]).toEqual([[...given.first, ...given.second].sort(), []]);
  });

  it.each([
    ['with another signature', 'UPDATE devices SET signature = substr(signature, 2) || substr(signature, 1, 1) WHERE device = ?', 'branch.badSignature'],
    ['without its signature', 'UPDATE devices SET signature = NULL WHERE device = ?', 'branch.unreadable'],
    ['with an act after one of a device without a name', `UPDATE operations SET after = '99999 1' WHERE device = ? ${AND_LAST}`, 'branch.unreadable'],
    ['with a body altered', "UPDATE operations SET body = x'7b7d' WHERE device = ? AND seq = 4", 'branch.badChain'],
    ['with one act cut out', 'DELETE FROM operations WHERE device = ? AND seq = 4', 'branch.gap'],
  ])('%s is refused alone', async (_what, sql, code) => {
    const report = valueOf(await take(third, tamper(second, sql, first.desk.device)));
    expect(report.refused).toMatchObject([{ deskName: 'Máy 1', code }]);
    expect([await codes(), await faults(third)]).toEqual([given.second.sort(), []]);
  });

  it('of a desk whose grant was forged is refused as of a stranger', async () => {
    const forged = tamper(second, `UPDATE operations SET body = CAST(replace(CAST(body AS TEXT), '"signature":"', '"signature":"x') AS BLOB) WHERE device = ? AND seq = 1`, second.desk.device);
    expect(valueOf(await take(third, forged)).refused).toMatchObject([{ device: second.desk.device, deskName: null, code: 'branch.unknownDevice', sentence: 'Cơ quan chưa thêm máy này.' }]);
    expect([await codes(), await faults(third)]).toEqual([given.first.sort(), []]);
  });

  it('that goes on under the name of this very desk is refused, and the desk numbers on', async () => {
    // A machine set back whole, its own state among it, does not notice that it was.
    const [data, state] = [third.copyFiles(), `${office.root}/state-kept`];
    cpSync(third.place.stateDir, state, { recursive: true });
    await receive(third, 2);
    await learn(third, second);
    const later = third.copyFiles();
    await third.stop();
    third.restore(data);
    cpSync(state, third.place.stateDir, { recursive: true });
    await third.start();
    expect((await third.office()).newIncarnation).toBeNull();
    const report = valueOf(await take(third, later));
    expect(report.refused).toMatchObject([{ device: third.desk.device, deskName: 'Máy 3', code: 'branch.ownDevice' }]);
    expect(report.dossiers).toBe(4);
    expect(await receive(third)).toEqual(['H99.99-261123-3001']);
    expect(await faults(third)).toEqual([]);
  });

  it('that is the only one is an error, and nothing changes', async () => {
    const before = countOperations(third);
    const answer = await take(third, tamper(first, ALTER_LAST, first.desk.device));
    expect(answer).toMatchObject({ ok: false, error: { code: 'desks.branchUnreadable', detail: { reason: 'branch.badChain' } } });
    expect([countOperations(third), await codes()]).toEqual([before, []]);
  });
});

describe('a desk that takes over a large branch', () => {
  let second: CoreDesk;
  beforeEach(async () => {
    second = await office.join(first, 'Máy 2');
    await receive(first, 150);
  });

  it('answers a reception in the middle, and takes no second branch and no rebuild meanwhile', async () => {
    const before = countOperations(second);
    const order: string[] = [];
    const importing = take(second, first.place.dataDir).then((answer) => {
      order.push('imported');
      return answer;
    });
    while (countOperations(second) === before) await nextTurn();
    expect(await receive(second)).toEqual(['H99.99-261123-2001']);
    order.push('received');
    expect(countInLog(second)).toBeLessThan(151);
    expect(codeOf(await take(second, first.place.dataDir))).toBe('desks.workUnderWay');
    expect(codeOf(await second.call('system.rebuild', {}))).toBe('desks.workUnderWay');
    while (countListed(second) < 2) await nextTurn();
    expect(await receive(second)).toEqual(['H99.99-261123-2002']);
    order.push('received while folding');
    expect(valueOf(await importing)).toMatchObject({ dossiers: 150, refused: [] });
    expect(order).toEqual(['received', 'received while folding', 'imported']);
    expect([countListed(second), await faults(second)]).toEqual([152, []]);
  });

  it.each([
    ['while acts come in', () => countInLog(second) > 0],
    ['when all are in and no list shows them', () => countInLog(second) === 150],
    ['while they are folded', () => countListed(second) > 0],
  ])('and loses power %s ends whole at the next start, and finds nothing twice', async (_when, isThen) => {
    const importing = take(second, first.place.dataDir);
    while (!isThen()) await nextTurn();
    await second.crash();
    await importing;
    await second.start();
    expect(countListed(second)).toBe(countInLog(second));
    expect(countListed(second)).toBeGreaterThan(0);
    expect(await faults(second)).toEqual([]);
    await learn(second, first);
    expect([countListed(second), await faults(second)]).toEqual([150, []]);
    expect(await learn(second, first)).toMatchObject({ operations: 0, dossiers: 0 });
    expect(await receive(second)).toEqual(['H99.99-261123-2001']);
  });
});

describe('what arrives and changes who may act', () => {
  it('shows a dossier as a conflict whose receiver had been dismissed elsewhere, as a rebuild would', async () => {
    const { officers } = await (async () => {
      await first.must('officers.create', { name: 'Giàng A Páo', title: '', formOfAddress: 'anh', roles: ['reception'], password: ADMIN_PASSWORD });
      return first.must('officers.list', {});
    })();
    const second = await office.join(first, 'Máy 2');
    const [kept] = await receive(second);
    office.time.ms += 60_000;
    const dismissed = officers.find(({ name }) => name === 'Giàng A Páo')!;
    await first.must('officers.change', { officer: dismissed.id, name: dismissed.name, title: '', formOfAddress: 'anh', roles: ['reception'], retired: true });
    office.time.ms += 60_000;
    await second.signIn('Giàng A Páo');
    const [late] = await receive(second);
    await second.signIn('Lò Thị Mẩy');
    await learn(second, first);
    const listed = (await second.must('dossiers.search', { limit: 10 })).dossiers.map(({ code, openConflicts }) => [code, openConflicts]).sort();
    const dump = dumpProjections(second.desk.db);
    await second.must('system.rebuild', {});
    expect(dumpProjections(second.desk.db)).toEqual(dump);
    expect(listed).toEqual([[kept, 0], [late, 1]]);
    expect(await faults(second)).toEqual([]);
  });
});

describe('a receipt that waits here', () => {
  let second: CoreDesk;
  let dossier: string;
  let job: string;
  beforeEach(async () => {
    const received = await first.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
    [dossier, job] = [received.dossier.id, received.job!.id];
    second = await office.join(first, 'Máy 2');
    await learn(second, first);
    office.time.ms += 60_000;
  });
  const waiting = async () => (await first.must('printing.jobs', {})).jobs.map(({ id }) => id);
  const correctThere = () => second.must('dossiers.correct', { id: dossier, idempotencyKey: randomUUID(), reason: 'Ghi nhầm', changes: { request: 'Lời đúng' } });

  it('waits no more when a correction of its words arrives from another desk', async () => {
    const other = await first.must('dossiers.receive', receiveInput(office.time, { receiptWanted: true }));
    await correctThere();
    expect(await waiting()).toEqual([other.job!.id, job]);
    await learn(first, second);
    expect(await waiting()).toEqual([other.job!.id]);
    expect(codeOf(await first.call('forms.render', { job, copies: 'open' }))).toBe('printing.alreadyReported');
  });

  it('waits on when the correction was taken back, whether both arrive at once or one after the other', async () => {
    const undoThere = async () => {
      const { history } = (await second.must('dossiers.get', { id: dossier })).dossier;
      const operation = history.findLast(({ kind }) => kind === 'dossier.corrected')!.id;
      await second.must('dossiers.act', { id: dossier, idempotencyKey: randomUUID(), act: { act: 'undo', operation, reason: '' } });
    };
    await correctThere();
    await undoThere();
    await learn(first, second);
    expect(await waiting()).toEqual([job]);
    await correctThere();
    await learn(first, second);
    expect(await waiting()).toEqual([]);
    await undoThere();
    await learn(first, second);
    expect(await waiting()).toEqual([job]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkloadHandlers } from '../../../src-main/core/features/workload/workload-handlers.ts';
import { summaryToWire } from '../../../src-main/core/features/dossiers/dossier-view.ts';
import { createNaming } from '../../../src-main/core/features/dossiers/naming.ts';
import { describeOperation } from '../../../src-main/core/features/dossiers/conflict-words.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { addDays, officeDate, officeInstant, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { appendAct, appendDossier, readDossier } from '../../helpers/append-dossier.ts';
import { correction } from '../../helpers/build-dossier-bodies.ts';
import { contentBody } from '../../helpers/build-operations.ts';
import { insertCrowd } from '../../helpers/many-dossiers.ts';
import { openTestDesk, valueOf, type TestDesk } from '../../helpers/open-test-desk.ts';
import { writeOffice } from '../../helpers/write-office.ts';

const DAY_MS = 86_400_000;

let at: TestDesk;
let today: IsoDate;
beforeEach(async () => {
  at = await openTestDesk({
    handlers: () => createWorkloadHandlers({
      nextWorkingDay: (_desk, date) => addDays(date, 3),
      summary: (desk, stored) => summaryToWire(stored, createNaming(desk.office())),
      describe: describeOperation,
    }),
  });
  today = officeDate(at.desk.clock.nowMs());
});
afterEach(() => at.close());

/** Received with an appointment so many days from today. */
function dossierDue(days: number): SubjectId {
  at.clock.advance(60_000);
  const content = contentBody();
  return appendDossier(at, { content: { appointment: { ...content.appointment, dueAt: officeInstant(addDays(today, days), 1_020) } as never } }).id;
}
const take = (id: SubjectId) => appendAct(at, id, 'processing', 'dossier.taken', { officer: at.officers.processing });
const get = async () => valueOf(await at.as('leader')('workload.get', {}));
const loadOf = async (officer: 'reception' | 'processing') => (await get()).officers.find((one) => one.officer === at.officers[officer]);

describe('the load of each officer', () => {
  it('counts what is open, due today, overdue and waiting, and tells what nobody has taken up', async () => {
    dossierDue(-2);
    const [late, now, later, paused] = [dossierDue(-1), dossierDue(0), dossierDue(5), dossierDue(-4)];
    for (const id of [late, now, later, paused]) take(id);
    appendAct(at, paused, 'processing', 'dossier.supplementRequested', { papers: ['Giấy chứng sinh'], reason: 'Còn thiếu', pausedAt: at.desk.clock.nowMs() });
    const done = dossierDue(-3);
    take(done);
    appendAct(at, done, 'processing', 'dossier.finished', { result: { summary: 'Giấy khai sinh' }, finishedAt: at.desk.clock.nowMs() });
    expect(await loadOf('processing')).toMatchObject({ name: 'Lò Văn Thắng', open: 4, untaken: 0, waiting: 1, dueToday: 1, overdue: 1 });
    expect(await loadOf('reception')).toMatchObject({ open: 1, untaken: 1, waiting: 0, dueToday: 0, overdue: 1 });
    // Whoever only administers has no work of this kind; whoever has nothing yet is listed all the same.
    const { officers, counts } = await get();
    expect(officers.map(({ officer }) => officer)).not.toContain(at.officers.admin);
    expect(officers.find(({ officer }) => officer === at.officers.leader)).toMatchObject({ open: 0 });
    expect(counts).toEqual({ dueToday: 1, dueNext: 0, overdue: 2, lateSteps: 0, stepsToReview: 0, supplementsLapsed: 0 });
  });

  it('is the same however many closed years lie behind', async () => {
    dossierDue(-1);
    const roles = ['reception', 'processing', 'leader'] as const;
    writeOffice(at.desk, at.officers.admin, 'officer.changed', { officer: at.officers.leader, name: 'Đặng Văn Lâm', title: '', formOfAddress: 'anh', roles: [...roles], retired: false });
    const before = await get();
    insertCrowd(at.desk, { count: 400, seed: 7, officer: at.officers.leader, openCount: 0, perDay: 40 });
    expect(at.desk.db.value("SELECT count FROM dossier_counts WHERE status = 'returned'")).toBe(400);
    expect((await get()).officers).toEqual(before.officers);
    const plan = at.desk.db.all<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT holder, COUNT(*) FROM dossiers INDEXED BY dossiers_open
      WHERE status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty', 'finished') GROUP BY holder`);
    expect(plan.map(({ detail }) => detail).join()).toContain('COVERING INDEX dossiers_open');
  });
});

describe('what is due', () => {
  it('is listed for today, and from tomorrow up to the next working day, the earliest first', async () => {
    const [now, next] = [dossierDue(0), dossierDue(3)];
    // The police work on a Saturday when the office does not, and a term in calendar days may end on a holiday.
    const [saturday, holiday] = [dossierDue(1), dossierDue(2)];
    dossierDue(4);
    const { dueToday, dueNext, nextWorkingDay, counts } = await get();
    expect(dueToday.map(({ id }) => id)).toEqual([now]);
    expect(dueNext.map(({ id }) => id)).toEqual([saturday, holiday, next]);
    expect(counts).toMatchObject({ dueToday: 1, dueNext: 3 });
    expect(nextWorkingDay).toBe(addDays(today, 3));
  });
});

describe('why something is overdue', () => {
  const reasons = async (id: SubjectId) => (await get()).overdue.find(({ dossier }) => dossier.id === id)?.reasons;

  it('nobody has taken it up', async () => {
    expect(await reasons(dossierDue(-1))).toEqual([{ code: 'untaken' }]);
  });

  it('it lies with another agency, and papers were waited for', async () => {
    const id = dossierDue(-1);
    take(id);
    const pausedAt = at.desk.clock.nowMs();
    appendAct(at, id, 'processing', 'dossier.supplementRequested', { papers: ['Giấy chứng sinh'], reason: 'Còn thiếu', pausedAt });
    at.clock.advance(2 * DAY_MS);
    const { content, appointmentSetBy } = readDossier(at, id);
    appendAct(at, id, 'processing', 'dossier.supplementReceived', { papers: [], receivedAt: at.desk.clock.nowMs(), moved: { appointment: content.appointment, base: appointmentSetBy } });
    appendAct(at, id, 'processing', 'dossier.forwarded', { agency: 'Công an xã Nậm Khâu' });
    expect(await reasons(id)).toEqual([{ code: 'forwarded', agency: 'Công an xã Nậm Khâu' }, { code: 'supplemented', times: 1, days: 2 }]);
  });

  it('it was promised anew: how often, and the reason that was written last', async () => {
    const id = dossierDue(-9);
    take(id);
    for (const [reason, days] of [['Mất điện', -5], ['Chờ tỉnh trả lời', -1]] as const) {
      const { content, appointmentSetBy } = readDossier(at, id);
      const appointment = { ...content.appointment, dueAt: officeInstant(addDays(today, days), 1_020) };
      appendAct(at, id, 'leader', 'dossier.apologised', { reason, ...(days === -1 && { repeatReason: 'Lần nữa' }), moved: { appointment, base: appointmentSetBy } });
    }
    expect(await reasons(id)).toEqual([{ code: 'apologised', times: 2, reason: 'Chờ tỉnh trả lời' }]);
  });

  it('is not made up: where the log says nothing, nothing is said', async () => {
    const id = dossierDue(-1);
    take(id);
    expect(await reasons(id)).toEqual([]);
  });

  it('the longest overdue comes first', async () => {
    const [one, two] = [dossierDue(-1), dossierDue(-9)];
    expect((await get()).overdue.map(({ dossier }) => dossier.id)).toEqual([two, one]);
  });
});

/** Asked for papers so many office days ago. */
function waitingFor(days: number): SubjectId {
  const id = dossierDue(20);
  take(id);
  appendAct(at, id, 'processing', 'dossier.supplementRequested', { papers: ['Giấy chứng sinh'], reason: 'Còn thiếu', pausedAt: officeInstant(addDays(today, -days), 1_439) });
  return id;
}

describe('a supplement that nobody brought', () => {
  const lapsed = async () => (await get()).supplementsLapsed.map(({ dossier, lapsedOn }) => [dossier.id, lapsedOn]);
  const limit = (days: number) => writeOffice(at.desk, at.officers.admin, 'setting.changed', { key: 'supplementLimitDays', value: days });

  it('is proposed for closing on the day after the last of the limit, not on that day itself, the longest waiting first', async () => {
    const [onTheLast, dayAfter, long] = [waitingFor(30), waitingFor(31), waitingFor(200)];
    expect(await lapsed()).toEqual([[long, addDays(today, -169)], [dayAfter, today]]);
    expect((await get()).counts.supplementsLapsed).toBe(2);
    at.clock.advance(DAY_MS);
    expect((await lapsed()).map(([id]) => id)).toEqual([long, dayAfter, onTheLast]);
    // It only proposes.
    expect(readDossier(at, long).status).toBe('waitingSupplement');
  });

  it('goes by the limit of the office', async () => {
    const id = waitingFor(11);
    expect(await lapsed()).toEqual([]);
    limit(10);
    expect(await lapsed()).toEqual([[id, today]]);
    limit(11);
    expect(await lapsed()).toEqual([]);
  });

  it('is none where money was asked for, where the papers came, and where the clock runs', async () => {
    const [brought, duty] = [waitingFor(100), dossierDue(-50)];
    const { content, appointmentSetBy } = readDossier(at, brought);
    appendAct(at, brought, 'processing', 'dossier.supplementReceived', { papers: [], receivedAt: at.desk.clock.nowMs(), moved: { appointment: content.appointment, base: appointmentSetBy } });
    take(duty);
    appendAct(at, duty, 'processing', 'dossier.dutyRequested', { text: 'Lệ phí', dong: 8_000, pausedAt: officeInstant(addDays(today, -90)) });
    expect(readDossier(at, duty).status).toBe('waitingDuty');
    expect(await lapsed()).toEqual([]);
  });
});

describe('all rows of a card', () => {
  const all = async (list: 'overdue' | 'due' | 'lateSteps' | 'stepsToReview' | 'supplementsLapsed', limit: number) => {
    const rows = [];
    for (let cursor: string | undefined; ; ) {
      const page = valueOf(await at.as('leader')('workload.list', { list, limit, ...(cursor !== undefined && { cursor }) }));
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      rows.push(...page.rows);
      if (page.cursor === null) return rows;
      cursor = page.cursor;
    }
  };

  it('come page by page, each once, with the reasons that the card shows', async () => {
    for (let count = 0; count < 33; count += 1) dossierDue(-1 - (count % 3));
    const { overdue, counts } = await get();
    expect([overdue.length, counts.overdue]).toEqual([30, 33]);
    const rows = await all('overdue', 7);
    expect(rows.slice(0, 30).map(({ dossier, reasons }) => ({ dossier, reasons }))).toEqual(overdue);
    expect(new Set(rows.map(({ dossier }) => dossier.id)).size).toBe(33);
    expect(rows.every(({ reasons }) => reasons[0]?.code === 'untaken')).toBe(true);
  });

  it('are those of what is due and of what was never brought too', async () => {
    const due = [dossierDue(0), dossierDue(0), dossierDue(2), dossierDue(3)];
    dossierDue(4);
    const waiting = [waitingFor(90), waitingFor(60)];
    expect((await all('due', 3)).map(({ dossier }) => dossier.id)).toEqual(due);
    expect((await all('supplementsLapsed', 1)).map(({ dossier, lapsedOn }) => [dossier.id, lapsedOn])).toEqual([[waiting[0], addDays(today, -59)], [waiting[1], addDays(today, -29)]]);
    expect([await all('lateSteps', 5), await all('stepsToReview', 5)]).toEqual([[], []]);
  });

  it('are for whoever leads', async () => {
    expect(await at.as('processing')('workload.list', { list: 'overdue' })).toMatchObject({ ok: false, error: { code: 'session.notPermitted' } });
  });
});

describe('voids and corrections to look at', () => {
  const changes = async (days = 7) => valueOf(await at.as('leader')('workload.changes', { days }));

  it('are listed newest first with who and why, for as many days as asked for', async () => {
    const [corrected, voided] = [dossierDue(3), dossierDue(3)];
    appendAct(at, corrected, 'processing', 'dossier.corrected', correction({ request: 'Sửa lại' }) as never);
    at.clock.advance(3 * DAY_MS);
    appendAct(at, voided, 'leader', 'dossier.voided', { reason: 'Nhận nhầm' });
    expect((await changes()).changes.map(({ kind, dossier, actorName }) => [kind, dossier.id, actorName])).toEqual([
      ['dossier.voided', voided, 'Đặng Văn Lâm'],
      ['dossier.corrected', corrected, 'Lò Văn Thắng'],
    ]);
    const latest = await changes(3);
    expect(latest.changes).toHaveLength(1);
    expect(latest.changes[0]!.lines).toContainEqual({ label: 'Lý do', text: 'Nhận nhầm' });
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office()).faults).toEqual([]);
  });

  it('leave out what was taken back', async () => {
    const id = dossierDue(3);
    const written = appendAct(at, id, 'processing', 'dossier.corrected', correction({ request: 'Sửa lại' }) as never);
    appendAct(at, id, 'leader', 'dossier.undone', { operation: operationId(written.header), reason: 'Sửa nhầm' });
    expect((await changes()).changes).toEqual([]);
  });

  it('what is missing or left over in their list is found by verify', async () => {
    const id = dossierDue(3);
    appendAct(at, id, 'leader', 'dossier.voided', { reason: 'Nhận nhầm' });
    at.desk.db.run('DELETE FROM dossier_changes');
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office()).faults).toEqual([{ code: 'projection.differs', detail: `${id} changes` }]);
  });
});

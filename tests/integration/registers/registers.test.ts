import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutputOf } from '../../../src-shared/contract/contract.ts';
import { createNumbersHandlers } from '../../../src-main/core/features/numbers/numbers-handlers.ts';
import { createRegistersHandlers } from '../../../src-main/core/features/registers/registers-handlers.ts';
import { summaryToWire } from '../../../src-main/core/features/dossiers/dossier-view.ts';
import { createNaming } from '../../../src-main/core/features/dossiers/naming.ts';
import { connectionOf } from '../../../src-node/db/sqlite.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { addDays, officeDate, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { appendAct, appendDossier } from '../../helpers/append-dossier.ts';
import { contentBody } from '../../helpers/build-operations.ts';
import { insertCrowd } from '../../helpers/many-dossiers.ts';
import { codeOf, openTestDesk, valueOf, type TestDesk } from '../../helpers/open-test-desk.ts';

const DAY_MS = 86_400_000;
const OWNER = { type: 'individual', name: 'Giàng A Páo' } as const;

let at: TestDesk;
let today: IsoDate;
beforeEach(async () => {
  at = await openTestDesk({
    handlers: (announce) => ({
      ...createRegistersHandlers({
        procedureName: (_desk, code) => (code === 'x' ? undefined : `Thủ tục ${code}`),
        summary: (desk, stored) => summaryToWire(stored, createNaming(desk.office())),
      }),
      ...createNumbersHandlers({ stateDir: '', announce }),
    }),
  });
  today = officeDate(at.desk.clock.nowMs());
});
afterEach(() => at.close());

type Rows = OutputOf<'registers.list'>['rows'];

function receive(content: Parameters<typeof appendDossier>[1] = {}): SubjectId {
  at.clock.advance(60_000);
  return appendDossier(at, content).id;
}
function finish(id: SubjectId): void {
  appendAct(at, id, 'processing', 'dossier.taken', { officer: at.officers.processing });
  appendAct(at, id, 'processing', 'dossier.finished', { result: { summary: 'Giấy khai sinh' }, finishedAt: at.desk.clock.nowMs() });
}
const list = (change: object = {}) => at.as('leader')('registers.list', { from: today, to: today, ...change });
const rowsOf = async (change: object = {}): Promise<Rows> => valueOf(await list(change)).rows;
const totals = async (change: object = {}) => valueOf(await at.as('leader')('registers.totals', { from: today, to: today, ...change }));
const numberOf = (row: Rows[number]) => (row.register ? `${row.register.token}/${row.register.period} ${row.register.counter}` : null);

describe('the register of a period', () => {
  it('holds what the form asks for, the earliest first, and nothing of other days', async () => {
    const first = receive({ content: { owner: { ...OWNER, name: 'Lầu Thị Súa', address: 'Thôn Háng Tâu', phone: '0900000123' }, sets: 2 } });
    const second = receive();
    finish(first);
    appendAct(at, first, 'reception', 'dossier.handedOver', { receiver: { ...OWNER, name: 'Lầu A Chứ' }, receiverIs: 'authorised', how: 'counter', shown: 'Căn cước', despiteConflicts: [] });
    at.clock.advance(DAY_MS);
    receive();
    const rows = await rowsOf();
    expect(rows.map((row) => row.id)).toEqual([first, second]);
    expect(rows.map(numberOf)).toEqual([`1/${today.slice(0, 4)} 1`, `1/${today.slice(0, 4)} 2`]);
    expect(rows[0]).toMatchObject({
      status: 'returned', sets: 2, ownerName: 'Lầu Thị Súa', address: 'Thôn Háng Tâu', phone: '0900000123', receiverName: 'Lầu A Chứ',
      receivedByName: 'Nguyễn Thị Hạnh', holderName: 'Lò Văn Thắng', returnedAt: expect.any(Number) as number,
    });
    expect(await rowsOf({ to: addDays(today, 1) })).toHaveLength(3);
    expect(await rowsOf({ from: addDays(today, -9), to: addDays(today, -1) })).toEqual([]);
  });

  it('keeps a voided number with its reason, and a number that was passed over in its place', async () => {
    const voided = receive();
    appendAct(at, voided, 'leader', 'dossier.voided', { reason: 'Nhận nhầm' });
    at.clock.advance(60_000);
    valueOf(await at.as('admin')('numbers.skip', { idempotencyKey: randomUUID(), number: { kind: 'register', token: '1', period: today.slice(0, 4), counter: 2 }, reason: 'Rách giấy' }));
    valueOf(await at.as('admin')('numbers.skip', { idempotencyKey: randomUUID(), number: { kind: 'dossier', token: '1', period: today, counter: 2 }, reason: 'Ghi tay hỏng' }));
    at.clock.advance(120_000);
    const rows = await rowsOf();
    expect(rows[0]).toMatchObject({ kind: 'dossier', status: 'voided', closingReason: 'Nhận nhầm' });
    expect(rows.slice(1)).toMatchObject([
      { kind: 'skipped', register: { counter: 2 }, code: null, reason: 'Rách giấy' },
      { kind: 'skipped', register: null, code: expect.stringMatching(/-1002$/) as string, reason: 'Ghi tay hỏng' },
    ]);
    expect(await totals()).toMatchObject({ received: 1, byStatus: { voided: 1 }, skipped: 2, erased: 0 });
  });

  it('is filtered by procedure and by officer, and its sums with it', async () => {
    const content = contentBody();
    const other = receive({ content: { procedure: { ...content.procedure, code: '2.000815' } as never } });
    const mine = receive();
    finish(mine);
    expect((await rowsOf({ procedureCode: '2.000815' })).map(({ id }) => id)).toEqual([other]);
    expect((await rowsOf({ officer: at.officers.processing })).map(({ id }) => id)).toEqual([mine]);
    expect(await rowsOf({ officer: randomUUID() })).toEqual([]);
    const sums = await totals({ officer: at.officers.processing });
    expect(sums).toMatchObject({ received: 1, byStatus: { finished: 1 } });
    expect(sums.procedures.map(({ count }) => count)).toEqual([1, 1]);
    expect(sums.officers.map(({ name }) => name).sort()).toEqual(['Lò Văn Thắng', 'Nguyễn Thị Hạnh']);
  });

  it('comes page by page without a line twice or missing, over a year of dossiers', async () => {
    insertCrowd(at.desk, { count: 700, seed: 3, officer: at.officers.reception, openCount: 30, perDay: 10 });
    const period = { from: addDays(today, -400), to: today };
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: OutputOf<'registers.list'> = valueOf(await list({ ...period, limit: 200, ...(cursor !== undefined && { cursor }) }));
      ids.push(...page.rows.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toHaveLength(700);
    expect(new Set(ids).size).toBe(700);
    expect((await totals(period)).received).toBe(700);
  });

  it('is read by its ranges: no row of another day or procedure is looked at', () => {
    const plan = at.desk.db.all<{ detail: string }>('EXPLAIN QUERY PLAN SELECT no FROM dossiers INDEXED BY dossiers_register WHERE no >= 1 AND no < 2 AND procedure_code = \'x\' ORDER BY no LIMIT 10').map(({ detail }) => detail).join();
    expect(plan).toContain('SEARCH dossiers USING COVERING INDEX dossiers_register (no>? AND no<?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('refuses days backwards, days that are none, and whoever only administers', async () => {
    expect(codeOf(await list({ from: today, to: addDays(today, -1) }))).toBe('registers.badPeriod');
    expect(codeOf(await list({ from: '2026-02-30' }))).toBe('request.malformed');
    expect(codeOf(await at.as('admin')('registers.list', { from: today, to: today }))).toBe('session.notPermitted');
  });
});

describe('a desk of before', () => {
  it('has its register, and the changes to look at, after the next start', async () => {
    const id = receive();
    appendAct(at, id, 'leader', 'dossier.voided', { reason: 'Nhận nhầm' });
    const rows = await rowsOf();
    const later = 'DROP INDEX dossiers_step_due; ALTER TABLE dossiers DROP COLUMN step_due_at; ALTER TABLE dossiers DROP COLUMN reasons; DROP INDEX dossiers_without_province; ALTER TABLE dossiers DROP COLUMN lacks_province_code; DROP TABLE fee_entries; DROP TABLE doubled_receipts; DROP TABLE sync_logs; DROP TABLE sync_quarantine; DROP TABLE other_subject_keys; DROP TABLE log_tops; DROP TABLE offered_packs;';
    connectionOf(at.desk.db).exec(`${later} DROP TABLE register_entries; DROP TABLE dossier_changes; DROP INDEX dossiers_register; PRAGMA user_version = 3`);
    at.restart();
    expect(await rowsOf()).toEqual(rows);
    expect(at.desk.db.value('SELECT COUNT(*) FROM dossier_changes')).toBe(1);
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office()).faults).toEqual([]);
  });
});

describe('results that nobody has come for', () => {
  it('are listed by how long they wait, with a phone to call', async () => {
    const [older, newer, open] = [receive({ content: { owner: { ...OWNER, phone: '0900000123' } } }), receive(), receive()];
    finish(older);
    at.clock.advance(3 * DAY_MS);
    finish(newer);
    at.clock.advance(2 * DAY_MS);
    const { results, count } = valueOf(await at.as('reception')('registers.uncollected', {}));
    expect(count).toBe(2);
    expect(results.map(({ dossier, waitedDays }) => [dossier.id, waitedDays])).toEqual([[older, 5], [newer, 2]]);
    expect(results[0]!.phone).toBe('0900000123');
    expect(results.map(({ dossier }) => dossier.id)).not.toContain(open);
  });
});

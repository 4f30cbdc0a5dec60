import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countDossiers, searchDossiers } from '../../../src-main/core/features/dossiers/dossier-list-queries.ts';
import { LIST_TABS } from '../../../src-shared/contract/dossiers.api.ts';
import { isDueToday, isOverdue } from '../../../src-shared/domain/deadlines/deadline.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { DAY_MS, officeInstant } from '../../../src-shared/lib/office-time.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { appointmentBody, PERSON } from '../../helpers/build-operations.ts';
import { callsOf, closeDesks, openFirstDesk, receive, write, type Calls, type NeighbourDesk } from '../../helpers/neighbour-desks.ts';
import { codeOf, fakeClock, valueOf } from '../../helpers/open-test-desk.ts';

let first: NeighbourDesk;
let calls: Calls;

/** Friday 20/11/2026, 15:12. */
const NOW = officeInstant('2026-11-20', 15 * 60 + 12);

beforeAll(async () => {
  first = await openFirstDesk(fakeClock(NOW));
  calls = callsOf(first, () => ({
    'dossiers.search': (input, { desk, officer }) => ok(searchDossiers(desk, { ...input, officer }, () => null)),
    'dossiers.counts': (_input, { desk, officer }) => ok(countDossiers(desk, officer)),
  }));
});
afterAll(closeDesks);

interface Wish {
  readonly name: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly dueAt?: number | null;
  readonly fields?: Record<string, string>;
}

function receiveFor(wish: Wish): SubjectId {
  return receive(first, (body) => ({
    ...body,
    content: {
      ...body.content,
      owner: { ...PERSON, name: wish.name, idNumber: wish.idNumber ?? '010094000123', ...(wish.phone ? { phone: wish.phone } : {}) },
      fields: wish.fields ?? {},
      appointment: { ...appointmentBody(), ...(wish.dueAt === null ? { mode: 'none' } : {}), dueAt: wish.dueAt === undefined ? NOW + 3 * DAY_MS : wish.dueAt },
    },
  }));
}

async function found(query: string, tab: (typeof LIST_TABS)[number] = 'all'): Promise<string[]> {
  return valueOf(await calls.call('reception', 'dossiers.search', { query, tab })).dossiers.map(({ ownerName }) => ownerName);
}

describe('search', () => {
  let code: string;
  beforeAll(async () => {
    receiveFor({ name: 'Đặng Thị Mỷ', idNumber: '010199000789', phone: '0900000218' });
    receiveFor({ name: 'Giàng A Páo', idNumber: '010094000777', phone: '+84 912 345 678', fields: { childName: 'Giàng Thị Dế', note: 'sinh năm 2026' } });
    receiveFor({ name: 'Páo Vàng Sính' });
    code = valueOf(await calls.call('reception', 'dossiers.search', { query: 'giang pao' })).dossiers[0]!.code;
  });

  test('finds a name without its diacritics, đ typed as d, beginnings of words, in any order', async () => {
    expect(await found('dang my')).toEqual(['Đặng Thị Mỷ']);
    expect(await found('Đặng Mỷ')).toEqual(['Đặng Thị Mỷ']);
    expect(await found('my dan')).toEqual(['Đặng Thị Mỷ']);
    expect(await found('pao')).toEqual(['Páo Vàng Sính', 'Giàng A Páo']);
    expect(await found('p v')).toEqual(['Páo Vàng Sính']);
    expect(await found('ao')).toEqual([]);
  });

  test('finds the child named on the form', async () => {
    expect(await found('thị dế')).toEqual(['Giàng A Páo']);
  });

  test('finds a code whole, without its dashes, by its day and counter, by its counter alone', async () => {
    const counter = code.slice(-4);
    for (const typed of [code, code.toLowerCase(), code.replace(/[.-]/g, ''), `261120-${counter}`, counter, `261120${counter}`.slice(0, 6) + ` ${counter}`]) {
      expect(await found(typed), typed).toContain('Giàng A Páo');
    }
    expect(await found(code)).toEqual(['Giàng A Páo']);
  });

  test('finds an ID number with or without spaces and by its last six digits, a phone by its ends', async () => {
    expect(await found('010 199 000 789')).toEqual(['Đặng Thị Mỷ']);
    expect(await found('010199')).toEqual(['Đặng Thị Mỷ']);
    expect(await found('000789')).toEqual(['Đặng Thị Mỷ']);
    for (const typed of ['0912345678', '0912 345 678', '+84 912345678', '091234', '5678', '345678']) expect(await found(typed), typed).toEqual(['Giàng A Páo']);
    expect(await found('0218')).toEqual(['Đặng Thị Mỷ']);
  });

  test('finds nothing, and not everything, where nothing searchable was typed', async () => {
    expect(await found('…')).toEqual([]);
    expect(await found('"* OR')).toEqual([]);
    expect((await found('   ')).length).toBeGreaterThanOrEqual(3);
  });

  test('finds a corrected name and no longer the wrong one', async () => {
    const dossier = receiveFor({ name: 'Sùng Nhầm Tên' });
    write(first, dossier, 'dossier.corrected', { changes: [{ field: 'owner', before: null, after: { ...PERSON, name: 'Sùng Đúng Tên' } }], reason: 'Ghi nhầm' });
    expect(await found('sung nham')).toEqual([]);
    expect(await found('sung dung')).toEqual(['Sùng Đúng Tên']);
  });

  test('searches inside a list', async () => {
    const waiting = receiveFor({ name: 'Lầu Chờ Giấy' });
    receiveFor({ name: 'Lầu Đang Làm' });
    write(first, waiting, 'dossier.supplementRequested', buildBody('dossier.supplementRequested'));
    expect(await found('lau')).toEqual(['Lầu Đang Làm', 'Lầu Chờ Giấy']);
    expect(await found('lau', 'waiting')).toEqual(['Lầu Chờ Giấy']);
    expect(await found('lau', 'done')).toEqual([]);
  });

  test('every word of every dossier is found as the check of projections asks', () => {
    const report = verifyDesk(first.desk.db, first.desk.log.names, first.desk.office());
    expect(report.faults.filter(({ code }) => code.startsWith('projection'))).toEqual([]);
  });
});

describe('lists', () => {
  const yesterdayEvening = officeInstant('2026-11-19', 17 * 60);
  let expected: Record<string, string[]>;
  let before: Record<string, number>;

  beforeAll(async () => {
    before = valueOf(await calls.call('processing', 'dossiers.counts', {}));
    const act = (dossier: SubjectId, ...kinds: Parameters<typeof buildBody>[0][]) => {
      for (const kind of kinds) write(first, dossier, kind, kind === 'dossier.taken' ? { officer: first.officers.processing } : buildBody(kind));
    };
    receiveFor({ name: 'Tẩn Quá Hạn', dueAt: yesterdayEvening });
    const mine = receiveFor({ name: 'Tẩn Của Tôi', dueAt: officeInstant('2026-11-20', 9 * 60) });
    act(mine, 'dossier.taken');
    receiveFor({ name: 'Tẩn Hôm Nay', dueAt: officeInstant('2026-11-20', 17 * 60) });
    receiveFor({ name: 'Tẩn Không Hẹn', dueAt: null });
    act(receiveFor({ name: 'Tẩn Chờ Giấy', dueAt: yesterdayEvening }), 'dossier.supplementRequested');
    act(receiveFor({ name: 'Tẩn Chờ Tiền', dueAt: yesterdayEvening }), 'dossier.dutyRequested');
    act(receiveFor({ name: 'Tẩn Chờ Trả', dueAt: yesterdayEvening }), 'dossier.taken', 'dossier.finished');
    act(receiveFor({ name: 'Tẩn Đã Trả' }), 'dossier.taken', 'dossier.finished', 'dossier.handedOver');
    act(receiveFor({ name: 'Tẩn Đã Rút' }), 'dossier.withdrawn');
    act(receiveFor({ name: 'Tẩn Đã Hủy' }), 'dossier.voided');
    expected = {
      open: ['Tẩn Chờ Tiền', 'Tẩn Chờ Giấy', 'Tẩn Không Hẹn', 'Tẩn Hôm Nay', 'Tẩn Của Tôi', 'Tẩn Quá Hạn'],
      overdue: ['Tẩn Quá Hạn'],
      dueToday: ['Tẩn Của Tôi', 'Tẩn Hôm Nay'],
      toHandOver: ['Tẩn Chờ Trả'],
      waiting: ['Tẩn Chờ Tiền', 'Tẩn Chờ Giấy'],
      done: ['Tẩn Đã Rút', 'Tẩn Đã Trả'],
      mine: ['Tẩn Của Tôi'],
      all: ['Tẩn Đã Hủy', 'Tẩn Đã Rút', 'Tẩn Đã Trả', 'Tẩn Chờ Trả', 'Tẩn Chờ Tiền', 'Tẩn Chờ Giấy', 'Tẩn Không Hẹn', 'Tẩn Hôm Nay', 'Tẩn Của Tôi', 'Tẩn Quá Hạn'],
    };
  });

  test.each(LIST_TABS)('%s lists exactly what belongs there', async (tab) => {
    const listed = valueOf(await calls.call('processing', 'dossiers.search', { tab, limit: 200 })).dossiers.map(({ ownerName }) => ownerName);
    expect(listed.filter((name) => name.startsWith('Tẩn'))).toEqual(expected[tab]);
    // The same with a search word: newest first everywhere.
    const searched = valueOf(await calls.call('processing', 'dossiers.search', { query: 'tan', tab })).dossiers.map(({ ownerName }) => ownerName);
    expect([...searched].sort()).toEqual([...expected[tab]!].sort());
  });

  test('counters say the same as the lists, and every officer counts his own work', async () => {
    const counts = valueOf(await calls.call('processing', 'dossiers.counts', {}));
    const grown = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count - before[name]!]));
    expect(grown).toEqual({ overdue: 1, dueToday: 2, toHandOver: 1, waiting: 2, open: 6, receivedToday: 10, done: 2, voided: 1, mine: 1, conflicts: 0 });
    expect(valueOf(await calls.call('leader', 'dossiers.counts', {})).mine).toBe(0);
  });

  test('overdue is computed by date: at midnight what was due today turns overdue, and nothing is written', async () => {
    const list = async (tab: 'overdue' | 'dueToday') => valueOf(await calls.call('processing', 'dossiers.search', { tab, limit: 200 })).dossiers;
    const seq = first.desk.log.head().seq;
    const lateEvening = officeInstant('2026-11-20', 23 * 60 + 59) - first.clock.wallMs();
    first.clock.advance(lateEvening);
    expect((await list('dueToday')).every(({ dueAt }) => isDueToday(dueAt!, first.clock.wallMs()))).toBe(true);
    expect((await list('dueToday')).map(({ ownerName }) => ownerName)).toContain('Tẩn Hôm Nay');
    first.clock.advance(60_000);
    expect((await list('overdue')).map(({ ownerName }) => ownerName)).toEqual(['Tẩn Quá Hạn', 'Tẩn Của Tôi', 'Tẩn Hôm Nay']);
    expect((await list('overdue')).every(({ dueAt }) => isOverdue(dueAt!, first.clock.wallMs()))).toBe(true);
    expect(first.desk.log.head().seq).toBe(seq);
    expect(valueOf(await calls.call('processing', 'dossiers.counts', {}))).toMatchObject({ overdue: 3, receivedToday: 0 });
  });

  test.each([...LIST_TABS])('%s can be paged through without gap or repetition', async (tab) => {
    for (const query of ['', 'tan']) {
      const whole = valueOf(await calls.call('processing', 'dossiers.search', { query, tab, limit: 200 })).dossiers.map(({ id }) => id);
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { dossiers: readonly { id: string }[]; cursor: string | null } = valueOf(await calls.call('processing', 'dossiers.search', { query, tab, limit: 2, ...(cursor ? { cursor } : {}) }));
        expect(page.dossiers.length).toBeLessThanOrEqual(2);
        paged.push(...page.dossiers.map(({ id }) => id));
        ({ cursor } = page);
      } while (cursor !== null);
      expect(paged).toEqual(whole);
    }
  });

  test('a page goes on where it stopped although somebody was received meanwhile', async () => {
    const page = valueOf(await calls.call('processing', 'dossiers.search', { query: 'tan', limit: 3 }));
    receiveFor({ name: 'Tẩn Mới Đến' });
    const next = valueOf(await calls.call('processing', 'dossiers.search', { query: 'tan', limit: 3, cursor: page.cursor! }));
    expect([...page.dossiers, ...next.dossiers].map(({ ownerName }) => ownerName)).toEqual(expected['all']!.slice(0, 6));
  });

  test('a list row shows the present name of who holds it', async () => {
    const [row] = valueOf(await calls.call('processing', 'dossiers.search', { tab: 'mine' })).dossiers;
    expect(row).toMatchObject({ ownerName: 'Tẩn Của Tôi', holderName: 'Hoàng Ngọc Ánh', status: 'processing', openConflicts: 0 });
  });
});

describe('refusals', () => {
  test('nobody reads lists without signing in', async () => {
    expect(codeOf(await calls.callRaw(null, 'dossiers.search', {}))).toBe('session.required');
    expect(codeOf(await calls.callRaw(null, 'dossiers.counts', {}))).toBe('session.required');
  });

  test.each([{ cursor: 'abc' }, { cursor: "1' OR 1" }, { cursor: '1.2.3' }, { tab: 'secret' }, { limit: 0 }, { limit: 201 }, { query: 'a'.repeat(201) }])('%j is refused', async (input) => {
    expect(codeOf(await calls.callRaw('reception', 'dossiers.search', input))).toBe('request.malformed');
  });
});

describe('plans', () => {
  test('no list of open work, no counter and no search looks through the whole table', () => {
    const seen: string[] = [];
    const { db } = first.desk;
    const spy = { ...db, get: (sql: string, ...values: never[]) => (seen.push(sql), db.get(sql, ...values)), all: (sql: string, ...values: never[]) => (seen.push(sql), db.all(sql, ...values)), iterate: (sql: string, ...values: never[]) => (seen.push(sql), db.iterate(sql, ...values)) };
    const desk = { ...first.desk, db: spy as typeof db };
    for (const tab of LIST_TABS) for (const query of ['', 'tan']) searchDossiers(desk, { query, tab, limit: 50, officer: first.officers.all }, () => null);
    countDossiers(desk, first.officers.all);
    for (const sql of new Set(seen)) {
      const values = Array<number>((sql.match(/\?/g) ?? []).length).fill(1);
      const plan = db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail);
      // Walking rows from the newest end until a page is full is the plan of `all` and `done`; it needs no sorting.
      const walks = plan.filter((detail) => /^SCAN dossiers$/.test(detail));
      if (walks.length > 0) expect(plan.join(' | '), sql).not.toContain('TEMP B-TREE');
      expect(plan.filter((detail) => /^SCAN (?!dossiers$|w VIRTUAL|dossier_words VIRTUAL|json_each VIRTUAL|dossiers USING (COVERING )?INDEX dossiers_(open|conflicts)|dossier_counts)/.test(detail)), sql).toEqual([]);
      if (sql.includes('dossier_words')) expect(plan.join(' | '), sql).not.toContain('TEMP B-TREE');
    }
    expect(seen.length).toBeGreaterThan(15);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createConflictsHandlers } from '../../../src-main/core/features/conflicts/conflicts-handlers.ts';
import { describeOperation } from '../../../src-main/core/features/dossiers/conflict-words.ts';
import { conflictsOfDossier, createDossierView } from '../../../src-main/core/features/dossiers/dossier-view.ts';
import type { ConflictView } from '../../../src-shared/contract/dossier-views.ts';
import { conflictId } from '../../../src-shared/domain/conflicts/conflict.ts';
import { operationId, type Operation } from '../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { rebuildSlices } from '../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { callsOf, closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write, type Calls, type NeighbourDesk, type NeighbourOfficer } from '../../helpers/neighbour-desks.ts';
import { writeOffice } from '../../helpers/write-office.ts';
import { codeOf, valueOf } from '../../helpers/open-test-desk.ts';

const view = createDossierView({ checkCodeOf: () => 'check', deliveryOf: () => null });
const handlersOf = (test: NeighbourDesk): Calls =>
  callsOf(test, (announce) =>
    createConflictsHandlers({ announce, conflictsOf: conflictsOfDossier, describe: describeOperation, view: ({ desk, officer, roles }, dossier) => view(desk, dossier, officer, roles, []) }),
  );

let first: NeighbourDesk;
let second: NeighbourDesk;
let calls: Calls;

beforeEach(async () => {
  first = await openFirstDesk();
  second = openNeighbour(first);
  exchange(first, second);
  calls = handlersOf(first);
});
afterEach(closeDesks);
afterAll(closeDesks);

const listed = async (of: Calls = calls) => valueOf(await of.call('reception', 'conflicts.list', {})).conflicts;

interface Clash {
  readonly dossier: SubjectId;
  readonly conflict: ConflictView;
  readonly supplement: Operation;
  readonly finished: Operation;
}

/** One desk asks for papers while the other finishes (settled.md 12). */
async function clash(): Promise<Clash> {
  const dossier = receive(first);
  write(first, dossier, 'dossier.taken', { officer: first.officers.processing });
  exchange(first, second);
  const supplement = write(first, dossier, 'dossier.supplementRequested', buildBody('dossier.supplementRequested'), 'reception');
  const finished = write(second, dossier, 'dossier.finished', buildBody('dossier.finished'), 'processing');
  exchange(first, second);
  const conflict = (await listed()).find((one) => one.dossier === dossier)!;
  return { dossier, conflict, supplement, finished };
}

const settle = (clash: Pick<Clash, 'dossier' | 'conflict'>, keep: readonly string[], as: NeighbourOfficer = 'reception', key = randomUUID(), of = calls) =>
  of.call(as, 'conflicts.settle', { conflict: clash.conflict.id, dossier: clash.dossier, idempotencyKey: key, keep: [...keep], note: 'Đã hỏi công dân' });

describe('settling', () => {
  test('keeps one side: the projection, the page and the other desk agree, and screens are told', async () => {
    const made = await clash();
    const shown = valueOf(await settle(made, [operationId(made.finished.header)])).dossier;
    expect(shown).toMatchObject({ status: 'finished', openConflicts: 0 });
    expect(shown.conflicts[0]!.settledBy).toMatch(/^Nguyễn Thị Hạnh, Máy 1 \(dãy 1\), \d\d:\d\d ngày /);
    expect(shown.history.find(({ kind }) => kind === 'dossier.supplementRequested')?.effect).toBe('setAside');
    expect(shown.history.at(-1)).toMatchObject({ title: 'Chọn giữa những việc trái nhau', lines: [{ label: 'Giữ', text: 'Đã có kết quả (Hoàng Ngọc Ánh)' }, { label: 'Ghi chú', text: 'Đã hỏi công dân' }] });
    expect(calls.events).toEqual([{ type: 'dossier', id: made.dossier }]);
    expect(await listed()).toEqual([]);
    exchange(first, second);
    expect(dossierOf(second, made.dossier).status).toBe('finished');
    expect(await listed(handlersOf(second))).toEqual([]);
    expect(verifyDesk(first.desk.db, first.desk.log.names, first.desk.office()).faults).toEqual([]);
  });

  test('may keep the other side, and may keep nothing', async () => {
    const one = await clash();
    expect(valueOf(await settle(one, [operationId(one.supplement.header)])).dossier.status).toBe('waitingSupplement');
    const other = await clash();
    expect(valueOf(await settle(other, [])).dossier).toMatchObject({ status: 'processing', openConflicts: 0 });
  });

  test('the same request again writes nothing and answers the same; its key for another choice is refused', async () => {
    const made = await clash();
    const key = randomUUID();
    const once = valueOf(await settle(made, [operationId(made.finished.header)], 'reception', key));
    const seq = first.desk.log.head().seq;
    expect(valueOf(await settle(made, [operationId(made.finished.header)], 'reception', key))).toEqual(once);
    expect(codeOf(await settle(made, [], 'reception', key))).toBe('dossiers.keyReused');
    expect(first.desk.log.head().seq).toBe(seq);
  });

  test('who comes second is told so; a leader may decide anew', async () => {
    const made = await clash();
    valueOf(await settle(made, [operationId(made.finished.header)]));
    expect(codeOf(await settle(made, [operationId(made.supplement.header)], 'processing'))).toBe('conflicts.alreadySettled');
    expect(valueOf(await settle(made, [operationId(made.supplement.header)], 'leader')).dossier.status).toBe('waitingSupplement');
  });

  test('two desks that choose differently open it again, and a choice that knew both ends it', async () => {
    const made = await clash();
    valueOf(await settle(made, [operationId(made.finished.header)]));
    valueOf(await settle(made, [operationId(made.supplement.header)], 'processing', randomUUID(), handlersOf(second)));
    exchange(first, second);
    expect((await listed())[0]).toMatchObject({ title: 'Hai người chọn hai cách khác nhau', settledBy: null });
    valueOf(await settle(made, [operationId(made.finished.header)]));
    exchange(first, second);
    for (const desk of [first, second]) expect(dossierOf(desk, made.dossier).status).toBe('finished');
  });

  test('an act without permission is kept or dropped by the leader alone', async () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.taken', { officer: first.officers.processing });
    const act = write(first, dossier, 'dossier.finished', buildBody('dossier.finished'), 'reception');
    const [conflict] = await listed();
    expect(conflict).toMatchObject({ title: 'Một việc do người chưa có quyền ghi', dossier });
    expect(conflict!.options.map(({ title }) => title).sort()).toEqual(['Bỏ kết quả', 'Lãnh đạo đồng ý, giữ kết quả']);
    for (const keep of [[], [operationId(act.header)]]) {
      const refused = await settle({ dossier, conflict: conflict! }, keep, 'reception');
      expect(refused).toMatchObject({ ok: false, error: { code: 'session.notPermitted', detail: { roles: ['leader'] } } });
    }
    expect(valueOf(await settle({ dossier, conflict: conflict! }, [operationId(act.header)], 'leader')).dossier).toMatchObject({ status: 'finished', openConflicts: 0 });
    expect(await listed()).toEqual([]);
  });

  test('an act that did not fit is noted by anybody and leaves the list', async () => {
    const dossier = receive(first);
    write(first, dossier, 'dossier.handedOver', buildBody('dossier.handedOver'));
    const [conflict] = await listed();
    expect(conflict!.options).toEqual([{ keep: [], title: 'Đã xem, để hồ sơ như hiện nay' }]);
    expect(valueOf(await settle({ dossier, conflict: conflict! }, [])).dossier).toMatchObject({ status: 'received', openConflicts: 0 });
    expect(await listed()).toEqual([]);
  });
});

describe('asking a leader', () => {
  const ask = ({ dossier, conflict }: Pick<Clash, 'dossier' | 'conflict'>, as: NeighbourOfficer = 'reception', key = randomUUID(), of = calls) =>
    of.call(as, 'conflicts.ask', { conflict: conflict.id, dossier, idempotencyKey: key, note: 'Không rõ bên nào đúng' });

  test('is written once, decides nothing, and is read at every desk: by whom, when, with which words', async () => {
    const made = await clash();
    const key = randomUUID();
    const asked = { byName: 'Nguyễn Thị Hạnh', at: first.clock.wallMs(), note: 'Không rõ bên nào đúng' };
    const shown = valueOf(await ask(made, 'reception', key)).dossier;
    expect(shown).toMatchObject({ status: 'processing', openConflicts: 1, conflicts: [{ settledBy: null, asked }] });
    expect(shown.history.at(-1)).toMatchObject({ title: 'Nhờ lãnh đạo quyết chỗ ghi trái nhau', lines: [{ label: 'Lời nhắn', text: 'Không rõ bên nào đúng' }] });
    expect(calls.events).toEqual([{ type: 'dossier', id: made.dossier }]);
    const seq = first.desk.log.head().seq;
    expect(valueOf(await ask(made, 'reception', key)).dossier).toEqual(shown);
    expect(valueOf(await ask(made, 'processing')).dossier.conflicts).toMatchObject([{ asked }]);
    expect(first.desk.log.head().seq).toBe(seq);
    exchange(first, second);
    expect(await listed(handlersOf(second))).toMatchObject([{ id: made.conflict.id, asked }]);
    // The numbers of these desks run on from test to test.
    expect(verifyDesk(first.desk.db, first.desk.log.names, first.desk.office()).faults.filter(({ code }) => code !== 'number.gap')).toEqual([]);
  });

  test('from two desks apart is two wishes and no conflict; every desk names the same one', async () => {
    const made = await clash();
    valueOf(await ask(made, 'processing', randomUUID(), handlersOf(second)));
    first.clock.advance(60_000);
    valueOf(await ask(made));
    exchange(first, second);
    for (const desk of [first, second]) expect(await listed(handlersOf(desk))).toMatchObject([{ id: made.conflict.id, asked: { byName: 'Hoàng Ngọc Ánh' } }]);
  });

  test('holds beside a decision that was made apart: the decision stands', async () => {
    const made = await clash();
    valueOf(await settle(made, [operationId(made.finished.header)], 'leader', randomUUID(), handlersOf(second)));
    valueOf(await ask(made));
    exchange(first, second);
    for (const desk of [first, second]) expect(dossierOf(desk, made.dossier).status).toBe('finished');
    expect(await listed()).toEqual([]);
    expect(codeOf(await ask(made))).toBe('conflicts.alreadySettled');
  });

  test('is for whoever may decide, about a conflict that is there', async () => {
    const made = await clash();
    const nobody = { ...made, conflict: { ...made.conflict, id: conflictId(['d9:9' as never]) } };
    expect(codeOf(await ask(nobody))).toBe('conflicts.unknown');
    expect(codeOf(await ask(made, 'admin'))).toBe('session.notPermitted');
    expect((await listed())[0]!.asked).toBeNull();
  });
});

describe('refusals leave nothing behind', () => {
  test('unknown dossier, unknown conflict, a choice that is none', async () => {
    const made = await clash();
    const seq = first.desk.log.head().seq;
    expect(codeOf(await settle({ ...made, dossier: randomUUID() as string as SubjectId }, []))).toBe('dossiers.unknown');
    expect(codeOf(await settle({ ...made, conflict: { ...made.conflict, id: conflictId(['x:1', 'y:1']) } }, []))).toBe('conflicts.unknown');
    expect(codeOf(await settle(made, ['somebody:1']))).toBe('conflicts.badChoice');
    expect(codeOf(await settle(made, [operationId(made.finished.header), operationId(made.supplement.header)]))).toBe('conflicts.badChoice');
    const elsewhere = await clash();
    expect(codeOf(await settle({ dossier: made.dossier, conflict: elsewhere.conflict }, []))).toBe('conflicts.unknown');
    expect(first.desk.log.head().seq).toBeGreaterThan(seq);
    expect(first.desk.log.listSubject(made.dossier).some(({ header }) => header.kind === 'dossier.conflictSettled')).toBe(false);
    expect(calls.events).toEqual([]);
  });

  test('nobody settles without signing in, nor with the administrator alone', async () => {
    const made = await clash();
    const input = { conflict: made.conflict.id, dossier: made.dossier, idempotencyKey: randomUUID(), keep: [] };
    expect(codeOf(await calls.callRaw(null, 'conflicts.settle', input))).toBe('session.required');
    expect(codeOf(await calls.callRaw('admin', 'conflicts.settle', input))).toBe('session.notPermitted');
    expect(codeOf(await calls.callRaw(null, 'conflicts.list', {}))).toBe('session.required');
  });

  test('malformed input', async () => {
    const made = await clash();
    const input = { conflict: made.conflict.id, dossier: made.dossier, idempotencyKey: randomUUID(), keep: [] };
    for (const bad of [{ conflict: 'short' }, { dossier: 'no-uuid' }, { idempotencyKey: '1' }, { keep: 'all' }, { keep: Array(21).fill('a:1') }, { note: 'a'.repeat(601) }, { more: 1 }]) {
      expect(codeOf(await calls.callRaw('reception', 'conflicts.settle', { ...input, ...bad }))).toBe('request.malformed');
    }
  });

  test('while the date is asked nothing is settled, but a replay still answers', async () => {
    const made = await clash();
    const key = randomUUID();
    valueOf(await settle(made, [], 'reception', key));
    const other = await clash();
    const wall = first.dep.clock.wallMs();
    const before = first.clock.wallMs;
    Object.assign(first.clock, { wallMs: () => wall - 30 * DAY_MS });
    expect(codeOf(await settle(other, []))).toBe('desks.dateQuestionOpen');
    expect((await settle(made, [], 'reception', key)).ok).toBe(true);
    Object.assign(first.clock, { wallMs: before });
  });

  test('a newer program must read the dossier first', async () => {
    const made = await clash();
    write(first, made.dossier, 'dossier.teleported', {});
    expect(codeOf(await settle(made, []))).toBe('dossiers.needsUpdate');
  });
});

describe('conflicts of the office', () => {
  test('an act of somebody without the role is listed with what it wanted, and cannot be settled away', async () => {
    writeOffice(first.desk, first.officers.reception, 'desk.renamed', { desk: first.desk.deskId, name: 'Máy của tôi' });
    const [conflict] = await listed();
    expect(conflict).toMatchObject({ dossier: null, title: 'Một việc của cơ quan do người chưa có quyền ghi', options: [] });
    expect(conflict!.operations).toMatchObject([{ title: 'Đổi tên máy', actorName: 'Nguyễn Thị Hạnh', lines: [{ label: 'Máy', text: 'Máy 1' }, { label: 'Tên mới', text: 'Máy của tôi' }] }]);
  });

  test('a folder copied twice: both took one token, both codes stay, and the doubled code is shown with its two dossiers', async () => {
    const third = openNeighbour(first);
    const twin = openNeighbour(first);
    const number = { kind: 'dossier' as const, token: 'Z', period: '2026-11-23', counter: 1 };
    const body = (text: object) => ({ ...text, codes: [{ system: 'own', code: 'H99.99-261123-Z001' }], number, register: { kind: 'register', token: 'Z', period: '2026', counter: 1 } });
    const one = receive(third, body);
    const other = receive(twin, body);
    exchange(first, third, twin);
    exchange(first, third, twin);
    const conflicts = await listed();
    const token = third.desk.office().devices.get(third.desk.device)!.token;
    expect(twin.desk.office().devices.get(twin.desk.device)!.token).toBe(token);
    expect(conflicts.map(({ title }) => title)).toContain(`Hai máy cùng dùng ký hiệu dãy số ${token}`);
    const doubled = conflicts.filter(({ title }) => title.startsWith('Hai hồ sơ trùng'));
    expect(doubled.map(({ title }) => title)).toEqual(['Hai hồ sơ trùng mã H99.99-261123-Z001']);
    expect(doubled[0]!.operations.map(({ title }) => title)).toEqual(['Tiếp nhận hồ sơ', 'Tiếp nhận hồ sơ']);
    for (const dossier of [one, other]) expect(dossierOf(first, dossier).codes[0]!.code).toBe('H99.99-261123-Z001');
    // Rebuilding finds the same doubles again.
    for (const slice of rebuildSlices(first.desk.db, first.desk.log.names, first.desk.office())) valueOf(slice);
    expect((await listed()).map(({ id }) => id).sort()).toEqual(conflicts.map(({ id }) => id).sort());
  });
});

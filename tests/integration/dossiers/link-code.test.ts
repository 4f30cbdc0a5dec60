import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import type { Role } from '../../../src-shared/domain/officers/officer.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { parseOperationId } from '../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

let core: RunningCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());

const receive = async (changes: Partial<InputOf<'dossiers.receive'>> = {}) => valueOf(await core.as('reception', 'dossiers.receive', receiveInput(changes))).dossier;
const link = (id: string, code: string, changes: Partial<InputOf<'dossiers.linkCode'>> = {}, role: Role = 'reception') =>
  core.as(role, 'dossiers.linkCode', { id, idempotencyKey: randomUUID(), code: { system: 'province', code }, ...changes });
const toEnter = async (role: Role = 'reception') => valueOf(await core.as(role, 'dossiers.listToEnter', {}));
const save = async (value: { byDefault: boolean; exceptions: string[] }) => valueOf(await core.as('admin', 'settings.save', { key: 'provinceEntry', value }));
let last = 0;
const freshCode = () => `H99.27-261123-${String((last += 1)).padStart(4, '0')}`;

describe('linking the code of the province', () => {
  test('no more codes than a paper has room for; what other desks have linked beyond that never keeps a paper from being printed', async () => {
    const { id, code: own } = await receive();
    const codes = [freshCode(), freshCode(), freshCode(), freshCode()];
    for (const code of codes.slice(0, 3)) expect((await link(id, code, { despite: ['second'] })).ok).toBe(true);
    expect(await link(id, codes[3]!, { despite: ['second'] })).toMatchObject({ ok: false, error: { code: 'dossiers.badCode', detail: { reason: 'tooMany' } } });
    const desk = core.core.holder.desk()!;
    const ministry = 'G03-2026-000777';
    for (const code of [{ system: 'ministry', code: ministry } as const, ...[codes[3]!, freshCode(), freshCode()].map((later) => ({ system: 'province' as const, code: later }))]) {
      valueOf(desk.log.write((writing) => {
        const known = desk.log.listSubject(id as SubjectId);
        const heads = foldDossier(known, desk.office())!.heads.map(parseOperationId);
        const operation = writing.append({ kind: 'dossier.codeLinked', version: 1, subject: id as SubjectId, actor: core.sessions.reception.officer, after: heads, body: { code } });
        projectDossier(writing.db, writing.names, desk.office(), [...known, operation]);
        return ok(undefined);
      }));
    }
    expect(valueOf(await core.as('reception', 'dossiers.get', { id })).dossier.codes).toHaveLength(8);
    const { job } = valueOf(await core.as('reception', 'dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Thiếu một bộ', changes: { sets: 2 } }));
    const { html } = valueOf(await core.as('reception', 'forms.render', { job: job!.id }));
    // The newest of each system is there, and the first of the province no more.
    expect([own, ministry, codes[0]!].map((code) => html.includes(code))).toEqual([true, true, false]);
    // A job that an earlier program wrote keeps them all.
    desk.log.write((writing) => {
      writing.db.run("UPDATE print_jobs SET data = json_insert(data, '$.codes[#]', json('{\"system\":\"province\",\"code\":\"H99.27-261123-0999\"}')) WHERE id = ?", job!.id);
      return ok(undefined);
    });
    expect(valueOf(await core.as('reception', 'forms.render', { job: job!.id })).html).toContain('H99.27-261123-0999');
  });

  test('both codes stand on the dossier, in search and on the receipt that is made afterwards', async () => {
    const { id, code: own } = await receive();
    const code = freshCode();
    const { dossier } = valueOf(await link(id, `  ${code} `));
    expect(dossier.codes).toEqual([{ system: 'own', code: own }, { system: 'province', code }]);
    expect(valueOf(await core.as('leader', 'dossiers.search', { query: code })).dossiers.map((row) => row.id)).toEqual([id]);
    const { job } = valueOf(await core.as('reception', 'dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Thiếu một bộ', changes: { sets: 2 } }));
    const { html } = valueOf(await core.as('reception', 'forms.render', { job: job!.id }));
    expect([html.includes(code), html.includes(own)]).toEqual([true, true]);
  });

  test('the existing undo takes it back: it is to be entered again and found no more', async () => {
    const { id } = await receive();
    const code = freshCode();
    const { dossier } = valueOf(await link(id, code));
    expect((await toEnter()).dossiers.map((row) => row.id)).not.toContain(id);
    const linked = dossier.history.find(({ kind }) => kind === 'dossier.codeLinked')!;
    expect(linked.undoable).toBe(true);
    valueOf(await core.as('reception', 'dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'undo', operation: linked.id, reason: 'Gõ nhầm' } }));
    expect((await toEnter()).dossiers.map((row) => row.id)).toContain(id);
    expect(valueOf(await core.as('reception', 'dossiers.search', { query: code })).dossiers).toEqual([]);
  });

  test.each([
    ['of another shape', 'ABC-123', ['shape']],
    ['with a day that is none', 'H99.27-261341-0001', ['shape']],
  ])('a code %s is asked about, and linked when the officer says so', async (_what, code, doubts) => {
    const { id } = await receive();
    const asked = await link(id, code);
    expect(asked).toMatchObject({ ok: false, error: { code: 'dossiers.codeDoubtful', detail: { doubts: doubts.map((doubt) => expect.objectContaining({ doubt }) as object) } } });
    expect(valueOf(await link(id, code, { despite: ['shape'] })).dossier.codes.at(-1)).toEqual({ system: 'province', code });
  });

  test('a code that another dossier has is asked about by that dossier’s name, in any spelling', async () => {
    const [first, second] = [await receive(), await receive()];
    const code = freshCode();
    valueOf(await link(first.id, code));
    const asked = await link(second.id, code.toLowerCase());
    expect(asked).toMatchObject({ ok: false, error: { code: 'dossiers.codeDoubtful', sentence: `Mã ${code.toLowerCase()} đang gắn với hồ sơ ${first.code} của Giàng A Páo.` } });
    valueOf(await link(second.id, code, { despite: ['elsewhere'] }));
  });

  test('a second code of the province is asked about and leaves the first', async () => {
    const { id } = await receive();
    const [one, other] = [freshCode(), freshCode()];
    valueOf(await link(id, one));
    expect(await link(id, other)).toMatchObject({ ok: false, error: { detail: { doubts: [{ doubt: 'second' }] } } });
    expect(valueOf(await link(id, other, { despite: ['second'] })).dossier.codes.slice(1).map(({ code }) => code)).toEqual([one, other]);
    expect(await link(id, one)).toMatchObject({ ok: false, error: { code: 'dossiers.badCode', sentence: `Hồ sơ này đã có mã ${one}.` } });
  });

  test.each(['<b>12</b>', 'H99\u202e-1', 'không-có', '-123'])('%j is no code and nothing is written', async (code) => {
    const { id } = await receive();
    const seq = core.core.holder.desk()!.log.head().seq;
    expect(await link(id, code, { despite: ['shape'] })).toMatchObject({ ok: false, error: { code: 'dossiers.badCode' } });
    expect(core.core.holder.desk()!.log.head().seq).toBe(seq);
  });

  test('an administrator without another role is refused; the same request twice is one', async () => {
    const { id } = await receive();
    expect(await link(id, freshCode(), {}, 'admin')).toMatchObject({ ok: false, error: { code: 'session.notPermitted' } });
    const key = randomUUID();
    const code = freshCode();
    for (let turn = 0; turn < 2; turn += 1) expect(valueOf(await link(id, code, { idempotencyKey: key })).dossier.codes).toHaveLength(2);
  });
});

describe('what is to be entered', () => {
  test('the oldest stands first, a page at a time, and only procedures that are entered there', async () => {
    await save({ byDefault: false, exceptions: ['2.002516'] });
    expect(await toEnter()).toMatchObject({ dossiers: [], count: 0 });
    const made = [];
    for (let index = 0; index < 3; index += 1) made.push((await receive({ procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch' })).id);
    const page = valueOf(await core.as('reception', 'dossiers.listToEnter', { limit: 2 }));
    expect(page).toMatchObject({ count: 3, cursor: expect.any(String) as string });
    const rest = valueOf(await core.as('reception', 'dossiers.listToEnter', { limit: 2, cursor: page.cursor! }));
    expect(rest.cursor).toBeNull();
    expect(new Set([...page.dossiers, ...rest.dossiers].map(({ id }) => id))).toEqual(new Set(made));
    await save({ byDefault: true, exceptions: ['2.002516'] });
    expect((await toEnter()).dossiers.map(({ procedureCode }) => procedureCode)).not.toContain('2.002516');
    await save({ byDefault: true, exceptions: [] });
  });

  test('what was voided leaves the list; a code of a ministry does not take a dossier out', async () => {
    const [voided, ministry] = [await receive(), await receive()];
    valueOf(await core.as('leader', 'dossiers.void', { id: voided.id, idempotencyKey: randomUUID(), reason: 'Nhập nhầm' }));
    valueOf(await link(ministry.id, 'G03-2026-000123', { code: { system: 'ministry', code: 'G03-2026-000123' } }));
    const ids = (await toEnter()).dossiers.map(({ id }) => id);
    expect(ids).not.toContain(voided.id);
    expect(ids).toContain(ministry.id);
  });

  test('a rebuild gives the same list', async () => {
    const desk = core.core.holder.desk()!;
    const before = [await toEnter(), dumpProjections(desk.db)];
    valueOf(await core.as('admin', 'system.rebuild', {}));
    expect([await toEnter(), dumpProjections(desk.db)]).toEqual(before);
  });
});

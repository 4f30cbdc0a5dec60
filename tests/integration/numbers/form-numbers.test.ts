import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../../src-shared/contract/dossier-act-input.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { DEFAULT_FORM_NUMBERING, type FormNumbering } from '../../../src-shared/domain/numbers/form-number.ts';
import { apologyData } from '../../../src-shared/forms/apology/apology-data.ts';
import { refusalData } from '../../../src-shared/forms/refusal/refusal-data.ts';
import { supplementRequestData } from '../../../src-shared/forms/supplement-request/supplement-request-data.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { DAY_MS } from '../../../src-shared/lib/office-time.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { projectDossier } from '../../../src-node/operations/dossier-projection.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

/** Rule 4 for forms: two desks that never meet, power cuts, replays, undone acts, a change of what the office wants. */
let office: CoreOffice;
let first: CoreDesk;

beforeEach(async () => {
  office = await setUpCoreOffice();
  first = office.first;
});
afterEach(() => office.end());

type View = OutputOf<'dossiers.get'>['dossier'];
const ASK: DossierActInput = { act: 'requestSupplement', papers: ['Tờ khai'], reason: 'Thiếu' };
const APOLOGISE: DossierActInput = { act: 'apologise', reason: 'Mất điện', newDate: { mode: 'term', term: { unit: 'working_day', value: 5 } } };
const REFUSE: DossierActInput = { act: 'refuse', reason: 'Không đủ điều kiện' };

const received = async (desk = first): Promise<string> => (await desk.must('dossiers.receive', receiveInput(office.time, { idempotencyKey: randomUUID() }))).dossier.id;
const actInput = (id: string, act: DossierActInput): InputOf<'dossiers.act'> => ({ id, idempotencyKey: randomUUID(), act });
const act = async (id: string, what: DossierActInput, desk = first): Promise<View> => (await desk.must('dossiers.act', actInput(id, what))).dossier;
const numbersIn = (view: Pick<View, 'history'>) => view.history.flatMap(({ lines }) => lines.filter(({ label }) => label === 'Số của phiếu').map(({ text }) => text));
const asked = async (desk = first): Promise<string> => numbersIn(await act(await received(desk), ASK, desk)).join();
const folded = (id: string, desk = first) => foldDossier(desk.desk.log.listSubject(id as SubjectId), desk.desk.office())!;
const faults = async (desk = first) => (await desk.must('system.verify', {})).faults;
const setNumbering = (change: Partial<FormNumbering>) => first.must('settings.save', { key: 'formNumbers', value: { ...DEFAULT_FORM_NUMBERING, ...change } });
const next = async (kind: string, desk = first) => (await desk.must('numbers.list', {})).running.find((series) => series.kind === kind)?.next;

describe('the list of a form', () => {
  const list = (change: Partial<InputOf<'registers.formNumbers'>> = {}, desk = first) => desk.must('registers.formNumbers', { form: 'supplementRequest', year: '2026', ...change } as InputOf<'registers.formNumbers'>);

  test('has every number with what became of it: given, undone, voided, passed over, erased', async () => {
    const [given, undone, voided, erased] = [await received(), await received(), await received(), await received()];
    const view = await act(given, ASK);
    await act(undone, { act: 'undo', operation: (await act(undone, ASK)).history.at(-1)!.id, reason: 'Nhầm' });
    await act(voided, ASK);
    await first.must('dossiers.void', { id: voided, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
    await act(erased, ASK);
    await first.must('dossiers.erase', { id: erased, idempotencyKey: randomUUID(), reason: 'Quyết định 12' });
    await first.must('numbers.skip', { idempotencyKey: randomUUID(), number: { kind: 'supplementRequest', token: '1', period: '2026', counter: 5 }, reason: 'Tờ rách' });
    await act(await received(), APOLOGISE);
    const { rows, cursor } = await list();
    expect(rows.map(({ number, state, text }) => [number.counter, state, text])).toEqual([[1, 'given', '1-001'], [2, 'undone', '1-002'], [3, 'voided', '1-003'], [4, 'erased', null], [5, 'skipped', null]]);
    expect(rows[0]).toMatchObject({ dossier: given, code: view.code, ownerName: 'Lý Tả Mẩy', officerName: 'Lò Thị Mẩy' });
    expect(rows[4]).toMatchObject({ reason: 'Tờ rách', officerName: 'Lò Thị Mẩy' });
    expect(JSON.stringify(rows[3])).not.toContain('Lý Tả Mẩy');
    expect(cursor).toBeNull();
    expect((await list({ form: 'apology' })).rows.map(({ text }) => text)).toEqual(['1-001/PXL']);
    expect((await list({ year: '2025' })).rows).toEqual([]);
  });

  test('comes page by page, desk by desk, each number once', async () => {
    const second = await office.join(first, 'Máy 2');
    for (const desk of [second, first, first, second]) await asked(desk);
    await first.must('desks.importBranch', { dataDir: second.place.dataDir, password: ADMIN_PASSWORD });
    await first.must('numbers.skip', { idempotencyKey: randomUUID(), number: { kind: 'supplementRequest', token: '1', period: '2026', counter: 3 }, reason: 'Tờ rách' });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: OutputOf<'registers.formNumbers'> = await list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      expect(page.rows.length).toBeLessThanOrEqual(2);
      seen.push(...page.rows.map(({ number }) => `${number.token}-${number.counter}`));
      cursor = page.cursor;
    }
    expect(seen).toEqual(['1-1', '1-2', '1-3', '2-1', '2-2']);
  });

  test('is for those who work on dossiers', async () => {
    await first.must('officers.create', { name: 'Sùng A Tủa', title: '', formOfAddress: 'anh', roles: ['admin'], password: ADMIN_PASSWORD });
    await first.signIn('Sùng A Tủa');
    expect(await first.call('registers.formNumbers', { form: 'refusal', year: '2026' })).toMatchObject({ ok: false, error: { code: 'session.notPermitted' } });
  });
});

describe('numbers of forms', () => {
  test('count by form, desk and year, and desks that never met print different ones', async () => {
    const second = await office.join(first, 'Máy 2');
    expect([await asked(), await asked(), await asked(second), await asked(second)]).toEqual(['1-001', '1-002', '2-001', '2-002']);
    expect(numbersIn(await act(await received(), APOLOGISE))).toEqual(['1-001/PXL']);
    expect(numbersIn(await act(await received(second), REFUSE, second))).toEqual(['2-001']);
    await first.must('desks.importBranch', { dataDir: second.place.dataDir, password: ADMIN_PASSWORD });
    expect([await asked(), await asked(second)]).toEqual(['1-003', '2-003']);
    expect((await first.must('conflicts.list', {})).conflicts).toEqual([]);
    expect(await faults()).toEqual([]);
    office.time.ms += 60 * DAY_MS;
    expect(await asked()).toBe('1-001');
  });

  test('are in the data of the form, and nothing else is', async () => {
    const one = await received();
    await act(one, APOLOGISE);
    await act(one, ASK);
    const other = await received();
    await act(other, REFUSE);
    const idOf = (id: string, kind: string) => folded(id).history.find(({ header }) => header.kind === kind)!.id;
    expect(apologyData(folded(one), idOf(one, 'dossier.apologised'), first.desk.office()).number).toBe('1-001/PXL');
    expect(supplementRequestData(folded(one), idOf(one, 'dossier.supplementRequested'), first.desk.office()).number).toBe('1-001');
    expect(refusalData(folded(other), idOf(other, 'dossier.refused'), first.desk.office()).number).toBe('1-001');
  });

  test('are the same for a replay, after a power cut too, and for every later paper of the act', async () => {
    const id = await received();
    const input = actInput(id, APOLOGISE);
    const told = numbersIn((await first.must('dossiers.act', input)).dossier);
    await first.crash();
    await first.start();
    expect(numbersIn((await first.must('dossiers.act', input)).dossier)).toEqual(told);
    await setNumbering({ apology: { by: 'desk', symbol: 'XL-TTPVHCC' } });
    expect(numbersIn((await first.must('dossiers.act', input)).dossier)).toEqual(told);
    expect(apologyData(folded(id), folded(id).history.at(-1)!.id, first.desk.office()).number).toBe('1-001/PXL');
    expect(numbersIn(await act(await received(), APOLOGISE))).toEqual(['1-002/XL-TTPVHCC']);
    expect(await faults()).toEqual([]);
  });

  test('of an act that dies inside its transaction, or is refused, go to the next act', async () => {
    const id = await received();
    const { db } = first.desk;
    db.exec("CREATE TEMP TRIGGER dies_inside BEFORE INSERT ON issued_numbers WHEN NEW.kind = 'supplementRequest' BEGIN SELECT RAISE(ABORT, 'dies inside'); END");
    expect((await first.call('dossiers.act', actInput(id, ASK))).ok).toBe(false);
    db.exec('DROP TRIGGER dies_inside');
    expect((await first.must('dossiers.get', { id })).dossier.status).toBe('received');
    expect(numbersIn(await act(id, ASK))).toEqual(['1-001']);
    // It waits already: nothing to ask for.
    expect((await first.call('dossiers.act', actInput(id, ASK))).ok).toBe(false);
    expect(await asked()).toBe('1-002');
    expect(await faults()).toEqual([]);
  });

  test('stay given when the act is undone, the dossier voided, or the rows are folded anew', async () => {
    const id = await received();
    const view = await act(id, ASK);
    await act(id, { act: 'undo', operation: view.history.at(-1)!.id, reason: 'Nhầm' });
    expect(numbersIn(await act(id, ASK))).toEqual(['1-001', '1-002']);
    await first.must('dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
    await first.must('system.rebuild', {});
    expect(await asked()).toBe('1-003');
    expect(await faults()).toEqual([]);
  });

  test('stay given when the dossier is erased, and the register has no line for them', async () => {
    const id = await received();
    await act(id, ASK);
    await first.must('dossiers.erase', { id, idempotencyKey: randomUUID(), reason: 'Quyết định 12' });
    expect(await asked()).toBe('1-002');
    expect(await faults()).toEqual([]);
    const rows = (await first.must('registers.list', { from: '2026-11-23', to: '2026-11-23' })).rows;
    expect(rows.map(({ kind, register }) => [kind, register?.counter])).toEqual([['erased', 1], ['dossier', 2]]);
  });

  test('are taken by imported dossiers too, which have no other number of this office', async () => {
    const imported = (): string => {
      const subject = randomUUID() as string as SubjectId;
      const written = first.desk.log.write((writing) => {
        const body = { ...(buildBody('dossier.imported') as object), codes: [{ system: 'province', code: `H99-261101-${subject.slice(0, 4)}` }] };
        const operation = writing.append({ kind: 'dossier.imported', version: 1, subject, actor: [...first.desk.office().officers.keys()][0]!, after: [], body });
        projectDossier(writing.db, writing.names, first.desk.office(), [operation]);
        return ok(subject);
      });
      expect(written.ok).toBe(true);
      return subject;
    };
    expect(numbersIn(await act(imported(), ASK))).toEqual(['1-001']);
    expect(numbersIn(await act(imported(), ASK))).toEqual(['1-002']);
    expect(await faults()).toEqual([]);
  });

  test('are left to the hand where the office says so; the series goes on where it stood', async () => {
    await asked();
    await setNumbering({ supplementRequest: { by: 'hand', symbol: '' } });
    const id = await received();
    expect(numbersIn(await act(id, ASK))).toEqual([]);
    expect(supplementRequestData(folded(id), folded(id).history.at(-1)!.id, first.desk.office()).number).toBeNull();
    await setNumbering({});
    expect(await asked()).toBe('1-002');
  });

  test('can be passed over, with the reason', async () => {
    expect([await next('supplementRequest'), await next('apology')]).toEqual([1, 1]);
    await first.must('numbers.skip', { idempotencyKey: randomUUID(), number: { kind: 'supplementRequest', token: '1', period: '2026', counter: 1 }, reason: 'Ghi tay' });
    expect(await asked()).toBe('1-002');
    expect(await next('supplementRequest')).toBe(3);
    expect(await faults()).toEqual([]);
    expect((await first.must('registers.list', { from: '2026-11-23', to: '2026-11-23' })).rows).toHaveLength(1);
  });

  test('with a sign that would break a paper are refused', async () => {
    for (const symbol of ['/PXL', 'P XL', 'PXL/', '<b>', 'X'.repeat(21)]) {
      expect(await first.call('settings.save', { key: 'formNumbers', value: { ...DEFAULT_FORM_NUMBERING, apology: { by: 'desk', symbol } } })).toMatchObject({ ok: false, error: { code: 'request.malformed' } });
    }
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../src-shared/domain/persons/person.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import { createPersonsHandlers } from '../../../src-main/core/features/persons/persons-handlers.ts';
import { appendAct, appendDossier } from '../../helpers/append-dossier.ts';
import { correction } from '../../helpers/build-dossier-bodies.ts';
import { codeOf, openTestDesk, valueOf, type TestDesk } from '../../helpers/open-test-desk.ts';

let at: TestDesk;

beforeEach(async () => {
  at = await openTestDesk({ handlers: () => createPersonsHandlers() });
});

afterEach(() => at.close());

const person = (name: string, more: Partial<Person> = {}): Person => ({ type: 'individual', name, ...more });
const PAO = person('Giàng A Páo', { idKind: 'citizenId', idNumber: '010094000123', birthDate: '1994-05-02', phone: '0912 345 678', address: 'Thôn Háng Tâu, Nậm Khâu' });

const find = async (query: string, limit?: number) => valueOf(await at.as('reception')('persons.find', { query, ...(limit === undefined ? {} : { limit }) })).persons;
const names = async (query: string) => (await find(query)).map((known) => known.person.name);

describe('who is found', () => {
  test('by beginnings of the words of the name, with or without diacritics, in any order', async () => {
    appendDossier(at, { content: { owner: PAO } });
    for (const query of ['Giàng A Páo', 'giang a pao', 'pao gi', 'Páo']) expect(await names(query)).toEqual(['Giàng A Páo']);
    expect(await names('gian pax')).toEqual([]);
  });

  test('đ is found as d', async () => {
    appendDossier(at, { content: { owner: person('Đặng Thị Đỏ') } });
    expect(await names('dang do')).toEqual(['Đặng Thị Đỏ']);
    expect(await names('Đặng')).toEqual(['Đặng Thị Đỏ']);
  });

  test('by ID number and phone, their beginning or their last digits, with or without spaces', async () => {
    appendDossier(at, { content: { owner: PAO } });
    for (const query of ['010094000123', '0100940', '000123', '0912345678', '0912 345', '5678']) expect(await names(query), query).toEqual(['Giàng A Páo']);
    for (const query of ['678', '010094000124']) expect(await names(query), query).toEqual([]);
  });

  test('owner, submitter and authorised person all count, and only who was asked for is offered', async () => {
    appendDossier(at, {
      content: { owner: PAO, submitter: { ...person('Vàng Thị Mỷ', { phone: '0987000111' }), relation: 'vợ' }, authorised: { ...person('Lù Seo Chín'), authorisation: 'Giấy số 3' } },
    });
    expect(await names('vang')).toEqual(['Vàng Thị Mỷ']);
    expect(await names('lu seo')).toEqual(['Lù Seo Chín']);
    expect(await names('0987')).toEqual(['Vàng Thị Mỷ']);
    // Both words stand on the dossier, but on different people.
    expect(await names('vang pao')).toEqual([]);
  });

  test('a code or a child named in the form is no person', async () => {
    const { code } = appendDossier(at, { content: { owner: PAO, fields: { childName: 'Giàng Thị Súa' } } });
    expect(await names(code)).toEqual([]);
    expect(await names('súa')).toEqual([]);
  });

  test('everything that was written comes back, marked as known, without what belongs to the one dossier', async () => {
    appendDossier(at, { content: { owner: PAO, submitter: { ...person('Vàng Thị Mỷ', { sex: 'female', source: 'cardQr' }), relation: 'vợ' } } });
    expect((await find('pao'))[0]).toEqual({ person: { ...PAO, source: 'known' }, dossiers: 1, lastReceivedAt: at.desk.clock.nowMs() });
    expect((await find('my'))[0]!.person).toEqual({ type: 'individual', name: 'Vàng Thị Mỷ', sex: 'female', source: 'known' });
  });
});

describe('the same person on several dossiers', () => {
  test('is offered once, as written last, with how many dossiers, the newest first', async () => {
    appendDossier(at, { content: { owner: { ...PAO, phone: '0911000000', address: 'Chỗ cũ' } } });
    at.clock.advance(60_000);
    appendDossier(at, { content: { owner: person('Giàng A Súa', { birthDate: '1980' }), submitter: PAO } });
    at.clock.advance(60_000);
    appendDossier(at, { content: { owner: person('Giàng A Súa', { birthDate: '1980' }), authorised: person('Giàng A Súa', { birthDate: '1980' }) } });
    const found = await find('giang');
    expect(found.map((known) => [known.person.name, known.dossiers, known.person.address])).toEqual([
      ['Giàng A Súa', 2, undefined],
      ['Giàng A Páo', 2, 'Thôn Háng Tâu, Nậm Khâu'],
    ]);
    expect(found[1]!.lastReceivedAt).toBe(at.desk.clock.nowMs() - 60_000);
  });

  test('namesakes with other numbers or birth dates stay apart', async () => {
    for (const birthDate of ['1970', '1980', '1990-01-02']) appendDossier(at, { content: { owner: person('Sùng A Dế', { birthDate }) } });
    appendDossier(at, { content: { owner: person('Sùng A Dế', { idNumber: '010090000777' }) } });
    expect(await find('sung a de')).toHaveLength(4);
  });

  test('no more than asked for are offered', async () => {
    for (let n = 0; n < 12; n += 1) appendDossier(at, { content: { owner: person(`Giàng A Số${'abcdefghijkl'[n]}`) } });
    expect(await find('giang')).toHaveLength(8);
    expect(await find('giang', 3)).toHaveLength(3);
  });
});

describe('what happened to the dossier', () => {
  test('a corrected person is offered as corrected, no longer as first typed', async () => {
    const dossier = appendDossier(at, { content: { owner: person('Giàng A Pao', { idNumber: '010094000123' }) } });
    appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ owner: PAO }) as never);
    expect((await find('giang'))[0]!.person).toEqual({ ...PAO, source: 'known' });
  });

  test('a correction that was undone does not count', async () => {
    const dossier = appendDossier(at, { content: { owner: PAO } });
    const wrong = appendAct(at, dossier.id, 'reception', 'dossier.corrected', correction({ owner: person('Nhầm Người') }) as never);
    appendAct(at, dossier.id, 'reception', 'dossier.undone', { operation: operationId(wrong.header), reason: '' });
    expect(await names('nham')).toEqual([]);
    expect(await names('pao')).toEqual(['Giàng A Páo']);
  });

  test('people of a voided dossier are not offered, they may be the mistake', async () => {
    const dossier = appendDossier(at, { content: { owner: PAO } });
    appendAct(at, dossier.id, 'leader', 'dossier.voided', { reason: 'Nhập nhầm người' });
    expect(await names('pao')).toEqual([]);
  });
});

describe('the door', () => {
  test('the administrator of the program sees no citizens; nobody without a session does', async () => {
    expect(codeOf(await at.as('admin')('persons.find', { query: 'pao' }))).toBe('session.notPermitted');
    expect(codeOf(await at.dispatch('persons.find', { query: 'pao' }, undefined))).toBe('session.required');
    for (const officer of ['processing', 'leader'] as const) expect((await at.as(officer)('persons.find', { query: 'pao' })).ok).toBe(true);
  });

  test('an empty, endless or meaningless query and a wild limit do no harm', async () => {
    appendDossier(at, { content: { owner: PAO } });
    for (const bad of [{ query: '' }, { query: 'x'.repeat(121) }, { query: 'a', limit: 0 }, { query: 'a', limit: 51 }, {}]) {
      expect(codeOf(await at.dispatch('persons.find', bad, at.sessionOf('reception')))).toBe('request.malformed');
    }
    for (const odd of ['"', '*', 'NEAR(', "' OR 1=1", '…', '   ', 'a AND', 'words:pao']) expect((await at.as('reception')('persons.find', { query: odd })).ok).toBe(true);
  });
});

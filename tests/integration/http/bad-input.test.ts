import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '../../helpers/open-test-desk.ts';
import { receiveInput, startCore, type RunningCore } from '../../helpers/running-core.ts';

/** Inputs that no screen of ours sends: each is refused with a code of ours, and none of them is a fault of ours. */
let core: RunningCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());

const headers = () => ({ 'content-type': 'application/json', authorization: `Bearer ${core.sessions.reception.token}` });
async function post(address: string, body: string): Promise<[status: number, code: string | undefined]> {
  const response = await fetch(`${core.url}/api${address}`, { method: 'POST', body, headers: headers() });
  const answer = (await response.json()) as { error?: { code: string } };
  return [response.status, answer.error?.code];
}
const receive = (changes: object) => post('/dossiers', JSON.stringify({ ...receiveInput(), ...changes }));
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('a reception', () => {
  it.each([
    ['a name with half a character', { owner: { type: 'individual', name: 'A\ud800B' } }],
    ['a field key with half a character', { fields: { 'a\ud800': 'b' } }],
    ['one field key written in two ways', { fields: { ['é'.normalize('NFD')]: 'b', ['é'.normalize('NFC')]: 'c' } }],
    ['a form opened before the calendar', { openedAt: -9e15 }],
    ['a form opened after it', { openedAt: 9e15 }],
    ['half a set', { sets: 1.5 }],
    ['an invisible name', { owner: { type: 'individual', name: '\u200b\u200d' } }],
  ])('with %s is malformed', async (_what, changes) => {
    expect(await receive(changes)).toEqual([400, 'request.malformed']);
  });

  it('of somebody born tomorrow is refused, of somebody born today is not', async () => {
    const born = (birthDate: string) => receive({ owner: { type: 'individual', name: 'Giàng Thị Mỷ', birthDate } });
    expect(await born('2026-11-24')).toEqual([422, 'dossiers.badPerson']);
    expect(await born('2026-11-23')).toEqual([200, undefined]);
  });

  it('is the same one when its key comes again in capitals', async () => {
    const input = { ...receiveInput(), idempotencyKey: randomUUID() };
    const first = valueOf(await core.as('reception', 'dossiers.receive', input));
    const again = valueOf(await core.as('reception', 'dossiers.receive', { ...input, idempotencyKey: input.idempotencyKey.toUpperCase() }));
    expect(again.dossier.id).toBe(first.dossier.id);
  });
});

describe('a correction', () => {
  it.each([
    ['half a set', '{"sets":1.5}'],
    ['half a character', '{"request":"\\ud800"}'],
    ['lists within lists', `{"fields":${nested(100)}}`],
    ['lists nested to exhaust a stack', `{"fields":${nested(50_000)}}`],
    ['such lists beside an escape', `{"note":"\\u0041","fields":${nested(50_000)}}`],
  ])('with %s is malformed', async (_what, changes) => {
    const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
    const body = `{"idempotencyKey":"${randomUUID()}","reason":"sửa","changes":${changes}}`;
    expect(await post(`/dossiers/${dossier.id}/correct`, body)).toEqual([400, 'request.malformed']);
  });

  it.each(['owner', 'submitter', 'authorised'] as const)('of the %s to a birth that has not come yet is refused as at reception, and one of today is not', async (role) => {
    const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
    const born = (birthDate: string) => {
      const person = { type: 'individual', name: 'Giàng Thị Mỷ', birthDate, ...(role === 'authorised' && { authorisation: 'Giấy ủy quyền' }) };
      return post(`/dossiers/${dossier.id}/correct`, JSON.stringify({ idempotencyKey: randomUUID(), reason: 'sửa', changes: { [role]: person } }));
    };
    expect(await born('2026-11-24')).toEqual([422, 'dossiers.badPerson']);
    expect(await born('2027')).toEqual([422, 'dossiers.badPerson']);
    expect(await born('2026-11-23')).toEqual([200, undefined]);
  });

  it.each([{ owner: 'Mỷ' }, { owner: { name: 'Mỷ', idNumber: 12 } }, { owner: { type: 'individual', name: 'Mỷ', birthDate: 'mai' } }])('to what is no person, %j, is refused', async (changes) => {
    const { dossier } = valueOf(await core.as('reception', 'dossiers.receive', receiveInput()));
    expect(await post(`/dossiers/${dossier.id}/correct`, JSON.stringify({ idempotencyKey: randomUUID(), reason: 'sửa', changes }))).toEqual([422, 'dossiers.badContent']);
  });
});

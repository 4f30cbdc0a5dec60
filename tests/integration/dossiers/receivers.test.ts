import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputOf } from '../../../src-shared/contract/contract.ts';
import { receiveInput, setUpCoreOffice, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';
import { codeOf } from '../../helpers/open-test-desk.ts';

let office: CoreOffice;
let desk: CoreDesk;
beforeAll(async () => {
  office = await setUpCoreOffice();
  desk = office.first;
});
afterAll(() => office.end());

type HandOver = Extract<InputOf<'dossiers.act'>['act'], { readonly act: 'handOver' }>;
type Role = HandOver['receiverIs'];

const OWNER = { type: 'individual', name: 'Lý Tả Mẩy' } as const;
const SUBMITTER = { type: 'individual', name: 'Tẩn Mùi Mẩy' } as const;
const AUTHORISED = { type: 'individual', name: 'Giàng A Páo' } as const;
const EVERYBODY = { submitter: { ...SUBMITTER, relation: 'con' }, authorised: AUTHORISED };

async function finished(people: Partial<InputOf<'dossiers.receive'>> = {}): Promise<string> {
  const { dossier } = await desk.must('dossiers.receive', receiveInput(office.time, { owner: OWNER, ...people }));
  await desk.must('dossiers.act', { id: dossier.id, idempotencyKey: randomUUID(), act: { act: 'take' } });
  await desk.must('dossiers.act', { id: dossier.id, idempotencyKey: randomUUID(), act: { act: 'finish', result: { summary: 'Bản xác nhận' } } });
  return dossier.id;
}

const handOver = (id: string, receiverIs: Role, receiver: HandOver['receiver']) =>
  desk.call('dossiers.act', { id, idempotencyKey: randomUUID(), act: { act: 'handOver', receiver, receiverIs, how: 'counter', shown: 'Giấy hẹn', despiteConflicts: [] } });

describe('handing a result over', () => {
  test.each([
    ['the submitter where nobody stood in', 'submitter', OWNER],
    ['an authorised person where there is none', 'authorised', OWNER],
    ['the owner under another name', 'owner', SUBMITTER],
  ] as const)('is refused to %s, and nothing is written', async (_whom, role, person) => {
    const id = await finished();
    const answer = await handOver(id, role, person);
    expect(codeOf(answer)).toBe('dossiers.badContent');
    expect((await desk.must('dossiers.get', { id })).dossier).toMatchObject({ status: 'finished', handOver: null });
  });

  test.each([
    ['owner', OWNER], ['submitter', SUBMITTER], ['authorised', AUTHORISED], ['other', { type: 'individual', name: 'Người Lạ' }],
  ] as const)('goes to the person of the dossier, or to another who is written down as such: %s', async (role, person) => {
    const id = await finished(EVERYBODY);
    expect((await handOver(id, role, person)).ok).toBe(true);
  });

  test('knows the name however it is written, and takes the number of the card that was shown', async () => {
    const id = await finished();
    const receiver = { ...OWNER, name: ' LÝ TẢ  MẨY '.normalize('NFD'), idKind: 'citizenId', idNumber: '010304000456' } as const;
    expect((await handOver(id, 'owner', receiver)).ok).toBe(true);
  });

  test('follows a correction of the name', async () => {
    const id = await finished();
    await desk.must('dossiers.correct', { id, idempotencyKey: randomUUID(), reason: 'Ghi nhầm', changes: { owner: { ...OWNER, name: 'Lý Láo Lở' } } });
    expect(codeOf(await handOver(id, 'owner', OWNER))).toBe('dossiers.badContent');
    expect((await handOver(id, 'owner', { ...OWNER, name: 'Lý Láo Lở' })).ok).toBe(true);
  });
});

describe('a result given at once', () => {
  const onTheSpot = (receiverIs: 'owner' | 'submitter' | 'authorised', people: Partial<InputOf<'dossiers.receive'>> = {}) =>
    desk.call('dossiers.receive', receiveInput(office.time, { owner: OWNER, ...people, onTheSpot: { result: { summary: 'Bản sao' }, receiverIs } }));

  test.each(['submitter', 'authorised'] as const)('is refused to a %s whom the form does not name', async (role) => {
    expect(codeOf(await onTheSpot(role))).toBe('dossiers.badContent');
  });

  test.each([['owner', OWNER.name], ['submitter', SUBMITTER.name], ['authorised', AUTHORISED.name]] as const)('names the %s as on the form', async (role, name) => {
    const answer = await onTheSpot(role, EVERYBODY);
    expect(answer).toMatchObject({ ok: true, value: { dossier: { status: 'returned', handOver: { receiverIs: role, receiver: { name } } } } });
  });
});

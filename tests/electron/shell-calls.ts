/** Calls of the core out of the page in the window, as its own screens make them: the shell adds the session that no page knows. */
import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { contract, type CallName, type InputOf, type OutputOf } from '../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../src-shared/contract/dossier-act-input.ts';
import type { DossierStatus } from '../../src-shared/domain/dossiers/dossier-state.ts';

type Dossier = OutputOf<'dossiers.get'>['dossier'];

export async function callFromPage<N extends CallName>(page: Page, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const { method, path } = contract[name];
  const members: Record<string, unknown> = { ...(input as object) };
  const address = path.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = String(members[member]);
    delete members[member];
    return value;
  });
  const answer = await page.evaluate(async ({ to, body }) => {
    const response = await fetch(to, body === null ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return { isOk: response.ok, text: await response.text() };
  }, { to: `/api${address}`, body: method === 'GET' ? null : JSON.stringify(members) });
  if (!answer.isOk) throw new Error(`${name}: ${answer.text}`);
  return JSON.parse(answer.text) as OutputOf<N>;
}

const TAKE: DossierActInput = { act: 'take' };
const FINISH: DossierActInput = { act: 'finish', result: { summary: 'Đã xác nhận' } };

/** What makes a dossier that was just received what it shall be. */
const ACTS: Readonly<Record<DossierStatus, readonly DossierActInput[]>> = {
  received: [],
  processing: [TAKE],
  waitingSupplement: [TAKE, { act: 'requestSupplement', papers: ['Giấy xác nhận'], reason: 'Chưa có giấy xác nhận.' }],
  waitingDuty: [TAKE, { act: 'requestDuty', text: 'Lệ phí', dong: 8_000 }],
  finished: [TAKE, FINISH],
  returned: [TAKE, FINISH, { act: 'handOver', receiver: { type: 'individual', name: 'Lù Thị Mỷ' }, receiverIs: 'owner', how: 'counter', shown: 'Căn cước', despiteConflicts: [] }],
  withdrawn: [{ act: 'withdraw', reason: 'Không cần nữa', by: { type: 'individual', name: 'Lù Thị Mỷ' } }],
  stopped: [{ act: 'stop', reason: 'Không bổ sung' }],
  refused: [{ act: 'refuse', reason: 'Không thuộc thẩm quyền' }],
  voided: [],
};

/** One dossier in each state, by whoever is signed in; it takes every role. */
export async function makeEveryStatus(page: Page): Promise<readonly Dossier[]> {
  const made: Dossier[] = [];
  for (const [status, acts] of Object.entries(ACTS)) {
    const { dossier: { id } } = await callFromPage(page, 'dossiers.receive', {
      idempotencyKey: randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch', owner: { type: 'individual', name: 'Lù Thị Mỷ' }, receiptWanted: false,
    });
    for (const act of acts) await callFromPage(page, 'dossiers.act', { id, idempotencyKey: randomUUID(), act });
    if (status === 'voided') await callFromPage(page, 'dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' });
    made.push((await callFromPage(page, 'dossiers.get', { id })).dossier);
  }
  return made;
}

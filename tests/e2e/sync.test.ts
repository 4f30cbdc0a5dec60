import type { SyncStatus } from '../../src-shared/contract/sync.api.ts';
import { serverFingerprint } from '../../src-node/sync-engine/server-fingerprint.ts';
import { writeAdmissionWords } from '../../src-shared/sync-protocol/admission-words.ts';
import { failureSentence } from '../../src-main/core/features/sync/sync-words.ts';
import { SmallSyncServer } from '../helpers/small-sync-server.ts';
import { CLERK, expect, expectAccessible, LEADER, signIn, takePicture, test } from './desk-fixture.ts';

test('an administrator connects by address and code after comparing the fingerprint, and the foot of the screen tells what became of it', async ({ page, desk, office }) => {
  expect(office.leaderId).not.toBe('');
  const server = new SmallSyncServer();
  const address = await server.listen();
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await expect(page.getByText('Máy này chưa kết nối với tuyến trên.', { exact: false })).toBeVisible();
  await takePicture(page, 'sync-off');
  await page.getByLabel('Địa chỉ máy chủ').fill(address);
  await page.getByLabel('Mã kết nối').fill(server.code);
  await page.getByRole('button', { name: 'Xem máy chủ' }).click();
  await expect(page.getByText(/^[0-9A-F]{4}( [0-9A-F]{4}){7}$/)).toBeVisible();
  await takePicture(page, 'sync-compare');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Giống, kết nối' }).click();
  await expect(page.getByText('Mọi việc đã lưu chắc trên máy này. Đã gửi hết', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Đã gửi hết lúc');
  await takePicture(page, 'sync-done');
  await expectAccessible(page);

  server.refusal = 'sync.revoked';
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Cơ quan đã ngừng máy này nên tuyến trên không nhận việc của máy.', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Cơ quan đã ngừng máy này');
  server.refusal = null;
  await page.getByRole('button', { name: 'Tạm dừng' }).click();
  await expect(page.locator('.key-bar')).toContainText('Đang tạm dừng gửi');
  await page.getByRole('button', { name: 'Gửi tiếp' }).click();
  await expect(page.locator('.key-bar')).toContainText('Đã gửi hết lúc');
  await server.close();
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Không tới được máy chủ', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Chưa có mạng, làm việc bình thường');
  await takePicture(page, 'sync-waiting');
});

test('an administrator pastes the text of the upper tier, and the program compares the fingerprint', async ({ page, desk, office }) => {
  expect(office.leaderId).not.toBe('');
  const server = new SmallSyncServer();
  const address = await server.listen();
  const text = writeAdmissionWords({ address, code: server.code, fingerprint: serverFingerprint(server.keys.publicKey)! });
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  const field = page.getByLabel('Dòng chữ tuyến trên gửi');
  await field.fill(text.slice(0, -6));
  await field.blur();
  await expect(page.getByText('Dòng chữ chưa đủ hoặc gõ nhầm', { exact: false })).toBeVisible();
  await takePicture(page, 'sync-text-wrong');
  // One group of the fingerprint read wrongly: nothing is agreed to.
  await field.fill(`${text.slice(0, -4)}0000`);
  await page.getByRole('button', { name: 'Kết nối', exact: true }).click();
  await expect(page.getByText('Dấu khóa của máy chủ không giống', { exact: false })).toBeVisible();
  await field.fill(text.toLowerCase());
  await takePicture(page, 'sync-text');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Kết nối', exact: true }).click();
  await expect(page.getByText('Mọi việc đã lưu chắc trên máy này. Đã gửi hết', { exact: false })).toBeVisible();
  server.refusal = 'sync.revoked';
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect(page.getByText('Cơ quan đã ngừng máy này nên', { exact: false })).toBeVisible();
  await expect(page.locator('.key-bar')).toContainText('Cơ quan đã ngừng máy này');
  await takePicture(page, 'sync-revoked');
  await server.close();
});

test('a clerk sees what waits and who can connect', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  await signIn(page, desk, CLERK);
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
  await expect(page.getByText('Chỉ quản trị sửa được mục này.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Địa chỉ máy chủ')).toHaveCount(0);
});

const WAITING = { operations: 37, dossiers: 12, bytes: 9_400, oldestAgeMs: 30 * 3_600_000 };
const NOTHING = { operations: 0, dossiers: 0, bytes: 0, oldestAgeMs: null };
const RESTING: SyncStatus = {
  state: 'resting', code: null, sentence: null, nextTryMs: null, server: { name: 'Máy chủ tỉnh', address: 'https://tinh.example', fingerprint: '' }, waiting: NOTHING, minutesLeft: 0.1,
  budget: { bytesPerDay: null, bytesToday: 35_000 }, lastContactAt: Date.UTC(2026, 10, 20, 8), acknowledged: { operations: 412, of: 412 }, quarantined: [], older: null,
};
const BUDGET = { bytesPerDay: 1_000_000, bytesToday: 1_004_000 };

/** How the core would tell each state, what is said first, and what is not. */
const STATES: readonly (readonly [string, Partial<SyncStatus>, string, string])[] = [
  ['waiting', { state: 'waiting', code: 'unreachable', sentence: failureSentence('unreachable'), nextTryMs: 240_000, waiting: WAITING }, 'chị không cần làm gì', 'Đã gửi hết'],
  ['exchanging', { state: 'exchanging', waiting: { ...WAITING, operations: 4_100, dossiers: 900, bytes: 1_300_000 }, minutesLeft: 14 }, 'Đang gửi và nhận.', 'Đã gửi hết'],
  ['budget-used', { state: 'waiting', code: 'budgetUsed', sentence: failureSentence('budgetUsed'), waiting: WAITING, budget: BUDGET, nextTryMs: 3_000_000 }, 'Mai máy gửi tiếp', 'có mạng là máy tự gửi'],
  ['stopped', { state: 'refused', code: 'sync.revoked', sentence: failureSentence('sync.revoked'), nextTryMs: 2_500_000 }, 'Cơ quan đã ngừng máy này', 'Đã gửi hết'],
  ['rescued', { state: 'refused', code: 'sync.rescued', sentence: failureSentence('sync.rescued') }, 'đã nhận hết việc của máy', 'không cần làm gì'],
  ['wrong-key', { state: 'refused', code: 'wrongKey', sentence: failureSentence('wrongKey'), waiting: WAITING }, 'Hỏi tuyến trên', 'Đã gửi hết'],
  ['aside', { quarantined: [{ direction: 'up', device: 'a', deskName: 'Máy 2', code: 'branch.gap', sentence: 'Thiếu một đoạn ở trước.', at: Date.UTC(2026, 10, 20, 8) }] }, 'Có phần tuyến trên chưa nhận', 'không còn việc nào chờ'],
];

test('each state is told by what is safe, why, and what to do, and never with words of another', async ({ page, desk, office }) => {
  expect(office.clerkId).not.toBe('');
  let status = RESTING;
  await page.route('**/api/sync', (route) => route.fulfill({ json: status }));
  await signIn(page, desk, CLERK);
  for (const [name, change, said, unsaid] of STATES) {
    status = { ...RESTING, ...change };
    await page.reload();
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
    const part = page.locator('.settings-part');
    await expect(part).toContainText(new RegExp(said, 'i'));
    await expect(part.locator('.note').first()).toContainText('Mọi việc đã lưu chắc trên máy này.');
    await expect(part.locator('.note').first()).not.toContainText(unsaid);
    await expectAccessible(page);
    await takePicture(page, `sync-state-${name}`);
  }
});

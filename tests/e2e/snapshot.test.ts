import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLink } from '../../bench/links/link.ts';
import { LINKS } from '../../bench/links/link-profile.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { composeServer } from '../../src-server/compose-server.ts';
import { openSqliteServerDb } from '../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { receiveInput } from '../helpers/core-desk.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, startDesk, takePicture, test, type RunningDesk } from './desk-fixture.ts';

const DOSSIERS = 24;

test('a new desk says on every screen that older dossiers are still coming, works meanwhile, and gives no short register', async ({ page, desk, office, folder }) => {
  test.setTimeout(120_000);
  const { token: clerk } = await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password });
  for (let count = 0; count < DOSSIERS; count += 1) {
    const { dossier } = await callDesk(desk, 'dossiers.receive', receiveInput({ ms: Date.now() }), clerk);
    if (count % 4 > 0) await callDesk(desk, 'dossiers.void', { id: dossier.id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' }, office.leaderToken);
  }
  mkdirSync(join(folder, 'server'));
  const db = valueOf(openSqliteServerDb(join(folder, 'server')));
  const server = await composeServer({ db, name: 'Máy chủ thử', nowMs: () => Date.now(), logTo: { write: () => undefined }, snapshotFrom: 10 });
  const address = await server.http.listen({ host: '127.0.0.1', port: 0 });
  const { fingerprint } = await callDesk(desk, 'sync.look', { address }, office.leaderToken);
  await callDesk(desk, 'sync.connect', { address, fingerprint, code: await makeAdmissionCode(db, Date.now()) }, office.leaderToken);
  await expect.poll(async () => (await callDesk(desk, 'sync.status', {}, office.leaderToken)).waiting.operations).toBe(0);
  await server.projection.settle();

  const { file, code } = await callDesk(desk, 'desks.admit', { name: 'Máy 2' }, office.leaderToken);
  const second = await startDesk({ dataDir: join(folder, 'second'), stateDir: join(folder, 'second-state') });
  const link = await openLink({ profile: LINKS.edge, serverPort: Number(new URL(address).port), seed: 1 });
  try {
    await callDesk(second, 'office.join', { file, code, confirmedDate: officeDate(Date.now()) });
    const { token: leader } = await callDesk(second, 'session.open', { officer: office.leaderId, password: LEADER.password });
    await callDesk(second, 'sync.connect', { address: `http://127.0.0.1:${link.port}`, fingerprint, code: null }, leader);
    await pauseBehindSnapshot(second, leader);
    await signIn(page, second, LEADER);
    await expect(page.getByText(/Đang tải hồ sơ cũ: còn khoảng 18 hồ sơ/)).toBeVisible();
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    await page.getByRole('button', { name: 'Gửi lên tuyến trên' }).click();
    await expect(page.getByText('Tìm kiếm, sổ và bảng kê chưa đủ', { exact: false }).first()).toBeVisible();
    await takePicture(page, 'snapshot-older');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sổ theo dõi' }).click();
    await expect(page.getByText('sổ và bảng kê chưa đủ. Đợi tải xong', { exact: false })).toBeVisible();
    await takePicture(page, 'snapshot-register');
    await callDesk(second, 'sync.resume', {}, leader);
    await expect(page.getByText('Đang tải hồ sơ cũ', { exact: false })).toHaveCount(0, { timeout: 60_000 });
  } finally {
    await second.stop();
    await link.close();
    await server.close();
  }
});

async function pauseBehindSnapshot(second: RunningDesk, token: string): Promise<void> {
  await expect.poll(async () => (await callDesk(second, 'sync.status', {}, token)).older?.part, { timeout: 60_000, intervals: [20] }).toBe('older');
  await callDesk(second, 'sync.pause', {}, token);
}

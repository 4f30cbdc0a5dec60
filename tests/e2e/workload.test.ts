import { join } from 'node:path';
import { callDesk, CLERK as RECEPTION, expect, expectAccessible, LEADER as HEAD, setUpOffice, signIn, startDesk, takePicture, test } from './desk-fixture.ts';
import { officeInstant } from '../../src-shared/lib/office-time.ts';

const LEADER = { name: 'Đặng Văn Lâm', password: 'nam-khau-lam' } as const;
const CLERK = { name: 'Nguyễn Thị Hạnh', password: 'nam-khau-hanh' } as const;

test('a leader sees what is late and why, who has how much, what was voided; everything by keyboard', async ({ page, browser, folder }) => {
  const desk = await startDesk({ dataDir: join(folder, 'practice'), stateDir: join(folder, 'state'), demo: true });
  const { signIn: people } = await callDesk(desk, 'office.get', {});
  const { token } = await callDesk(desk, 'session.open', { officer: people.find(({ name }) => name === LEADER.name)!.id, password: LEADER.password });
  const { dossiers } = await callDesk(desk, 'dossiers.search', { tab: 'open', limit: 5 }, token);
  await callDesk(desk, 'dossiers.void', { id: dossiers[0]!.id, idempotencyKey: crypto.randomUUID(), reason: 'Nhận nhầm của xã bên, đã báo người nộp' }, token);
  await callDesk(desk, 'dossiers.correct', { id: dossiers[1]!.id, idempotencyKey: crypto.randomUUID(), reason: 'Người nộp đọc lại', changes: { request: 'Đăng ký khai sinh cho cháu' } }, token);
  await signIn(page, desk, LEADER);
  await page.getByRole('button', { name: 'Điều hành' }).click();
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  await expect(page.getByText('Nhận nhầm của xã bên, đã báo người nộp')).toBeVisible();
  for (const [width, height, name] of [[1366, 768, 'workload'], [1024, 768, 'workload-1024'], [1366, 650, 'workload-650']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  // F6 walks from list to list, arrows within one, Enter opens, Esc comes back.
  for (let step = 0; step < 5 && !(await page.locator('[data-block="5"] tr:focus').isVisible()); step += 1) await page.keyboard.press('F6');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Điều hành' })).toBeHidden();
  await expect(page.getByText('Người nộp đọc lại').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  const other = await browser.newPage();
  await signIn(other, desk, CLERK);
  await expect(other.getByRole('button', { name: 'Điều hành' })).toBeHidden();
  await other.close();
  await desk.stop();
});

test('every list opens whole with its reasons, and papers that never came are proposed for closing, on the page and on the dossier', async ({ page, folder }) => {
  test.setTimeout(120_000);
  const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state'), clockMs: officeInstant('2026-09-01', 480) });
  const { leaderToken } = await setUpOffice(desk);
  const { signIn: people } = await callDesk(desk, 'office.get', {});
  const { token } = await callDesk(desk, 'session.open', { officer: people.find(({ name }) => name === RECEPTION.name)!.id, password: RECEPTION.password });
  const appointment = { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản' } as const;
  const ids: string[] = [];
  for (let count = 1; count <= 36; count += 1) {
    const { dossier } = await callDesk(desk, 'dossiers.receive', {
      idempotencyKey: crypto.randomUUID(), openedAt: Date.now(), procedureCode: '2.002516', request: 'Xác nhận thông tin hộ tịch', owner: { type: 'individual', name: `Giàng A Páo ${count}`, address: 'Thôn Háng Tâu Dê' }, appointment,
    }, token);
    ids.push(dossier.id);
  }
  const act = (id: string, what: Parameters<typeof callDesk<'dossiers.act'>>[2]['act']) => callDesk(desk, 'dossiers.act', { id, idempotencyKey: crypto.randomUUID(), act: what }, leaderToken);
  await act(ids[35]!, { act: 'requestSupplement', papers: ['Giấy chứng sinh'], reason: 'Còn thiếu' });
  await desk.moveClock(officeInstant('2026-09-07', 600));
  await act(ids[34]!, { act: 'apologise', reason: 'Chờ Sở Tư pháp xác minh hồ sơ gốc', newDate: { mode: 'term', term: { unit: 'working_day', value: 3 } } });
  // The last day of the limit is the citizen's to its end.
  await desk.moveClock(officeInstant('2026-10-01', 1_000));
  await signIn(page, desk, HEAD);
  await page.getByRole('button', { name: 'Điều hành' }).click();
  await expect(page.getByRole('heading', { name: 'Việc của từng người' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Quá hạn bổ sung' })).toBeHidden();
  await desk.moveClock(officeInstant('2026-10-02', 540));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Quá hạn bổ sung' })).toBeVisible();
  await expect(page.getByText('Từ 02/10/2026')).toBeVisible();
  for (const [width, height, name] of [[1366, 768, 'workload-lapsed'], [1024, 768, 'workload-lapsed-1024']] as const) {
    await page.setViewportSize({ width, height });
    await takePicture(page, name);
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: 'Xem cả 35 hồ sơ quá hạn' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Quá hạn, vì sao' })).toBeVisible();
  await page.getByRole('row', { name: /Giàng A Páo/ }).first().focus();
  await page.keyboard.press('End');
  await expect(page.getByText('Đã hẹn lại 1 lần, vì: Chờ Sở Tư pháp xác minh hồ sơ gốc')).toBeVisible();
  await takePicture(page, 'workload-list-overdue');
  await expectAccessible(page);
  await page.setViewportSize({ width: 1024, height: 768 });
  await takePicture(page, 'workload-list-overdue-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Điều hành' })).toBeVisible();
  await page.getByRole('row', { name: /Giàng A Páo 36/ }).click();
  await expect(page.getByText('Quá hạn bổ sung từ 02/10/2026: có thể dừng giải quyết.', { exact: false })).toBeVisible();
  await takePicture(page, 'dossier-supplement-lapsed');
  await expectAccessible(page);
  await page.keyboard.press('Alt+0');
  await page.getByRole('option', { name: /Dừng giải quyết/ }).or(page.getByRole('button', { name: /Dừng giải quyết/ })).first().click();
  await expect(page.getByRole('textbox')).toHaveValue('Quá hạn bổ sung từ 02/10/2026, chưa nhận được giấy tờ đã yêu cầu.');
  await takePicture(page, 'act-stop-lapsed');
  // A longer limit takes the proposal back, and nothing was done by itself.
  await callDesk(desk, 'settings.save', { key: 'supplementLimitDays', value: 60 }, leaderToken);
  await page.keyboard.press('Escape');
  await expect(page.getByText('có thể dừng giải quyết', { exact: false })).toBeHidden();
  expect((await callDesk(desk, 'dossiers.get', { id: ids[35]! }, leaderToken)).dossier.status).toBe('waitingSupplement');
  await desk.stop();
});

import type { Browser, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { OutputOf } from '../../src-shared/contract/contract.ts';
import type { DossierActInput } from '../../src-shared/contract/dossier-act-input.ts';
import type { ReceiveInput } from '../../src-shared/contract/dossiers.api.ts';
import { officeDate } from '../../src-shared/lib/office-time.ts';
import { callDesk, CLERK, expect, expectAccessible, LEADER, signIn, startDesk, takePicture, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

type Dossier = OutputOf<'dossiers.get'>['dossier'];

/** Calls as another program does them: the screens under test are the ones after reception. */
async function tokenOf(desk: RunningDesk, officer: string, password: string): Promise<string> {
  return (await callDesk(desk, 'session.open', { officer, password })).token;
}

async function receive(desk: RunningDesk, token: string, changes: Partial<ReceiveInput> = {}): Promise<Dossier> {
  const { dossier } = await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: randomUUID(),
    openedAt: Date.now(),
    procedureCode: '1.004873',
    owner: { type: 'individual', name: 'Tẩn Mùi Mẩy', birthDate: '1999-08-09', sex: 'female', idKind: 'citizenId', idNumber: '010199000789', phone: '0900000218', address: 'Thôn Séo Pờ Hồ, xã Nậm Khâu' },
    request: 'Xác nhận tình trạng hôn nhân để đăng ký kết hôn',
    papers: [
      { name: 'Tờ khai', original: 1, certified: 0, photo: 0, seen: false, missing: false, compulsory: true },
      { name: 'Xác nhận của xã cũ', original: 0, certified: 0, photo: 0, seen: false, missing: true, compulsory: true },
    ],
    appointment: { mode: 'typedTerm', term: { unit: 'working_day', value: 3 }, reason: 'Theo văn bản của thủ tục' },
    ...changes,
  }, token);
  return dossier;
}

async function act(desk: RunningDesk, token: string, dossier: string, what: DossierActInput): Promise<Dossier> {
  return (await callDesk(desk, 'dossiers.act', { id: dossier, idempotencyKey: randomUUID(), act: what }, token)).dossier;
}

/** F3 from anywhere, the name without diacritics, Enter; the row with the cursor is opened by Enter. */
async function openByName(page: Page, typed: string, heading: string): Promise<void> {
  await page.keyboard.press('F3');
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: new RegExp(heading) })).toBeVisible();
  await page.getByLabel('Tìm trong mọi hồ sơ').press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: heading })).toBeVisible();
}

/** Alt+0 and a few letters without diacritics; Enter takes the first act that has them. */
async function chooseMore(page: Page, typed: string, label: string): Promise<void> {
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('combobox', { name: /Gõ vài chữ/ })).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('option', { name: label, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
}

async function furtherPage(browser: Browser, desk: RunningDesk, officer: { readonly name: string; readonly password: string }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await signIn(page, desk, officer);
  return page;
}

test.describe('a dossier after its reception', () => {
  test('is found without diacritics, supplemented, finished and handed over by keyboard alone', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { code } = await receive(desk, token);
    await signIn(page, desk, CLERK);
    const keys = page.keyboard;
    await expect(page.getByRole('listbox', { name: 'Thủ tục hay làm' })).toBeFocused();
    await expectAccessible(page);
    await takePicture(page, 'today');

    await keys.press('F3');
    await keys.type('tan mui may');
    await keys.press('Enter');
    await expect(page.getByRole('row', { name: /Tẩn Mùi Mẩy/ }).locator('mark')).toHaveText(['Tẩn', 'Mùi', 'Mẩy']);
    await expect(page.getByLabel('Tìm trong mọi hồ sơ')).toBeFocused();
    await expectAccessible(page);
    await takePicture(page, 'dossiers-found');
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect(page.getByText(code, { exact: true })).toBeVisible();
    await expectAccessible(page);

    await keys.press('F10');
    await expect(page.getByText('Chị đã nhận xử lý hồ sơ này.')).toBeVisible();
    await keys.press('F7');
    await expect(page.getByRole('checkbox', { name: 'Xác nhận của xã cũ' })).toBeChecked();
    await keys.press('F10');
    await expect(page.getByText('Ghi lý do.')).toBeVisible();
    await expect(page.getByLabel('Lý do')).toBeFocused();
    await keys.type('Nơi ở cũ chưa xác nhận tình trạng hôn nhân');
    await expectAccessible(page);
    await takePicture(page, 'dossier-supplement');
    await keys.press('Enter');
    await keys.press('Enter');
    await expect(page.getByText('Đã lưu yêu cầu bổ sung. Đồng hồ đang dừng.')).toBeVisible();
    await expect(page.getByText('Chờ nộp')).toBeVisible();
    await takePicture(page, 'dossier-waiting');

    await keys.press('F10');
    await expect(page.getByRole('checkbox', { name: 'Xác nhận của xã cũ' })).toBeFocused();
    await keys.press('Space');
    await keys.press('F10');
    await expect(page.getByText('Đã nhận giấy bổ sung. Đồng hồ chạy tiếp.')).toBeVisible();

    await keys.press('F10');
    await expect(page.getByLabel('Số văn bản')).toBeFocused();
    await keys.type('112/XNTTHN');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu kết quả. Hồ sơ chờ trả.')).toBeVisible();

    await keys.press('F8');
    await expect(page.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeFocused();
    await expectAccessible(page);
    await keys.press('1');
    await expect(page.getByLabel('Số căn cước')).toBeFocused();
    await expect(page.getByLabel('Số căn cước')).toHaveValue('010 199 000 789');
    await keys.press('Enter');
    await keys.press('1');
    await expect(page.getByRole('button', { name: 'Trả kết quả' }).last()).toBeFocused();
    await takePicture(page, 'hand-over');
    await keys.press('Enter');
    await expect(page.getByText('Đã trả kết quả cho Tẩn Mùi Mẩy.')).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByText('Hồ sơ đã xong, không còn việc phải làm.')).toBeVisible();
    await takePicture(page, 'dossier-returned');

    const found = await callDesk(desk, 'dossiers.search', { query: '010199000789' }, token);
    expect(found.dossiers.map(({ status }) => status)).toEqual(['returned']);
  });

  test('asks why before a second request for papers, and keeps nothing when the panel is closed', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id } = await receive(desk, token);
    await act(desk, token, id, { act: 'take' });
    await act(desk, token, id, { act: 'requestSupplement', papers: ['Xác nhận của xã cũ'], reason: 'Thiếu' });
    await act(desk, token, id, { act: 'receiveSupplement', papers: [] });
    await signIn(page, desk, CLERK);
    const keys = page.keyboard;
    await openByName(page, 'may tan', 'Tẩn Mùi Mẩy');
    await keys.press('F7');
    await expect(page.getByText('Hồ sơ này đã yêu cầu bổ sung 1 lần')).toBeVisible();
    await page.getByLabel('Giấy khác').focus();
    await keys.type('Căn cước; Sổ hộ khẩu cũ');
    await keys.press('Enter');
    await keys.type('Căn cước hết hạn');
    await keys.press('F10');
    await expect(page.getByText('Ghi vì sao phải yêu cầu thêm.')).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByRole('heading', { name: 'Yêu cầu bổ sung giấy tờ' })).toBeHidden();
    expect((await callDesk(desk, 'dossiers.get', { id }, token)).dossier.supplementRounds).toHaveLength(1);

    await keys.press('F7');
    await page.getByLabel('Giấy khác').focus();
    await keys.type('Căn cước; Sổ hộ khẩu cũ');
    await keys.press('Enter');
    await keys.type('Căn cước hết hạn');
    await keys.press('Enter');
    await keys.type('Căn cước mới hết hạn hôm qua');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu yêu cầu bổ sung. Đồng hồ đang dừng.')).toBeVisible();
    const { supplementRounds } = (await callDesk(desk, 'dossiers.get', { id }, token)).dossier;
    expect(supplementRounds.at(-1)?.papers).toEqual(['Căn cước', 'Sổ hộ khẩu cũ']);
  });

  test('is handed to whose card is scanned, whatever has the cursor', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id } = await receive(desk, token);
    await act(desk, token, id, { act: 'take' });
    await act(desk, token, id, { act: 'finish', result: { summary: 'Giấy xác nhận' } });
    await signIn(page, desk, CLERK);
    await page.getByRole('button', { name: /^Trả kết quả/ }).click();
    await page.keyboard.type('010199000789|200199001|Tẩn Mùi Mẩy|09081999|Nữ|Thôn Séo Pờ Hồ, Nậm Khâu|10052022');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Lọc theo tên')).toHaveValue('010199000789');
    await page.getByRole('row', { name: /Tẩn Mùi Mẩy/ }).click();
    await expect(page.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeFocused();
    await page.keyboard.type('010304000456|200304001|Lò Thị Mai|08062004|Nữ|Bản Phùng, Nậm Khâu|10052022');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('option', { name: /Người khác/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByLabel('Họ và tên người nhận')).toHaveValue('Lò Thị Mai');
    await expect(page.getByLabel('Số căn cước')).toHaveValue('010 304 000 456');
    await page.getByRole('radio', { name: 'Căn cước', exact: true }).focus();
    await page.keyboard.press('3');
    await expect(page.getByRole('radio', { name: 'Căn cước', exact: true })).toBeChecked();
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã trả kết quả cho Lò Thị Mai.')).toBeVisible();
    const { handOver } = (await callDesk(desk, 'dossiers.get', { id }, token)).dossier;
    expect(handOver).toMatchObject({ receiverIs: 'other', shown: 'Căn cước', receiver: { name: 'Lò Thị Mai', idNumber: '010304000456' } });
  });

  test('is corrected with the difference shown before saving, and its new receipt says SỬA ĐỔI', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id } = await receive(desk, token);
    await signIn(page, desk, CLERK);
    const keys = page.keyboard;
    await openByName(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await chooseMore(page, 'sua thong', 'Sửa thông tin');
    await expect(page.getByLabel('Họ và tên')).toBeFocused();
    await keys.press('F10');
    await expect(page.getByText('Chưa có gì thay đổi.').first()).toBeVisible();
    await page.getByLabel('Họ và tên').fill('Tẩn Mùi Mẩy Lớn');
    await page.getByLabel('Điện thoại').fill('0900000219');
    const diff = page.getByRole('table', { name: 'Những chỗ sẽ đổi' });
    await expect(diff.getByRole('row', { name: 'Chủ hồ sơ: Họ và tên Tẩn Mùi Mẩy Tẩn Mùi Mẩy Lớn' })).toBeVisible();
    await expect(diff.getByRole('row')).toHaveCount(3);
    await page.getByLabel('Lý do', { exact: true }).focus();
    await keys.type('Đọc nhầm tên trên căn cước');
    await expectAccessible(page);
    await takePicture(page, 'dossier-correct');
    await keys.press('F10');
    await expect(page.getByText('Đã lưu chỗ sửa.')).toBeVisible();
    await expect(page.frameLocator('iframe').getByText('SỬA ĐỔI lần 1').first()).toBeVisible();
    await takePicture(page, 'dossier-amended-paper');
    await keys.press('Escape');
    await expect(page.getByText('Tẩn Mùi Mẩy → Tẩn Mùi Mẩy Lớn').or(page.getByText(/Chủ hồ sơ: .*Tẩn Mùi Mẩy Lớn/))).toBeVisible();
    const { dossier } = await callDesk(desk, 'dossiers.get', { id }, token);
    expect(dossier.amendments).toBe(1);
    expect(dossier.content.owner).toMatchObject({ name: 'Tẩn Mùi Mẩy Lớn', phone: '0900000219', idNumber: '010199000789' });
  });

  test('is voided by the leader, and the receptionist is told who can', async ({ page, browser, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id, code } = await receive(desk, token);
    await signIn(page, desk, CLERK);
    await openByName(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await page.keyboard.press('Alt+0');
    await page.keyboard.type('bo ho so');
    await expect(page.getByRole('option', { name: 'Bỏ hồ sơ nhận nhầm' })).toContainText('Việc này cần lãnh đạo làm.');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Bỏ hồ sơ nhận nhầm' })).toBeHidden();
    await expect(callDesk(desk, 'dossiers.void', { id, idempotencyKey: randomUUID(), reason: 'Nhận nhầm' }, token)).rejects.toThrow('session.notPermitted');

    const leader = await furtherPage(browser, desk, LEADER);
    await openByName(leader, code.slice(-4), 'Tẩn Mùi Mẩy');
    await chooseMore(leader, 'bo ho so', 'Bỏ hồ sơ nhận nhầm');
    await leader.keyboard.type('Nhận nhầm thủ tục');
    await leader.keyboard.press('F10');
    await expect(leader.getByText('Đã bỏ hồ sơ. Số vẫn giữ trong danh sách.')).toBeVisible();
    await expect(page.getByText('Đã bỏ, số vẫn giữ').first()).toBeVisible();
    expect((await callDesk(desk, 'dossiers.search', { query: code }, token)).dossiers.map(({ status }) => status)).toEqual(['voided']);
    await leader.context().close();
  });

  test('shows on a page that asked before the core began to tell it of changes', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id } = await receive(desk, token);
    let open = (): void => undefined;
    const mayOpen = new Promise<void>((resolve) => { open = resolve; });
    await page.route('**/api/events', async (route) => {
      await mayOpen;
      await route.continue();
    });
    await signIn(page, desk, CLERK);
    const waiting = page.getByRole('button', { name: /Có kết quả, chờ trả/ });
    await expect(waiting).toHaveText(/^0/);
    await act(desk, token, id, { act: 'take' });
    await act(desk, token, id, { act: 'finish', result: { summary: 'Giấy xác nhận tình trạng hôn nhân' } });
    open();
    await expect(waiting).toHaveText(/^1/);
  });

  test('shows on every open page by itself, and its last act is taken back', async ({ page, desk, office }) => {
    const token = await tokenOf(desk, office.clerkId, CLERK.password);
    const { id } = await receive(desk, token);
    await signIn(page, desk, CLERK);
    const waiting = page.getByRole('button', { name: /Có kết quả, chờ trả/ });
    await expect(waiting).toHaveText(/^0/);
    await act(desk, token, id, { act: 'take' });
    const work = page.getByRole('grid', { name: 'Việc của tôi' });
    await expect(work.getByRole('row', { name: /Làm và ghi kết quả/ })).toBeVisible();
    const finishedMs = performance.now();
    await act(desk, token, id, { act: 'finish', result: { summary: 'Giấy xác nhận tình trạng hôn nhân' } });
    await expect(waiting).toHaveText(/^1/);
    // Said, not asserted: how long it took says as much about the machine's load as about the desk (the promise is a second).
    process.stdout.write(`    another page follows after ${Math.round(performance.now() - finishedMs)} ms\n`);

    await openByName(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await chooseMore(page, 'lui', 'Lùi lại việc cuối');
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã lùi lại.', { exact: true })).toBeVisible();
    expect((await callDesk(desk, 'dossiers.get', { id }, token)).dossier.status).toBe('processing');
  });
});

/** Máy 2 writes a result while Máy 1 asks for papers; then Máy 1 takes over what Máy 2 wrote. Gives the dossier. */
async function writeApart(desk: RunningDesk, office: SetUpOffice, folder: string, clerk: string, beforeMeeting: () => Promise<void>): Promise<string> {
  const { id } = await receive(desk, clerk);
  await act(desk, clerk, id, { act: 'take' });
  const admitted = await callDesk(desk, 'desks.admit', { name: 'Máy 2' }, office.leaderToken);
  const second = await startDesk({ dataDir: join(folder, 'second'), stateDir: join(folder, 'second-state') });
  try {
    await callDesk(second, 'office.join', { file: admitted.file, code: admitted.code, confirmedDate: officeDate(Date.now()) });
    const leader = await tokenOf(second, office.leaderId, LEADER.password);
    await callDesk(second, 'desks.importBranch', { dataDir: desk.options.dataDir, password: LEADER.password }, leader);
    await act(second, leader, id, { act: 'finish', result: { number: '112/XNTTHN', summary: 'Giấy xác nhận tình trạng hôn nhân' } });
    await act(desk, clerk, id, { act: 'requestSupplement', papers: ['Xác nhận của xã cũ'], reason: 'Thiếu xác nhận của xã cũ' });
    await beforeMeeting();
    const report = await callDesk(desk, 'desks.importBranch', { dataDir: second.options.dataDir, password: LEADER.password }, office.leaderToken);
    expect(report).toMatchObject({ dossiers: 1, conflicts: 1 });
  } finally {
    await second.stop();
  }
  return id;
}

test.describe('two desks that wrote apart', () => {
  test('show what each wrote, and the officer settles it by a digit and Enter', async ({ page, desk, office, folder }) => {
    const clerk = await tokenOf(desk, office.clerkId, CLERK.password);
    const id = await writeApart(desk, office, folder, clerk, async () => {
      await signIn(page, desk, CLERK);
      await expect(page.getByText('Hai máy ghi trái nhau')).toBeHidden();
    });
    await expect(page.getByRole('heading', { name: 'Hai máy ghi trái nhau' })).toBeVisible({ timeout: 1_000 });
    await takePicture(page, 'today-conflict');
    await page.getByRole('button', { name: 'Xem và chọn' }).focus();
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { name: 'Hai máy ghi hai việc trái nhau, chị chọn giúp' })).toBeVisible();
    const sides = page.getByRole('table', { name: 'Mỗi máy đã ghi gì' });
    await expect(sides.getByRole('row', { name: /Việc đã ghi/ })).toContainText('Yêu cầu bổ sung giấy tờ');
    await expect(sides.getByRole('row', { name: /Việc đã ghi/ })).toContainText('Đã có kết quả');
    const ways = page.getByRole('listbox', { name: 'Chọn một cách' });
    await expect(ways).toBeFocused();
    await expect(ways.getByRole('option', { selected: true })).toHaveCount(0);
    await expectAccessible(page);
    await takePicture(page, 'dossier-conflict');
    await page.setViewportSize({ width: 1024, height: 768 });
    await takePicture(page, 'dossier-conflict-1024');
    await page.setViewportSize({ width: 1366, height: 768 });

    // Not everybody wants to decide: who asked the leader is written, and the dossier waits as before.
    await page.keyboard.press('3');
    await expect(ways.getByRole('option', { selected: true })).toHaveText(/Nhờ lãnh đạo quyết/);
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^Nguyễn Thị Hạnh đã nhờ lãnh đạo quyết lúc \d\d:\d\d ngày /)).toBeVisible();
    await expectAccessible(page);
    await takePicture(page, 'dossier-conflict-asked');
    expect((await callDesk(desk, 'conflicts.list', {}, clerk)).conflicts).toMatchObject([{ asked: { byName: CLERK.name, note: '' } }]);
    await page.getByRole('button', { name: 'Xem lại để chọn' }).focus();
    await page.keyboard.press('Enter');
    await expect(ways).toBeFocused();
    // The same is not asked twice.
    await expect(ways.getByRole('option', { name: /Nhờ lãnh đạo quyết/ })).toHaveCount(0);
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Vì sao chọn cách này')).toBeFocused();
    await page.keyboard.type('Đã hỏi chị ở Máy 2');
    await page.keyboard.press('Shift+Tab');
    await expect(ways).toBeFocused();

    const titles = await ways.getByRole('option').allTextContents();
    const keepsResult = titles.findIndex((title) => title.includes('Giữ kết quả')) + 1;
    expect(keepsResult).toBeGreaterThan(0);
    await page.keyboard.press(String(keepsResult));
    await expect(ways.getByRole('option', { selected: true })).toHaveCount(1);
    expect((await callDesk(desk, 'conflicts.list', {}, clerk)).conflicts).toHaveLength(1);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đã chọn. Việc không giữ vẫn còn trong lịch sử.')).toBeVisible();
    await expect(page.getByText('Không giữ', { exact: true })).toBeVisible();
    await takePicture(page, 'dossier-settled');
    const { dossier } = await callDesk(desk, 'dossiers.get', { id }, clerk);
    expect(dossier.status).toBe('finished');
    expect(dossier.result?.number).toBe('112/XNTTHN');
    expect(dossier.history.at(-1)?.lines).toContainEqual({ label: 'Ghi chú', text: 'Đã hỏi chị ở Máy 2' });
    expect((await callDesk(desk, 'conflicts.list', {}, clerk)).conflicts).toHaveLength(0);
  });

  test('ask to wait first while work of other desks is still to come', async ({ page, desk, office, folder }) => {
    const clerk = await tokenOf(desk, office.clerkId, CLERK.password);
    const id = await writeApart(desk, office, folder, clerk, () => Promise.resolve());
    await page.route(`**/api/dossiers/${id}`, async (route) => {
      const response = await route.fetch();
      const { dossier } = await response.json() as { dossier: object };
      await route.fulfill({ response, json: { dossier: { ...dossier, missing: 2 } } });
    });
    await signIn(page, desk, CLERK);
    await openByName(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await expect(page.getByText('Còn 2 việc của máy khác chưa về – nên đợi.')).toBeVisible();
    await expect(page.getByRole('listbox', { name: 'Chọn một cách' })).toHaveCount(0);
    await expectAccessible(page);
    await takePicture(page, 'dossier-conflict-wait');
    await page.getByRole('button', { name: 'Không đợi, chọn ngay' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox', { name: 'Chọn một cách' })).toBeFocused();
  });

  test('let a result in dispute be handed over only by saying so', async ({ page, desk, office, folder }) => {
    const clerk = await tokenOf(desk, office.clerkId, CLERK.password);
    const id = await writeApart(desk, office, folder, clerk, () => Promise.resolve());
    await signIn(page, desk, CLERK);
    await openByName(page, 'tan mui', 'Tẩn Mùi Mẩy');
    await expect(page.getByText('Còn chỗ hai máy ghi trái nhau. Máy hỏi lại trước khi trả.')).toBeVisible();
    await page.keyboard.press('F8');
    await expect(page.getByText('Hồ sơ này còn chỗ hai máy ghi trái nhau')).toBeVisible();
    await expect(page.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeFocused();
    await page.keyboard.press('1');
    await expect(page.getByLabel('Số căn cước')).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('2');
    await expect(page.getByRole('radio', { name: 'Giấy hẹn', exact: true })).toBeChecked();
    await page.keyboard.press('F10');
    await expect(page.getByText('Còn 1 chỗ cần sửa.')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Tôi đã biết và vẫn trả' })).toBeFocused();
    await takePicture(page, 'hand-over-despite');
    expect((await callDesk(desk, 'dossiers.get', { id }, clerk)).dossier.status).toBe('processing');
    await page.keyboard.press('Space');
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã trả kết quả cho Tẩn Mùi Mẩy.')).toBeVisible();
    const { dossier } = await callDesk(desk, 'dossiers.get', { id }, clerk);
    expect(dossier.status).toBe('returned');
    expect(dossier.handOver?.despiteConflicts).toHaveLength(1);
  });
});

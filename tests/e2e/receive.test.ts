import type { Page } from '@playwright/test';
import { callDesk, CLERK, expect, expectAccessible, restartDesk, signIn, takePicture, test, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

const CARD = '010094000123|073112345|Giàng A Páo|12031994|Nam|Thôn Háng Tâu, Nậm Khâu, Bát Xát, Lào Cai|05062021';

/** Counts what ux.md §6 counts: a scan, a field filled, a choice, a command. */
function countInteractions(page: Page) {
  const done: string[] = [];
  const { keyboard } = page;
  const clerkTypes = (text: string) => keyboard.type(text, { delay: 75 });
  return {
    async choose(key: string, what: string) { done.push(what); await keyboard.press(key); },
    async fill(text: string, what: string) { done.push(what); await clerkTypes(text); await keyboard.press('Enter'); },
    async typeLetters(text: string, what: string) { done.push(what); await clerkTypes(text); },
    async command(key: string) { done.push(key); await keyboard.press(key); },
    report(flow: string, most: number) {
      process.stdout.write(`    ${flow}: ${done.length} interactions (at most ${most}): ${done.join(' → ')}\n`);
      expect(done.length).toBeLessThanOrEqual(most);
    },
  };
}

/** Takes the browser's print dialog away and counts how often it would have come. */
async function countPrints(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    window.print = () => {
      const top = window.top as unknown as { printsCounted?: number };
      top.printsCounted = (top.printsCounted ?? 0) + 1;
    };
  });
  return () => page.evaluate(() => (window as unknown as { printsCounted?: number }).printsCounted ?? 0);
}

async function digitOf(page: Page, list: string, name: string): Promise<string> {
  const tiles = page.getByRole('listbox', { name: list }).getByRole('option');
  await tiles.first().waitFor();
  const texts = await tiles.allInnerTexts();
  const index = texts.findIndex((text) => text.includes(name));
  expect(index, `${name} is a tile`).toBeGreaterThanOrEqual(0);
  return String(index + 1);
}

async function openForm(page: Page, procedure: string): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.press(await digitOf(page, 'Thủ tục hay dùng', procedure));
  await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
}

async function scan(page: Page, text: string, delay: number): Promise<void> {
  await page.keyboard.type(text, { delay });
  await page.keyboard.press('Enter');
}

/** One certified copy of a diploma, saved. */
async function receiveCopies(page: Page): Promise<void> {
  await openForm(page, 'Chứng thực bản sao');
  for (const [text, key] of [['Lò Thị Mai', 'Enter'], ['bang tn', 'Enter'], ['3', 'F10']] as const) {
    await page.keyboard.type(text, { delay: 60 });
    await page.keyboard.press(key);
  }
  await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
}

/** What is wrong with the paper, then which copy of it. */
async function answer(page: Page, trouble: string, list: string, copy: string): Promise<void> {
  await confirm(page, trouble);
  await expect(page.getByRole('listbox', { name: list })).toBeFocused();
  await confirm(page, copy);
}

/** A digit marks (a moment later, because a scanner types digits too), Enter does it. */
async function confirm(page: Page, digit: string): Promise<void> {
  await page.keyboard.press(digit);
  await expect(page.locator('[data-picks]:focus').getByRole('option', { selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
}

async function clerkToken(desk: RunningDesk, office: SetUpOffice): Promise<string> {
  return (await callDesk(desk, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
}

/** Somebody who was here before, with a phone. */
async function receiveKnownParent(desk: RunningDesk, token: string): Promise<void> {
  await callDesk(desk, 'dossiers.receive', {
    idempotencyKey: crypto.randomUUID(), openedAt: Date.now(), procedureCode: '2.000815', request: 'Chứng thực bản sao',
    owner: { type: 'individual', name: 'Giàng A Páo', birthDate: '1994-03-12', sex: 'male', idKind: 'citizenId', idNumber: '010094000123', phone: '0900000123', address: 'Thôn Háng Tâu, xã Nậm Khâu' },
    documents: [{ name: 'Căn cước', pages: 2, copies: 1 }],
  }, token);
}

async function received(desk: RunningDesk, token: string) {
  return (await callDesk(desk, 'dossiers.search', { limit: 50 }, token)).dossiers;
}

test.describe('receiving by keyboard alone', () => {
  test('a walk-in certified copy takes at most 5 interactions', async ({ page, desk, office }) => {
    const prints = await countPrints(page);
    await signIn(page, desk, CLERK);
    await page.keyboard.press('F2');
    const digit = await digitOf(page, 'Thủ tục hay dùng', 'Chứng thực bản sao');
    await takePicture(page, 'receive-1-empty');
    await expectAccessible(page);
    const steps = countInteractions(page);
    await steps.choose(digit, 'Chứng thực bản sao');
    await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
    await steps.fill('Lò Thị Mai', 'họ tên');
    await steps.fill('bang tn', 'tên giấy tờ');
    await expect(page.getByLabel('Số bản', { exact: true })).toBeFocused();
    await steps.fill('2x3', 'số bản');
    await expect(page.getByText('12.000 đ').first()).toBeVisible();
    await takePicture(page, 'receive-2-certification');
    await expectAccessible(page);
    await steps.command('F10');
    await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
    steps.report('certified copy, walk-in, no card', 5);

    await expect(page.getByRole('heading', { name: 'Giấy đã ra chưa?' })).toBeVisible();
    expect(await prints()).toBe(1);
    await takePicture(page, 'received-1-question');
    await expectAccessible(page);
    const [dossier] = await received(desk, await clerkToken(desk, office));
    await expect(page.getByLabel(dossier!.code)).toBeVisible();
    const paper = page.frameLocator('iframe');
    await expect(paper.locator('body')).toContainText('GIẤY TIẾP NHẬN HỒ SƠ');
    await expect(paper.locator('body')).toContainText(dossier!.code);
    await expect(paper.locator('body')).toContainText('LÒ THỊ MAI');
    await expect(paper.locator('body')).toContainText('Bằng tốt nghiệp THPT');
    await expect(paper.locator('body')).toContainText('12.000 đ');
  });

  test('a birth registration with a known parent takes at most 9 interactions', async ({ page, desk, office }) => {
    await countPrints(page);
    const token = await clerkToken(desk, office);
    await receiveKnownParent(desk, token);
    await signIn(page, desk, CLERK);
    await page.keyboard.press('F2');
    const digit = await digitOf(page, 'Thủ tục hay dùng', 'Đăng ký khai sinh');
    const steps = countInteractions(page);
    await steps.choose(digit, 'Đăng ký khai sinh');
    await expect(page.getByLabel('Họ tên', { exact: true })).toBeFocused();
    await steps.typeLetters('giang pao', 'mấy chữ của tên cha');
    await expect(page.getByRole('option', { name: /Giàng A Páo/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await steps.choose('Enter', 'chọn người đã biết');
    await expect(page.getByLabel('Họ tên trẻ')).toBeFocused();
    await steps.fill('Giàng Thị Mỷ', 'họ tên trẻ');
    const born = new Date(Date.now() - 5 * 86_400_000 + 7 * 3_600_000);
    await steps.fill(`${born.getUTCDate()}/${born.getUTCMonth() + 1}`, 'ngày sinh');
    await steps.choose('2', 'Nữ');
    await expect(page.getByRole('button', { name: 'Đủ giấy bắt buộc' })).toBeFocused();
    await steps.command('Space');
    await expect(page.getByText('3 giấy bắt buộc, đã có 3')).toBeVisible();
    await expect(page.getByText(/khai sinh đúng hạn/)).toBeVisible();
    await takePicture(page, 'receive-3-birth');
    await expectAccessible(page);
    await page.setViewportSize({ width: 1366, height: 650 });
    await expect(page.getByRole('button', { name: 'Lưu và in giấy hẹn' })).toBeInViewport({ ratio: 1 });
    await takePicture(page, 'receive-3-birth-650');
    await steps.command('F10');
    await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
    steps.report('birth registration, known parent', 9);
    const [dossier] = await received(desk, token);
    expect(dossier).toMatchObject({ ownerName: 'Giàng A Páo', procedureCode: '1.001193' });
    const { dossier: whole } = await callDesk(desk, 'dossiers.get', { id: dossier!.id }, token);
    expect(whole.content.papers.filter((paper) => !paper.missing)).toHaveLength(3);
    expect(whole.content.levy.amount).toMatchObject({ state: 'exempt' });
    expect(whole.content.request).toContain('Giàng Thị Mỷ');
  });
});

test.describe('what is typed is never lost', () => {
  test('a form survives a killed core and a reload in the middle of a word', async ({ page, desk, office }) => {
    void office;
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Tẩn Mùi', { delay: 60 });
    await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
    await desk.kill();
    await page.keyboard.type(' Mẩy', { delay: 60 });
    await expect(page.getByText('Đang giữ bản nháp…')).toBeVisible();
    const again = await restartDesk(desk);
    try {
      await page.reload();
      await page.getByRole('option', { name: CLERK.name }).click();
      await page.getByLabel(`Mật khẩu của ${CLERK.name}`).fill(CLERK.password);
      await page.keyboard.press('Enter');
      await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('Tẩn Mùi Mẩy');
      await expect(page.getByText('Đăng ký khai sinh', { exact: true }).first()).toBeVisible();
      const token = (await callDesk(again, 'session.open', { officer: office.clerkId, password: CLERK.password })).token;
      await expect.poll(async () => (await callDesk(again, 'drafts.list', {}, token)).drafts.map((draft) => draft.title)).toEqual(['Tẩn Mùi Mẩy · Đăng ký khai sinh']);
    } finally {
      await again.stop();
    }
  });

  test('leaving the form keeps it without a question, and it opens again as it was', async ({ page, desk, office }) => {
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
    await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Hôm nay' })).toBeVisible();
    await page.keyboard.press('F2');
    await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('');
    const token = await clerkToken(desk, office);
    expect((await callDesk(desk, 'drafts.list', {}, token)).drafts).toHaveLength(1);
  });

  test('a second F10 makes no second dossier', async ({ page, desk, office }) => {
    await countPrints(page);
    await signIn(page, desk, CLERK);
    await openForm(page, 'Chứng thực bản sao');
    await page.keyboard.type('Lò Thị Mai', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('hoc ba', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('1', { delay: 60 });
    await Promise.all([page.keyboard.press('F10'), page.keyboard.press('F10'), page.keyboard.press('F10')]);
    await expect(page.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
    const token = await clerkToken(desk, office);
    expect(await received(desk, token)).toHaveLength(1);
    expect((await callDesk(desk, 'drafts.list', {}, token)).drafts).toEqual([]);
  });

  test('neither the browser nor the page of history shows a name', async ({ page, desk, office }) => {
    void office;
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Vàng Seo Sính', { delay: 60 });
    await expect(page.getByText('Đã giữ bản nháp trên máy')).toBeVisible();
    const stored = await page.evaluate(async () => {
      const open = indexedDB.open('motcua');
      const database = await new Promise<IDBDatabase>((resolve) => { open.onsuccess = () => resolve(open.result); });
      const all = database.transaction('rows').objectStore('rows').getAll();
      const rows = await new Promise<unknown[]>((resolve) => { all.onsuccess = () => resolve(all.result); });
      return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }, history.state, location.href]);
    });
    expect(stored).not.toContain('Vàng');
  });
});

test.describe('a card that is scanned', () => {
  for (const delay of [5, 30]) {
    test(`fills the person and nothing else at ${delay} ms a character, wherever the cursor is`, async ({ page, desk, office }) => {
      void office;
      await signIn(page, desk, CLERK);
      await page.keyboard.press('F2');
      await page.getByRole('listbox', { name: 'Thủ tục hay dùng' }).getByRole('option').first().waitFor();
      await scan(page, CARD, delay);
      await expect(page.getByText('Giàng A Páo', { exact: true })).toBeVisible();
      await expect(page.getByText('Đọc từ thẻ, chưa xác minh')).toBeVisible();
      await expect(page.getByRole('listbox', { name: 'Thủ tục hay dùng' })).toBeFocused();
      await page.keyboard.press(await digitOf(page, 'Thủ tục hay dùng', 'Đăng ký khai sinh'));
      await expect(page.getByLabel('Điện thoại')).toBeFocused();
      await page.getByLabel('Họ tên trẻ').focus();
      await page.keyboard.type('Giàng Thị', { delay: 60 });
      await scan(page, CARD, delay);
      await expect(page.getByLabel('Họ tên trẻ')).toHaveValue('Giàng Thị');
      await page.getByLabel('Ngày sinh').focus();
      await scan(page, CARD, delay);
      await expect(page.getByLabel('Ngày sinh')).toHaveValue('');
      await expect(page.getByText('010 094 000 123')).toBeVisible();
    });
  }

  test('half a card fills nothing and says so', async ({ page, desk, office }) => {
    void office;
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await scan(page, CARD.slice(0, 60), 5);
    await expect(page.getByText('Quét chưa hết thẻ, máy chưa điền gì.')).toBeVisible();
    await expect(page.getByLabel('Họ tên', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('Số căn cước')).toHaveValue('');
    await takePicture(page, 'receive-4-half-scan');
  });

  test('a second card is asked about, and goes where the officer says', async ({ page, desk, office }) => {
    void office;
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await scan(page, CARD, 5);
    await expect(page.getByText('Giàng A Páo', { exact: true })).toBeVisible();
    await scan(page, '010304000456||Lò Thị Mai|08062004|Nữ|Bản Phùng, Nậm Khâu|05062021', 5);
    await expect(page.getByText('Thẻ vừa quét của Lò Thị Mai là của ai?')).toBeVisible();
    await page.keyboard.press('2');
    await expect(page.getByRole('option', { selected: true, name: 'Người nộp thay' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Lò Thị Mai', { exact: true })).toBeVisible();
    await expect(page.getByText('Giàng A Páo', { exact: true })).toBeVisible();
    await takePicture(page, 'receive-5-two-people');
    await expectAccessible(page);
  });
});

test.describe('other ways through the counter', () => {
  test('an incomplete dossier is turned away with its missing papers and no number', async ({ page, desk, office }) => {
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
    await page.keyboard.press('F7');
    await expect(page.getByRole('heading', { name: 'Chưa nhận hồ sơ này' })).toBeVisible();
    await takePicture(page, 'receive-6-refuse');
    await page.keyboard.press('1');
    await expect(page.getByRole('radio', { name: 'Hướng dẫn mang thêm giấy' })).toBeChecked();
    await page.getByLabel('Họ tên trẻ').fill('Lầu A Dế');
    await page.getByLabel('Ngày sinh').first().focus();
    await expectAccessible(page);
    await page.keyboard.press('F10');
    await expect(page.getByText(/chỗ cần sửa/)).toHaveCount(0);
    await expect(page.getByText('Đã ghi hướng dẫn cho Lầu Thị Súa.')).toBeVisible();
    const token = await clerkToken(desk, office);
    expect(await received(desk, token)).toHaveLength(0);
    expect((await callDesk(desk, 'drafts.list', {}, token)).drafts).toEqual([]);
  });

  test('a copy handed over at once needs no receipt, and the next matter of the same person begins with 0', async ({ page, desk, office }) => {
    await signIn(page, desk, CLERK);
    await openForm(page, 'Chứng thực bản sao');
    await page.keyboard.type('Lò Thị Mai', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('bang tn', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('3', { delay: 60 });
    await page.keyboard.press('Alt+5');
    await expect(page.getByRole('button', { name: 'Lưu và trả kết quả' })).toBeVisible();
    await page.keyboard.press('F10');
    await expect(page.getByText('Đã trả xong', { exact: true })).toBeVisible();
    await expect(page.locator('iframe')).toHaveCount(0);
    await takePicture(page, 'received-2-on-the-spot');
    const token = await clerkToken(desk, office);
    expect((await received(desk, token)).map(({ status }) => status)).toEqual(['returned']);
    await page.keyboard.press('0');
    await expect(page.getByText('Đã từng nộp ở đây')).toBeVisible();
    await expect(page.getByText('Lò Thị Mai', { exact: true })).toBeVisible();
  });

  test('a paper is printed once, asked about, and printed again only as a copy', async ({ page, desk, office }) => {
    const prints = await countPrints(page);
    await signIn(page, desk, CLERK);
    await openForm(page, 'Chứng thực bản sao');
    await page.keyboard.type('Lò Thị Mai', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('bang tn', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('3', { delay: 60 });
    await page.keyboard.press('F10');
    const question = page.getByRole('listbox', { name: 'Giấy đã ra chưa?' });
    await expect(question).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(question).toBeVisible();
    await page.keyboard.press('2');
    await expect(question.getByRole('option', { selected: true })).toHaveText(/Giấy chưa ra/);
    await page.keyboard.press('Enter');
    const which = page.getByRole('listbox', { name: 'Liên nào chưa ra?' });
    await expect(which).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(question).toBeFocused();
    // What became of the sheet comes first: until that is known no copy may say BẢN IN LẠI.
    await page.getByRole('listbox', { name: 'Việc tiếp theo' }).focus();
    await page.keyboard.press('F9');
    await expect(question).toBeFocused();
    expect(await prints()).toBe(1);
    await confirm(page, '2');
    await page.keyboard.press('1');
    await expect(which.getByRole('option', { selected: true })).toHaveText(/Cả hai liên/);
    await page.keyboard.press('Enter');
    await expect.poll(prints).toBe(2);
    await expect(question).toBeFocused();
    await page.keyboard.press('1');
    await expect(question.getByRole('option', { selected: true })).toHaveText(/Giấy đã ra/);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đã in xong')).toHaveCount(2);
    await expect(page.getByRole('listbox', { name: 'Việc tiếp theo' })).toBeFocused();
    await takePicture(page, 'received-3-printed');
    await page.keyboard.press('F9');
    await expect(page.frameLocator('iframe').locator('body')).toContainText('BẢN IN LẠI');
    await expect.poll(prints).toBe(3);
    const token = await clerkToken(desk, office);
    const [dossier] = await received(desk, token);
    const { jobs } = await callDesk(desk, 'printing.jobs', { dossier: dossier!.id }, token);
    expect(jobs.map(({ reprint }) => reprint)).toEqual([1, 0]);
  });

  test('one copy that did not come out is printed alone, and only the spoiled one becomes a reprint', async ({ page, desk, office }) => {
    const prints = await countPrints(page);
    const token = await clerkToken(desk, office);
    await signIn(page, desk, CLERK);
    await receiveCopies(page);
    const question = page.getByRole('listbox', { name: 'Giấy đã ra chưa?' });
    await expect(question).toBeFocused();
    await answer(page, '2', 'Liên nào chưa ra?', '2');
    await expect.poll(prints).toBe(2);
    const paper = page.frameLocator('iframe').locator('body');
    await expect(paper).toContainText('Liên 2: Giao người nộp');
    await expect(paper).not.toContainText('Liên 1: Lưu');
    await expect(paper).not.toContainText('BẢN IN LẠI');
    const [dossier] = await received(desk, token);
    const outcomes = async () => (await callDesk(desk, 'printing.jobs', { dossier: dossier!.id }, token)).jobs.map(({ copies }) => copies.map(({ copy, outcome }) => `${copy} ${outcome}`));
    expect(await outcomes()).toEqual([['keep printed', 'citizen failed']]);
    // A reload asks again what became of the sheet; it never prints an original a second time by itself.
    await page.reload();
    await expect(question).toBeFocused();
    expect(await prints()).toBe(0);
    await confirm(page, '3');
    await expect.poll(prints).toBe(1);
    await expect(paper).toContainText('BẢN IN LẠI');
    await expect(paper).not.toContainText('Liên 1: Lưu');
    await expect(question).toBeFocused();
    await confirm(page, '1');
    await expect(page.getByRole('listbox', { name: 'Việc tiếp theo' })).toBeFocused();
    expect(await outcomes()).toEqual([['citizen printed'], ['keep printed', 'citizen failed']]);
    const { dossier: whole } = await callDesk(desk, 'dossiers.get', { id: dossier!.id }, token);
    expect(JSON.stringify(whole.history)).toContain('Giấy ra bị hỏng');
  });

  test('F10 shows what is missing and goes to the first wrong field', async ({ page, desk, office }) => {
    void office;
    await signIn(page, desk, CLERK);
    await openForm(page, 'Đăng ký khai sinh');
    await page.keyboard.type('Lầu Thị Súa', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('01009400012', { delay: 60 });
    await page.keyboard.press('F10');
    await expect(page.getByText('Số căn cước phải đủ 12 chữ số, hiện có 11.')).toBeVisible();
    await expect(page.getByLabel('Số căn cước')).toBeFocused();
    await expect(page.getByText(/Còn \d chỗ cần sửa/)).toBeVisible();
    await takePicture(page, 'receive-7-errors');
    await expectAccessible(page);
  });
});

/**
 * One dossier in the hands of three officers over two weeks, with a weekend and the holiday of 24/11 between: what every page says on
 * the day, and what stands on the four papers of the way.
 */
import type { Browser, Page } from '@playwright/test';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { readDossier } from '../../src-main/core/features/dossiers/act-on-dossier.ts';
import { apologyData, apologyDataSchema } from '../../src-shared/forms/apology/apology-data.ts';
import { controlSheetData, controlSheetDataSchema } from '../../src-shared/forms/control-sheet/control-sheet-data.ts';
import { resultReceiptData, resultReceiptDataSchema } from '../../src-shared/forms/result-receipt/result-receipt-data.ts';
import { supplementRequestData, supplementRequestDataSchema } from '../../src-shared/forms/supplement-request/supplement-request-data.ts';
import { officeInstant, type IsoDate } from '../../src-shared/lib/office-time.ts';
import { CoreDesk, machineClock } from '../helpers/core-desk.ts';
import { callDesk, expect, expectAccessible, LEADER, setUpOffice, signIn, startDesk, takePicture, test, type RunningDesk } from './desk-fixture.ts';

const RECEPTION = { name: 'Lò Thị Mây', password: 'mo-cua-don-dan' } as const;
const PROCESSING = { name: 'Hoàng Ngọc Ánh', password: 'giai-quyet-ho-so' } as const;
const OWNER = 'Phàn Tả Mẩy';

const at = (date: IsoDate, hour: number, minute = 0) => officeInstant(date, hour * 60 + minute);
const RECEIVED = at('2026-11-18', 8, 30);
const GIVEN = at('2026-11-18', 9);
const TAKEN = at('2026-11-19', 8);
const ASKED = at('2026-11-19', 10);
const BROUGHT = at('2026-11-25', 9);
const APOLOGISED = at('2026-11-27', 14);
const FINISHED = at('2026-11-30', 10);
const HANDED_OVER = at('2026-12-01', 14);
/** Three working days after Wednesday the 18th: Thursday, Friday, Monday. */
const FIRST_DUE = at('2026-11-23', 17);
/** The wait cost Friday, Monday and Wednesday, for Tuesday is a holiday: three working days more. */
const DUE_AFTER_WAIT = at('2026-11-27', 17);
/** Two working days from that Friday: Monday and Tuesday. */
const DUE_AFTER_APOLOGY = at('2026-12-01', 17);

interface Counter {
  readonly desk: RunningDesk;
  readonly reception: Page;
  readonly processing: Page;
  readonly leader: Page;
  readonly token: string;
}

test('three officers take one dossier over a weekend and a holiday, and every date on its four papers is right', async ({ browser, folder }) => {
  test.setTimeout(120_000);
  const place = { dataDir: join(folder, 'data'), stateDir: join(folder, 'state') };
  const counter = await open(browser, await startDesk({ ...place, clockMs: RECEIVED }));
  const { id, receipt } = await receive(counter);
  await assign(counter, id);
  await askForPapers(counter);
  await takePapers(counter, id);
  await apologise(counter, id);
  await finish(counter);
  await handOver(counter, id);
  await expectRegister(counter);
  await counter.desk.stop();

  expect(receipt).toMatch(/GIẤY TIẾP NHẬN HỒ SƠ/);
  expect(receipt).toMatch(/8 giờ 30/);
  expect(receipt).toMatch(/18 tháng 11 năm 2026|18\/11\/2026/);
  expect(receipt).toMatch(/17 giờ 00.*23\/11\/2026|17 giờ 00.*23 tháng 11 năm 2026/);
  await expectPapers(place, id);
});

async function open(browser: Browser, desk: RunningDesk): Promise<Counter> {
  const { leaderToken } = await setUpOffice(desk);
  const officers = [[RECEPTION, 'reception'], [PROCESSING, 'processing']] as const;
  for (const [officer, role] of officers) await callDesk(desk, 'officers.create', { ...officer, title: 'Công chức', formOfAddress: 'chị', roles: [role] }, leaderToken);
  const seat = async (officer: { readonly name: string; readonly password: string }) => {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, desk, officer);
    return page;
  };
  return { desk, token: leaderToken, reception: await seat(RECEPTION), processing: await seat(PROCESSING), leader: await seat(LEADER) };
}

/** Time passes for everybody; each page learns the new day as it is loaded anew. */
async function pass({ desk, reception, processing, leader }: Counter, to: number): Promise<void> {
  await desk.moveClock(to);
  await Promise.all([reception, processing, leader].map((page) => page.reload()));
  await expect(processing.locator('.page')).toBeVisible();
}

async function receive({ desk, reception, token }: Counter): Promise<{ readonly id: string; readonly receipt: string }> {
  const { keyboard } = reception;
  await keyboard.press('F2');
  await reception.getByRole('combobox').first().fill('đăng ký giám hộ');
  await reception.getByRole('option', { name: /1\.004837/ }).click();
  await expect(reception.getByLabel('Họ tên', { exact: true })).toBeFocused();
  await keyboard.type(OWNER, { delay: 60 });
  await keyboard.press('Enter');
  await reception.getByLabel('Họ tên người được giám hộ').fill('Phàn A Lềnh');
  await reception.getByRole('button', { name: 'Đủ giấy bắt buộc' }).press('Space');
  await expect(reception.getByText(/23\/11/).first()).toBeVisible();
  await takePicture(reception, 'roles-1-receive');
  await keyboard.press('F10');
  await expect(reception.getByRole('heading', { name: 'Đã tiếp nhận' })).toBeVisible();
  const { dossiers } = await callDesk(desk, 'dossiers.search', { query: OWNER }, token);
  const receipt = await printed(reception, desk);
  await reception.getByRole('listbox', { name: 'Giấy đã ra chưa?' }).press('1');
  await expect(reception.getByRole('option', { selected: true })).toBeVisible();
  await keyboard.press('Enter');
  return { id: dossiers[0]!.id, receipt };
}

/** The paper that the screen shows, as it comes out of a printer. */
async function printed(page: Page, desk: RunningDesk): Promise<string> {
  const address = await page.locator('iframe').first().getAttribute('src');
  const paper = await page.context().newPage();
  await paper.goto(new URL(address!, desk.url).href);
  await paper.evaluate(() => document.fonts.ready);
  const pdf = await paper.pdf({ preferCSSPageSize: true, printBackground: true });
  await paper.close();
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  return text.replace(/\s+/g, ' ');
}

async function find(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('F3');
    await expect(page.getByRole('searchbox', { name: 'Tìm hồ sơ' })).toBeFocused({ timeout: 500 });
    await page.keyboard.type('phan ta');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Tìm trong mọi hồ sơ')).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole('row', { name: new RegExp(OWNER) })).toBeVisible();
  await page.getByLabel('Tìm trong mọi hồ sơ').press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: OWNER })).toBeVisible();
}

/** The page of the dossier stands there and takes keys, also after it was loaded anew. */
async function expectOpen(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: OWNER })).toBeVisible();
}

/** An act for which one colleague is picked by digit. */
async function pickOfficer(page: Page, key: string, name: string, note?: string): Promise<void> {
  await expectOpen(page);
  await page.keyboard.press(key);
  const officers = page.getByRole('listbox', { name: 'Giao cho ai' });
  await expect(officers).toBeFocused();
  const digit = (await officers.getByRole('option').allTextContents()).findIndex((text) => text.includes(name)) + 1;
  await page.keyboard.press(String(digit));
  await expect(officers.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('Enter');
  if (note !== undefined) await page.keyboard.type(note);
  await page.keyboard.press('F10');
}

async function assign(counter: Counter, id: string): Promise<void> {
  const { desk, token, reception, leader } = counter;
  await pass(counter, GIVEN);
  await find(leader);
  await pickOfficer(leader, 'Alt+1', PROCESSING.name, 'Nhà xa, làm sớm giúp');
  await expect(leader.getByText(`Đã giao cho ${PROCESSING.name}.`)).toBeVisible();
  await find(reception);
  await expect(reception.getByRole('button', { name: 'Ghi kết quả' })).toBeHidden();
  await pickOfficer(reception, 'Alt+2', PROCESSING.name);
  await expect(reception.getByText(`Chờ ${PROCESSING.name} ký nhận.`)).toBeVisible();
  await expectDue(desk, token, id, FIRST_DUE);
}

async function askForPapers(counter: Counter): Promise<void> {
  const { processing } = counter;
  const { keyboard } = processing;
  await pass(counter, TAKEN);
  await expect(processing.getByRole('grid', { name: 'Việc của tôi' }).getByRole('row', { name: new RegExp(OWNER) })).toBeVisible();
  await find(processing);
  await keyboard.press('F10');
  await expect(processing.getByText('Chị đã ký nhận hồ sơ giấy.')).toBeVisible();
  await keyboard.press('F10');
  await expect(processing.getByText('Chị đã nhận xử lý hồ sơ này.')).toBeVisible();
  await pass(counter, ASKED);
  await expect(processing.getByRole('region', { name: OWNER })).toContainText('23/11');
  await keyboard.press('F7');
  await processing.getByLabel('Giấy khác').fill('Giấy khai sinh của cháu');
  await processing.getByLabel('Lý do').fill('Chưa có giấy khai sinh của cháu được giám hộ.');
  await keyboard.press('F10');
  await expect(processing.getByText('Đã lưu yêu cầu bổ sung. Đồng hồ đang dừng.')).toBeVisible();
  await takePicture(processing, 'roles-2-waiting');
}

/** Six days later: a weekend and a holiday lie between. */
async function takePapers(counter: Counter, id: string): Promise<void> {
  const { desk, token, reception } = counter;
  await pass(counter, BROUGHT);
  await expect(reception.getByRole('region', { name: OWNER })).toContainText('Đồng hồ dừng từ');
  await reception.keyboard.press('F10');
  await expect(reception.getByRole('checkbox', { name: 'Giấy khai sinh của cháu' })).toBeFocused();
  await reception.keyboard.press('Space');
  await reception.keyboard.press('F10');
  await expect(reception.getByText('Đã nhận giấy bổ sung. Đồng hồ chạy tiếp.')).toBeVisible();
  await expect(reception.getByRole('region', { name: OWNER })).toContainText('27/11');
  await expectDue(desk, token, id, DUE_AFTER_WAIT);
  await takePicture(reception, 'roles-3-resumed');
}

async function apologise(counter: Counter, id: string): Promise<void> {
  const { desk, token, processing } = counter;
  const { keyboard } = processing;
  await pass(counter, APOLOGISED);
  await expect(processing.getByRole('region', { name: OWNER })).toContainText(/hôm nay/i);
  // The day has come: the apology is near at hand.
  await keyboard.press('Alt+3');
  await expect(processing.getByLabel('Lý do', { exact: true })).toBeFocused();
  await keyboard.type('Chờ xác minh ở nơi cư trú cũ');
  await keyboard.press('Enter');
  await keyboard.press('1');
  await expect(processing.getByLabel('Thêm bao lâu')).toBeFocused();
  await keyboard.type('2');
  await expect(processing.getByText(/^Hẹn mới: 17:00 .*01\/12/)).toBeVisible();
  await keyboard.press('F10');
  await expect(processing.getByText('Đã lưu ngày hẹn mới. Nhớ báo cho người dân.')).toBeVisible();
  await expect(processing.getByRole('region', { name: OWNER })).toContainText('01/12');
  await expectDue(desk, token, id, DUE_AFTER_APOLOGY);
  await takePicture(processing, 'roles-4-apologised');
}

async function finish(counter: Counter): Promise<void> {
  const { processing, leader } = counter;
  await pass(counter, FINISHED);
  await pickOfficer(processing, 'Alt+2', LEADER.name);
  await expect(processing.getByText(`Chờ ${LEADER.name} ký nhận.`)).toBeVisible();
  const { keyboard } = leader;
  await expect(leader.getByRole('button', { name: 'Ký nhận hồ sơ giấy' })).toBeVisible();
  await keyboard.press('F10');
  await expect(leader.getByText('Anh đã ký nhận hồ sơ giấy.')).toBeVisible();
  await keyboard.press('F10');
  await expect(leader.getByLabel('Số văn bản')).toBeFocused();
  await keyboard.type('15/QĐ-UBND');
  await leader.getByLabel('Người ký').fill(LEADER.name);
  await expectAccessible(leader);
  await keyboard.press('F10');
  await expect(leader.getByText('Đã lưu kết quả. Hồ sơ chờ trả.')).toBeVisible();
}

async function handOver(counter: Counter, id: string): Promise<void> {
  const { desk, token, reception } = counter;
  const { keyboard } = reception;
  await pass(counter, HANDED_OVER);
  await expectOpen(reception);
  await keyboard.press('F8');
  await expect(reception.getByRole('listbox', { name: 'Trả kết quả cho ai?' })).toBeFocused();
  await keyboard.press('1');
  await expect(reception.getByLabel('Số căn cước')).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.press('2');
  await expect(reception.getByRole('radio', { name: 'Giấy hẹn', exact: true })).toBeChecked();
  await keyboard.press('F10');
  await expect(reception.getByText(`Đã trả kết quả cho ${OWNER}.`)).toBeVisible();
  const { dossier } = await callDesk(desk, 'dossiers.get', { id }, token);
  expect(dossier).toMatchObject({ status: 'returned', statusCode: 10, apologies: 1, result: { number: '15/QĐ-UBND', date: '2026-11-30', signer: LEADER.name } });
}

/** The leader reads it in the register of the year: received, promised, returned in time. */
async function expectRegister({ leader }: Counter): Promise<void> {
  await leader.getByRole('button', { name: 'Sổ theo dõi' }).click();
  await leader.getByText('Năm nay', { exact: true }).click();
  const line = leader.getByRole('row', { name: new RegExp(OWNER) });
  await expect(line).toContainText('18/11');
  await expect(line).toContainText('01/12');
  await expect(leader.getByText(/^Nhận 1 · đã trả 1$/)).toBeVisible();
  await takePicture(leader, 'roles-5-register');
}

async function expectDue(desk: RunningDesk, token: string, id: string, dueAt: number): Promise<void> {
  const { dossier } = await callDesk(desk, 'dossiers.get', { id }, token);
  expect(new Date(dossier.content.appointment.dueAt!).toISOString()).toBe(new Date(dueAt).toISOString());
}

/** What the four papers of the way say, out of the log as the desk left it. */
async function expectPapers(place: { readonly dataDir: string; readonly stateDir: string }, id: string): Promise<void> {
  const desk = new CoreDesk(place, machineClock({ ms: HANDED_OVER }));
  desk.boot();
  await desk.signIn(LEADER.name, LEADER.password);
  const office = desk.desk.office();
  const dossier = readDossier(desk.desk, id)!;
  const act = (kind: string) => dossier.history.find(({ header }) => header.kind === kind)!.id;
  const shared = { codes: [{ system: 'own', code: dossier.codes[0]!.code }], submitter: { name: OWNER }, owner: null, receivedAt: RECEIVED, placeName: 'Nậm Khâu', training: false };

  expect(supplementRequestDataSchema.parse(supplementRequestData(dossier, act('dossier.supplementRequested'), office))).toMatchObject({
    ...shared, number: '1-001', businessDate: '2026-11-19', officerName: PROCESSING.name, papers: expect.arrayContaining(['Giấy khai sinh của cháu']) as unknown, reason: 'Chưa có giấy khai sinh của cháu được giám hộ.',
    round: 1, repeatReason: null, pausedAt: ASKED,
  });
  expect(apologyDataSchema.parse(apologyData(dossier, act('dossier.apologised'), office))).toMatchObject({
    ...shared, number: '1-001/PXL', businessDate: '2026-11-27', officerName: PROCESSING.name, reason: 'Chờ xác minh ở nơi cư trú cũ', previousDueAt: DUE_AFTER_WAIT, newDueAt: DUE_AFTER_APOLOGY,
    calendarUnconfirmed: false, extension: 1, repeatReason: null, signerTitle: 'Công chức',
  });
  expect(resultReceiptDataSchema.parse(resultReceiptData(dossier, act('dossier.handedOver'), office))).toMatchObject({
    ...shared, businessDate: '2026-12-01', officerName: RECEPTION.name, receiver: { name: OWNER }, receiverIs: 'owner', how: 'counter', shown: 'Giấy hẹn', postOrder: null, handedOverAt: HANDED_OVER,
    result: { number: '15/QĐ-UBND', date: '2026-11-30', signer: LEADER.name },
  });
  const sheet = controlSheetDataSchema.parse(controlSheetData(dossier, office));
  expect(sheet).toMatchObject({ ...shared, dueAt: DUE_AFTER_APOLOGY, coAgency: null });
  expect(sheet.rows.map(({ giver, taker, givenAt, takenAt }) => ({ giver, taker, givenAt, takenAt }))).toEqual([
    { giver: OWNER, taker: RECEPTION.name, givenAt: RECEIVED, takenAt: RECEIVED },
    { giver: LEADER.name, taker: PROCESSING.name, givenAt: GIVEN, takenAt: TAKEN },
    { giver: RECEPTION.name, taker: PROCESSING.name, givenAt: GIVEN, takenAt: TAKEN },
    { giver: PROCESSING.name, taker: null, givenAt: ASKED, takenAt: null },
    { giver: OWNER, taker: RECEPTION.name, givenAt: BROUGHT, takenAt: BROUGHT },
    { giver: PROCESSING.name, taker: LEADER.name, givenAt: FINISHED, takenAt: FINISHED },
    { giver: LEADER.name, taker: null, givenAt: FINISHED, takenAt: null },
    { giver: RECEPTION.name, taker: OWNER, givenAt: HANDED_OVER, takenAt: HANDED_OVER },
  ]);
  await desk.stop();
}

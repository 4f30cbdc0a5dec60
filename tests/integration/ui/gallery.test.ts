import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { launchBrowser } from '../../../bench/shell/trial-browser.ts';
import { findOverflow, openGallery, setupGallerySite, type GallerySite } from './gallery-page.ts';

let site: GallerySite;
let browser: Browser;

beforeAll(async () => {
  site = await setupGallerySite();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const SIZES = [{ width: 1366, height: 768 }, { width: 1366, height: 650 }, { width: 1024, height: 768 }];
const SCREENS = ['today', 'receive', 'settings', 'entry'];

async function axeViolations(page: Page): Promise<readonly string[]> {
  // Otherwise each look opens a page of its own to put the answers together; a gallery has no frames.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`));
}

/** What has the cursor, by its accessible name. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'nothing';
    const labelledBy = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const group = element instanceof HTMLInputElement && element.type === 'radio' ? element.closest('[role=radiogroup]') : null;
    const groupLabel = document.getElementById(group?.getAttribute('aria-labelledby') ?? '')?.textContent;
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    return (groupLabel ?? element.getAttribute('aria-label') ?? labelledBy ?? label ?? copy.textContent ?? '').trim();
  });
}

async function enterWalk(page: Page, key: string, times: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let press = 0; press < times; press += 1) {
    await page.keyboard.press(key);
    names.push(await focusedName(page));
  }
  return names;
}

const doneText = (page: Page) => page.getByTestId('done').textContent();

describe.each(SIZES)('the frame at $width x $height', (size) => {
  it.each(SCREENS)('shows %s whole, without complaint of the policy or of axe', async (screen) => {
    const { page, complaints } = await openGallery(browser, site, `screen=${screen}`, size);
    expect(await findOverflow(page)).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('large text and training', () => {
  it('takes the narrow layout at 130 per cent and keeps the main button in sight', async () => {
    const { page, complaints } = await openGallery(browser, site, 'screen=receive&text=130&training=1');
    const button = await page.getByRole('button', { name: 'Lưu và in giấy hẹn' }).boundingBox();
    expect(button?.y).toBeGreaterThan(0);
    expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(768);
    await expect.poll(() => page.getByText('Tiếp nhận · Máy 2').isVisible()).toBe(false);
    expect((await findOverflow(page)).filter((found) => !found.startsWith('side'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the keyboard', () => {
  it('moves by Enter over the fields to the main button and back by Shift+Enter, skipping what the machine filled', async () => {
    const { page } = await openGallery(browser, site, 'screen=receive');
    await page.getByLabel('Điện thoại').focus();
    expect(await enterWalk(page, 'Enter', 5)).toEqual(['Họ tên trẻ', 'Ngày sinh', 'Giới tính', 'Đủ giấy bắt buộc', 'Lưu và in giấy hẹn']);
    await page.getByRole('radiogroup', { name: 'Giới tính' }).getByRole('radio', { name: 'Nữ' }).focus();
    expect(await enterWalk(page, 'Shift+Enter', 3)).toEqual(['Ngày sinh', 'Họ tên trẻ', 'Điện thoại (không bắt buộc)']);
    await page.getByRole('button', { name: 'Đủ giấy bắt buộc' }).focus();
    expect(await enterWalk(page, 'Shift+Enter', 1)).toEqual(['Số bộ']);
    await page.close();
  });

  it('reaches the main button from the last field and presses it by a second Enter', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    await page.getByLabel('Ghi chú').fill('một');
    await page.keyboard.press('Alt+Enter');
    expect(await page.getByLabel('Ghi chú').inputValue()).toBe('một\n');
    expect(await enterWalk(page, 'Enter', 1)).toEqual(['Giấy đã ra chưa?']);
    await page.getByLabel('Ghi chú').focus();
    await page.getByRole('listbox', { name: 'Giấy đã ra chưa?' }).evaluate((list) => list.remove());
    expect(await enterWalk(page, 'Enter', 1)).toEqual(['In lại']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'In lại lần 1' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focusedName(page)).toBe('In lại');
    await page.close();
  });

  it('goes from block to block by F6 and to a block by Alt and its number', async () => {
    const { page } = await openGallery(browser, site, 'screen=receive');
    await page.getByLabel('Điện thoại').focus();
    expect(await enterWalk(page, 'F6', 3)).toEqual(['Họ tên trẻ', 'Đủ giấy bắt buộc', 'Đổi thủ tục']);
    expect(await enterWalk(page, 'Shift+F6', 1)).toEqual(['Đủ giấy bắt buộc']);
    expect(await enterWalk(page, 'Alt+3', 1)).toEqual(['Họ tên trẻ']);
    await page.keyboard.press('Alt+2');
    expect(await doneText(page)).toBe('Nộp thay');
    await page.close();
  });

  it('runs a function key from anywhere, Ctrl+S as F10, and jumps to the first error', async () => {
    const { page } = await openGallery(browser, site, 'screen=receive');
    await page.getByLabel('Điện thoại').focus();
    await page.keyboard.press('F7');
    expect(await doneText(page)).toBe('Thiếu giấy');
    await page.keyboard.press('Control+s');
    expect(await doneText(page)).toBe('Lưu');
    await page.getByLabel('Họ tên trẻ').fill('');
    await page.getByLabel('Điện thoại').focus();
    await page.keyboard.press('F10');
    expect(await focusedName(page)).toBe('Họ tên trẻ');
    expect(await page.getByRole('alert').textContent()).toContain('Còn 1 chỗ cần sửa.');
    expect(await page.getByLabel('Họ tên trẻ').getAttribute('aria-invalid')).toBe('true');
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it('goes to the search by F3 and back out of lists by Esc before the screen', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    await page.keyboard.press('F3');
    expect(await focusedName(page)).toBe('Tìm hồ sơ');
    await page.keyboard.type('pao');
    await page.keyboard.press('Enter');
    expect(await doneText(page)).toBe('Tìm pao');
    const village = page.getByRole('combobox', { name: 'Thôn' });
    await village.focus();
    await page.keyboard.press('F4');
    expect(await page.getByRole('option').count()).toBe(52);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('listbox', { name: 'Danh sách để chọn' }).count()).toBe(0);
    expect(await doneText(page)).toBe('Tìm pao');
    await page.keyboard.press('Escape');
    expect(await doneText(page)).toBe('Quay lại');
    await page.close();
  });

  it('picks a tile by a digit that stands alone and nothing from a scan', async () => {
    const { page } = await openGallery(browser, site, 'screen=today');
    expect(await focusedName(page)).toBe('Thủ tục hay làm');
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 10_000);
    await page.keyboard.type('010094000123');
    await page.keyboard.press('Enter');
    await page.clock.runFor(1000);
    expect(await doneText(page)).toBe('');
    await page.keyboard.press('2');
    await page.clock.runFor(100);
    expect(await doneText(page)).toBe('Đăng ký khai sinh');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await doneText(page)).toBe('Chứng thực chữ ký');
    await page.close();
  });

  it('opens rows by arrows and Enter', async () => {
    const { page } = await openGallery(browser, site, 'screen=today');
    await page.locator('tbody tr').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await doneText(page)).toBe('Lò Văn Ín');
    await page.close();
  });

  it('lists in the palette the keys of the screen behind it and runs one by a few letters', async () => {
    const { page } = await openGallery(browser, site, 'screen=receive');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('thieu gi');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Thiếu giấy, hướng dẫnF7']);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => doneText(page)).toBe('Thiếu giấy');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.close();
  });
});

describe('fields', () => {
  it('shows a completed date at once and in full when left', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    const date = page.getByLabel('Ngày sinh');
    await date.focus();
    await page.keyboard.type('3/11');
    expect(await page.locator('.reading').textContent()).toBe('thứ Ba 03/11/2026');
    await page.keyboard.press('Enter');
    expect(await date.inputValue()).toBe('03/11/2026');
    await date.fill('31/2');
    expect(await page.getByText('Không có ngày 31/2.').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await page.getByText('Không có ngày 31/2.').isVisible()).toBe(true);
    await page.close();
  });

  it('groups an identity number while typing and keeps the cursor at its digit', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    const field = page.getByLabel('Số căn cước');
    await field.focus();
    await page.keyboard.type('010094000');
    expect(await field.inputValue()).toBe('010 094 000');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.type('99');
    expect(await field.inputValue()).toBe('099 100 940 00');
    expect(await field.evaluate((input) => (input as HTMLInputElement).selectionStart)).toBe(3);
    await page.keyboard.press('Enter');
    expect(await page.getByText('Số căn cước phải đủ 12 chữ số, hiện có 11.').isVisible()).toBe(true);
    await page.close();
  });

  it('takes the first row of a list by Enter and moves on, in the same five strokes with and without diacritics', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    const paper = page.getByRole('combobox', { name: 'Tên giấy tờ' });
    await paper.focus();
    await page.keyboard.type('bang');
    expect(await page.getByRole('option', { name: /^Bằng/ }).count()).toBe(2);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await paper.inputValue()).toBe('Bằng tốt nghiệp THPT');
    await expect.poll(() => focusedName(page)).toContain('Thôn');
    await paper.fill('giay ks');
    await page.keyboard.press('Tab');
    expect(await paper.inputValue()).toBe('giay ks');
    await paper.fill('hoc');
    await page.keyboard.press('Tab');
    expect(await paper.inputValue()).toBe('Học bạ');
    await page.close();
  });

  it('chooses by digit in joined buttons and moves on', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    await page.getByLabel('Giờ hẹn').focus();
    await page.keyboard.type('730');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Giờ hẹn').inputValue()).toBe('07:30');
    await page.keyboard.press('2');
    await expect.poll(() => focusedName(page)).toContain('Tên giấy tờ');
    expect(await page.getByRole('radio', { name: 'Nữ' }).isChecked()).toBe(true);
    await page.close();
  });

  it('chooses from a short list by its first letters, and keeps money apart from a blank', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    const channel = page.getByRole('combobox', { name: 'Cách nộp' });
    await channel.focus();
    await page.keyboard.press('F4');
    await page.keyboard.press('q');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await channel.textContent()).toBe('Qua bưu chính');
    await expect.poll(() => focusedName(page)).toBe('Số bản');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Số bản').inputValue()).toBe('12');
    await page.keyboard.type('6000');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('textbox', { name: 'Phí' }).inputValue()).toBe('6.000');
    await page.close();
  });

  it('shows an error after leaving, not while typing, with its fix', async () => {
    const { page } = await openGallery(browser, site, 'screen=settings');
    expect(await page.getByText('Ghi họ tên theo thẻ.').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await page.getByText('Ghi họ tên theo thẻ.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Dùng Lò Thị Mai' }).click();
    expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Lò Thị Mai');
    expect(await page.getByText('Ghi họ tên theo thẻ.').count()).toBe(0);
    await page.close();
  });
});

import { join } from 'node:path';
import { expect, LEADER, setUpOffice, signIn, startDesk, takePicture, test } from './desk-fixture.ts';

/** Small screens of real offices (ux.md §11), and the largest text. */
const SIZES = [{ width: 1366, height: 650 }, { width: 1024, height: 768 }] as const;

for (const size of SIZES) {
  test(`entry pages and settings fit ${size.width} × ${size.height}`, async ({ page, desk, folder }) => {
    await page.setViewportSize(size);
    const name = `${size.width}x${size.height}`;
    const expectFits = async (what: string) => {
      await takePicture(page, `fit-${what}-${name}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${what} is too wide`).toBeLessThanOrEqual(0);
      const cut = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, h1, h2, label, .hint, .pick b')]
        .filter((element) => element.checkVisibility() && (element.getBoundingClientRect().right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 2) && getComputedStyle(element).display !== 'inline' && !element.classList.contains('visually-hidden'))
        .map((element) => element.textContent));
      expect(cut, `${what} cuts words`).toEqual([]);
    };
    await page.goto(desk.url);
    await page.getByRole('option', { name: 'Máy đầu tiên của cơ quan' }).click();
    await expect(page.getByRole('button', { name: 'Tiếp tục' })).toBeInViewport({ ratio: 1 });
    await expectFits('place');
    await page.evaluate(() => localStorage.setItem('motcua.setUp', JSON.stringify({ path: 'first', step: 2, provinceCode: '48', communeType: 'zone', communeWord: 'Hoàng Sa', agencyCode: 'H17.100' })));
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Mã hồ sơ cấp như thế nào?' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tiếp tục' })).toBeInViewport({ ratio: 1 });
    await expectFits('numbers');

    const other = await startDesk({ dataDir: join(folder, 'other'), stateDir: join(folder, 'other-state') });
    await setUpOffice(other);
    await page.goto(other.url);
    await page.getByRole('listbox').waitFor();
    await expectFits('sign-in');
    await signIn(page, other, LEADER);
    await page.getByRole('button', { name: 'Cài đặt' }).click();
    for (const [part, words] of [['officers', 'Cán bộ'], ['desks', 'Các máy'], ['packs', 'Gói danh mục, lịch'], ['calendar', 'Ngày nghỉ']] as const) {
      await page.getByRole('button', { name: words, exact: true }).click();
      await page.getByRole('table').or(page.getByRole('grid')).first().waitFor();
      await expectFits(part);
    }
    await other.stop();
  });
}

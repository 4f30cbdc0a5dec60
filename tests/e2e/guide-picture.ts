import { expect, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guidePages, PICTURES_FOLDER, picturesOf } from '../helpers/guide.ts';
import { withFewColours } from '../helpers/few-colours.ts';

const PICTURE_COLOURS = 256;
const named = new Set(guidePages().flatMap(({ text }) => picturesOf(text)));

/**
 * A picture of the user guide. It is kept only by `npm run guide:pictures`; otherwise the walk alone is tried, so that a run of the
 * tests never changes a file. `mask` covers what nobody must read in a guide: codes.
 */
export async function takeGuidePicture(page: Page, name: string, mask?: string): Promise<void> {
  expect([...named], `docs/vi shows ${name}`).toContain(name);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  if (process.env['MOTCUA_GUIDE_PICTURES'] === undefined) return;
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide', ...(mask !== undefined && { mask: [page.locator(mask)], maskColor: '#d9dde6' }) });
  mkdirSync(PICTURES_FOLDER, { recursive: true });
  writeFileSync(join(PICTURES_FOLDER, `${name}.png`), withFewColours(picture, PICTURE_COLOURS));
}

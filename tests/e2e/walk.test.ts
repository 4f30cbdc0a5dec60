import type { Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, seriousViolations, signIn, startDesk, takePicture, test } from './desk-fixture.ts';
import { withFewColours } from '../helpers/few-colours.ts';
import { lookReachable } from './walk/look-reachable.ts';
import { lookWhole } from './walk/look-whole.ts';
import { makeWalkOffice, WALK_START_MS, WALKER } from './walk/walk-office.ts';
import { walkDossiers, walkScreens, walkSettings, watchQuestions, type Walk } from './walk/walk-places.ts';

/** A window of 1366 × 768, what is left of it with Windows set to 125 % and 150 %, and the smallest screen of ux.md §11. */
const WINDOWS = [[1366, 768], [1093, 614], [911, 512], [1024, 768]] as const;
/** Enough for letters and lines to keep their look; 80 pictures stay small. */
const PICTURE_COLOURS = 48;
const WALK_MS = 240_000;
const ACTION_MS = 8_000;

/** Where `npm run pictures` wants a picture of every place. */
const PICTURES = process.env['MOTCUA_PICTURES'];

const WALKS = { 'the screens': walkScreens, 'the dossiers and their acts': walkDossiers, 'the settings': walkSettings } as const;

for (const [what, walk] of Object.entries(WALKS)) {
  test(`${what}: nothing cut at any scale, everything reached by keyboard, no rule of accessibility broken`, async ({ page, folder }) => {
    test.setTimeout(WALK_MS);
    page.setDefaultTimeout(ACTION_MS);
    const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state'), clockMs: WALK_START_MS });
    const office = await makeWalkOffice(desk);
    watchQuestions(page);
    await signIn(page, desk, WALKER);
    const faults: string[] = [];
    const visit: Walk['visit'] = async (name) => {
      if (PICTURES !== undefined) writeFileSync(join(PICTURES, `${name}.png`), withFewColours(await page.screenshot({ animations: 'disabled', caret: 'hide' }), PICTURE_COLOURS));
      for (const fault of await look(page, name)) faults.push(`${name}: ${fault}`);
    };
    await walk({ page, office, visit }).catch((error: unknown) => faults.push(String(error)));
    expect(faults).toEqual([]);
    await desk.stop();
  });
}

async function look(page: Page, name: string): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const found = await lookWhole(page);
    if (found.length > 0) await takePicture(page, `walk-${name}-${width}`);
    faults.push(...found.map((fault) => `${width} × ${height}: ${fault}`));
  }
  await page.setViewportSize({ width: 1366, height: 768 });
  return [...faults, ...await seriousViolations(page), ...await lookReachable(page)];
}

import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, seriousViolations, signIn, startDesk, takePicture, test as base, type RunningDesk } from './desk-fixture.ts';
import { withFewColours } from '../helpers/few-colours.ts';
import { isEverySize } from './every-size.ts';
import { lookReachable } from './walk/look-reachable.ts';
import { lookWhole } from './walk/look-whole.ts';
import { walkDossiers } from './walk/walk-dossiers.ts';
import { walkEntry } from './walk/walk-entry.ts';
import { makeWalkOffice, WALK_START_MS, WALKER, type WalkOffice } from './walk/walk-office.ts';
import { watchQuestions, type Visit } from './walk/walk-page.ts';
import { walkScreens } from './walk/walk-places.ts';
import { walkSettings } from './walk/walk-settings.ts';

/** A window of 1366 × 768, and what is left of it with Windows set to 150 %: nothing is lower or narrower. */
const TWO_WINDOWS = [[1366, 768], [911, 512]] as const;
/** And with 125 %, and the smallest screen of ux.md §11. */
const WINDOWS = isEverySize ? [...TWO_WINDOWS, [1093, 614], [1024, 768]] as const : TWO_WINDOWS;
/** Enough for letters and lines to keep their look; 100 pictures stay small. */
const PICTURE_COLOURS = 48;
const WALK_MS = 240_000;
const ACTION_MS = 8_000;

/** Where `npm run pictures` wants a picture of every place. */
const PICTURES = process.env['MOTCUA_PICTURES'];

/** The office that the walks go through; made once, since they change next to nothing. */
const test = base.extend<object, { readonly walked: { readonly desk: RunningDesk; readonly office: WalkOffice } }>({
  walked: [async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-walk-'));
    const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state'), clockMs: WALK_START_MS });
    await use({ desk, office: await makeWalkOffice(desk) });
    await desk.stop();
    rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker', timeout: WALK_MS }],
});

const WALKS = { 'the screens': walkScreens, 'the dossiers and their acts': walkDossiers, 'the settings': walkSettings } as const;
const WHAT = 'nothing cut at any scale, everything reached by keyboard, no rule of accessibility broken';

test.beforeEach(({ page }) => {
  test.setTimeout(WALK_MS);
  page.setDefaultTimeout(ACTION_MS);
  watchQuestions(page);
});

for (const [what, walk] of Object.entries(WALKS)) {
  test(`${what}: ${WHAT}`, async ({ page, walked }) => {
    // The browser's print dialog would wait for somebody.
    await page.addInitScript(() => { window.print = () => undefined; });
    await signIn(page, walked.desk, WALKER);
    await expectNoFaults(page, (visit) => walk({ page, ...walked, visit }));
  });
}

test(`the pages before the desk, and those that lie over it: ${WHAT}`, async ({ page, folder }) => {
  await expectNoFaults(page, (visit) => walkEntry({ page, folder, visit }));
});

async function expectNoFaults(page: Page, walk: (visit: Visit) => Promise<void>): Promise<void> {
  const faults: string[] = [];
  let last = 'the beginning';
  const visit: Visit = async (name, { isDrawnByLot = false } = {}) => {
    last = name;
    if (PICTURES !== undefined && !isDrawnByLot) writeFileSync(join(PICTURES, `${name}.png`), withFewColours(await page.screenshot({ animations: 'disabled', caret: 'hide' }), PICTURE_COLOURS));
    for (const fault of await look(page, name)) faults.push(`${name}: ${fault}`);
  };
  await walk(visit).catch((error: unknown) => faults.push(`after ${last}: ${String(error)}`));
  expect(faults).toEqual([]);
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

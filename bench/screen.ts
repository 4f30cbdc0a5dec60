import type { Page } from '@playwright/test';
import path from 'node:path';
import { buildScreens } from '../src-main/start/build-screens.ts';
import { assert } from '../src-shared/lib/assert.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, percentile, type Figure } from './measure/figure.ts';
import { officeOf } from './office/cached-office.ts';
import { startOffice } from './office/running-office.ts';
import { BENCH_PASSWORD } from './office/set-up-office.ts';
import { waitForFrame } from './shell/first-frame.ts';
import { launchBrowser } from './shell/trial-browser.ts';

/** How long does an officer wait for the form, and does a long list scroll without a hitch? */
const ROWS = 10_000;
const WARM_UP = 1;
const REPETITIONS = 7;
/** One notch of a wheel, some fifty in a second, as a hurried hand turns it. */
const NOTCH_PX = 400;
const NOTCHES_AT_ONCE = 50;
const RENDERER_DIR = path.join(import.meta.dirname, '../out/renderer');

export async function benchScreen({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  assert(await buildScreens(tell), 'the screens can be built');
  const office = await startOffice(await officeOf(rows, tell), RENDERER_DIR);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
    await signIn(page, office.url);
    const waits = { form: [] as number[], bare: [] as number[] };
    for (let round = 0; round < WARM_UP + REPETITIONS; round += 1) {
      const taken = { bare: await openBarePage(page, office.url), form: await openReceiveForm(page, office.url) };
      tell(`screen ${round}: bare page ${taken.bare.toFixed(0)} ms, form taking keys ${taken.form.toFixed(0)} ms`);
      if (round >= WARM_UP) for (const which of ['form', 'bare'] as const) waits[which].push(taken[which]);
    }
    const frames = await scrollWholeList(page, office.url, tell);
    const figure = { bench: 'screen', unit: 'ms', better: 'less', rows, target: null } as const;
    return [
      { ...figure, metric: 'barePageMs', value: median(waits.bare) },
      { ...figure, metric: 'formReadyMs', value: median(waits.form), target: 1_000 },
      { ...figure, metric: 'listRows', unit: 'rows', better: 'more', value: frames.rows, target: rows },
      { ...figure, metric: 'frameP50Ms', value: median(frames.tookMs) },
      { ...figure, metric: 'frameP99Ms', value: percentile(frames.tookMs, 0.99) },
      { ...figure, metric: 'frameMaxMs', value: Math.max(...frames.tookMs), target: 50 },
    ];
  } finally {
    await browser.close();
    await office.stop();
  }
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('option').first().click();
  await page.locator('input[type=password]').fill(BENCH_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Đổi người hoặc khóa máy/ }).waitFor();
}

/** What the browser and the core need for any page at all: an answer of the core without scripts, styles or fonts. */
async function openBarePage(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/api/office`);
  return page.evaluate(() => performance.now());
}

/** From the start of the navigation until the form's first question has taken a key as its answer. */
async function openReceiveForm(page: Page, url: string): Promise<number> {
  await page.goto(url);
  await page.evaluate(() => history.replaceState({ motcua: { screen: { name: 'receive' }, depth: 0 } }, ''));
  // The browser's own clock counts from the start of the navigation.
  await page.reload({ waitUntil: 'commit' });
  const procedures = '[role=listbox][aria-label="Thủ tục hay dùng"]';
  await waitForFrame(page, `${procedures}:focus-within`);
  await page.keyboard.press('1');
  await waitForFrame(page, procedures, 'gone');
  return page.evaluate(() => performance.now());
}

interface Frames {
  /** The time from each frame to the next while the list moved. */
  readonly tookMs: readonly number[];
  /** Rows that were in the list at the end. */
  readonly rows: number;
}

/** Turns the wheel over the list of all dossiers until its last row, then back to the first. */
async function scrollWholeList(page: Page, url: string, tell: BenchRun['tell']): Promise<Frames> {
  await page.goto(url);
  await page.evaluate(() => history.replaceState({ motcua: { screen: { name: 'dossiers', list: 'all' }, depth: 0 } }, ''));
  await page.reload();
  await page.getByRole('grid').locator('tr[data-index="0"]').waitFor();
  const tookMs: number[] = [];
  for (const direction of [1, -1]) tookMs.push(...await turnWheel(page, direction));
  const rows = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1;
  tell(`screen: ${tookMs.length} frames over ${rows} rows, the slowest ${Math.max(...tookMs).toFixed(1)} ms`);
  return { tookMs, rows };
}

/** The list is moved once a frame, as a wheel's events are handed to a page, so the frames themselves are what is measured. */
async function turnWheel(page: Page, direction: number): Promise<readonly number[]> {
  return page.evaluate(async ({ direction: way, notchPx, patience }) => {
    const scroller = document.querySelector<HTMLElement>('.long-table')!;
    const nextFrame = () => new Promise<number>((resolve) => void requestAnimationFrame(resolve));
    const tookMs: number[] = [];
    let before = await nextFrame();
    for (let still = 0; still < patience;) {
      const { scrollTop, scrollHeight } = scroller;
      scroller.scrollTop += way * notchPx;
      const now = await nextFrame();
      tookMs.push(now - before);
      before = now;
      // Rows that are on their way make the list longer a little later.
      still = scroller.scrollTop === scrollTop && scroller.scrollHeight === scrollHeight ? still + 1 : 0;
    }
    return tookMs;
  }, { direction, notchPx: NOTCH_PX, patience: NOTCHES_AT_ONCE });
}

/**
 * Every place an officer can come to, for walks that look at all of them. Screens and parts of the settings are named by type, tabs and
 * acts are read off the desk itself, so that a new one cannot be left out in silence.
 */
import { expect, type Page } from '@playwright/test';
import type { Screen, ScreenName } from '../../../src-renderer/router/screens.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { exportedFile } from '../../helpers/export-rows.ts';
import { writeXlsx } from '../../helpers/write-sheet.ts';
import type { RunningDesk } from '../desk-fixture.ts';
import type { Dossier, WalkOffice } from './walk-office.ts';
import { openScreen, press, settled, type Visit } from './walk-page.ts';

export interface Walk {
  readonly page: Page;
  readonly desk: RunningDesk;
  readonly office: WalkOffice;
  readonly visit: Visit;
}

/** What the screens and the registers need of an office, whichever made it. */
export interface ScreenWalk extends Pick<Walk, 'page' | 'visit'> {
  readonly office: Pick<WalkOffice, 'dossiers'>;
}

type Opener = (walk: ScreenWalk) => Promise<void>;

const withDossier = (status: Dossier['status'], open: (id: string) => Screen): Opener => async ({ page, office }) => openScreen(page, open(office.dossiers.find((one) => one.status === status)!.id));

/** A file of the other system, some of whose rows are wrong. */
async function chooseFile({ page }: ScreenWalk): Promise<void> {
  await openScreen(page, { name: 'imports' });
  await page.locator('input[type=file]').setInputFiles({ name: 'ho-so.xlsx', mimeType: 'application/octet-stream', buffer: writeXlsx(exportedFile(30, 12).rows) });
  await expect(page.getByRole('table', { name: vi.imports.bad.title })).toBeVisible();
  await settled(page);
}

/** Every screen by how it is opened; null: its component does not exist yet. */
const SCREENS: Readonly<Record<ScreenName, Readonly<Record<string, Opener>> | null>> = {
  today: { today: ({ page }) => openScreen(page, { name: 'today' }) },
  receive: {
    receive: ({ page }) => openScreen(page, { name: 'receive' }),
    'receive-birth': ({ page }) => openScreen(page, { name: 'receive', procedureCode: '1.001193' }),
    'receive-copies': ({ page }) => openScreen(page, { name: 'receive', procedureCode: '2.000815' }),
    'receive-refuse': async ({ page }) => {
      await openScreen(page, { name: 'receive', procedureCode: '1.001193' });
      await press(page, 'F7');
    },
  },
  received: { received: withDossier('received', (dossierId) => ({ name: 'received', dossierId })) },
  dossiers: {
    dossiers: ({ page }) => openScreen(page, { name: 'dossiers' }),
    'dossiers-found': ({ page }) => openScreen(page, { name: 'dossiers', query: 'giang' }),
    'dossiers-none': ({ page }) => openScreen(page, { name: 'dossiers', query: 'không có ai' }),
  },
  dossier: {},
  printQueue: { 'print-queue': ({ page }) => openScreen(page, { name: 'printQueue' }) },
  handOver: {
    'hand-over': ({ page }) => openScreen(page, { name: 'handOver' }),
    'hand-over-one': withDossier('finished', (dossierId) => ({ name: 'handOver', dossierId })),
    'hand-over-not-ready': withDossier('processing', (dossierId) => ({ name: 'handOver', dossierId })),
  },
  workload: { workload: ({ page }) => openScreen(page, { name: 'workload' }) },
  registers: {},
  province: {
    province: ({ page }) => openScreen(page, { name: 'province' }),
    'province-copying': withDossier('received', (dossierId) => ({ name: 'province', dossierId })),
  },
  imports: {
    imports: ({ page }) => openScreen(page, { name: 'imports' }),
    'imports-preview': chooseFile,
    'imports-columns': async (walk) => {
      await chooseFile(walk);
      await press(walk.page, 'Alt+2');
    },
  },
  appointments: null,
  sync: null,
  settings: {},
};

/** The counter's screens, the registers with all their tabs, and what lies over a screen. */
export async function walkScreens(walk: Walk): Promise<void> {
  const { page, visit } = walk;
  await walkEachScreen(walk);
  await walkPrintQuestion(walk);
  await openScreen(page, { name: 'today' });
  for (const [name, key] of [['palette', 'Control+k'], ['help', 'F1']] as const) {
    await press(page, key);
    await visit(name);
    await press(page, 'Escape');
  }
  await expectRailIsKnown(page);
}

export async function walkEachScreen(walk: ScreenWalk): Promise<void> {
  for (const places of Object.values(SCREENS)) {
    for (const [name, open] of Object.entries(places ?? {})) {
      await open(walk);
      await walk.visit(name);
    }
  }
  await walkRegisters(walk);
}

/** A browser never tells what became of a paper. */
async function walkPrintQuestion({ page, office, visit }: Walk): Promise<void> {
  const { question } = vi.printing;
  await openScreen(page, { name: 'received', dossierId: office.unprinted });
  await expect(page.getByRole('listbox', { name: question.title })).toBeFocused();
  await visit('print-question');
  // By the mouse: the look has left the cursor anywhere.
  await page.getByRole('option', { name: question.notOut }).click();
  await press(page, 'Enter');
  await expect(page.getByRole('listbox', { name: question.which.notOut })).toBeFocused();
  await visit('print-question-which');
}

/** Whoever adds a screen to the rail and not to this walk learns it here. */
async function expectRailIsKnown(page: Page): Promise<void> {
  const places = page.locator('nav.rail button');
  for (let index = 0; index < await places.count(); index += 1) {
    await places.nth(index).click();
    const name = await page.evaluate(() => (history.state as { motcua: { screen: { name: string } } }).motcua.screen.name);
    expect(SCREENS[name as ScreenName], `the screen ${name} has a place in the walk`).toBeTruthy();
  }
}

async function walkRegisters({ page, visit }: ScreenWalk): Promise<void> {
  await openScreen(page, { name: 'registers' });
  const tabs = page.locator('.register-filters').first().getByRole('radiogroup').first().locator('label');
  for (let index = 0; index < await tabs.count(); index += 1) {
    await tabs.nth(index).click();
    await settled(page);
    await visit(`registers-${index + 1}`);
  }
  for (const [name, key] of [['registers-book', 'Alt+5'], ['registers-mark', 'Alt+6']] as const) {
    await press(page, key);
    await visit(name);
    await press(page, 'Escape');
  }
  await openScreen(page, { name: 'registers', period: 'other', from: '2026-11-01', to: '2026-11-20' });
  await visit('registers-days');
  await openScreen(page, { name: 'registers', list: 'cash' });
  await press(page, 'F9');
  await page.locator('iframe').waitFor();
  await visit('registers-cash-paper');
}

/** The settings: every part, and whatever can be opened within it. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { SettingsPart } from '../../../src-renderer/features/settings/settings-screen.tsx';
import { vi } from '../../../src-renderer/text/vi.ts';
import { openScreen, press, settled, type VisitOptions } from './walk-page.ts';
import type { Walk } from './walk-places.ts';
import { walkSync } from './walk-sync.ts';

interface Opening extends VisitOptions {
  readonly open: (part: Locator, page: Page) => Promise<void>;
}

const words = vi.officeSettings;
const { desks, numbers } = vi.settings;

const byButton = (label: string): Opening => ({ open: async (part) => part.getByRole('button', { name: label, exact: true }).first().click() });
const byRow = (index: number): Opening => ({ open: async (part) => part.getByRole('row').nth(index).press('Enter') });

async function fillDay(part: Locator, page: Page): Promise<void> {
  await part.getByLabel(vi.settings.calendar.name).fill('Nghỉ ngày hội bản');
  await part.getByLabel(vi.settings.calendar.date, { exact: true }).fill('27112026');
  await press(page, 'F10');
  await expect(part.getByText(words.change.promise)).toBeVisible();
}

async function seeHours(part: Locator, page: Page): Promise<void> {
  await part.getByRole('button', { name: words.hours.edit, exact: true }).first().click();
  await part.getByRole('radiogroup').first().locator('label').nth(1).click();
  await press(page, 'F10');
  await expect(part.getByText(words.change.promise)).toBeVisible();
}

async function makeJoinFile(part: Locator): Promise<void> {
  await part.getByLabel(desks.newName).fill('Máy 3');
  await part.getByRole('button', { name: desks.make }).click();
  await expect(part.getByTestId('join-code')).toBeVisible();
}

/** What can be opened within each part, by the name of the place. */
const PARTS: Readonly<Record<SettingsPart, Readonly<Record<string, Opening>>>> = {
  mine: {},
  officers: { add: byButton(vi.settings.officers.add), one: byRow(1) },
  delegations: { add: byButton(vi.delegations.add) },
  desks: {
    rename: byButton(words.desk.rename),
    other: byRow(2),
    skip: byButton(numbers.openSkip),
    return: byButton(numbers.openReturn),
    'take-over-wrong': byButton(desks.import),
    'join-file-wrong': byButton(desks.make),
    'join-file': { open: makeJoinFile, isDrawnByLot: true },
  },
  papers: {},
  calendar: { hours: byButton(words.hours.edit), 'hours-seen': { open: seeHours }, 'day-seen': { open: fillDay } },
  office: {},
  procedures: { add: byButton(words.procedure.add), one: { open: openProcedure } },
  packs: {},
  province: {},
  printing: {},
  sync: {},
  recovery: {},
  history: {},
  about: {},
};

async function openProcedure(part: Locator, page: Page): Promise<void> {
  await part.getByRole('combobox').first().fill('1.004873');
  await page.getByRole('option').first().click();
}

export async function walkSettings(walk: Walk): Promise<void> {
  await walkEachPart(walk);
  await walkSync(walk);
}

export async function walkEachPart({ page, visit }: Pick<Walk, 'page' | 'visit'>): Promise<void> {
  await openScreen(page, { name: 'settings' });
  const known = Object.entries(PARTS) as [SettingsPart, Readonly<Record<string, Opening>>][];
  await expect(page.locator('.settings-parts button')).toHaveCount(known.length);
  for (const [part, openings] of known) {
    await openScreen(page, { name: 'settings', part });
    await expect(page.locator('.settings-parts [aria-current]')).toHaveText(vi.settings.parts[part]);
    await visit(`settings-${part}`);
    for (const [name, { open, ...options }] of Object.entries(openings)) {
      await openScreen(page, { name: 'settings', part });
      await open(page.locator('.settings-part'), page);
      await settled(page);
      await visit(`settings-${part}-${name}`, options);
    }
  }
}

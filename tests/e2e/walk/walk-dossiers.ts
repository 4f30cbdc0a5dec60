/** The page of a dossier: in every state, with a conflict, and with the panel of every act. */
import { expect, type Page } from '@playwright/test';
import { DOSSIER_STATUSES } from '../../../src-shared/domain/dossiers/dossier-state.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { kebab, openScreen, press, settled } from './walk-page.ts';
import type { ScreenWalk, Walk } from './walk-places.ts';

/** Acts done at once, without a panel of their own. */
const WITHOUT_PANEL: ReadonlySet<string> = new Set(['take', 'confirmTransfer', 'handOver']);

/** The page of a dossier in every state. Whoever adds a state and none to the office learns it here. */
export async function walkEachDossier({ page, office, visit }: ScreenWalk): Promise<void> {
  for (const status of DOSSIER_STATUSES) {
    const dossier = office.dossiers.find((one) => one.status === status);
    expect(dossier, `a dossier of the walk that is ${status}`).toBeDefined();
    await openScreen(page, { name: 'dossier', dossierId: dossier!.id });
    await visit(`dossier-${kebab(status)}`);
  }
}

/** The page of a dossier in every state and with a conflict, and every act's panel where the act can be done. */
export async function walkDossiers(walk: Walk): Promise<void> {
  const { page, office, visit } = walk;
  await walkEachDossier(walk);
  await openScreen(page, { name: 'dossier', dossierId: office.apart });
  await expect(page.getByRole('table', { name: vi.conflicts.sides })).toBeVisible();
  await visit('dossier-conflict');
  const first = office.dossiers.find((one) => one.status === 'processing')!;
  await openScreen(page, { name: 'dossier', dossierId: first.id });
  await press(page, 'Alt+0');
  await visit('act-more');
  for (const { act } of first.acts.filter((one) => !WITHOUT_PANEL.has(one.act))) {
    const dossier = office.dossiers.find(({ acts }) => acts.some((one) => one.act === act && one.possible));
    expect(dossier, `a dossier of the walk on which ${act} can be done`).toBeDefined();
    await openScreen(page, { name: 'dossier', dossierId: dossier!.id });
    await openAct(page, vi.dossiers.acts[act]);
    await visit(`act-${kebab(act)}`);
  }
}

/** By its own button, or by "Việc khác". */
async function openAct(page: Page, label: string): Promise<void> {
  await page.locator('.acts').waitFor();
  const button = page.locator('.acts').getByRole('button', { name: label });
  if (await button.count() > 0) {
    await button.first().click();
  } else {
    await page.keyboard.press('Alt+0');
    await page.getByRole('option', { name: label }).first().click();
  }
  await expect(page.locator('.act-panel, .paper-panel')).toBeVisible();
  await settled(page);
}

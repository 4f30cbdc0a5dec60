/**
 * Every place an officer can come to, for walks that look at all of them. Screens and parts of the settings are named by type, tabs and
 * acts are read off the desk itself, so that a new one cannot be left out in silence.
 */
import { expect, type Page, type Request } from '@playwright/test';
import type { Screen, ScreenName } from '../../../src-renderer/router/screens.ts';
import type { SettingsPart } from '../../../src-renderer/features/settings/settings-screen.tsx';
import { vi } from '../../../src-renderer/text/vi.ts';
import type { Dossier, WalkOffice } from './walk-office.ts';

export interface Walk {
  readonly page: Page;
  readonly office: WalkOffice;
  /** Looks at what is open now. */
  readonly visit: (name: string) => Promise<void>;
}

/** Opens a screen as the router does, and anew if it is open already. */
async function openScreen(page: Page, screen: Screen): Promise<void> {
  await page.evaluate(async ([home, there]) => {
    for (const one of [home, there]) {
      history.pushState({ motcua: { screen: one, depth: 1 } }, '');
      dispatchEvent(new PopStateEvent('popstate'));
      // The first one must be drawn, or the second would be what stood there before.
      await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); });
    }
  }, [{ name: screen.name === 'today' ? 'dossiers' : 'today' }, screen]);
  await settled(page);
}

/** What each page has asked and not been answered; the stream of events never ends. */
const asking = new WeakMap<Page, Set<Request>>();

/** To be called before the walk begins. */
export function watchQuestions(page: Page): void {
  const open = new Set<Request>();
  asking.set(page, open);
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/events')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
}

/** Everything that was asked for is answered and drawn. */
async function settled(page: Page): Promise<void> {
  const drawn = () => page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 0)); });
  });
  // An answer may bring further questions.
  await expect(async () => {
    await drawn();
    await drawn();
    expect(asking.get(page)?.size ?? 0).toBe(0);
  }).toPass();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

const press = async (page: Page, key: string) => {
  await page.keyboard.press(key);
  await settled(page);
};

type Opener = (walk: Walk) => Promise<void>;

const withDossier = (status: Dossier['status'], open: (id: string) => Screen): Opener => async ({ page, office }) => openScreen(page, open(office.dossiers.find((one) => one.status === status)!.id));

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
  imports: { imports: ({ page }) => openScreen(page, { name: 'imports' }) },
  appointments: null,
  sync: null,
  settings: {},
};

/** The counter's screens, the registers with all their tabs, and what lies over a screen. */
export async function walkScreens(walk: Walk): Promise<void> {
  const { page, visit } = walk;
  for (const places of Object.values(SCREENS)) {
    for (const [name, open] of Object.entries(places ?? {})) {
      await open(walk);
      await visit(name);
    }
  }
  await walkRegisters(walk);
  await openScreen(page, { name: 'today' });
  for (const [name, key] of [['palette', 'Control+k'], ['help', 'F1']] as const) {
    await press(page, key);
    await visit(name);
    await press(page, 'Escape');
  }
  await expectRailIsKnown(page);
  await press(page, 'Alt+L');
  await page.locator('input[type=password]').last().waitFor();
  await visit('locked');
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

async function walkRegisters({ page, visit }: Walk): Promise<void> {
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

/** Acts done at once, without a panel of their own. */
const WITHOUT_PANEL: ReadonlySet<string> = new Set(['take', 'confirmTransfer', 'handOver']);

/** The page of a dossier in every state, and every act's panel where the act can be done. */
export async function walkDossiers(walk: Walk): Promise<void> {
  const { page, office, visit } = walk;
  for (const status of new Set(office.dossiers.map((one) => one.status))) {
    await openScreen(page, { name: 'dossier', dossierId: office.dossiers.find((one) => one.status === status)!.id });
    await visit(`dossier-${kebab(status)}`);
  }
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

/** What can be opened within each part: the words of its buttons. */
const PARTS: Readonly<Record<SettingsPart, readonly string[]>> = {
  mine: [],
  officers: [vi.settings.officers.add],
  delegations: [vi.delegations.add],
  desks: [vi.officeSettings.desk.rename, vi.settings.numbers.openSkip],
  papers: [],
  calendar: [],
  office: [],
  procedures: [vi.officeSettings.procedure.add],
  packs: [],
  province: [],
  printing: [],
  sync: [],
  recovery: [],
  history: [],
  about: [],
};

export async function walkSettings({ page, visit }: Walk): Promise<void> {
  await openScreen(page, { name: 'settings' });
  const known = Object.entries(PARTS) as [SettingsPart, readonly string[]][];
  await expect(page.locator('.settings-parts button')).toHaveCount(known.length);
  for (const [part, openings] of known) {
    await openScreen(page, { name: 'settings', part });
    await expect(page.locator('.settings-parts [aria-current]')).toHaveText(vi.settings.parts[part]);
    await visit(`settings-${part}`);
    for (const [index, words] of openings.entries()) {
      await page.locator('.settings-part').getByRole('button', { name: words, exact: true }).first().click();
      await settled(page);
      await visit(`settings-${part}-open-${index + 1}`);
      await openScreen(page, { name: 'settings', part });
    }
  }
  await openScreen(page, { name: 'settings', part: 'procedures' });
  await page.locator('.settings-part').getByRole('combobox').first().fill('1.004873');
  await page.getByRole('option').first().click();
  await settled(page);
  await visit('settings-procedures-one');
  await openScreen(page, { name: 'settings', part: 'officers' });
  await page.locator('.settings-part').getByRole('row').nth(1).press('Enter');
  await settled(page);
  await visit('settings-officers-one');
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The pages before the desk and those that lie over it: a machine's way from its first start, through a lock, a core that died, and the code of the safe. */
import { expect, type Page } from '@playwright/test';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageFault } from '../../../src-renderer/client/desk-session.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { callDesk, restartDesk, startDesk, type RunningDesk } from '../desk-fixture.ts';
import { WALK_START_MS, WALKER } from './walk-office.ts';
import { openScreen, press, settled, type Visit } from './walk-page.ts';

interface Entry {
  readonly page: Page;
  readonly folder: string;
  readonly visit: Visit;
}

/** What becomes known on the way. */
interface EntryWay extends Entry {
  desk: RunningDesk;
  recoveryCode: string;
}

type Gate = keyof typeof vi.help.gates;
/** A code or a number of a sheet is another each time. */
const BY_LOT = { isDrawnByLot: true } as const;
const { office, session } = vi;

/** Every page that F1 has words for, each reached from the one before it. */
const GATES: Readonly<Record<Gate, (way: EntryWay) => Promise<void>>> = {
  choose: async ({ page, visit }) => {
    await page.getByRole('option').first().waitFor();
    await settled(page);
    await visit('entry-choose');
    await press(page, 'F1');
    await visit('entry-help');
    await press(page, 'F1');
  },
  join: async ({ page, visit }) => {
    await pick(page, office.choose.join);
    await visit('entry-join');
    await goOn(page, office.join.finish);
    await visit('entry-join-empty');
    await page.locator('input[type=file]').setInputFiles({ name: 'them-may-2.motcua', mimeType: 'application/octet-stream', buffer: Buffer.from('torn') });
    await page.getByLabel(office.join.code).fill('SAI-MA');
    await typeDate(page, '20112026');
    await goOn(page, office.join.finish);
    await expect(page.getByText(office.join.bad)).toBeVisible();
    await visit('entry-join-bad-file');
    await press(page, 'Escape');
  },
  firstDesk: walkWizard,
  recoveryCode: async (way) => {
    const { page, visit } = way;
    const code = page.getByTestId('recovery-code');
    await expect(code).toBeVisible();
    const groups = await code.locator('span').allTextContents();
    way.recoveryCode = groups.join('-');
    await visit('entry-recovery-code', BY_LOT);
    await press(page, 'F10');
    await goOn(page, office.safe.done);
    await visit('entry-recovery-code-check', BY_LOT);
    for (const field of await page.getByRole('textbox').all()) {
      const label = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '');
      await field.fill(groups[Number(/\d/.exec(label)?.[0]) - 1]!);
    }
    await goOn(page, office.safe.done);
    await deskIsOpen(page);
  },
  lock: async ({ page, visit }) => {
    await press(page, 'Alt+L');
    await page.getByRole('heading', { name: session.lock.title }).waitFor();
    await visit('entry-locked');
    await enter(page, 'sai-mat-khau');
    await expect(page.locator('.note.bad')).toBeVisible();
    await visit('entry-locked-wrong');
    await enter(page, WALKER.password);
    await deskIsOpen(page);
  },
  lost: async (way) => {
    const { page, visit } = way;
    await way.desk.kill();
    way.desk = await restartDesk(way.desk);
    await page.getByRole('heading', { name: session.lost.title }).waitFor({ timeout: 20_000 });
    await visit('entry-lost');
    await enter(page, WALKER.password);
    await deskIsOpen(page);
  },
  fault: async ({ page, visit }) => {
    for (const [fault, { title, act }] of Object.entries(FAULTS)) {
      // A disk that is full or damaged cannot be had here; the words that the core answers with can.
      await page.route('**/api/printing/jobs**', (route) => route.fulfill({ status: 507, contentType: 'application/json', body: JSON.stringify({ error: { code: fault, sentence: title } }) }), { times: 1 });
      await openScreen(page, { name: 'printQueue' });
      await page.getByRole('heading', { name: title }).waitFor();
      await visit(`entry-${fault.replace('.', '-')}`);
      await goOn(page, act);
    }
  },
  signIn: async ({ page, visit }) => {
    await press(page, 'Alt+L');
    await page.getByRole('button', { name: session.lock.changeOfficer }).click();
    await page.getByRole('option').first().waitFor();
    await visit('entry-sign-in');
    await press(page, 'Escape');
    await visit('entry-sign-in-nobody');
    await pick(page, WALKER.name);
    await enter(page, 'sai-mat-khau');
    await expect(page.locator('.note.bad')).toBeVisible();
    await visit('entry-sign-in-wrong');
    await page.getByRole('button', { name: session.signIn.forgot }).click();
    await visit('entry-recovery-form', BY_LOT);
  },
  recovery: async ({ page, visit, recoveryCode }) => {
    const code = page.getByLabel(session.recovery.code, { exact: true });
    await code.fill(`${recoveryCode.slice(0, -1)}${recoveryCode.endsWith('2') ? '3' : '2'}`);
    await goOn(page, session.recovery.open);
    await expect(page.locator('.note.bad')).toBeVisible();
    await visit('entry-recovery-form-wrong', BY_LOT);
    await code.fill(recoveryCode);
    await goOn(page, session.recovery.open);
    await page.getByRole('heading', { name: session.recovery.officersTitle }).waitFor();
    await visit('entry-recovery');
    await pick(page, WALKER.name);
    await press(page, 'F10');
    await visit('entry-recovery-password');
    for (const field of await page.locator('input[type=password]').all()) await field.fill('suoi-khe-nui-rung');
    await press(page, 'F10');
    await expect(page.locator('.note.good')).toBeVisible();
    await visit('entry-recovery-saved');
  },
  renewal: async ({ page, visit }) => {
    await page.getByRole('button', { name: session.recovery.renew }).click();
    await settled(page);
    await visit('entry-renewal', BY_LOT);
    await page.getByRole('button', { name: office.recovery.make }).click();
    await page.getByTestId('recovery-code').waitFor();
    await visit('entry-renewal-sheet', BY_LOT);
    await press(page, 'Escape');
    await page.getByRole('button', { name: office.recovery.back }).click();
    await page.getByRole('button', { name: session.recovery.done }).click();
    await page.getByRole('option').first().waitFor();
  },
};

const FAULTS: Readonly<Record<StorageFault, { readonly title: string; readonly act: string }>> = {
  'storage.full': session.fault.full, 'storage.readOnly': session.fault.readOnly, 'storage.damaged': session.fault.damaged, 'storage.newer': session.fault.newer,
};

export async function walkEntry({ page, folder, visit }: Entry): Promise<void> {
  await page.clock.setFixedTime(WALK_START_MS);
  const desk = await startDesk({ dataDir: join(folder, 'data'), stateDir: join(folder, 'state'), clockMs: WALK_START_MS });
  await visitStarting(page, desk, visit);
  await page.goto(desk.url);
  const way: EntryWay = { page, folder, visit, desk, recoveryCode: '' };
  for (const walkGate of Object.values(GATES)) await walkGate(way);
  await way.desk.stop();
  await walkOtherFolder(way);
}

/** The core has not answered yet. */
async function visitStarting(page: Page, desk: RunningDesk, visit: Visit): Promise<void> {
  await page.route('**/api/office', () => undefined);
  await page.goto(desk.url);
  await page.locator('.starting .skeleton').waitFor();
  await visit('entry-starting');
  await page.unroute('**/api/office');
}

async function walkWizard({ page, visit }: EntryWay): Promise<void> {
  const next = () => goOn(page, office.next);
  const { place, administrator, date } = office;
  await pick(page, office.choose.first);
  await next();
  await visit('entry-first-desk-empty');
  await page.getByLabel(place.province).fill('lao cai');
  await page.getByRole('option').first().click();
  await page.getByLabel(place.commune).fill('Nậm Khâu');
  await page.getByLabel(place.agencyCode).fill('H99.27');
  await visit('entry-first-desk-place');
  await next();
  await visit('entry-first-desk-head');
  await next();
  await visit('entry-first-desk-numbers');
  await next();
  await next();
  await visit('entry-first-desk-administrator-empty');
  await page.getByLabel(administrator.name).fill(WALKER.name);
  for (const field of await page.locator('input[type=password]').all()) await field.fill(WALKER.password);
  await visit('entry-first-desk-administrator');
  await next();
  await typeDate(page, '31102026', date.label);
  await press(page, 'F2');
  await visit('entry-first-desk-date');
  await goOn(page, office.finish);
}

/** The folder was copied to another machine, whose clock is wrong: the date is asked first, then the news of the new series. */
async function walkOtherFolder({ page, folder, visit }: EntryWay): Promise<void> {
  cpSync(join(folder, 'data'), join(folder, 'copy'), { recursive: true });
  const copy = await startDesk({ dataDir: join(folder, 'copy'), stateDir: join(folder, 'copy-state'), clockMs: WALK_START_MS - 400 * 86_400_000 });
  await page.goto(copy.url);
  await pick(page, WALKER.name);
  await enter(page, 'suoi-khe-nui-rung');
  await page.getByRole('dialog', { name: session.date.title }).waitFor();
  await visit('desk-date-question');
  await press(page, 'Escape');
  await expect(page.getByRole('dialog')).toContainText(session.incarnation.safe);
  await visit('desk-copied-folder');
  await copy.stop();
}

/** By the mouse: a look leaves the cursor anywhere. */
async function pick(page: Page, label: string): Promise<void> {
  await page.getByRole('option', { name: label }).click();
  await settled(page);
}

async function goOn(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await settled(page);
}

async function enter(page: Page, password: string): Promise<void> {
  await page.locator('input[type=password]').last().fill(password);
  await press(page, 'Enter');
}

async function typeDate(page: Page, digits: string, label: string = office.date.label): Promise<void> {
  await page.getByLabel(label).fill(digits);
}

async function deskIsOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Đổi người hoặc khóa máy: ${WALKER.name}` }).waitFor();
  await settled(page);
}

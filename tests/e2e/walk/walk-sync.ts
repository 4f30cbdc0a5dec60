/** The part of the settings about the upper tier, in every state that the way to it can be in. */
import { expect } from '@playwright/test';
import type { SyncStatus } from '../../../src-shared/contract/sync.api.ts';
import { vi } from '../../../src-renderer/text/vi.ts';
import { SmallSyncServer } from '../../helpers/small-sync-server.ts';
import { callDesk } from '../desk-fixture.ts';
import { openScreen, settled } from './walk-page.ts';
import type { Walk } from './walk-places.ts';

const words = vi.sync;
/** The address and the fingerprint are others each time. */
const BY_LOT = { isDrawnByLot: true } as const;

interface SyncWay extends Walk {
  readonly server: SmallSyncServer;
  readonly address: string;
}

/** Each from the one before it. */
const STATES: Readonly<Record<SyncStatus['state'], (way: SyncWay) => Promise<void>>> = {
  /** The part as the walk through the settings found it. */
  off: async () => {},
  resting: async (way) => {
    await compare(way);
    await pressIn(way, words.connect.agree);
  },
  exchanging: async (way) => {
    way.server.isHolding = true;
    await pressIn(way, words.now);
  },
  paused: (way) => pressIn(way, words.pause),
  connecting: (way) => pressIn(way, words.resume),
  refused: async ({ server }) => {
    server.refusal = 'sync.revoked';
    server.release();
  },
  waiting: async (way) => {
    await way.server.close();
    await pressIn(way, words.now);
  },
};

/** For the last, since the desk knows a server from then on. */
export async function walkSync(walk: Walk): Promise<void> {
  const { desk, office, visit } = walk;
  const server = new SmallSyncServer();
  const way = { ...walk, server, address: await server.listen() };
  for (const [state, reach] of Object.entries(STATES)) {
    await reach(way);
    await expect.poll(async () => (await callDesk(desk, 'sync.status', {}, office.token)).state).toBe(state);
    await openPart(way);
    if (state !== 'off') await visit(`settings-sync-${state}`, BY_LOT);
    if (state === 'resting') await leaveAside(way);
  }
}

/** Address and code, and then the fingerprint before anything is agreed to. */
async function compare(way: SyncWay): Promise<void> {
  const { page, visit, server, address } = way;
  await page.getByLabel(words.connect.address).fill(address);
  await page.getByLabel(words.connect.code).fill(server.code);
  await pressIn(way, words.connect.look);
  await expect(page.getByText(words.connect.compare)).toBeVisible();
  await visit('settings-sync-compare', BY_LOT);
}

/** What the server will not take is named, and the rest goes on. */
async function leaveAside(way: SyncWay): Promise<void> {
  const { page, desk, office, visit, server } = way;
  server.refusedDevices.add(server.requests.at(-1)!.device);
  await callDesk(desk, 'settings.save', { key: 'idleLockMinutes', value: 9 }, office.token);
  await pressIn(way, words.now);
  await expect.poll(async () => (await callDesk(desk, 'sync.status', {}, office.token)).quarantined.length).toBeGreaterThan(0);
  await openPart(way);
  await expect(page.getByRole('heading', { name: words.asideTitle })).toBeVisible();
  await visit('settings-sync-aside', BY_LOT);
  server.refusedDevices.clear();
}

const openPart = ({ page }: Walk) => openScreen(page, { name: 'settings', part: 'sync' });

async function pressIn({ page }: Walk, label: string): Promise<void> {
  await page.locator('.settings-part').getByRole('button', { name: label }).click();
  await settled(page);
}

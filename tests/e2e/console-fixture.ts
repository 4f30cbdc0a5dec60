/** A real server on an embedded database, with its page and an office that a real desk has connected; others are rows of the overview. */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { DAY_MS, MINUTE_MS } from '../../src-shared/lib/office-time.ts';
import { composeServer, type CentralServer } from '../../src-server/compose-server.ts';
import type { ServerDb, ServerWrites } from '../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../src-server/db/sqlite-server-db.ts';
import { makeAdmissionCode } from '../../src-server/features/admissions/admit-office.ts';
import { writeAddress } from '../../src-server/features/identity/server-identity.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { QUICK_PASSWORDS } from '../helpers/quick-passwords.ts';
import { callDesk, type RunningDesk, type SetUpOffice } from './desk-fixture.ts';

export const CONSOLE_NOW_MS = Date.UTC(2026, 10, 27, 3, 12);

export interface ConsolePlace {
  readonly db: ServerDb;
  readonly server: CentralServer;
  /** Of the page. */
  readonly url: string;
  /** For desks. */
  readonly address: string;
}

export async function startConsole(folder: string): Promise<ConsolePlace> {
  const db = valueOf(openSqliteServerDb(join(folder, 'server')));
  const server = await composeServer({
    db, name: 'Máy chủ tỉnh Lào Cai', nowMs: () => CONSOLE_NOW_MS, logTo: { write: () => undefined },
    console: { pageDir: resolve(import.meta.dirname, '../../out/console'), passwordParameters: QUICK_PASSWORDS },
  });
  const address = await server.http.listen({ host: '127.0.0.1', port: 0 });
  await writeAddress(db, address);
  return { db, server, address, url: await server.console.listen({ host: '127.0.0.1', port: 0 }) };
}

/** The desk hands up what it has, and the server folds it. */
export async function connectDesk({ db, server, address }: ConsolePlace, desk: RunningDesk, office: SetUpOffice): Promise<void> {
  const { fingerprint } = await callDesk(desk, 'sync.look', { address }, office.leaderToken);
  await callDesk(desk, 'sync.connect', { address, fingerprint, code: await makeAdmissionCode(db, CONSOLE_NOW_MS) }, office.leaderToken);
  await callDesk(desk, 'sync.now', {}, office.leaderToken);
}

interface OfficeRows {
  readonly name: string;
  readonly silentMs: number;
  readonly unsent: number;
  readonly open: number;
  readonly overdue: number;
  readonly quarantined?: boolean;
}

const NEIGHBOURS: readonly OfficeRows[] = [
  { name: 'Xã Pa Vệ Sủ', silentMs: 9 * DAY_MS, unsent: 214, open: 61, overdue: 7 },
  { name: 'Xã Mù Cả', silentMs: 4 * DAY_MS, unsent: 38, open: 22, overdue: 0 },
  { name: 'Xã Sín Chải', silentMs: 40 * MINUTE_MS, unsent: 0, open: 35, overdue: 0, quarantined: true },
  { name: 'Xã Tả Van', silentMs: 2 * MINUTE_MS, unsent: 0, open: 118, overdue: 3 },
  { name: 'Xã Y Tý', silentMs: 25 * MINUTE_MS, unsent: 6, open: 44, overdue: 0 },
];

/** Offices as their rows would stand after weeks of work. */
export async function addNeighbours({ db }: ConsolePlace): Promise<void> {
  await db.transaction(async (writes) => {
    for (const one of NEIGHBOURS) await addOffice(writes, one);
  });
}

async function addOffice(db: ServerWrites, { name, silentMs, unsent, open, overdue, quarantined }: OfficeRows): Promise<void> {
  const office = randomUUID();
  const contactAt = CONSOLE_NOW_MS - silentMs;
  await db.run('INSERT INTO offices (office, public_key, admitted_at, position) VALUES (?, ?, ?, 0)', office, '', CONSOLE_NOW_MS - 60 * DAY_MS);
  await db.run('INSERT INTO projections (office, position, office_position, generation, swept, names) VALUES (?, 0, 0, 0, 0, ?)', office, JSON.stringify([['2026-07-01', name]]));
  await db.run('INSERT INTO devices (office, device, public_key, revoked, seq, hash) VALUES (?, ?, ?, 0, 900, ?)', office, 'd1', '', new Uint8Array(32));
  await db.run('INSERT INTO device_contacts (office, device, contact_at, program, log_end, oldest_unsent_at) VALUES (?, ?, ?, ?, ?, ?)', office, 'd1', contactAt, '0.1.0', 900 + unsent, unsent === 0 ? null : contactAt - 60 * MINUTE_MS);
  for (let index = 0; index < open; index += 1) {
    await db.run(
      "INSERT INTO dossiers (office, dossier, status, received_at, due_at, procedure_code, codes, open_conflicts, needs_review, generation) VALUES (?, ?, 'processing', ?, ?, '', '[]', 0, 0, 0)",
      office, randomUUID(), contactAt - 5 * DAY_MS, CONSOLE_NOW_MS + (index < overdue ? -3 : 3) * DAY_MS,
    );
  }
  if (quarantined === true) await db.run("INSERT INTO quarantined_frames (office, sender, device, code, detail, first_at, last_at, tries) VALUES (?, 'd1', 'd1', 'branch.badChain', '', ?, ?, 6)", office, contactAt - DAY_MS, contactAt);
}

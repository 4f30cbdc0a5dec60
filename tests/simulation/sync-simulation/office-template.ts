import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setUpDesk, type NewOffice } from '../../../src-main/core/desk/set-up-desk.ts';
import { officeKeyOf } from '../../../src-main/core/features/sync/exchange-words.ts';
import { founderOf, writeServer, type SyncServer } from '../../../src-main/core/features/sync/sync-queries.ts';
import { signText } from '../../../src-node/crypto/keys.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { admitOffice, makeAdmissionCode } from '../../../src-server/features/admissions/admit-office.ts';
import { readIdentity } from '../../../src-server/features/identity/server-identity.ts';
import type { OfficerId } from '../../../src-shared/lib/ids.ts';
import { officeDate, officeInstant, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { officeAdmissionText } from '../../../src-shared/sync-protocol/admission.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { ATTRIBUTES, NUMBERING } from '../../helpers/build-operations.ts';
import { ADMIN_PASSWORD, CoreDesk, machineClock, valueOf } from '../../helpers/core-desk.ts';
import { QUICK_PASSWORDS } from '../../helpers/quick-passwords.ts';

export type Files = ReadonlyMap<string, Buffer>;

/** An office of four desks that have never met, and a server that has just admitted it. Made once, and copied for each run. */
export interface OfficeTemplate {
  readonly desks: readonly { readonly name: string; readonly files: Files; readonly databaseKey: Buffer }[];
  readonly server: Files;
  /** Holds every role. */
  readonly officer: OfficerId;
  readonly startMs: number;
}

const DESKS = 4;

/** Without the catalogue, which would be most of what travels. */
export async function makeOfficeTemplate(): Promise<OfficeTemplate> {
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-office-'));
  const time = { ms: officeInstant('2026-11-23', 8 * 60) };
  const newDesk = (no: number) => new CoreDesk({ dataDir: path.join(root, `${no}`, 'data'), stateDir: path.join(root, `${no}`, 'state') }, machineClock(time));
  try {
    const first = newDesk(1);
    const { officer } = valueOf(await setUpDesk({ ...first.place, clock: first.clock, builtAtMs: 0, passwordParameters: QUICK_PASSWORDS }, {
      attributes: ATTRIBUTES, numbering: NUMBERING as NewOffice['numbering'], deskName: 'Máy 1', training: false, confirmedDate: officeDate(time.ms), packs: [],
      administrator: { name: 'Lò Thị Mẩy', title: 'Công chức', formOfAddress: 'chị', roles: ['admin', 'reception', 'processing', 'leader'], password: ADMIN_PASSWORD },
    }));
    await first.start();
    const desks = [first];
    for (let no = 2; no <= DESKS; no += 1) desks.push(await joined(first, newDesk(no), no, officeDate(time.ms)));
    const folder = path.join(root, 'server');
    const view = await admitAtServer(folder, first, time.ms);
    const made = [];
    for (const [index, desk] of desks.entries()) {
      valueOf(desk.desk.log.write<undefined>(({ db }) => ok(writeServer(db, view) as undefined)));
      const databaseKey = Buffer.from(desk.desk.databaseKey);
      await desk.stop();
      made.push({ name: `desk ${index + 1}`, files: readFiles(desk.place.dataDir), databaseKey });
    }
    return { desks: made, server: readFiles(folder), officer, startMs: time.ms + 3_600_000 };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function joined(by: CoreDesk, desk: CoreDesk, no: number, confirmedDate: IsoDate): Promise<CoreDesk> {
  const { file, code } = await by.must('desks.admit', { name: `Máy ${no}` });
  desk.boot();
  await desk.must('office.join', { file, code, confirmedDate });
  await desk.signIn();
  return desk;
}

async function admitAtServer(folder: string, { desk }: CoreDesk, nowMs: number): Promise<SyncServer> {
  const db = valueOf(openSqliteServerDb(folder));
  const { identity } = await readIdentity(db, 'Tỉnh');
  const { id, publicKey, devices } = desk.office();
  const device = founderOf(desk);
  const founder = { device, publicKey: devices.get(device)!.publicKey };
  const code = await makeAdmissionCode(db, nowMs);
  const signature = signText(officeKeyOf(desk.db), officeAdmissionText(identity.server, { office: id, code, founder }));
  valueOf(await admitOffice(db, identity.server, { protocol: PROTOCOL_VERSION, code, office: id, officePublicKey: publicKey, founder, signature }, nowMs));
  await db.close();
  return { address: 'https://virtual', server: identity.server, publicKey: identity.publicKey, name: identity.name };
}

const PASSED_OVER = /\.lock$|-shm$/;

/** A folder as it lies on the disk now, whoever has it open. */
export function readFiles(folder: string): Files {
  return new Map(readdirSync(folder).filter((name) => !PASSED_OVER.test(name)).map((name) => [name, readFileSync(path.join(folder, name))]));
}

/** Sets a folder to a state; it stays the same folder. */
export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
}


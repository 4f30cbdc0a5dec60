import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { connectionOf, type ReadableDb } from '../../../src-node/db/sqlite.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { ADMIN_PASSWORD, receiveInput, setUpCoreOffice, valueOf, type CoreDesk, type CoreOffice } from '../../helpers/core-desk.ts';

/**
 * A reopened WAL database silently runs with synchronous=NORMAL in this build of SQLite, which loses acknowledged work at a
 * power cut. `openDatabase` sets and reads back FULL; so every path of the product has to go through it.
 */
const PROGRAM = path.join(import.meta.dirname, '../../..');

function sources(): { readonly file: string; readonly text: string }[] {
  return ['src-shared', 'src-node', 'src-main', 'src-renderer', 'src-server'].flatMap((folder) => {
    try {
      return readdirSync(path.join(PROGRAM, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => ({ file: path.relative(PROGRAM, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
    } catch (error) {
      // The server is not there yet.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  });
}

const filesWith = (pattern: RegExp) => sources().filter(({ text }) => pattern.test(text)).map(({ file }) => file).sort();
const synchronous = (db: ReadableDb) => connectionOf(db).pragma('synchronous');
const FULL = 2;

describe('every database of the product', () => {
  it('is opened through openDatabase: nobody else makes a connection, but the lock of the folder, which holds nothing', () => {
    expect(filesWith(/openSqlite\(/)).toEqual(['src-node/db/lock-folder.ts', 'src-node/db/open-database.ts', 'src-node/db/sqlite.ts']);
    expect(filesWith(/new Driver\(|node:sqlite|from 'better-sqlite3/)).toEqual(['src-node/db/sqlite.ts']);
  });

  it('keeps its setting: no other text of the product speaks of synchronous or the journal', () => {
    // The central server leaves the wait for the disk out where the log makes the work again (decisions/0033); see below.
    expect(filesWith(/synchronous\s*=|journal_mode\s*=|name: 'synchronous'/)).toEqual(['src-node/db/lock-folder.ts', 'src-node/db/open-database.ts', 'src-server/db/sqlite-turns.ts']);
  });

  it('commits FULL at the central server whatever is acknowledged, also behind what may be made again', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'motcua-central-'));
    const db = valueOf(openSqliteServerDb(folder));
    const setting = (keeping?: 'repeatable') => db.transaction(async (writes) => Object.values((await writes.get<object>('PRAGMA synchronous'))!)[0] as number, keeping);
    try {
      expect([await setting(), await setting('repeatable'), await setting()]).toEqual([FULL, 1, FULL]);
      // One durable turn among others makes all of them wait.
      expect(await Promise.all([setting('repeatable'), setting(), setting('repeatable')])).toContain(FULL);
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a core in use', () => {
  let office: CoreOffice;
  beforeEach(async () => {
    office = await setUpCoreOffice();
  });
  afterEach(() => office.end());

  const fileOf = (desk: CoreDesk) => path.join(desk.place.dataDir, 'desk.db');
  const open = (desk: CoreDesk, key: Buffer, mode: 'read' | 'write') => valueOf(openDatabase({ file: fileOf(desk), key, mode: mode as 'write' }));

  it('commits FULL after set-up, after a rebuild, after the next start and after one that followed a power cut', async () => {
    const { first, time } = office;
    expect(synchronous(first.desk.db)).toBe(FULL);
    await first.must('dossiers.receive', receiveInput(time));
    await first.must('system.rebuild', {});
    expect(synchronous(first.desk.db)).toBe(FULL);
    await first.stop();
    await first.start();
    expect(synchronous(first.desk.db)).toBe(FULL);
    await first.crash();
    await first.start();
    expect(synchronous(first.desk.db)).toBe(FULL);
  });

  it('commits FULL while a check runs on its own thread and when a branch was imported, on a joined desk too', async () => {
    const { first } = office;
    const copy = first.copyTo(office.newPlace(), first.clock);
    const second = await office.join(first, 'Máy 2');
    expect(synchronous(second.desk.db)).toBe(FULL);
    const verified = first.must('system.verify', {});
    expect(synchronous(first.desk.db)).toBe(FULL);
    await verified;
    await first.must('desks.importBranch', { dataDir: copy.place.dataDir, password: ADMIN_PASSWORD });
    expect(synchronous(first.desk.db)).toBe(FULL);
    const reader = open(first, first.desk.databaseKey, 'read');
    expect(synchronous(reader)).toBe(FULL);
    closeDatabase(reader);
  });

  it('does not owe that to a setting which a file would keep: another program leaves NORMAL behind, the next start is FULL', async () => {
    const { first } = office;
    const { databaseKey } = first.desk;
    await first.stop();
    const careless = open(first, databaseKey, 'write');
    connectionOf(careless).pragma('synchronous=NORMAL');
    expect(synchronous(careless)).toBe(1);
    closeDatabase(careless);
    await first.start();
    expect(synchronous(first.desk.db)).toBe(FULL);
  });
});

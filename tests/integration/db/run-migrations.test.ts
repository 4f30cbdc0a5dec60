import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../../src-shared/lib/result.ts';
import { closeDatabase, openDatabase } from '../../../src-node/db/open-database.ts';
import { runMigrations, schemaVersion } from '../../../src-node/db/run-migrations.ts';
import type { WritableDb } from '../../../src-node/db/sqlite.ts';

let folder: string;
let scripts: string;
let db: WritableDb;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-migrations-'));
  scripts = path.join(folder, 'scripts');
  mkdirSync(scripts);
  const opened = openDatabase({ file: path.join(folder, 'desk.db'), key: randomBytes(32), mode: 'write', create: true });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
});

afterEach(() => {
  closeDatabase(db);
  rmSync(folder, { recursive: true, force: true });
});

function script(name: string, content: string): void {
  writeFileSync(path.join(scripts, name), content);
}

test('a new database runs every script in order and remembers the last', () => {
  script('0001-operations.sql', 'CREATE TABLE operation (id INTEGER PRIMARY KEY) STRICT;');
  script('0002-office.sql', 'ALTER TABLE operation ADD COLUMN office TEXT; CREATE INDEX by_office ON operation (office);');
  expect(runMigrations(db, scripts)).toEqual(ok({ from: 0, to: 2 }));
  expect(schemaVersion(db)).toBe(2);
  expect(db.all('SELECT id, office FROM operation')).toEqual([]);
});

test('an older database runs only what is new', () => {
  script('0001-operations.sql', 'CREATE TABLE operation (id INTEGER PRIMARY KEY) STRICT;');
  runMigrations(db, scripts);
  script('0002-office.sql', 'CREATE TABLE office (id TEXT) STRICT;');
  expect(runMigrations(db, scripts)).toEqual(ok({ from: 1, to: 2 }));
  expect(runMigrations(db, scripts)).toEqual(ok({ from: 2, to: 2 }));
});

test('a script that fails leaves the whole version before it', () => {
  script('0001-operations.sql', 'CREATE TABLE operation (id INTEGER PRIMARY KEY) STRICT;');
  script('0002-broken.sql', 'CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE operation (id INTEGER) STRICT;');
  expect(() => runMigrations(db, scripts)).toThrow('already exists');
  expect(schemaVersion(db)).toBe(1);
  expect(db.all("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([]);
});

test('a database of a newer program is refused as storage.newer and stays as it is', () => {
  script('0001-operations.sql', 'CREATE TABLE operation (id INTEGER PRIMARY KEY) STRICT;');
  script('0002-office.sql', 'CREATE TABLE office (id TEXT) STRICT;');
  runMigrations(db, scripts);
  rmSync(path.join(scripts, '0002-office.sql'));
  expect(runMigrations(db, scripts)).toMatchObject({ ok: false, error: { code: 'storage.newer' } });
  expect(schemaVersion(db)).toBe(2);
});

test('a gap in the numbers and a script that ends its transaction are refused', () => {
  script('0001-operations.sql', 'CREATE TABLE operation (id INTEGER) STRICT; COMMIT;');
  expect(() => runMigrations(db, scripts)).toThrow('ends the transaction');
  script('0003-late.sql', 'SELECT 1;');
  expect(() => runMigrations(db, scripts)).toThrow('without a gap');
});

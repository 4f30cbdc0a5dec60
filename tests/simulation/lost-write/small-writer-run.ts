/**
 * A small program with a real encrypted database: writes one row per transaction and says its number once COMMIT returned,
 * until it is killed. Arguments: the database file, and FULL or NORMAL. It shows that the layer forgets what the real
 * setting does not sync, so that the product's own run under the layer means something.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../src-node/db/open-database.ts';
import { connectionOf } from '../../../src-node/db/sqlite.ts';
import { transaction } from '../../../src-node/db/transaction.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import { ok } from '../../../src-shared/lib/result.ts';
import { SMALL_KEY } from './small-writer-series.ts';

const [file, synchronous] = process.argv.slice(2);
assert(file !== undefined && (synchronous === 'FULL' || synchronous === 'NORMAL'), 'a file, and FULL or NORMAL');
write(file, synchronous);

function write(database: string, setting: 'FULL' | 'NORMAL'): void {
  const opened = openDatabase({ file: database, key: SMALL_KEY, mode: 'write', create: true });
  assert(opened.ok, 'the small database opens');
  const db = opened.value;
  connectionOf(db).pragma(`synchronous=${setting}`);
  assert(connectionOf(db).pragma('synchronous') === (setting === 'FULL' ? 2 : 1), 'the setting is in force');
  db.exec('CREATE TABLE IF NOT EXISTS written (no INTEGER PRIMARY KEY, filling BLOB NOT NULL) STRICT');
  for (let no = (db.value<number>('SELECT max(no) FROM written') ?? 0) + 1; ; no += 1) {
    const written = transaction(db, () => ok(db.run('INSERT INTO written VALUES (?, zeroblob(3000))', no)));
    assert(written.ok, 'a row is written');
    writeSync(1, `${no}\n`);
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteServerDb } from '../../src-server/db/sqlite-server-db.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { describePacks } from './central-packs.suite.ts';

describePacks('SQLite', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-console-'));
  return Promise.resolve({
    open: () => Promise.resolve(valueOf(openSqliteServerDb(folder))),
    end: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteServerDb } from '../../src-server/db/sqlite-server-db.ts';
import { valueOf } from '../helpers/open-test-desk.ts';
import { describeCentralServerTls } from './central-server-tls.suite.ts';
import { describeCentralServer } from './central-server.suite.ts';

function newDatabase() {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-central-'));
  return Promise.resolve({
    open: () => Promise.resolve(valueOf(openSqliteServerDb(folder))),
    end: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
}

describeCentralServer('SQLite', newDatabase, { hasManyWriters: false });
describeCentralServerTls('SQLite', newDatabase);

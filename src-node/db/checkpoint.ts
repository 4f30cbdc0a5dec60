import { connectionOf } from './sqlite.ts';
import type { WritableDb } from './sqlite.ts';

/**
 * Folds the write-ahead log into the database and cuts it to nothing, so that no page of the past is left in it. False
 * while another handle still reads from the log; waiting for that one would hold up everybody, so it is tried again later.
 */
export function emptyWriteAheadLog(db: WritableDb): boolean {
  const connection = connectionOf(db);
  const busyTimeoutMs = Number(connection.pragma('busy_timeout'));
  connection.pragma('busy_timeout=0');
  try {
    return connection.pragma('wal_checkpoint(TRUNCATE)') === 0;
  } finally {
    connection.pragma(`busy_timeout=${busyTimeoutMs}`);
  }
}

import { closeSync, openSync, readSync } from 'node:fs';

/** A frame of the log: its header and one page. */
export const WAL_FRAME_BYTES = 24 + 4_096;
/** `mxFrame` in the header of the wal-index (sqlite.org/walformat.html §2.1). */
const MX_FRAME_OFFSET = 16;

/** How many frames the write-ahead log of a database in use holds now. */
export function countWalFrames(databaseFile: string): number {
  const descriptor = openSync(`${databaseFile}-shm`, 'r');
  try {
    const field = Buffer.alloc(4);
    readSync(descriptor, field, 0, 4, MX_FRAME_OFFSET);
    return field.readUInt32LE();
  } finally {
    closeSync(descriptor);
  }
}

import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface DiskSync {
  /** Milliseconds for writing so many bytes and waiting until the disk has them. */
  measure(bytes: number): number;
  close(): void;
}

/** As large as the write-ahead log grows before it begins again: what is timed overwrites, as the log does. */
const FILE_BYTES = 4_194_304;

/** The raw limit of the disk: what a durable commit of these bytes costs without any database. */
export function openDiskSync(folder: string): DiskSync {
  const file = path.join(folder, 'disk-sync.tmp');
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, Buffer.alloc(FILE_BYTES, 1));
  fdatasyncSync(descriptor);
  let position = 0;
  return {
    measure: (bytes) => {
      const content = Buffer.alloc(bytes, position & 255);
      if (position + bytes > FILE_BYTES) position = 0;
      const begun = performance.now();
      writeSync(descriptor, content, 0, bytes, position);
      fdatasyncSync(descriptor);
      const tookMs = performance.now() - begun;
      position += bytes;
      return tookMs;
    },
    close: () => {
      closeSync(descriptor);
      unlinkSync(file);
    },
  };
}

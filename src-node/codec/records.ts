const LENGTH_BYTES = 4;

/** What follows each other over one connection: length (4 bytes, big-endian), then so many bytes. */
export function writeRecord(bytes: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(LENGTH_BYTES + bytes.byteLength);
  record.writeUInt32BE(bytes.byteLength);
  record.set(bytes, LENGTH_BYTES);
  return record;
}

/** What a record of these bytes takes on the wire. */
export function writtenLength(bytes: Uint8Array): number {
  return LENGTH_BYTES + bytes.byteLength;
}

export class RecordTooLarge extends Error {
  constructor(bytes: number) {
    super(`a record of ${bytes} bytes`);
  }
}

/** Asked once of each record of which more than `freeBytes` are here and more are to come; throws where it may not go on. */
export interface RecordGuard {
  readonly freeBytes: number;
  ask(begun: Uint8Array): Promise<void>;
}

/**
 * Records out of parts that were cut anywhere. Nothing is kept for a record that would be larger than allowed, and a part of
 * one at the end is no record.
 */
export async function* readRecords(parts: AsyncIterable<Uint8Array>, bytesMax: number, guard?: RecordGuard): AsyncGenerator<Buffer, undefined> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let length: number | undefined;
  let isAsked = false;
  for await (const part of parts) {
    waiting.push(part);
    bytes += part.byteLength;
    while (bytes >= (length ?? LENGTH_BYTES)) {
      const all = Buffer.concat(waiting);
      const taken = length ?? LENGTH_BYTES;
      waiting = [all.subarray(taken)];
      bytes -= taken;
      if (length === undefined) {
        length = all.readUInt32BE();
        if (length > bytesMax) throw new RecordTooLarge(length);
      } else {
        length = undefined;
        isAsked = false;
        yield all.subarray(0, taken);
      }
    }
    if (guard === undefined || length === undefined || isAsked || bytes <= guard.freeBytes) continue;
    isAsked = true;
    await guard.ask(Buffer.concat(waiting));
  }
}

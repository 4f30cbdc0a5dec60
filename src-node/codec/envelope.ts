import { FRAMES_PER_MESSAGE_MAX, MESSAGE_META_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';

/**
 * How a message lies in bytes: the length of its words (4 bytes, big-endian), the words as JSON, then each frame behind its own
 * length. Nothing is copied; lengths are checked against what is there.
 */
export interface Envelope {
  readonly words: unknown;
  readonly frames: readonly Uint8Array[];
}

const LENGTH_BYTES = 4;

export function writeEnvelope(words: unknown, frames: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const part of [Buffer.from(JSON.stringify(words), 'utf8'), ...frames]) {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(part.byteLength);
    parts.push(length, part);
  }
  return Buffer.concat(parts);
}

/** Undefined for anything that is no envelope. */
export function readEnvelope(bytes: Uint8Array): Envelope | undefined {
  const parts = readParts(bytes);
  const [head, ...frames] = parts ?? [];
  if (head === undefined || head.byteLength > MESSAGE_META_BYTES_MAX) return undefined;
  try {
    return { words: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(head)), frames };
  } catch {
    // Neither text nor JSON: as good as no envelope.
    return undefined;
  }
}

function readParts(bytes: Uint8Array): Uint8Array[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength;) {
    if (parts.length > FRAMES_PER_MESSAGE_MAX || at + LENGTH_BYTES > bytes.byteLength) return undefined;
    const end = at + LENGTH_BYTES + view.getUint32(at);
    if (end > bytes.byteLength) return undefined;
    parts.push(bytes.subarray(at + LENGTH_BYTES, end));
    at = end;
  }
  return parts;
}

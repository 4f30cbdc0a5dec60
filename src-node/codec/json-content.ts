import { FRAME_PARTS_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { DamagedBytes } from './bytes.ts';

const [QUOTE, BACKSLASH, COMMA, LIST, OBJECT] = [0x22, 0x5c, 0x2c, 0x5b, 0x7b];

/**
 * Reads the JSON of a frame. Its parts are counted before they are made: a few kilobytes of gzip may hold millions of empty lists, and each
 * takes many times its letters where it is read. Bodies are texts, whose insides are not looked at. Throws what JSON and UTF-8 throw.
 */
export function readJsonContent(bytes: Uint8Array): unknown {
  let parts = 0;
  for (let at = 0; at < bytes.byteLength; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfText(bytes, at + 1);
    else if (byte === COMMA || byte === LIST || byte === OBJECT) parts += 1;
    if (parts > FRAME_PARTS_MAX) throw new DamagedBytes('parts', 'frame.tooLarge');
  }
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.byteLength && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

import { crc32, deflateSync } from 'node:zlib';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface PngOptions {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colour?: number;
  /** Put between the head and the pixels. */
  readonly extra?: { readonly type: string; readonly data: Buffer };
  /** The same behind the pixels. */
  readonly behind?: { readonly type: string; readonly data: Buffer };
  /** What is packed in place of the picture. */
  readonly raw?: Buffer;
  /** Behind the end of the picture. */
  readonly tail?: Buffer;
}

/** A small PNG of one bit, black in the middle, as base64; or one that is made wrong. */
export function makePng({ width = 48, height = 48, depth = 1, colour = 0, extra, behind, raw = blackMiddle(width, height), tail = Buffer.alloc(0) }: PngOptions = {}): string {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, 0], 8);
  const chunks = [pngChunk('IHDR', head), ...(extra ? [pngChunk(extra.type, extra.data)] : []), pngChunk('IDAT', deflateSync(raw)), pngChunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([PNG_SIGNATURE, ...chunks, tail]).toString('base64');
}

function blackMiddle(width: number, height: number): Buffer {
  const rowBytes = 1 + Math.ceil(width / 8);
  const raw = Buffer.alloc(rowBytes * height, 0xff);
  for (let y = 0; y < height; y += 1) {
    raw[y * rowBytes] = 0;
    if (y > height / 4 && y < (height * 3) / 4) raw.fill(0, y * rowBytes + 2, y * rowBytes + Math.max(2, rowBytes - 1));
  }
  return raw;
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}

import { LOGO_SIDE_MAX, LOGO_SIDE_MIN } from '../../../src-shared/domain/office/logo-image.ts';
import { base64FromBytes } from '../../../src-shared/lib/base64.ts';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';
import { readImageHead } from './image-head.ts';

export type LogoPictureFault = 'unreadable' | 'kind' | 'tooLarge' | 'tooFlat';

const FILE_BYTES_MAX = 3_000_000;
const SIDE_MAX = 6_000;

/**
 * A picture of the officer's as the papers take it: at most 320 points a side, black and white, a PNG that we wrote
 * ourselves. What the file says of its size is read before anything is unpacked. As base64.
 */
export async function logoFromFile(file: Blob): Promise<Result<string, LogoPictureFault>> {
  if (file.size > FILE_BYTES_MAX) return err('tooLarge');
  const head = readImageHead(new Uint8Array(await file.arrayBuffer()));
  if (head === undefined) return err('kind');
  if (head.width > SIDE_MAX || head.height > SIDE_MAX) return err('tooLarge');
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return err('unreadable');
  const scale = Math.min(1, LOGO_SIDE_MAX / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.round(bitmap.width * scale), Math.round(bitmap.height * scale)];
  if (Math.min(width, height) < LOGO_SIDE_MIN) return err('tooFlat');
  const points = drawnPoints(bitmap, width, height);
  bitmap.close();
  return points === undefined ? err('unreadable') : ok(base64FromBytes(await pngOf(blackPoints(points), width, height)));
}

/** The picture on white, as red, green, blue and nothing behind it. */
function drawnPoints(bitmap: ImageBitmap, width: number, height: number): Uint8ClampedArray | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

/** Which points are black: by the grey that parts the picture best (Otsu), for paper has no grey (ux.md §10). */
export function blackPoints(rgba: Uint8ClampedArray): readonly boolean[] {
  const greys = Array.from({ length: rgba.length / 4 }, (_, index) => greyOf(rgba, index * 4));
  const limit = partingGrey(greys);
  return greys.map((grey) => grey <= limit);
}

function greyOf(rgba: Uint8ClampedArray, at: number): number {
  return Math.round(0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!);
}

function partingGrey(greys: readonly number[]): number {
  const counts = new Array<number>(256).fill(0);
  for (const grey of greys) counts[grey]! += 1;
  const sum = greys.reduce((total, grey) => total + grey, 0);
  let best = { limit: 127, spread: 0 };
  let [darkCount, darkSum] = [0, 0];
  for (let limit = 0; limit < 255; limit += 1) {
    darkCount += counts[limit]!;
    darkSum += limit * counts[limit]!;
    const lightCount = greys.length - darkCount;
    if (darkCount === 0 || lightCount === 0) continue;
    const spread = darkCount * lightCount * (darkSum / darkCount - (sum - darkSum) / lightCount) ** 2;
    if (spread > best.spread) best = { limit, spread };
  }
  return best.limit;
}

/** One bit a point: the largest picture there may be takes 13 KB before it is packed. */
export async function pngOf(black: readonly boolean[], width: number, height: number): Promise<Uint8Array> {
  const rowBytes = 1 + Math.ceil(width / 8);
  const raw = new Uint8Array(rowBytes * height);
  black.forEach((isBlack, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    if (!isBlack) raw[y * rowBytes + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
  });
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head[8] = 1;
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return joined([signature, chunkOf('IHDR', head), chunkOf('IDAT', await packed(raw)), chunkOf('IEND', new Uint8Array(0))]);
}

async function packed(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set([...type].map((letter) => letter.charCodeAt(0)), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function crc32(bytes: Uint8Array): number {
  let check = 0xffffffff;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit += 1) check = (check & 1) === 1 ? (check >>> 1) ^ 0xedb88320 : check >>> 1;
  }
  return (check ^ 0xffffffff) >>> 0;
}

import { PNG } from 'pngjs';
import { deflateSync } from 'node:zlib';
import { PNG_SIGNATURE, pngChunk } from './make-png.ts';

/** Colours that differ by less are one. */
const BITS_DROPPED = 3;

/** The same picture as a PNG with a palette of at most 256 colours, about a third of the size: screens are flat, and nobody sees it. */
export function withFewColours(png: Buffer, coloursMax: number): Buffer {
  const { width, height, data } = PNG.sync.read(png);
  const palette = commonest(data, coloursMax);
  const nearest = new Map<number, number>();
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const colour = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
      let index = nearest.get(colour);
      if (index === undefined) nearest.set(colour, index = nearestOf(palette, colour));
      lines[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_SIGNATURE, pngChunk('IHDR', header), pngChunk('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    pngChunk('IDAT', deflateSync(lines, { level: 9 })), pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The commonest colours, no two of them nearly the same; each stands for its like by the one that occurs most. */
function commonest(data: Buffer, coloursMax: number): readonly number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const likes = new Map<number, { count: number; readonly colour: number }>();
  for (const [colour, count] of [...counts].sort(([, one], [, other]) => other - one)) {
    const like = ((colour >> 16) >> BITS_DROPPED << 10) | (((colour >> 8) & 255) >> BITS_DROPPED << 5) | ((colour & 255) >> BITS_DROPPED);
    const known = likes.get(like);
    if (known === undefined) likes.set(like, { count, colour });
    else known.count += count;
  }
  return [...likes.values()].sort((one, other) => other.count - one.count).slice(0, coloursMax).map(({ colour }) => colour);
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, one] of palette.entries()) {
    const far = ((one >> 16) - (colour >> 16)) ** 2 + (((one >> 8) & 255) - ((colour >> 8) & 255)) ** 2 + ((one & 255) - (colour & 255)) ** 2;
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

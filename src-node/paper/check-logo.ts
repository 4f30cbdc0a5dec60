import { crc32, inflateSync } from 'node:zlib';
import { readLogo, type LogoFault, type LogoImage } from '../../src-shared/domain/office/logo-image.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

/**
 * A picture from outside, opened once before it is kept: every check sum is right, its pixels are exactly as many as its head says, in
 * bounded memory, and nothing hides behind them. What a browser would not draw would be a hole in every paper for years.
 */
export function checkLogo(base64: string): Result<undefined, LogoFault> {
  const read = readLogo(base64);
  if (!read.ok) return err(read.fault);
  const { image } = read;
  const isWhole = image.chunks.every(({ summed, sum }) => crc32(summed) === sum) && isDrawable(image) && arePixelsWhole(image);
  return isWhole ? ok(undefined) : err('damaged');
}

/** Bits of a sample by the type of colour. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8], 2: [8], 3: [1, 2, 4, 8], 4: [8], 6: [8] };
const BY_NUMBER = 3;

/** A list of colours where colours are numbers, before the pixels, which stand together. */
function isDrawable({ depth, colour, chunks }: LogoImage): boolean {
  const order = chunks.map(({ type }) => type).filter((type) => type === 'PLTE' || type === 'IDAT').join(' ');
  const colours = chunks.find(({ type }) => type === 'PLTE')?.data.length;
  const areColoursRight = colours === undefined ? colour !== BY_NUMBER : colour !== 0 && colour !== 4 && colours > 0 && colours % 3 === 0 && colours <= 3 * 2 ** depth;
  const pixels = chunks.slice(chunks.findIndex(({ type }) => type === 'IDAT'), chunks.findLastIndex(({ type }) => type === 'IDAT') + 1);
  return DEPTHS[colour]?.includes(depth) === true && areColoursRight && /^(PLTE )?IDAT( IDAT)*$/.test(order) && pixels.every(({ type }) => type === 'IDAT');
}

/** PNG knows filters 0 to 4, one at the head of each row. */
const FILTER_MAX = 4;

function arePixelsWhole({ pixels, rawBytes, rowBytes }: LogoImage): boolean {
  const packed = Buffer.concat(pixels);
  try {
    const { buffer, engine } = inflateSync(packed, { maxOutputLength: rawBytes + 1, info: true }) as unknown as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
    if (buffer.length !== rawBytes || engine.bytesWritten !== packed.length) return false;
    for (let row = 0; row < rawBytes; row += rowBytes) if (buffer[row]! > FILTER_MAX) return false;
    return true;
  } catch {
    // Not what zlib packed, or more than the head says.
    return false;
  }
}

import { z } from 'zod';
import { bytesFromBase64 } from '../../lib/base64.ts';

/**
 * The picture in the head of papers: a small PNG of black and white. It travels in an operation, so it is small; it is
 * drawn on every paper for years, so nothing but picture is let in: no text, no colour profile, no bytes behind the end.
 */
export const LOGO_BYTES_MAX = 20_480;
/** 13 mm on paper at 600 dots an inch; the smallest is still a picture and no dot. */
export const LOGO_SIDE_MAX = 320;
export const LOGO_SIDE_MIN = 16;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What a picture needs; everything else a PNG may carry is refused. `sRGB` and its kin are what browsers write by themselves. */
const CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'gAMA', 'cHRM', 'pHYs']);
/** Samples of a pixel by the type of colour. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

export type LogoFault = 'notPng' | 'tooLarge' | 'wrongSize' | 'damaged';

export interface LogoImage {
  readonly width: number;
  readonly height: number;
  /** The compressed pixels, and how many bytes they are when they are right. */
  readonly pixels: readonly Uint8Array[];
  readonly rawBytes: number;
  readonly rowBytes: number;
  readonly depth: number;
  readonly colour: number;
  /** All that the file is made of, in its order. */
  readonly chunks: readonly LogoChunk[];
}

export type LogoRead = { readonly ok: true; readonly image: LogoImage } | { readonly ok: false; readonly fault: LogoFault };

const refused = (fault: LogoFault): LogoRead => ({ ok: false, fault });

/** Walks through the file chunk by chunk without opening the pixels; whoever may unpack also compares `rawBytes`. */
export function readLogo(base64: string): LogoRead {
  if (base64.length > Math.ceil(LOGO_BYTES_MAX / 3) * 4) return refused('tooLarge');
  const bytes = bytesFromBase64(base64);
  if (bytes === undefined || !SIGNATURE.every((byte, index) => bytes[index] === byte)) return refused('notPng');
  const chunks = chunksOf(bytes);
  const [header] = chunks ?? [];
  if (chunks === undefined || header?.type !== 'IHDR' || header.data.length !== 13) return refused('damaged');
  const { length } = chunks.filter(({ type }) => type === 'IHDR' || type === 'IEND');
  if (length !== 2 || chunks.some(({ type }) => !CHUNKS.has(type))) return refused('damaged');
  return imageOf(header.data, chunks);
}

export interface LogoChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** What the check sum is of, and what it says. */
  readonly summed: Uint8Array;
  readonly sum: number;
}

function chunksOf(bytes: Uint8Array): readonly LogoChunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: LogoChunk[] = [];
  let offset = SIGNATURE.length;
  while (offset + 12 <= bytes.length) {
    const size = view.getUint32(offset);
    const end = offset + 12 + size;
    if (end > bytes.length) return undefined;
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    chunks.push({ type, data: bytes.subarray(offset + 8, offset + 8 + size), summed: bytes.subarray(offset + 4, offset + 8 + size), sum: view.getUint32(offset + 8 + size) });
    offset = end;
    if (type === 'IEND') break;
  }
  return offset === bytes.length && chunks.at(-1)?.type === 'IEND' ? chunks : undefined;
}

function imageOf(header: Uint8Array, chunks: readonly LogoChunk[]): LogoRead {
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, compression, filter, interlace] = [...header.subarray(8)];
  const samples = SAMPLES[colour ?? -1];
  if (samples === undefined || ![1, 2, 4, 8].includes(depth ?? 0) || compression !== 0 || filter !== 0 || interlace !== 0 || pixels.length === 0) return refused('damaged');
  const isWrong = [width, height].some((side) => side < LOGO_SIDE_MIN || side > LOGO_SIDE_MAX);
  if (isWrong) return refused('wrongSize');
  const rowBytes = 1 + Math.ceil((width * samples * depth!) / 8);
  return { ok: true, image: { width, height, pixels, rawBytes: height * rowBytes, rowBytes, depth: depth!, colour: colour!, chunks } };
}

export const logoImageSchema = z.string().max(Math.ceil(LOGO_BYTES_MAX / 3) * 4).refine((text) => readLogo(text).ok);

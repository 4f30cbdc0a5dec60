import { describe, expect, it } from 'vitest';
import { readImageHead } from '../../../src-renderer/features/settings/image-head.ts';
import { blackPoints, pngOf } from '../../../src-renderer/features/settings/logo-picture.ts';
import { checkLogo } from '../../../src-node/paper/check-logo.ts';
import { LOGO_SIDE_MAX, readLogo } from '../../../src-shared/domain/office/logo-image.ts';
import { base64FromBytes } from '../../../src-shared/lib/base64.ts';
import { makePng } from '../../helpers/make-png.ts';

const greys = (...values: readonly number[]) => Uint8ClampedArray.from(values.flatMap((grey) => [grey, grey, grey, 255]));

describe('a picture in black and white', () => {
  it('parts dark from light wherever the parting lies', () => {
    expect(blackPoints(greys(10, 20, 15, 240, 250))).toEqual([true, true, true, false, false]);
    expect(blackPoints(greys(180, 190, 240, 250))).toEqual([true, true, false, false]);
    // Gold on red: both are dark to a threshold in the middle.
    expect(blackPoints(Uint8ClampedArray.from([200, 0, 0, 255, 255, 215, 0, 255]))).toEqual([true, false]);
    expect(blackPoints(greys(255, 255))).toEqual([false, false]);
  });

  it('is always a picture that the core takes, also the largest one without any order in it', async () => {
    let seed = 7;
    const noise = Array.from({ length: LOGO_SIDE_MAX ** 2 }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed > 1_073_741_824;
    });
    const base64 = base64FromBytes(await pngOf(noise, LOGO_SIDE_MAX, LOGO_SIDE_MAX));
    expect(checkLogo(base64).ok).toBe(true);
    expect(readLogo(base64)).toMatchObject({ image: { width: LOGO_SIDE_MAX, height: LOGO_SIDE_MAX } });
    expect(checkLogo(base64FromBytes(await pngOf(noise.slice(0, 17 * 23), 17, 23))).ok).toBe(true);
  });
});

describe('what a file says of its size', () => {
  const jpeg = (...segments: readonly (readonly number[])[]) => Uint8Array.from([0xff, 0xd8, ...segments.flat()]);
  const frame = [0xff, 0xc0, 0, 17, 8, 0x04, 0xb0, 0x06, 0x40, 3];

  it('is read from a PNG and a JPEG, past what stands before it', () => {
    expect(readImageHead(Buffer.from(makePng({ width: 48, height: 32 }), 'base64'))).toEqual({ width: 48, height: 32 });
    expect(readImageHead(jpeg(frame))).toEqual({ width: 1600, height: 1200 });
    expect(readImageHead(jpeg([0xff, 0xe0, 0, 6, 1, 2, 3, 4], [0xff], frame))).toEqual({ width: 1600, height: 1200 });
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a drawing of text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a JPEG without a picture', jpeg([0xff, 0xe0, 0, 6, 1, 2, 3, 4])],
    ['a JPEG that ends at once', Uint8Array.of(0xff, 0xd8, 0xff, 0xc0)],
    ['a PNG that ends at once', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000')],
  ])('of %s is unknown', (_what, bytes) => {
    expect(readImageHead(bytes)).toBeUndefined();
  });
});

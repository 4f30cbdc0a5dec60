import { describe, expect, it } from 'vitest';
import { checkLogo } from '../../../src-node/paper/check-logo.ts';
import { LOGO_BYTES_MAX, logoImageSchema, readLogo } from '../../../src-shared/domain/office/logo-image.ts';
import { base64FromBytes, bytesFromBase64 } from '../../../src-shared/lib/base64.ts';
import { makePng, pngChunk } from '../../helpers/make-png.ts';

describe('the picture of papers', () => {
  it('is a small PNG and nothing else', () => {
    expect(readLogo(makePng())).toMatchObject({ ok: true, image: { width: 48, height: 48, rawBytes: 48 * 7 } });
    expect(checkLogo(makePng({ width: 320, height: 16 })).ok).toBe(true);
    expect(logoImageSchema.safeParse(makePng()).success).toBe(true);
  });

  it.each([
    ['text', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'), 'notPng'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]).toString('base64'), 'notPng'],
    ['no base64', 'data:image/png;base64,xx', 'notPng'],
    ['two spellings of the same bytes', `${makePng().replace(/=*$/, '')}====`, 'notPng'],
    ['words inside', makePng({ extra: { type: 'tEXt', data: Buffer.from('Comment\0x') } }), 'damaged'],
    ['a second head', makePng({ extra: { type: 'IHDR', data: Buffer.alloc(13) } }), 'damaged'],
    ['bytes behind the end', makePng({ tail: Buffer.from('<script>') }), 'damaged'],
    ['a picture wider than any head', makePng({ width: 4000, height: 20 }), 'wrongSize'],
    ['a dot', makePng({ width: 1, height: 1 }), 'wrongSize'],
    ['too many bytes', Buffer.alloc(LOGO_BYTES_MAX + 3).toString('base64'), 'tooLarge'],
    ['a head that ends in the middle', Buffer.from(makePng(), 'base64').subarray(0, 30).toString('base64'), 'damaged'],
  ])('refuses %s', (_what, base64, fault) => {
    expect(readLogo(base64)).toEqual({ ok: false, fault });
    expect(checkLogo(base64)).toEqual({ ok: false, error: fault });
    expect(logoImageSchema.safeParse(base64).success).toBe(false);
  });

  it('is opened once and in bounded memory: pixels that unpack to more or less than the head says are refused', () => {
    expect(checkLogo(makePng({ raw: Buffer.alloc(8_000_000) }))).toEqual({ ok: false, error: 'damaged' });
    expect(checkLogo(makePng({ raw: Buffer.alloc(10) }))).toEqual({ ok: false, error: 'damaged' });
  });
});

describe('base64', () => {
  it('reads what Node writes and writes what Node reads, and knows one spelling only', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 89 + length * 7) % 256));
      const text = bytes.toString('base64');
      expect(base64FromBytes(bytes)).toBe(text);
      expect(Buffer.from(bytesFromBase64(text)!).equals(bytes)).toBe(true);
    }
    for (const text of ['A', 'AB==C', 'AA=A', 'AB==', 'AAB=', 'A A=', 'A===']) expect([text, bytesFromBase64(text)]).toEqual([text, undefined]);
  });
});

describe('a picture that no paper would show', () => {
  const bytes = (base64: string) => Buffer.from(base64, 'base64');
  /** The same file with one byte of a chunk changed and nothing made good. */
  const spoilt = (type: string, at: number) => {
    const file = bytes(makePng());
    const start = file.indexOf(type) + 4 + at;
    file[start] = file[start]! ^ 0x01;
    return file.toString('base64');
  };
  const smuggling = () => {
    const file = bytes(makePng());
    const at = file.indexOf('IDAT');
    const packed = Buffer.concat([file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)), Buffer.from('anything at all, kept in the office for years')]);
    return Buffer.concat([file.subarray(0, at - 4), pngChunk('IDAT', packed), pngChunk('IEND', Buffer.alloc(0))]).toString('base64');
  };

  it.each([
    ['a check sum that is wrong', spoilt('IEND', 0)],
    ['a check sum of the pixels that is wrong', spoilt('IDAT', -4 + 4 + 12)],
    ['words behind the pixels, inside their chunk', smuggling()],
    ['one bit of three colours, which is none', makePng({ depth: 1, colour: 2, raw: Buffer.alloc(48 * 19) })],
    ['colours by numbers without a list of colours', makePng({ depth: 8, colour: 3, raw: Buffer.alloc(48 * 49) })],
    ['a filter that there is not', makePng({ raw: Buffer.alloc(48 * 7, 9) })],
    ['pixels before their colours', makePng({ depth: 8, colour: 3, raw: Buffer.alloc(48 * 49), behind: { type: 'PLTE', data: Buffer.alloc(3) } })],
  ])('is refused: %s', (_what, png) => {
    expect(checkLogo(png)).toEqual({ ok: false, error: 'damaged' });
  });

  it('is let in with the list of colours that it needs', () => {
    expect(checkLogo(makePng({ depth: 8, colour: 3, raw: Buffer.alloc(48 * 49), extra: { type: 'PLTE', data: Buffer.alloc(3) } })).ok).toBe(true);
  });
});

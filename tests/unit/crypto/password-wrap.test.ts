import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrapByPassword, wrapByPassword } from '../../../src-node/crypto/password-wrap.ts';
import type { WrappedSecret } from '../../../src-node/crypto/password-wrap.ts';
import { ok } from '../../../src-shared/lib/result.ts';

/** Small, so that hundreds of runs stay quick; the real ones are tried once below. */
const QUICK = { memoryKib: 64, passes: 1, lanes: 1 };
const NOT_OPENED = { ok: false, error: { code: 'wrap.notOpened' } };
const secret = Buffer.alloc(32, 9);

describe('a secret wrapped by a password', () => {
  test('opens with that password and associated data, and with nothing else', async () => {
    const passwords = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), passwords, passwords, async (plain, right, wrong) => {
        const wrapped = await wrapByPassword(plain, right, 'officer 1', QUICK);
        expect(await unwrapByPassword(wrapped, right, 'officer 1')).toEqual(ok(Buffer.from(plain)));
        expect(await unwrapByPassword(wrapped, right, 'officer 2')).toEqual(NOT_OPENED);
        if (wrong.normalize('NFC') !== right.normalize('NFC')) expect(await unwrapByPassword(wrapped, wrong, 'officer 1')).toEqual(NOT_OPENED);
      }),
      { numRuns: 60 },
    );
  });

  test('opens however the keyboard composes Vietnamese letters', async () => {
    const wrapped = await wrapByPassword(secret, 'mậtkhẩu'.normalize('NFD'), 'x', QUICK);
    expect(await unwrapByPassword(wrapped, 'mậtkhẩu'.normalize('NFC'), 'x')).toEqual(ok(secret));
  });

  test('uses 64 MiB, 3 passes and 1 lane unless told otherwise, and says so', async () => {
    const wrapped = await wrapByPassword(secret, 'mật khẩu', 'x');
    expect(wrapped).toMatchObject({ algorithm: 'argon2id-aes256gcm', memoryKib: 65_536, passes: 3, lanes: 1 });
    expect(await unwrapByPassword(wrapped, 'mật khẩu', 'x')).toEqual(ok(secret));
  });

  test('does not open with other parameters than it was made with', async () => {
    const wrapped = await wrapByPassword(secret, 'mật khẩu', 'x', QUICK);
    expect(await unwrapByPassword({ ...wrapped, passes: 2 }, 'mật khẩu', 'x')).toEqual(NOT_OPENED);
  });

  test.each<[string, Partial<WrappedSecret>]>([
    ['4 TiB of memory', { memoryKib: 2 ** 32 }],
    ['a million passes', { passes: 1_000_000 }],
    ['no lane', { lanes: 0 }],
    ['half a pass', { passes: 0.5 }],
    ['a short salt', { salt: 'AAAA' }],
    ['a short nonce', { nonce: 'AAAA' }],
  ])('is refused without computing when it asks for %s', async (_, change) => {
    const wrapped = await wrapByPassword(secret, 'mật khẩu', 'x', QUICK);
    expect(await unwrapByPassword({ ...wrapped, ...change }, 'mật khẩu', 'x')).toEqual({ ok: false, error: { code: 'wrap.unreasonable' } });
  });

  test('several at once are computed one after the other', async () => {
    const ended: number[] = [];
    const sizes = [16 * 1024, 64, 64];
    await Promise.all(sizes.map((memoryKib, index) => wrapByPassword(secret, 'x', 'x', { ...QUICK, memoryKib }).then(() => ended.push(index))));
    expect(ended).toEqual([0, 1, 2]);
  });
});

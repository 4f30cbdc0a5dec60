import { inflateSync } from 'node:zlib';
import { readLogo, type LogoFault } from '../../src-shared/domain/office/logo-image.ts';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';

/** A picture from outside, opened once before it is kept: its pixels are exactly as many as its head says, in bounded memory. */
export function checkLogo(base64: string): Result<undefined, LogoFault> {
  const read = readLogo(base64);
  if (!read.ok) return err(read.fault);
  const { pixels, rawBytes } = read.image;
  try {
    const raw = inflateSync(Buffer.concat(pixels), { maxOutputLength: rawBytes + 1 });
    return raw.length === rawBytes ? ok(undefined) : err('damaged');
  } catch {
    // Not what zlib packed, or more than the head says.
    return err('damaged');
  }
}

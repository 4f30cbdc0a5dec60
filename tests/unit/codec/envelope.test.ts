import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope, writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { FRAMES_PER_MESSAGE_MAX, MESSAGE_META_BYTES_MAX } from '../../../src-shared/sync-protocol/limits.ts';

describe('an envelope', () => {
  it('gives back its words and its frames', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__' && key.isWellFormed()), fc.integer()), fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: FRAMES_PER_MESSAGE_MAX }), (words, frames) => {
      const read = readEnvelope(writeEnvelope(words, frames));
      expect(read?.words).toEqual(words);
      expect(read?.frames.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]));
    }));
  });

  it('is refused when it ends anywhere but at its end', () => {
    const whole = writeEnvelope({ protocol: 1 }, [new Uint8Array(40).fill(7), new Uint8Array(0)]);
    const lastWhole = whole.byteLength - 4;
    for (let length = 0; length < whole.byteLength; length += 1) {
      const read = readEnvelope(whole.subarray(0, length));
      // Cut between two parts it is a shorter envelope; its words say how many frames there should be.
      const isWhole = length === lastWhole || length === lastWhole - 44;
      expect(read === undefined, `${length} bytes`).toBe(!isWhole);
    }
  });

  it('is refused for words that are no JSON, no UTF-8, or too long, and for too many frames', () => {
    const withWords = (words: Uint8Array) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(words.byteLength);
      return Buffer.concat([length, words]);
    };
    expect(readEnvelope(withWords(Buffer.from('{}')))).toBeDefined();
    expect(readEnvelope(withWords(Buffer.from('{')))).toBeUndefined();
    expect(readEnvelope(withWords(Buffer.from([0x22, 0xff, 0x22])))).toBeUndefined();
    expect(readEnvelope(withWords(Buffer.from(`"${'x'.repeat(MESSAGE_META_BYTES_MAX)}"`)))).toBeUndefined();
    expect(readEnvelope(writeEnvelope({}, Array.from({ length: FRAMES_PER_MESSAGE_MAX + 1 }, () => new Uint8Array(1))))).toBeUndefined();
  });

  it('reads any bytes without a throw and without taking more than there is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const read = readEnvelope(bytes);
      for (const frame of read?.frames ?? []) expect(frame.byteLength).toBeLessThan(bytes.byteLength);
    }), { numRuns: 5_000 });
  });
});

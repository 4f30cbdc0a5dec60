/** Numbers, texts and bytes one behind the other. A reader never reads past its end: it throws `DamagedBytes`. */

/** The frame leans on operations that are not held here as they are there. */
export const OTHER_DICTIONARY = 'frame.otherDictionary';

/** What comes from outside does not say what its form promises. Caught where a frame is decoded, and nowhere else. */
export class DamagedBytes extends Error {
  readonly code: 'frame.malformed' | 'frame.tooLarge' | typeof OTHER_DICTIONARY;
  constructor(why: string, code: DamagedBytes['code'] = 'frame.malformed') {
    super(why);
    this.code = code;
  }
}

const VARINT_BYTES_MAX = 8;
/** A mark of byte order at the beginning belongs to the text: somebody pasted it along, and it is hashed. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class ByteWriter {
  #bytes = Buffer.alloc(256);
  #length = 0;

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  /** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) + 0x80);
    this.byte(rest);
  }

  /** The same with a sign, which is the lowest bit of the first byte: small numbers of either sign are short. */
  signed(value: number): void {
    const size = Math.abs(value);
    const first = (size % 0x40) * 2 + (value < 0 ? 1 : 0);
    if (size < 0x40) return this.byte(first);
    this.byte(first + 0x80);
    this.varint(Math.floor(size / 0x40));
  }

  bytes(value: Uint8Array): void {
    this.#room(value.byteLength);
    this.#bytes.set(value, this.#length);
    this.#length += value.byteLength;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value, 'utf8');
    this.varint(size);
    this.#room(size);
    this.#bytes.write(value, this.#length, 'utf8');
    this.#length += size;
  }

  /** Length and bytes of another writer. */
  part(writer: ByteWriter): void {
    this.varint(writer.#length);
    this.bytes(writer.written());
  }

  /** What was written until now is not written any more. */
  forget(): void {
    this.#length = 0;
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.byteLength) return;
    const larger = Buffer.alloc(Math.max(this.#bytes.byteLength * 2, this.#length + bytes));
    larger.set(this.written());
    this.#bytes = larger;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw new DamagedBytes('ends early');
    this.#at += 1;
    return value;
  }

  varint(): number {
    let value = 0;
    for (let [place, count] = [1, 0]; count < VARINT_BYTES_MAX; count += 1, place *= 0x80) {
      const byte = this.byte();
      value += (byte % 0x80) * place;
      if (byte < 0x80) return whole(value);
    }
    throw new DamagedBytes('a number without an end');
  }

  signed(): number {
    const first = this.byte();
    const low = Math.floor((first % 0x80) / 2);
    const size = first < 0x80 ? low : whole(low + this.varint() * 0x40);
    return first % 2 === 1 ? -size : size;
  }

  bytes(length: number): Uint8Array {
    if (length > this.#bytes.byteLength - this.#at) throw new DamagedBytes('ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(bytesMax = Infinity): string {
    const length = this.varint();
    if (length > bytesMax) throw new DamagedBytes('a text', 'frame.tooLarge');
    try {
      return utf8.decode(this.bytes(length));
    } catch (error) {
      if (error instanceof DamagedBytes) throw error;
      throw new DamagedBytes('no UTF-8');
    }
  }

  part(): ByteReader {
    return new ByteReader(this.bytes(this.varint()));
  }

  rest(): Uint8Array {
    return this.bytes(this.#bytes.byteLength - this.#at);
  }

  /** What `pass` reads, to be read once more. */
  passed(pass: () => void): ByteReader {
    const from = this.#at;
    pass();
    return new ByteReader(this.#bytes.subarray(from, this.#at));
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.byteLength;
  }
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new DamagedBytes('a number that is too large');
  return value;
}

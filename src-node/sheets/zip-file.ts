import { crc32, inflateRawSync } from 'node:zlib';
import { damaged, SheetFault, tooLarge } from './sheet-fault.ts';

/**
 * The few parts of a ZIP file that are asked for, each inflated up to a limit: what a file says of its own sizes is believed
 * nowhere, so a bomb is refused with the memory of its limit. Only what office programs write: stored or deflated, not encrypted.
 */
export interface ZipFile {
  /** The part's bytes; undefined when there is none of that name. */
  read(name: string): Buffer | undefined;
}

interface Entry {
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const ENTRIES_MAX = 2_000;

export interface ZipLimits {
  /** Of one inflated part. */
  readonly partBytesMax: number;
  /** Of all that is read. */
  readonly allBytesMax: number;
}

export function openZip(file: Buffer, limits: ZipLimits): ZipFile {
  const entries = listEntries(file);
  let bytesLeft = limits.allBytesMax;
  return {
    read: (name) => {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const part = inflate(file, entry, Math.min(limits.partBytesMax, bytesLeft));
      bytesLeft -= part.length;
      return part;
    },
  };
}

function listEntries(file: Buffer): ReadonlyMap<string, Entry> {
  const end = findEnd(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count > ENTRIES_MAX) throw tooLarge();
  const entries = new Map<string, Entry>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw damaged('mục lục');
    const [nameBytes, extraBytes, commentBytes] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const name = file.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/');
    if (!entries.has(name)) {
      entries.set(name, {
        isEncrypted: (file.readUInt16LE(at + 8) & 1) === 1,
        method: file.readUInt16LE(at + 10),
        crc: file.readUInt32LE(at + 16),
        compressedBytes: file.readUInt32LE(at + 20),
        headerAt: file.readUInt32LE(at + 42),
      });
    }
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

function findEnd(file: Buffer): number {
  const last = file.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at -= 1) if (file.readUInt32LE(at) === END_SIGNATURE) return at;
  throw damaged('thiếu phần cuối');
}

function inflate(file: Buffer, entry: Entry, bytesMax: number): Buffer {
  const { headerAt, method } = entry;
  if (headerAt + 30 > file.length || file.readUInt32LE(headerAt) !== LOCAL_SIGNATURE) throw damaged('đầu mục');
  if (entry.isEncrypted) throw new SheetFault('imports.unreadable', 'Tệp Excel có mật khẩu. Mở tệp, bỏ mật khẩu, lưu lại rồi chọn lần nữa.');
  const start = headerAt + 30 + file.readUInt16LE(headerAt + 26) + file.readUInt16LE(headerAt + 28);
  const packed = file.subarray(start, start + entry.compressedBytes);
  if (packed.length !== entry.compressedBytes) throw damaged('thiếu một đoạn');
  const part = method === 0 ? stored(packed, bytesMax) : method === 8 ? deflated(packed, bytesMax) : undefined;
  if (!part) throw damaged('kiểu nén lạ');
  if (crc32(part) !== entry.crc) throw damaged('nội dung sai lệch');
  return part;
}

function stored(packed: Buffer, bytesMax: number): Buffer {
  if (packed.length > bytesMax) throw tooLarge();
  return packed;
}

function deflated(packed: Buffer, bytesMax: number): Buffer {
  if (bytesMax <= 0) throw tooLarge();
  try {
    return inflateRawSync(packed, { maxOutputLength: bytesMax });
  } catch (error) {
    // By the code and not the message: RangeError ERR_BUFFER_TOO_LARGE is the limit, all else a broken stream.
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : damaged('đoạn nén');
  }
}

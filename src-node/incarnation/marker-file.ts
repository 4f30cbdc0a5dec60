/**
 * The marker's file. Two slots of fixed width take the sequence number in turn, so that a write torn by a power cut
 * spoils only the older of them; then comes one line of JSON that changes once per start and is replaced durably.
 *
 *   0000000000000042 1f0c…(16 hex)\n      slot 0
 *   0000000000000041 9be2…(16 hex)\n      slot 1
 *   {"checksum":…,"content":{…}}\n
 */
import { hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { assert } from '../../src-shared/lib/assert.ts';
import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { storageErrorOf } from '../db/storage-error.ts';
import { replaceFileDurably } from '../files/durable-file.ts';
import type { FolderIdentity } from './folder-identity.ts';

export interface MarkerContent {
  readonly device: DeviceId;
  /** What the database will say once this start has told it. */
  readonly nonce: string;
  /** What the database says until then; '' when there was nothing before. */
  readonly previousNonce: string;
  readonly folder: FolderIdentity;
}

export interface Marker extends MarkerContent {
  /** The highest sequence number known to be durable in the database; may lag behind, never runs ahead. */
  readonly seq: number;
}

/** Format 1: first one. */
const FORMAT = 1;
const SEQ_DIGITS = 16;
const CHECK_DIGITS = 16;
const SLOT_BYTES = SEQ_DIGITS + 1 + CHECK_DIGITS + 1;
const SLOTS_BYTES = 2 * SLOT_BYTES;

const schema = z.object({
  checksum: z.string(),
  content: z.strictObject({
    format: z.literal(FORMAT),
    device: z.string().transform((id) => id as DeviceId),
    nonce: z.string().min(1),
    previousNonce: z.string(),
    folder: z.strictObject({ inode: z.string(), bornNs: z.string(), device: z.string() }),
  }),
});

/** Undefined when the file is missing or nothing in it can be trusted; throws when the medium fails. */
export function readMarker(file: string): Marker | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (storageErrorOf(error)?.code === 'storage.missing') return undefined;
    throw error;
  }
  const content = contentOf(bytes.toString('latin1', SLOTS_BYTES));
  if (content === undefined) return undefined;
  const seqs = [0, 1].map((slot) => seqOf(bytes.toString('latin1', slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES), slot, content));
  const known = seqs.filter((seq) => seq !== undefined);
  return known.length === 0 ? undefined : { ...content, seq: Math.max(...known) };
}

/** Replaces the whole file durably. Throws the operating system's error. */
export function writeMarker(file: string, marker: Marker): void {
  const { seq, ...content } = marker;
  const signed = { format: FORMAT, ...content };
  const line = canonicalJson({ checksum: checksumOf(signed), content: signed });
  replaceFileDurably(file, `${slotText(seq, 0, content)}${slotText(seq, 1, content)}${line}\n`);
}

/** Writes sequence numbers into an existing marker in place, without waiting for the disk. */
export interface SeqWriter {
  write(seq: number): void;
  close(): void;
}

export function openSeqWriter(file: string, content: MarkerContent): SeqWriter {
  const descriptor = openSync(file, 'r+');
  let slot = 0;
  return {
    write(seq) {
      const bytes = Buffer.from(slotText(seq, slot, content), 'latin1');
      const written = writeSync(descriptor, bytes, 0, SLOT_BYTES, slot * SLOT_BYTES);
      assert(written === SLOT_BYTES, 'a slot of the marker is written at once');
      slot = 1 - slot;
    },
    close: () => closeSync(descriptor),
  };
}

function slotText(seq: number, slot: number, content: MarkerContent): string {
  const digits = String(seq).padStart(SEQ_DIGITS, '0');
  return `${digits} ${slotCheck(digits, slot, content)}\n`;
}

function seqOf(text: string, slot: number, content: MarkerContent): number | undefined {
  const [digits, check] = text.trimEnd().split(' ');
  return digits !== undefined && check === slotCheck(digits, slot, content) ? Number(digits) : undefined;
}

/** Bound to the nonce, so that a slot left over from an earlier start is not believed. */
function slotCheck(digits: string, slot: number, content: MarkerContent): string {
  return hash('sha256', `${content.device}|${content.nonce}|${slot}|${digits}`, 'hex').slice(0, CHECK_DIGITS);
}

function contentOf(line: string): MarkerContent | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    // Not JSON is one of the ways to be damaged; it is answered like the others.
    return undefined;
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success || checksumOf(parsed.data.content) !== parsed.data.checksum) return undefined;
  const { device, nonce, previousNonce, folder } = parsed.data.content;
  return { device, nonce, previousNonce, folder };
}

function checksumOf(content: MarkerContent & { readonly format: number }): string {
  return hash('sha256', canonicalJson(content), 'hex');
}

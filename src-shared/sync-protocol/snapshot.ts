import { z } from 'zod';
import { ID_PATTERN } from './frame.ts';

/**
 * How a new desk is usable before the office's years have come (docs/SYNC.md, decisions/0032): page by page it is handed the
 * operations about the office that it lacks, then those of the open dossiers, then where each log ended; from there it pulls on, and
 * reads the list from its start beside that. Every page is asked for by itself, so a cut costs one.
 */
const deviceSchema = z.string().regex(/^[!-~]{1,40}$/);

/** What the desk has of the snapshot so far. */
export const snapshotRequestSchema = z.strictObject({
  /** Up to where in the office's list the snapshot goes, as its first page said; null: none was read. */
  at: z.strictObject({ epoch: z.string().max(40), position: z.int().min(1) }).nullable(),
  /** The last dossier of the last page. */
  after: z.string().regex(ID_PATTERN).nullable(),
  /** Device -> the last operation about the office that is here: of each device they are here from the first to that. */
  office: z.record(deviceSchema, z.int().min(1)),
});
export type SnapshotRequest = z.infer<typeof snapshotRequestSchema>;

const logEndSchema = z.strictObject({
  device: deviceSchema,
  seq: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** By the device's own key over its head. */
  signature: z.string().regex(/^[\w-]{86}$/),
});

/** Beside the one frame of an answer that is a page. */
export const snapshotPageSchema = z.strictObject({
  position: z.int().min(1),
  /** Where the next page begins; null while it is still about the office itself. */
  last: z.string().regex(ID_PATTERN).nullable(),
  /** With the last page: where each log ended at the snapshot's position. Null: more pages follow. */
  ends: z.array(logEndSchema).max(2_000).nullable(),
  /** Dossiers of the office in all, to say how many are still to come. */
  dossiers: z.int().min(0),
  /** By the server's key over `snapshotText`. */
  signature: z.string().regex(/^[\w-]{86}$/),
});
export type SnapshotPage = z.infer<typeof snapshotPageSchema>;

/** What the server signs: for which office, of which life of the list, and every byte of the page. */
export function snapshotText(server: string, office: string, epoch: string, page: Omit<SnapshotPage, 'signature'>, pageHash: string): string {
  const ends = page.ends?.map(({ device, seq, hash }) => `${device} ${seq} ${hash}`).join(',') ?? 'more';
  return `motcua-snapshot-v1\n${server}\n${office}\n${epoch}\n${page.position}\n${page.last ?? ''}\n${page.dossiers}\n${ends}\n${pageHash}`;
}

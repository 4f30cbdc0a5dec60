import { assert } from '../../../../src-shared/lib/assert.ts';
import type { DeviceId, SubjectId } from '../../../../src-shared/lib/ids.ts';
import type { Acknowledgement } from '../../../../src-shared/sync-protocol/exchange.ts';
import type { ReadableDb, WritableDb } from '../../../../src-node/db/sqlite.ts';
import { readFact, writeFact } from '../../../../src-node/operations/desk-facts.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import { subjectToBytes } from '../../../../src-node/operations/operation-rows.ts';
import { listSignedDevices } from '../../../../src-node/operations/read-branch.ts';
import type { LogStand } from '../../../../src-node/sync-engine/exchange-plan.ts';
import { avoidStreamsMs } from '../../../../src-node/sync-engine/sync-waits.ts';
import { FACT, type OpenDesk } from '../../desk/open-desk.ts';

/** The upper tier as an officer agreed to it: its key was compared by its fingerprint. */
export interface SyncServer {
  readonly address: string;
  readonly server: string;
  readonly publicKey: string;
  readonly name: string;
}

/** Where this desk stands in the server's list of the office, and in which life of the server. */
export interface SyncCursor {
  readonly epoch: string;
  readonly position: number;
}

export interface QuarantineRow {
  readonly no: number;
  readonly direction: 'up' | 'down';
  readonly device: string;
  readonly seq: number;
  readonly code: string;
  readonly detail: string;
  readonly at_ms: number;
}

export const readServer = (db: ReadableDb): SyncServer | undefined => readFact<SyncServer>(db, FACT.syncServer);
export const readCursor = (db: ReadableDb): SyncCursor | null => readFact<SyncCursor | null>(db, FACT.syncCursor) ?? null;
export const readPaused = (db: ReadableDb): boolean => readFact<boolean>(db, FACT.syncPaused) ?? false;
export const readContactAt = (db: ReadableDb): number | null => readFact<number>(db, FACT.syncContactAt) ?? null;

/** What is remembered of the way to the server, also over a restart. */
export interface SyncLink {
  /** Streams in a row that were held back on the way. */
  readonly heldBack: number;
  /** By this desk's clock. */
  readonly avoidUntilMs: number;
  /** As seen last; null before anything was measured. */
  readonly bytesPerMs: number | null;
}

export const readLink = (db: ReadableDb): SyncLink => readFact<SyncLink>(db, FACT.syncLink) ?? { heldBack: 0, avoidUntilMs: 0, bytesPerMs: null };

export function writeLink(desk: OpenDesk, link: SyncLink): void {
  if (!desk.isOpen()) return;
  // Not written down, a stream is tried once more than need be.
  desk.log.write<undefined>(({ db }) => {
    writeFact(db, FACT.syncLink, link);
    return { ok: true, value: undefined };
  });
}

/** A clock that was set back keeps nobody from streams for longer than was meant. */
export function mayStream({ db, clock }: OpenDesk): boolean {
  const { heldBack, avoidUntilMs } = readLink(db);
  const leftMs = avoidUntilMs - clock.nowMs();
  return leftMs <= 0 || leftMs > avoidStreamsMs(heldBack);
}

/** Another server, or the same one agreed to again: nothing that was known of the last one holds. */
export function writeServer(db: WritableDb, server: SyncServer): void {
  if (readServer(db)?.server !== server.server) {
    db.run('DELETE FROM sync_logs');
    db.run('DELETE FROM sync_quarantine');
    writeFact(db, FACT.syncCursor, null);
    writeFact(db, FACT.syncSnapshot, null);
    writeFact(db, FACT.syncFill, null);
  }
  writeFact(db, FACT.syncServer, server);
  writeFact(db, FACT.syncPaused, false);
}

export function writeCursor(db: WritableDb, cursor: SyncCursor): void {
  writeFact(db, FACT.syncCursor, cursor);
}

export function writeContactAt(db: WritableDb, atMs: number): void {
  writeFact(db, FACT.syncContactAt, atMs);
}

/** Every log that may be handed up: the own one to its end, others to the head that their device signed. */
export function listLogStands({ db, log, device, office }: OpenDesk): readonly LogStand[] {
  const others = listSignedDevices({ db, names: log.names, office: office().id }).filter((one) => one.device !== device);
  const ends = [{ device, seq: log.head().seq }, ...others];
  return ends.map(({ device: id, seq }) => ({ device: id, end: seq, held: getHeld(db, log.names, id) }));
}

/** The device that founded the office; every admission stands on that. */
export function founderOf({ log, officeSubject }: OpenDesk): DeviceId {
  const established = log.listSubject(officeSubject).find(({ header }) => header.kind === 'office.established');
  assert(established, 'an office without its establishing operation');
  return established.header.device;
}

type Names = Writing['names'];

function getHeld(db: ReadableDb, names: Names, device: DeviceId): number {
  const no = names.find(device);
  return (no === undefined ? undefined : db.value<number>('SELECT held FROM sync_logs WHERE device = ?', no)) ?? 0;
}

/** The server's own word of what it holds, also where that is less than before. */
export function writeHeld({ db, names }: Writing, device: string, held: number): void {
  db.run('INSERT INTO sync_logs (device, held) VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET held = excluded.held', names.enter(db, device), held);
  dropHeldAside(db, device, held);
}

/** What was refused up there and is held by now is no news any more. */
function dropHeldAside(db: WritableDb, device: string, held: number): void {
  db.run("DELETE FROM sync_quarantine WHERE direction = 'up' AND device = ? AND seq <= ?", device, held);
}

/** The server handed over that much of a log, so it has it. */
export function raiseHeld({ db, names }: Writing, device: DeviceId, seq: number): void {
  db.run('INSERT INTO sync_logs (device, held) VALUES (?, ?) ON CONFLICT (device) DO UPDATE SET held = max(held, excluded.held)', names.enter(db, device), seq);
  dropHeldAside(db, device, seq);
}

/** Another life of the server: what it holds is asked anew. What it has signed for stays. */
export function forgetHeld(db: WritableDb): void {
  db.run('UPDATE sync_logs SET held = 0');
}

export function keepAcknowledgement({ db, names }: Writing, { device, seq, signature }: Acknowledgement): void {
  db.run(
    `INSERT INTO sync_logs (device, acknowledged, signature) VALUES (?, ?, ?)
     ON CONFLICT (device) DO UPDATE SET acknowledged = excluded.acknowledged, signature = excluded.signature WHERE acknowledged < excluded.acknowledged`,
    names.enter(db, device), seq, signature,
  );
}

export function getAcknowledged({ db, log, device }: OpenDesk): number {
  const no = log.names.find(device);
  return (no === undefined ? undefined : db.value<number>('SELECT acknowledged FROM sync_logs WHERE device = ?', no)) ?? 0;
}

export function listQuarantine(db: ReadableDb): readonly QuarantineRow[] {
  return db.all<QuarantineRow>('SELECT no, direction, device, seq, code, detail, at_ms FROM sync_quarantine ORDER BY no');
}

export interface KeptAside {
  readonly direction: 'up' | 'down';
  readonly device: string;
  readonly seq: number;
  readonly code: string;
  readonly detail: string;
  readonly atMs: number;
  readonly frame: { readonly codec: string; readonly bytes: Uint8Array } | null;
}

/** Bytes that are kept aside in all; beyond this only the words are. */
const KEPT_BYTES_MAX = 67_108_864;

export function keepAside(db: WritableDb, { direction, device, seq, code, detail, atMs, frame }: KeptAside): void {
  const keptBytes = db.value<number>('SELECT sum(length(frame)) FROM sync_quarantine') ?? 0;
  // Tried again with another length, a refusal up there is still one.
  if (direction === 'up') db.run("DELETE FROM sync_quarantine WHERE direction = 'up' AND device = ? AND seq <> ?", device, seq);
  const kept = frame && keptBytes + frame.bytes.byteLength <= KEPT_BYTES_MAX ? frame : null;
  db.run(
    `INSERT INTO sync_quarantine (direction, device, seq, code, detail, at_ms, codec, frame) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (direction, device, seq) DO UPDATE SET code = excluded.code, detail = excluded.detail, codec = excluded.codec, frame = excluded.frame`,
    direction, device, seq, code, detail.slice(0, 300), atMs, kept?.codec ?? null, kept?.bytes ?? null,
  );
}

/** Frames kept aside whose bytes are here, in the order in which they came. */
export function listKeptFrames(db: ReadableDb): readonly { readonly no: number; readonly codec: string; readonly frame: Uint8Array }[] {
  return db.all("SELECT no, codec, frame FROM sync_quarantine WHERE direction = 'down' AND frame IS NOT NULL ORDER BY no");
}

export function dropAside(db: WritableDb, no: number): void {
  db.run('DELETE FROM sync_quarantine WHERE no = ?', no);
}

/** A frame that not even says whose it is cannot be tried again: the list is read from its start once more. */
export function rereadAfterDamage(db: WritableDb): void {
  const cursor = readCursor(db);
  const dropped = db.run("DELETE FROM sync_quarantine WHERE direction = 'down' AND device = ''").changes;
  if (dropped > 0 && cursor) writeCursor(db, { ...cursor, position: 0 });
}

export interface Waiting {
  readonly operations: number;
  /** Dossiers that this desk wrote something of that waits. */
  readonly dossiers: number;
  /** What they will weigh on the way, as far as the first of them tell. */
  readonly bytes: number;
  /** When the oldest one that this desk wrote was written. */
  readonly oldestAt: number | null;
}

const SAMPLE = 100;
/** What a header adds to a body, and what packing leaves of both, as seen on everyday operations. */
const HEADER_BYTES = 300;
const PACKED_SHARE = 4;

/** What waits to be handed up. Looks at few rows, however many wait. */
export function countWaiting(desk: OpenDesk): Waiting {
  let operations = 0;
  let bytes = 0;
  for (const { device, held, end } of listLogStands(desk)) {
    if (held >= end) continue;
    const sample = desk.db.get<{ count: number; bytes: number | null }>(
      'SELECT count(*) AS count, sum(bytes) AS bytes FROM (SELECT length(body) AS bytes FROM operations WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?)',
      desk.log.names.find(device) ?? 0, held, SAMPLE,
    );
    const each = (sample?.bytes ?? 0) / Math.max(sample?.count ?? 1, 1) + HEADER_BYTES;
    operations += end - held;
    bytes += Math.ceil(((end - held) * each) / PACKED_SHARE);
  }
  return { operations, dossiers: countWaitingDossiers(desk), bytes, oldestAt: getOldestUnsentAt(desk) };
}

/** When the first operation of this desk that the server does not hold was written; null where it holds all. */
export function getOldestUnsentAt({ db, log, device }: OpenDesk): number | null {
  return db.value<number>('SELECT wall FROM operations WHERE device = ? AND seq = ?', log.names.find(device) ?? 0, getHeld(db, log.names, device) + 1) ?? null;
}

function countWaitingDossiers({ db, log, device }: OpenDesk): number {
  return db.value<number>(
    'SELECT count(DISTINCT o.subject) FROM operations o JOIN dossiers d ON d.id = o.subject WHERE o.device = ? AND o.seq > ?',
    log.names.find(device) ?? 0, getHeld(db, log.names, device),
  ) ?? 0;
}

export interface Delivery {
  /** Operations of the subject that are here. */
  readonly operations: number;
  /** Of them, what is above for certain: this desk's own once they are signed for, others' once the server has handed them down or holds them. */
  readonly delivered: number;
  /** Of those, what this desk wrote and has the server's signature for. */
  readonly signed: number;
}

/** How much of one subject has arrived above, by the logs of the devices that wrote it; null where no upper tier is known. */
export function readDelivery({ db, log, device }: OpenDesk, subject: SubjectId): Delivery | null {
  if (!readServer(db)) return null;
  const own = log.names.find(device) ?? 0;
  return db.get<{ operations: number; delivered: number; signed: number }>(
    `SELECT count(*) AS operations, coalesce(sum(o.seq <= s.acknowledged OR (o.device <> ? AND o.seq <= s.held)), 0) AS delivered,
       coalesce(sum(o.device = ? AND o.seq <= s.acknowledged), 0) AS signed
     FROM operations o LEFT JOIN sync_logs s ON s.device = o.device WHERE o.subject = ?`,
    own, own, subjectToBytes(subject),
  ) ?? { operations: 0, delivered: 0, signed: 0 };
}

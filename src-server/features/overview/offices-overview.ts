import type { OfficeId } from '../../../src-shared/lib/ids.ts';
import { officeDate, officeInstant, type IsoDate } from '../../../src-shared/lib/office-time.ts';
import type { ServerReads } from '../../db/server-db.ts';
import { projectionLag, type ProjectionLag } from './projection-lag.ts';

/** An office as the upper tier sees it on one line. */
export interface OfficeOverview {
  readonly office: OfficeId;
  /** The commune's name as it is today; null until the office's own operations are folded. */
  readonly name: string | null;
  readonly admittedAt: number;
  readonly devices: number;
  readonly revokedDevices: number;
  /** When any of its desks was here last; null: never. */
  readonly contactAt: number | null;
  /** Operations that its desks said they had and that are not here yet. */
  readonly unsent: number;
  /** When the oldest of them was written, by that desk's clock. */
  readonly oldestUnsentAt: number | null;
  /** Dossiers that somebody has to work on. */
  readonly backlog: number;
  /** Of these the ones whose day of return is past. */
  readonly overdue: number;
  readonly lag: ProjectionLag;
  /** Logs of which the last frame was not taken in, and dossiers that could not be folded. */
  readonly quarantined: number;
}

interface OfficeRow {
  readonly office: OfficeId;
  readonly admitted_at: number;
  readonly names: string | null;
}

interface ContactRow {
  readonly office: OfficeId;
  readonly devices: number;
  readonly revoked: number;
  readonly contact_at: number | null;
  readonly unsent: number;
  readonly oldest: number | null;
}

const UNSENT = 'CASE WHEN c.log_end > d.seq THEN c.log_end - d.seq ELSE 0 END';
const OPEN = "status IN ('received', 'processing', 'waitingSupplement', 'waitingDuty')";

/** The questions that make an overview: of all offices, or of one by the beginning of each table's key. */
function questionsOf(only: OfficeId | undefined) {
  const of = (column: string, word: 'WHERE' | 'AND' = 'WHERE') => (only === undefined ? '' : ` ${word} ${column} = ?`);
  return {
    offices: `SELECT o.office, o.admitted_at, p.names FROM offices o LEFT JOIN projections p ON p.office = o.office${of('o.office')} ORDER BY o.office`,
    contacts: `SELECT d.office, count(*) AS devices, CAST(sum(d.revoked) AS BIGINT) AS revoked, max(c.contact_at) AS contact_at, CAST(sum(${UNSENT}) AS BIGINT) AS unsent,
        min(CASE WHEN c.log_end > d.seq AND d.revoked = 0 THEN c.oldest_unsent_at END) AS oldest
      FROM devices d LEFT JOIN device_contacts c ON c.office = d.office AND c.device = d.device${of('d.office')} GROUP BY d.office`,
    backlog: `SELECT office, count(*) AS open, count(CASE WHEN due_at < ? THEN 1 END) AS overdue FROM dossiers WHERE ${OPEN}${of('office', 'AND')} GROUP BY office`,
    quarantine: `SELECT office, count(*) AS items FROM (SELECT office FROM quarantined_frames${of('office')} UNION ALL SELECT office FROM projection_faults${of('office')}) AS all_items GROUP BY office`,
  };
}

/**
 * Every office on one line, in the order of their ids: what the upper tier's page and the metrics are made of. The one question here
 * that asks about more than one office, and no desk waits for it.
 */
export async function officesOverview(db: ServerReads, nowMs: number): Promise<readonly OfficeOverview[]> {
  return readOverview(db, nowMs, undefined);
}

/** One office on its line; undefined where none of that id was admitted. */
export async function officeOverview(db: ServerReads, office: OfficeId, nowMs: number): Promise<OfficeOverview | undefined> {
  return (await readOverview(db, nowMs, office))[0];
}

async function readOverview(db: ServerReads, nowMs: number, only: OfficeId | undefined): Promise<readonly OfficeOverview[]> {
  const today = officeDate(nowMs);
  const named = only === undefined ? [] : [only];
  const questions = questionsOf(only);
  const [offices, contacts, backlogs, items, lags] = await Promise.all([
    db.all<OfficeRow>(questions.offices, ...named),
    byOffice(db.all<ContactRow>(questions.contacts, ...named)),
    byOffice(db.all<{ office: OfficeId; open: number; overdue: number }>(questions.backlog, officeInstant(today), ...named)),
    byOffice(db.all<{ office: OfficeId; items: number }>(questions.quarantine, ...named, ...named)),
    projectionLag(db, only),
  ]);
  return offices.map(({ office, admitted_at, names }) => {
    const contact = contacts.get(office);
    return {
      office, name: nameOn(names, today), admittedAt: admitted_at,
      devices: contact?.devices ?? 0, revokedDevices: contact?.revoked ?? 0, contactAt: contact?.contact_at ?? null, unsent: contact?.unsent ?? 0, oldestUnsentAt: contact?.oldest ?? null,
      backlog: backlogs.get(office)?.open ?? 0, overdue: backlogs.get(office)?.overdue ?? 0,
      lag: lags.get(office)!, quarantined: items.get(office)?.items ?? 0,
    };
  });
}

/** A desk of an office, in the incarnation that a device is. */
export interface DeviceOverview {
  readonly device: string;
  readonly revoked: boolean;
  readonly contactAt: number | null;
  readonly program: string | null;
  /** Operations of its log that are held here. */
  readonly held: number;
  readonly unsent: number;
  readonly oldestUnsentAt: number | null;
  readonly quarantined: readonly QuarantinedFrame[];
}

/** The last frame of a log that was handed up and not taken in. */
export interface QuarantinedFrame {
  /** Whose log; empty where the frame did not say, or named nobody known. */
  readonly device: string;
  readonly code: string;
  readonly detail: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly tries: number;
}

/** One office's devices, those that were here last first. */
export async function officeDevices(db: ServerReads, office: OfficeId): Promise<readonly DeviceOverview[]> {
  const devices = await db.all<{ device: string; revoked: number; seq: number; contact_at: number | null; program: string | null; log_end: number | null; oldest_unsent_at: number | null }>(
    `SELECT d.device, d.revoked, d.seq, c.contact_at, c.program, c.log_end, c.oldest_unsent_at FROM devices d LEFT JOIN device_contacts c ON c.office = d.office AND c.device = d.device
     WHERE d.office = ? ORDER BY coalesce(c.contact_at, 0) DESC, d.device`, office,
  );
  const frames = await db.all<{ sender: string; device: string; code: string; detail: string; first_at: number; last_at: number; tries: number }>(
    'SELECT sender, device, code, detail, first_at, last_at, tries FROM quarantined_frames WHERE office = ? ORDER BY sender, device', office,
  );
  const framesBySender = Map.groupBy(frames, ({ sender }) => sender);
  return devices.map(({ device, revoked, seq, contact_at, program, log_end, oldest_unsent_at }) => {
    const unsent = Math.max((log_end ?? 0) - seq, 0);
    return {
      device, revoked: revoked === 1, contactAt: contact_at, program, held: seq, unsent, oldestUnsentAt: unsent > 0 ? oldest_unsent_at : null,
      quarantined: (framesBySender.get(device) ?? []).map(({ device: of, code, detail, first_at, last_at, tries }) => ({ device: of, code, detail, firstAt: first_at, lastAt: last_at, tries })),
    };
  });
}

/** A dossier, or the office under its own id, that could not be folded. */
export interface ProjectionFault {
  readonly subject: string;
  readonly why: string;
  readonly atMs: number;
}

export async function listProjectionFaults(db: ServerReads, office: OfficeId): Promise<readonly ProjectionFault[]> {
  return (await db.all<{ subject: string; why: string; at_ms: number }>('SELECT subject, why, at_ms FROM projection_faults WHERE office = ? ORDER BY at_ms, subject', office)).map(({ subject, why, at_ms }) => ({ subject, why, atMs: at_ms }));
}

/** What offices are called today, of those that are folded. */
export async function officeNames(db: ServerReads, offices: readonly OfficeId[], nowMs: number): Promise<ReadonlyMap<OfficeId, string | null>> {
  const asked = [...new Set(offices)];
  if (asked.length === 0) return new Map();
  const rows = await db.all<{ office: OfficeId; names: string | null }>(`SELECT office, names FROM projections WHERE office IN (${asked.map(() => '?').join(', ')})`, ...asked);
  return new Map(rows.map(({ office, names }) => [office, nameOn(names, officeDate(nowMs))]));
}

async function byOffice<Row extends { readonly office: OfficeId }>(asked: Promise<readonly Row[]>): Promise<ReadonlyMap<OfficeId, Row>> {
  return new Map((await asked).map((row) => [row.office, row]));
}

/** Names hold from a day on, in their order. */
function nameOn(names: string | null, today: IsoDate): string | null {
  const all = JSON.parse(names ?? '[]') as readonly (readonly [IsoDate, string])[];
  return (all.findLast(([from]) => from <= today) ?? all[0])?.[1] ?? null;
}

import type { OpenDesk } from '../../../src-main/core/desk/open-desk.ts';
import { dictionaryOf } from '../../../src-node/codec/frame-codec.ts';
import { iterateDeviceOperations } from '../../../src-node/operations/operation-rows.ts';
import type { ServerDb } from '../../../src-server/db/server-db.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { CLAMP_AHEAD_MS } from '../../../src-shared/lib/hlc.ts';
import type { ExchangeAnswer } from '../../../src-shared/sync-protocol/exchange.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';

/** device -> links, from the first operation. */
export type Logs = ReadonlyMap<string, readonly string[]>;

/** What one desk is, over all of its devices. */
interface KnownDesk {
  readonly devices: Set<string>;
  /** Its machine's clock was never wrong. */
  isClockRight: boolean;
  /** What each log's `held` was ever told to be. */
  readonly held: Map<string, number>;
}

/**
 * Knows, apart from the product, what was written and acknowledged and where it was; says what of it is broken. An operation is
 * named by its device, its number and its link, so that two histories of one device are two.
 */
export class Oracle {
  readonly findings: string[] = [];
  /** Everything that any desk ever wrote. */
  readonly written = new Set<string>();
  /** Of it, what no folder held any more at some moment, by a copy that was put back: it may be gone. */
  readonly mayBeMissing = new Set<string>();
  readonly #desks = new Map<number, KnownDesk>();
  readonly #recordedTo = new Map<string, number>();
  readonly #acknowledged = new Map<string, { seq: number; hash: string }>();
  #revocation: { readonly id: string; readonly desk: number } | undefined;
  readonly #logsOfDesks: () => readonly Logs[];

  constructor(logsOfDesks: () => readonly Logs[]) {
    this.#logsOfDesks = logsOfDesks;
  }

  desk(no: number): KnownDesk {
    const known = this.#desks.get(no) ?? { devices: new Set<string>(), isClockRight: true, held: new Map<string, number>() };
    this.#desks.set(no, known);
    return known;
  }

  /** Whatever stands in a desk's own log by now. */
  recordOwn(no: number, desk: OpenDesk, trueMs: number): void {
    const { device, db, log } = desk;
    const known = this.desk(no);
    known.devices.add(device);
    const from = Math.min(this.#recordedTo.get(device) ?? 0, log.head().seq);
    for (const { header, hash } of iterateDeviceOperations(db, log.names, device, from)) {
      this.written.add(nameOf(device, header.seq, Buffer.from(hash).toString('hex')));
      if (known.isClockRight && header.at.ms > trueMs + CLAMP_AHEAD_MS + 60_000) this.#find(`desk ${no + 1}, whose clock is right, stamps ${Math.round((header.at.ms - trueMs) / 3_600_000)} h ahead (${device}:${header.seq})`);
    }
    this.#recordedTo.set(device, log.head().seq);
  }

  /** What a folder held before the run began. */
  recordFolder(logs: Logs): void {
    for (const name of namesOf(logs)) this.written.add(name);
  }

  /** A device goes on from an earlier place under the same name. */
  forgetRecorded(device: string): void {
    this.#recordedTo.delete(device);
  }

  revoked(desk: number, id: string): void {
    this.#revocation = { id, desk };
  }

  /** What goes up leans on nothing that the desk was not told to be held. */
  sawFramesUp(no: number, codec: Codec, frames: readonly Uint8Array[]): void {
    const { held } = this.desk(no);
    for (const bytes of frames) {
      const name = dictionaryOf(codec, bytes);
      if (name && name.lastSeq > (held.get(name.device) ?? 0)) this.#find(`a frame of desk ${no + 1} leans on ${name.device}:${name.lastSeq}, which nobody has acknowledged`);
    }
  }

  sawAnswerDown(no: number, { held }: Pick<ExchangeAnswer, 'held'>): void {
    const known = this.desk(no).held;
    for (const [device, seq] of Object.entries(held)) known.set(device, Math.max(known.get(device) ?? 0, seq));
  }

  /** True once the server holds the act by which this desk was stopped. */
  async isStopped(no: number, raw: ServerDb): Promise<boolean> {
    if (this.#revocation?.desk !== no) return false;
    const [device, seq] = this.#revocation.id.split(':');
    return (await raw.get('SELECT 1 AS one FROM operations WHERE device = ? AND seq = ?', device!, Number(seq))) !== undefined;
  }

  sawAnswerMade(no: number, { acknowledgements }: Pick<ExchangeAnswer, 'acknowledgements'>, wasStopped: boolean): void {
    if (wasStopped) this.#find(`desk ${no + 1} is served although the server knows that it was stopped`);
    for (const { device, seq, hash } of acknowledgements) if (seq > (this.#acknowledged.get(device)?.seq ?? 0)) this.#acknowledged.set(device, { seq, hash });
  }

  /** What was acknowledged must be there after a crash. */
  serverStarted(raw: ServerDb): void {
    void this.#lookForAcknowledged(raw).catch((error: unknown) => this.#find(`the server's rows cannot be read: ${String(error)}`));
  }

  async #lookForAcknowledged(raw: ServerDb): Promise<void> {
    for (const [device, { seq, hash }] of this.#acknowledged) {
      const row = await raw.get<{ hash: Uint8Array }>('SELECT hash FROM operations WHERE device = ? AND seq = ?', device, seq);
      if (!row || Buffer.from(row.hash).toString('hex') !== hash) this.#find(`${device}:${seq} was acknowledged and is not at the server after its start`);
    }
  }

  /** The server's folder becomes an older one; what only it held may be gone. `putBack` closes the one and opens the other. */
  async serverSetBack(before: ServerDb, putBack: () => Promise<ServerDb>): Promise<void> {
    const had = namesOf(await logsOfServer(before));
    const restored = await putBack();
    const has = await logsOfServer(restored);
    await restored.close();
    this.#acknowledged.clear();
    for (const [device, links] of has) if (links.length > 0) this.#acknowledged.set(device, { seq: links.length, hash: links.at(-1)! });
    this.#lost(had, [has, ...this.#logsOfDesks()]);
  }

  /** A desk's folder became an older one; `had` is what it held. */
  deskSetBack(had: Logs, server: Logs): void {
    this.#lost(namesOf(had), [server, ...this.#logsOfDesks()]);
  }

  #lost(had: ReadonlySet<string>, held: readonly Logs[]): void {
    const left = new Set(held.flatMap((logs) => [...namesOf(logs)]));
    for (const name of had) if (!left.has(name)) this.mayBeMissing.add(name);
  }

  find(finding: string): void {
    this.#find(finding);
  }

  #find(finding: string): void {
    if (!this.findings.includes(finding)) this.findings.push(finding);
  }
}

function nameOf(device: string, seq: number, hash: string): string {
  return `${device}:${seq}:${hash.slice(0, 16)}`;
}

export function namesOf(logs: Logs): Set<string> {
  return new Set([...logs].flatMap(([device, links]) => links.map((hash, index) => nameOf(device, index + 1, hash))));
}

export function logsOfDesk({ db }: OpenDesk): Logs {
  // A join file brings some of the office's operations ahead of the log that they stand in.
  const rows = db.all<{ device: DeviceId; hash: Uint8Array }>('SELECT n.text AS device, o.hash FROM devices d JOIN names n ON n.no = d.device JOIN operations o ON o.device = d.device AND o.seq <= d.seq ORDER BY n.text, o.seq');
  return grouped(rows);
}

export async function logsOfServer(db: ServerDb): Promise<Logs> {
  return grouped(await db.all<{ device: string; hash: Uint8Array }>('SELECT device, hash FROM operations ORDER BY device, seq'));
}

function grouped(rows: readonly { readonly device: string; readonly hash: Uint8Array }[]): Logs {
  const logs = new Map<string, string[]>();
  for (const { device, hash } of rows) {
    const links = logs.get(device) ?? [];
    links.push(Buffer.from(hash).toString('hex'));
    logs.set(device, links);
  }
  return logs;
}

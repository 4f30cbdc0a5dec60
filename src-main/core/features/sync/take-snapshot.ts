import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DeviceId } from '../../../../src-shared/lib/ids.ts';
import { err, ok, type Result } from '../../../../src-shared/lib/result.ts';
import type { ExchangeAnswer } from '../../../../src-shared/sync-protocol/exchange.ts';
import { snapshotText, type SnapshotPage } from '../../../../src-shared/sync-protocol/snapshot.ts';
import { isHeadSignatureValid } from '../../../../src-node/crypto/chain.ts';
import type { SigningPublicKey } from '../../../../src-node/crypto/key-text.ts';
import { isTextSigned } from '../../../../src-node/crypto/keys.ts';
import { beginAtEnd, type KeyedOperation } from '../../../../src-node/operations/ahead.ts';
import type { Writing } from '../../../../src-node/operations/log.ts';
import type { StoredOperation } from '../../../../src-node/operations/operation-rows.ts';
import { CLOSED, takeAhead } from '../../desk/arrivals.ts';
import type { OpenDesk } from '../../desk/open-desk.ts';
import type { AnswerFault } from './answer-fault.ts';
import { readPage } from './large-frames.ts';
import { readSnapshotStand, writeFill, writeSnapshotStand } from './snapshot-queries.ts';
import { keepAside, raiseHeld, writeCursor, type SyncServer } from './sync-queries.ts';

/** As much as one transaction takes: some 5 ms of the main thread. */
const OPERATIONS_PER_SLICE = 32;

export interface TakenPage {
  readonly operations: number;
  readonly isOfficeTouched: boolean;
}

/**
 * Takes a page of a snapshot in, by small transactions; how far that has come is kept with the last of them, so a page that was cut
 * off is asked for again. Nothing of it counts that the server's key did not sign for this office (decisions/0032).
 */
export async function takePage(desk: OpenDesk, server: SyncServer, { answer, bytes, isOver, alongside }: PageTaking): Promise<Result<TakenPage, AnswerFault>> {
  const { snapshot: page, epoch } = answer;
  const { signature, ...told } = page;
  if (!isTextSigned(server.publicKey, snapshotText(server.server, desk.office().id, epoch, told, hash('sha256', bytes)), signature)) return err({ code: 'wrongKey', retry: false });
  const read = await readPage(desk, bytes);
  if (!read.ok) return err({ code: read.error.code, retry: true });
  if (!read.value || isOver() || read.value.some((operation) => isForeign(desk, operation))) return err({ code: 'malformedAnswer', retry: true });
  const operations = read.value.filter(({ header }) => header.device !== desk.device);
  let isOfficeTouched = false;
  for (let at = 0; ; at += OPERATIONS_PER_SLICE) {
    if (isOver()) return err({ code: CLOSED.code, retry: true });
    const isLast = at + OPERATIONS_PER_SLICE >= operations.length;
    const taken = takeAhead(desk, operations.slice(at, at + OPERATIONS_PER_SLICE), (writing, others) => {
      for (const other of others) noteOther(desk, writing, other);
      if (!isLast) return;
      notePage(desk, writing, epoch, page);
      alongside(writing);
    });
    if (!taken.ok) return err({ code: taken.error.code, retry: true });
    isOfficeTouched ||= taken.value.isOfficeTouched;
    if (isLast) return ok({ operations: operations.length, isOfficeTouched });
    await nextTurn();
  }
}

export interface PageTaking {
  readonly answer: ExchangeAnswer & { readonly snapshot: SnapshotPage };
  readonly bytes: Uint8Array;
  readonly isOver: () => boolean;
  /** Kept in the transaction that ends the page. */
  readonly alongside: (writing: Writing) => void;
}

/** The office was established before it was joined; whoever says otherwise speaks of another one. */
function isForeign({ log }: OpenDesk, { header }: KeyedOperation): boolean {
  return header.kind === 'office.established' && !log.listSubject(header.subject).some((known) => known.header.device === header.device && known.header.seq === header.seq);
}

/** What is here stays; that the server has it otherwise is shown to people. */
function noteOther(desk: OpenDesk, { db }: Writing, { header }: StoredOperation): void {
  keepAside(db, { direction: 'down', device: header.device, seq: header.seq, code: 'branch.badChain', detail: 'snapshot', atMs: desk.clock.nowMs(), frame: null });
}

function notePage(desk: OpenDesk, writing: Writing, epoch: string, { position, last, ends, dossiers }: SnapshotPage): void {
  const { db } = writing;
  if (ends === null) return writeSnapshotStand(db, { at: { epoch, position }, after: last ?? readSnapshotStand(db)?.after ?? null, dossiers });
  for (const { device, seq, hash: link, signature } of ends) beginLog(desk, writing, device as DeviceId, { seq, hash: Buffer.from(link, 'hex'), signature });
  writeSnapshotStand(db, null);
  writeCursor(db, { epoch, position });
  writeFill(db, { epoch, position: 0, until: position, dossiers, bytes: 0 });
}

/** Its own device must have signed it; of one that the office does not know the log comes from its start. */
function beginLog(desk: OpenDesk, writing: Writing, device: DeviceId, end: { readonly seq: number; readonly hash: Uint8Array; readonly signature: string }): void {
  const publicKey = desk.office().devices.get(device)?.publicKey as SigningPublicKey | undefined;
  if (device === desk.device || !publicKey || !isHeadSignatureValid(publicKey, { office: desk.office().id, device, ...end }, end.signature)) return;
  beginAtEnd(writing, device, end);
  raiseHeld(writing, device, end.seq);
}

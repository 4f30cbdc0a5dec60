import { canonicalJson } from '../../src-shared/lib/canonical-json.ts';
import type { Office } from '../../src-shared/domain/office/office.ts';
import { isOfficeKind } from '../../src-shared/domain/office/office-operations.ts';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { runningStepDue } from '../../src-shared/domain/dossiers/dossier-steps.ts';
import type { DeviceId } from '../../src-shared/lib/ids.ts';
import { CHAIN_START, commitOf, hashOf, isHeadSignatureValid } from '../crypto/chain.ts';
import type { SigningPublicKey } from '../crypto/key-text.ts';
import type { ReadableDb } from '../db/sqlite.ts';
import { storageErrorOf } from '../db/storage-error.ts';
import { leftOfErased } from './erase-subject.ts';
import { registerEntryOf } from '../../src-shared/domain/registers/register-entry.ts';
import { areChangesNoted, changesOf } from './dossier-changes.ts';
import { dossierWords } from './dossier-words.ts';
import { areFeeRowsNoted, feeRowsOf } from './fee-rows.ts';
import { reasonsOf, toSummary } from './dossier-projection.ts';
import { isHistoryArriving, listTopDevices, readTop } from './log-tops.ts';
import type { Names } from './names.ts';
import { bytesToSubject, headerBytes, iterateDeviceOperations, listSubjectOperations, subjectToBytes } from './operation-rows.ts';
import { keyOfOperation } from './subject-keys.ts';

export interface VerifyFault {
  readonly code: 'chain.broken' | 'chain.gap' | 'chain.badSignature' | 'body.altered' | 'number.duplicate' | 'number.gap' | 'projection.differs' | 'projection.missing' | 'projection.counts' | 'erasure.unfinished' | 'storage.damaged';
  readonly detail: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly operations: number;
  readonly dossiers: number;
  readonly faults: readonly VerifyFault[];
}

const FAULTS_MAX = 200;

/** Checks everything the office relies on against the log: chains, sequences, numbers, projections. Changes nothing. */
export function verifyDesk(db: ReadableDb, names: Names, office: Office): VerifyReport {
  const faults: VerifyFault[] = [];
  const report = (code: VerifyFault['code'], detail: string) => void (faults.length < FAULTS_MAX && faults.push({ code, detail }));
  for (const line of db.all<Record<string, string>>('PRAGMA quick_check(20)')) {
    const text = Object.values(line)[0];
    if (text !== 'ok') report('storage.damaged', String(text));
  }
  // A page that cannot be read is what is looked for: the other parts are examined all the same.
  const examine = (part: () => number): number => {
    try {
      return part();
    } catch (error) {
      const storage = storageErrorOf(error);
      if (storage?.code !== 'storage.damaged') throw error;
      report('storage.damaged', storage.detail);
      return 0;
    }
  };
  const operations = examine(() => verifyChains(db, names, office, report));
  examine(() => verifyNumbers(db, office, report));
  examine(() => verifyErasures(db, office, report));
  const dossiers = examine(() => verifyProjections(db, names, office, report));
  return { ok: faults.length === 0, operations, dossiers, faults };
}

type Report = (code: VerifyFault['code'], detail: string) => void;

function verifyErasures(db: ReadableDb, office: Office, report: Report): number {
  for (const subject of office.erasures.keys()) {
    const left = leftOfErased(db, subject);
    if (left) report('erasure.unfinished', `${subject} ${left}`);
  }
  return office.erasures.size;
}

function verifyChains(db: ReadableDb, names: Names, office: Office, report: Report): number {
  let operations = 0;
  for (const row of db.all<{ device: number; seq: number; hash: Uint8Array; signed_seq: number; signed_hash: Uint8Array | null; signature: string | null }>('SELECT * FROM devices')) {
    const device = names.textOf(row.device) as DeviceId;
    let seq = 0;
    let hash: Uint8Array = CHAIN_START;
    let signedHash: Uint8Array | null = null;
    for (const operation of iterateDeviceOperations(db, names, device, 0)) {
      if (operation.header.seq > row.seq) break;
      operations += 1;
      if (operation.header.seq !== seq + 1) report('chain.gap', `${device}:${seq + 1}`);
      seq = operation.header.seq;
      const expected = hashOf(hash, headerBytes(operation.header), operation.commitment);
      if (Buffer.compare(expected, operation.hash) !== 0) report('chain.broken', `${device}:${seq}`);
      verifyBody(db, operation, report);
      hash = operation.hash;
      if (seq === row.signed_seq) signedHash = hash;
    }
    if (seq !== row.seq || Buffer.compare(hash, row.hash) !== 0) report('chain.gap', `${device} ends at ${seq}, head says ${row.seq}`);
    if (row.signature !== null) {
      const publicKey = office.devices.get(device)?.publicKey as SigningPublicKey | undefined;
      const head = { office: office.id, device, seq: row.signed_seq, hash: signedHash ?? new Uint8Array(32) };
      if (!publicKey || !signedHash || !isHeadSignatureValid(publicKey, head, row.signature)) report('chain.badSignature', device);
    }
  }
  verifyTops(db, names, office, report);
  return operations + verifyAhead(db, names, report);
}

/** Of logs whose older part has not come: from the signed head that their known end begins at. */
function verifyTops(db: ReadableDb, names: Names, office: Office, report: Report): void {
  for (const device of listTopDevices(db, names)) {
    const { base, end, signed } = readTop(db, names, device)!;
    let known = base;
    let signedHash = signed.seq === base.seq ? base.hash : new Uint8Array(32);
    for (const { header, hash, commitment } of iterateDeviceOperations(db, names, device, base.seq)) {
      if (header.seq > end.seq) break;
      if (header.seq !== known.seq + 1) report('chain.gap', `${device}:${known.seq + 1}`);
      if (Buffer.compare(hashOf(known.hash, headerBytes(header), commitment), hash) !== 0) report('chain.broken', `${device}:${header.seq}`);
      known = { seq: header.seq, hash };
      if (header.seq === signed.seq) signedHash = hash;
    }
    if (known.seq !== end.seq || Buffer.compare(known.hash, end.hash) !== 0) report('chain.gap', `${device} ends at ${known.seq}, head says ${end.seq}`);
    const publicKey = office.devices.get(device)?.publicKey as SigningPublicKey | undefined;
    if (!publicKey || !isHeadSignatureValid(publicKey, { office: office.id, device, seq: signed.seq, hash: signedHash }, signed.signature)) report('chain.badSignature', device);
  }
}

/** Operations that a join file brought ahead of the chains they stand in: their links come later, their bodies bind now. */
function verifyAhead(db: ReadableDb, names: Names, report: Report): number {
  let operations = 0;
  const rows = db.all<{ device: number; first: number }>(
    'SELECT o.device, min(o.seq) - 1 AS first FROM operations o LEFT JOIN devices d ON d.device = o.device WHERE o.seq > coalesce(d.seq, 0) GROUP BY o.device',
  );
  for (const row of rows) {
    for (const operation of iterateDeviceOperations(db, names, names.textOf(row.device) as DeviceId, row.first)) {
      operations += 1;
      verifyBody(db, operation, report);
    }
  }
  return operations;
}

function verifyBody(db: ReadableDb, operation: { header: { device: string; seq: number; subject: string }; body: Uint8Array | null; commitment: Uint8Array }, report: Report): void {
  if (operation.body !== null && keyOfOperation(db, operation) === undefined) report('body.altered', `${operation.header.device}:${operation.header.seq}`);
}

/** Each series counts 1, 2, 3 …; what is missing must be skipped by an act. Two of one number are two devices on one token. */
function verifyNumbers(db: ReadableDb, office: Office, report: Report): number {
  let numbers = 0;
  const skipped = new Set(office.skippedNumbers.map(({ number }) => `${number.kind} ${number.token} ${number.period} ${number.counter}`));
  const inConflict = new Set(office.conflicts.filter((conflict) => conflict.reason === 'token.claimedTwice').map((conflict) => conflict.detail));
  // A number whose dossier is still to come is no gap yet.
  const isWhole = !isHistoryArriving(db);
  let series = '';
  let previous = 0;
  for (const row of db.iterate<{ kind: string; token: string; period: string; counter: number }>('SELECT kind, token, period, counter FROM issued_numbers ORDER BY kind, token, period, counter')) {
    const name = `${row.kind} ${row.token} ${row.period}`;
    if (name !== series) previous = 0;
    series = name;
    // Two desks on one token is a conflict that people see and settle; it is no fault of this desk's log.
    if (row.counter === previous && !inConflict.has(row.token)) report('number.duplicate', `${name} ${row.counter}`);
    for (let missing = previous + 1; isWhole && missing < row.counter; missing += 1) {
      if (!skipped.has(`${name} ${missing}`)) report('number.gap', `${name} ${missing}`);
    }
    previous = row.counter;
    numbers += 1;
  }
  return numbers;
}

function verifyProjections(db: ReadableDb, names: Names, office: Office, report: Report): number {
  const counts = new Map<string, number>();
  let dossiers = 0;
  for (const { subject } of db.iterate<{ subject: Uint8Array }>('SELECT DISTINCT subject FROM operations')) {
    const operations = listSubjectOperations(db, names, bytesToSubject(subject));
    if (operations.every(({ header }) => isOfficeKind(header.kind))) continue;
    const dossier = foldDossier(operations, office);
    if (!dossier) continue;
    dossiers += 1;
    counts.set(dossier.status, (counts.get(dossier.status) ?? 0) + 1);
    const row = db.get<{ no: number; summary: string; step_due_at: number | null; reasons: string | null }>('SELECT no, summary, step_due_at, reasons FROM dossiers WHERE id = ?', subject);
    if (!row) report('projection.missing', dossier.id);
    else if (!isJsonOf(row.summary, toSummary(dossier))) report('projection.differs', dossier.id);
    else if (row.step_due_at !== runningStepDue(dossier) || row.reasons !== reasonsOf(dossier)) report('projection.differs', `${dossier.id} step`);
    else if (!isJsonOf(db.value<string>('SELECT entry FROM register_entries WHERE no = ?', row.no) ?? 'null', registerEntryOf(dossier))) report('projection.differs', `${dossier.id} register`);
    else if (!areChangesNoted(db, names, dossier.id, changesOf(dossier) ?? [])) report('projection.differs', `${dossier.id} changes`);
    else if (!areFeeRowsNoted(db, names, dossier.id, feeRowsOf(dossier) ?? [])) report('projection.differs', `${dossier.id} fees`);
    else if (!isFound(db, row.no, dossierWords(dossier))) report('projection.differs', `${dossier.id} words`);
  }
  const left = db.value<number>('SELECT COUNT(*) FROM register_entries WHERE no NOT IN (SELECT no FROM dossiers)') ?? 0;
  if (left > 0) report('projection.differs', `register, ${left} lines without a dossier`);
  for (const { status, count } of db.all<{ status: string; count: number }>('SELECT status, count FROM dossier_counts')) {
    if ((counts.get(status) ?? 0) !== count) report('projection.counts', `${status}: ${count}, folded ${counts.get(status) ?? 0}`);
  }
  return dossiers;
}

/** Members may stand in another order: a body written here keeps the order in which it was made. */
function isJsonOf(text: string, value: unknown): boolean {
  return canonicalJson(JSON.parse(text)) === canonicalJson(JSON.parse(JSON.stringify(value)));
}

function isFound(db: ReadableDb, no: number, words: string): boolean {
  const query = words.split(' ').map((word) => `"${word}"`).join(' AND ');
  return db.value('SELECT 1 FROM dossier_words WHERE dossier_words MATCH ? AND rowid = ?', query, no) === 1;
}

import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { foldArrived, takeStretch } from '../../../src-main/core/desk/arrivals.ts';
import { takeAnswer } from '../../../src-main/core/features/sync/take-answer.ts';
import { listQuarantine, readCursor, readServer } from '../../../src-main/core/features/sync/sync-queries.ts';
import { readEnvelope, writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { signText } from '../../../src-node/crypto/keys.ts';
import { readHead, type Head } from '../../../src-node/operations/log.ts';
import { toOperation } from '../../../src-node/operations/operation-rows.ts';
import { readFrame } from '../../../src-node/sync-engine/read-frame.ts';
import { answerExchange } from '../../../src-server/exchange/answer-exchange.ts';
import { getDevice, readOffice } from '../../../src-server/log/office-queries.ts';
import { listDeviceOperations } from '../../../src-server/log/operation-queries.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { exchangeText, type ExchangeAnswer, type ExchangeRequest } from '../../../src-shared/sync-protocol/exchange.ts';
import { PROTOCOL_VERSION } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { FRAME_ERRORS, SYNC_ERRORS } from '../../../src-shared/sync-protocol/sync-errors.ts';
import type { FuzzCase } from './fuzz-case.ts';
import { NOW_MS, type FuzzOffice } from './fuzz-office.ts';

/** What became of one input. */
export interface Outcome {
  /** `accepted`, or the code of the refusal. */
  readonly code: string;
  /** It was read as a frame, whatever was said of it then. */
  readonly isDecoded: boolean;
  readonly isFolded: boolean;
}

/** A promise that did not hold. */
export class Finding extends Error {}

function promise(isKept: boolean, what: string): void {
  if (!isKept) throw new Finding(what);
}

const CODES: ReadonlySet<string> = new Set([...Object.keys(SYNC_ERRORS), ...FRAME_ERRORS]);
/** Ours, not the world's: an input must never lead to one. */
const FAULTS: ReadonlySet<string> = new Set(['sync.busy', 'sync.unexpected']);

/** Frames speak for themselves: they are taken in before their sender is judged, who may be a stranger that carries them (SYNC.md). */
const SENDER_REFUSED: ReadonlySet<string> = new Set(['sync.unknownDevice', 'sync.badSignature']);

/** Hands an input to the server as its network does, what it took in on to the desk, and asks every promise. */
export async function checkCase(fuzz: FuzzOffice, one: FuzzCase): Promise<Outcome> {
  const before = await serverState(fuzz);
  const told = await post(fuzz, one);
  const after = await serverState(fuzz);
  promise(CODES.has(told.code) || told.code === 'accepted' || told.code === 'nothing new', `a refusal without a code of the table: ${told.code}`);
  promise(!FAULTS.has(told.code), `the server failed: ${told.code} ${told.detail}`);
  const isChanged = before !== after;
  promise(!isChanged || told.code === 'accepted' || (one.family === 'words' && SENDER_REFUSED.has(told.code)), `refused with ${told.code}, yet something was stored`);
  promise(!isChanged || one.isSigned, 'something unsigned was taken in');
  const head = await getDevice(fuzz.db, fuzz.office, fuzz.hostile.device);
  promise(head !== undefined, 'the device is lost');
  const known = fuzz.hostile.head;
  fuzz.hostile.head = { seq: head!.seq, hash: Buffer.from(head!.hash) };
  if (!isChanged) {
    await offerToDesk(fuzz, one);
    return { code: told.code, isDecoded: told.code.startsWith('branch.') || told.code === 'nothing new', isFolded: false };
  }
  promise(head!.seq > known.seq, 'stored, but the log did not grow');
  if (one.frame) fuzz.hostile.lastFrame = one.frame.bytes;
  await sayAgain(fuzz, one, after);
  await handOn(fuzz, one.subjects, known);
  return { code: told.code, isDecoded: true, isFolded: true };
}

interface Told {
  readonly code: string;
  readonly detail: string;
}

async function post({ server, hostile }: FuzzOffice, { path, payload, signature }: FuzzCase): Promise<Told> {
  const type = path.endsWith('admission') ? 'application/json' : 'application/vnd.motcua.sync';
  const answer = await server.http.inject({ method: 'POST', url: path, payload: Buffer.from(payload), headers: { 'content-type': type, 'x-motcua-signature': signature } });
  if (answer.statusCode !== 200) {
    const { error } = answer.json<{ error: Told }>();
    return error;
  }
  if (path.endsWith('admission')) return { code: 'accepted', detail: '' };
  const { refused, acknowledgements, held } = readEnvelope(answer.rawPayload)!.words as ExchangeAnswer;
  const [refusal] = refused;
  if (refusal) return refusal;
  promise(acknowledgements.some(({ device, seq }) => device === hostile.device && seq === held[device]), 'taken in without an acknowledgement');
  return { code: held[hostile.device] === hostile.head.seq ? 'nothing new' : 'accepted', detail: '' };
}

/** Everything that counts, so that nothing is half stored. */
async function serverState({ db }: FuzzOffice): Promise<string> {
  const counts = ['operations', 'frames', 'subject_keys', 'erased_subjects', 'devices', 'offices'];
  const rows = await Promise.all([
    ...counts.map((table) => db.get(`SELECT count(*) AS count FROM ${table}`)),
    db.all('SELECT office, position, public_key FROM offices'), db.all('SELECT device, seq, revoked, public_key, hex(hash) AS hash FROM devices ORDER BY device'),
    db.all('SELECT used_by FROM admission_codes ORDER BY code_hash'),
  ]);
  return JSON.stringify(rows);
}

/** Rule 2: said again, it is answered as the first time and changes nothing. */
async function sayAgain(fuzz: FuzzOffice, one: FuzzCase, after: string): Promise<void> {
  if (hash('sha256', one.payload).startsWith('0')) {
    await post(fuzz, one);
    promise((await serverState(fuzz)) === after, 'the same frame was stored twice');
  }
}

/** The desk meets the server, takes in what came, and folds; then both must show the same dossiers. */
async function handOn(fuzz: FuzzOffice, subjects: readonly SubjectId[], known: Head): Promise<void> {
  const { desk } = fuzz.desk;
  const cursor = readCursor(desk.db);
  const request: ExchangeRequest = { protocol: PROTOCOL_VERSION, program: 'x', office: fuzz.office, device: desk.device, cursor, codec: 'columns-zstd', codecs: ['columns-zstd'], wantBytes: 4_000_000, frames: 0 };
  const payload = writeEnvelope(request, []);
  const { identity } = fuzz.server;
  const answered = await answerExchange({ db: fuzz.db, identity, nowMs: () => NOW_MS }, payload, signText(fuzz.deskKey, exchangeText(identity.server, hash('sha256', payload))), { by: 'loopback' });
  promise(answered.ok, `the desk is refused: ${answered.ok ? '' : answered.error.code}`);
  if (!answered.ok) return;
  const { words, frames } = readEnvelope(answered.value.bytes)!;
  const taken = await takeAnswer(desk, { server: readServer(desk.db)!, cursor, sent: [], bytes: 0, isFill: false }, words as ExchangeAnswer, frames);
  promise(taken.ok, `the desk cannot take it in: ${taken.ok ? '' : taken.error.code}`);
  promise(headOf(fuzz).seq === fuzz.hostile.head.seq && Buffer.compare(headOf(fuzz).hash, fuzz.hostile.head.hash) === 0, `server and desk hold another log: ${listQuarantine(desk.db).at(-1)?.code}`);
  promise(known.seq < fuzz.hostile.head.seq, 'nothing came');
  const office = await readOffice(fuzz.db, fuzz.office, []);
  promise(office !== undefined, 'the office is gone');
  for (const subject of new Set(subjects)) {
    if (subject as string === fuzz.office) continue;
    const refs = await fuzz.db.all<{ device: string; seq: number }>('SELECT device, seq FROM operations WHERE office = ? AND subject = ?', fuzz.office, subject);
    const stored = await Promise.all(refs.map(({ device, seq }) => listDeviceOperations(fuzz.db, fuzz.office, device, seq, seq)));
    const here = foldDossier(stored.flat().map(toOperation), office!);
    const there = foldDossier(desk.log.listSubject(subject), desk.office());
    promise(isDeepStrictEqual(here, there), 'server and desk fold another dossier');
  }
}

/** A hostile server, or a carrier in between, hands the desk what the server had refused. */
async function offerToDesk(fuzz: FuzzOffice, { frame, isSigned }: FuzzCase): Promise<void> {
  if (!frame) return;
  const { desk } = fuzz.desk;
  const before = deskState(fuzz);
  const read = readFrame({ known: { db: desk.db, names: desk.log.names }, office: desk.office(), own: desk.device }, frame.codec, frame.bytes);
  if (read.ok) {
    promise(isSigned || read.value.stretches.length === 0, 'a desk takes in what nobody signed');
    promise(read.value.stretches.length === 0, 'a desk takes in what the server refuses');
    for (const stretch of read.value.stretches) takeStretch(desk, stretch);
    await foldArrived(desk);
  } else promise(CODES.has(read.error.code), `a desk refuses without a code of the table: ${read.error.code}`);
  promise(deskState(fuzz) === before, 'a desk refused, yet something was stored');
}

function headOf({ desk: { desk }, hostile }: FuzzOffice): Head {
  return readHead(desk.db, desk.log.names, hostile.device);
}

function deskState(fuzz: FuzzOffice): string {
  const { db } = fuzz.desk.desk;
  return JSON.stringify([db.value('SELECT max(position) FROM operations'), db.value('SELECT count(*) FROM subject_keys'), headOf(fuzz).seq]);
}

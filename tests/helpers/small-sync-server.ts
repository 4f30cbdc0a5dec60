/** The least that speaks docs/SYNC.md over real HTTP: verifies frames, keeps them in memory, hands them to other devices. One process, one life after another. */
import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { foldOffice } from '../../src-shared/domain/office/office-fold.ts';
import type { Operation } from '../../src-shared/domain/operations/operation.ts';
import type { DeviceId, OfficeId } from '../../src-shared/lib/ids.ts';
import { ADMISSION_PATH, admissionRequestSchema, officeAdmissionText, SERVER_PATH } from '../../src-shared/sync-protocol/admission.ts';
import { acknowledgementText, ENVELOPE_TYPE, EXCHANGE_PATH, exchangeRequestSchema, exchangeText, SIGNATURE_HEADER, type ExchangeAnswer, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { SYNC_ERRORS, type SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { CODECS, EXCHANGE_PROTOCOL, OLDEST_PROTOCOL_VERSION, type Codec } from '../../src-shared/sync-protocol/protocol-version.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';
import { claimedOperations } from '../../src-node/codec/frame-operation.ts';
import { decodeFrame, dictionaryOf, encodeFrame, linkFrame } from '../../src-node/codec/frame-codec.ts';
import { CHAIN_START } from '../../src-node/crypto/chain.ts';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import { generateSigningKeyPair, isTextSigned, signText } from '../../src-node/crypto/keys.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { toOperation, type StoredOperation } from '../../src-node/operations/operation-rows.ts';

/** Where the next exchange is cut off: before it is taken in, after that but before the answer, or in the middle of the answer. */
export type Cut = 'request' | 'answer' | 'halfAnswer';

interface Kept {
  readonly device: string;
  readonly branch: Branch;
}

interface HeldOffice {
  readonly publicKey: string;
  readonly logs: Map<string, StoredOperation[]>;
  readonly list: Kept[];
}

export class SmallSyncServer {
  readonly code = 'ABCD-2345-WXYZ';
  readonly server: string = randomUUID();
  keys = generateSigningKeyPair();
  epoch: string = randomUUID();
  /** What happens to the exchanges to come, first one first. */
  cuts: (Cut | null)[] = [];
  /** Answered to every exchange instead of doing it. */
  refusal: SyncErrorCode | null = null;
  /** Frames of these devices are refused. */
  refusedDevices = new Set<string>();
  /** Bytes handed down are changed by this. */
  spoil: ((bytes: Uint8Array) => Uint8Array) | null = null;
  /** How frames are written that it takes. */
  reads: readonly Codec[] = CODECS;
  /** How it writes its own. */
  writes: Codec = 'json-gzip';
  /** What it tells the time to be, UTC milliseconds. */
  nowMs = 0;
  /** Exchanges are left without an answer until `release`. */
  isHolding = false;
  readonly requests: ExchangeRequest[] = [];
  /** Operations that arrived although they were held already. */
  resent = 0;
  #offices = new Map<string, HeldOffice>();
  #http = http.createServer((request, response) => void this.#serve(request, response));
  #sockets = new Set<Socket>();
  #held: (() => void)[] = [];

  async listen(): Promise<string> {
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  release(): void {
    this.isHolding = false;
    for (const go of this.#held.splice(0)) go();
  }

  /** Everything held of an office: device -> links of its log. */
  held(office: string): Map<string, readonly string[]> {
    return new Map([...(this.#offices.get(office)?.logs ?? [])].map(([device, log]) => [device, log.map(({ hash }) => Buffer.from(hash).toString('hex'))]));
  }

  /** Restored from a backup of when it held only the first frames. */
  restoreTo(frames: number): void {
    this.epoch = randomUUID();
    for (const [id, { publicKey, list }] of this.#offices) {
      const office: HeldOffice = { publicKey, logs: new Map(), list: [] };
      this.#offices.set(id, office);
      for (const { branch } of list.slice(0, frames)) this.#take(office, id, encodeFrame('json-gzip', branch), 'json-gzip');
    }
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const parts: Buffer[] = [];
      for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
      if (this.isHolding && request.url === EXCHANGE_PATH) await new Promise<void>((go) => this.#held.push(go));
      this.#answer(request, response, Buffer.concat(parts));
    } catch {
      // The desk has gone.
      response.destroy();
    }
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
    if (request.url === SERVER_PATH) {
      json(response, 200, { protocol: EXCHANGE_PROTOCOL, oldestProtocol: OLDEST_PROTOCOL_VERSION, server: this.server, epoch: this.epoch, publicKey: this.keys.publicKey, name: 'Máy chủ thử' });
    } else if (request.url === ADMISSION_PATH) this.#admit(response, body);
    else if (request.url === EXCHANGE_PATH) this.#exchange(request, response, body);
    else json(response, 404, {});
  }

  #admit(response: http.ServerResponse, body: Buffer): void {
    const request = admissionRequestSchema.parse(JSON.parse(body.toString('utf8')));
    const { code, office, officePublicKey, signature } = request;
    if (code !== this.code || this.#offices.has(office) || !isTextSigned(officePublicKey, officeAdmissionText(this.server, request), signature)) return refuse(response, 'sync.badCode');
    this.#offices.set(office, { publicKey: officePublicKey, logs: new Map(), list: [] });
    json(response, 200, {});
  }

  #exchange(request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void {
    const cut = this.cuts.shift() ?? null;
    if (cut === 'request') return void request.socket.destroy();
    if (this.refusal) return refuse(response, this.refusal);
    const envelope = readEnvelope(body)!;
    const words = exchangeRequestSchema.parse(envelope.words);
    this.requests.push(words);
    const office = this.#offices.get(words.office);
    if (!office) return refuse(response, 'sync.unknownOffice');
    if (!this.reads.includes(words.codec as Codec)) return refuse(response, 'sync.protocol');
    const taken = envelope.frames.map((bytes) => this.#take(office, words.office, bytes, words.codec as Codec));
    const key = this.#keyOf(office, words.device, []);
    if (!key) return refuse(response, 'sync.unknownDevice');
    const hash = createHash('sha256').update(body).digest('hex');
    if (!isTextSigned(key, exchangeText(this.server, hash), request.headers[SIGNATURE_HEADER] as string)) return refuse(response, 'sync.badSignature');
    if (cut === 'answer') return void request.socket.destroy();
    const [answer, frames] = this.#answerTo(office, words, taken);
    const bytes = writeEnvelope(answer, this.spoil ? frames.map(this.spoil) : frames);
    response.writeHead(200, { 'content-type': ENVELOPE_TYPE, 'content-length': bytes.byteLength });
    if (cut === 'halfAnswer') response.write(bytes.subarray(0, bytes.byteLength / 2), () => request.socket.destroy());
    else response.end(bytes);
  }

  #answerTo(office: HeldOffice, words: ExchangeRequest, taken: readonly TakenFrame[]): [ExchangeAnswer, Uint8Array[]] {
    const devices = [...new Set([words.device, ...taken.map(({ device }) => device)])];
    const held = Object.fromEntries(devices.map((device) => [device, office.logs.get(device)?.length ?? 0]));
    const acknowledgements = devices.flatMap((device) => {
      const last = office.logs.get(device)?.at(-1);
      if (!last) return [];
      const one = { device, seq: last.header.seq, hash: Buffer.from(last.hash).toString('hex') };
      return [{ ...one, signature: signText(this.keys.privateKey, acknowledgementText(this.server, words.office, one)) }];
    });
    const frames: Uint8Array[] = [];
    let position = words.cursor?.epoch === this.epoch ? words.cursor.position : 0;
    let bytes = 0;
    for (; words.wantBytes > 0 && position < office.list.length && frames.length < 64; position += 1) {
      const next = office.list[position]!;
      if (next.device === words.device) continue;
      const frame = encodeFrame(this.writes, next.branch);
      if (frames.length > 0 && bytes + frame.byteLength > words.wantBytes) break;
      frames.push(frame);
      bytes += frame.byteLength;
    }
    const hasMore = office.list.slice(position).some(({ device }) => device !== words.device);
    const refused = taken.flatMap(({ device, code }) => (code ? [{ device, code, detail: '' }] : []));
    return [{ protocol: EXCHANGE_PROTOCOL, server: this.server, epoch: this.epoch, nowMs: this.nowMs, held, acknowledgements, refused, position, hasMore, codec: this.writes, frames: frames.length }, frames];
  }

  #take(office: HeldOffice, id: string, bytes: Uint8Array, codec: Codec): TakenFrame {
    const name = dictionaryOf(codec, bytes);
    const before = name ? (office.logs.get(name.device) ?? []).slice(name.firstSeq - 1, name.lastSeq) : [];
    const decoded = decodeFrame(codec, bytes, before);
    if (!decoded.ok) return { device: '', code: decoded.error.code };
    const content = decoded.value;
    const { device } = content;
    const log = office.logs.get(device) ?? [];
    if (this.refusedDevices.has(device)) return { device, code: 'frame.refused' };
    const previous = content.after === 0 ? { seq: 0, hash: CHAIN_START } : log[content.after - 1] && { seq: content.after, hash: log[content.after - 1]!.hash };
    if (!previous) return { device, code: 'branch.gap' };
    const brought = claimedOperations(content).filter(({ header }) => header.subject === id).map(toOperation);
    const key = this.#keyOf(office, device, brought);
    if (!key) return { device, code: 'branch.unknownDevice' };
    const linked = linkFrame(content, previous, key as SigningPublicKey);
    if (!linked.ok) return { device, code: linked.error.code };
    const fresh = linked.value.operations.slice(log.length - content.after);
    this.resent += linked.value.operations.length - fresh.length;
    if (fresh.length === 0) return { device, code: null };
    office.logs.set(device, [...log, ...fresh]);
    office.list.push({ device, branch: linked.value });
    return { device, code: null };
  }

  #keyOf(office: HeldOffice, device: string, brought: readonly Operation[]): string | undefined {
    const known = [...office.logs.values()].flat().filter(({ header }) => header.subject === (header.office as string)).map(toOperation);
    const folded = foldOffice([...known, ...brought], isTextSigned);
    return folded?.publicKey === office.publicKey ? folded.devices.get(device as DeviceId)?.publicKey : undefined;
  }
}

interface TakenFrame {
  readonly device: string;
  readonly code: string | null;
}

function json(response: http.ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(response: http.ServerResponse, code: SyncErrorCode): void {
  json(response, SYNC_ERRORS[code].status, { error: { code, detail: '' } });
}

import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { z } from 'zod';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { ADMISSION_PATH, SERVER_PATH, serverViewSchema, type AdmissionRequest, type ServerView } from '../../src-shared/sync-protocol/admission.ts';
import { ENVELOPE_TYPE, EXCHANGE_PATH, exchangeAnswerSchema, exchangeText, SIGNATURE_HEADER, type ExchangeAnswer, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { MESSAGE_BYTES_MAX } from '../../src-shared/sync-protocol/limits.ts';
import { SYNC_ERRORS, type SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';
import { readEnvelope, writeEnvelope } from '../codec/envelope.ts';
import type { SigningPrivateKey } from '../crypto/key-text.ts';
import { signText } from '../crypto/keys.ts';
import type { Moved } from './frame-bytes.ts';

/** Why there is no answer. `untrusted`: the certificate is neither the server's own nor one that this machine trusts; `notOurServer`: somebody answered who does not speak this protocol, a captive portal for one. */
export type ExchangeFailure = { readonly code: 'unreachable' | 'timedOut' | 'untrusted' | 'malformedAnswer' | 'notOurServer' | 'badAddress' | SyncErrorCode; readonly detail: string; readonly retry: boolean };

export interface ServerAddress {
  /** `https://…`, or `http://` on loopback. */
  readonly address: string;
  /** The server's id. */
  readonly server: string;
  /** Its key, base64url: a certificate of this key needs no other to vouch for it. */
  readonly publicKey: string;
}

export interface ExchangeUp {
  readonly to: ServerAddress;
  readonly words: ExchangeRequest;
  readonly frames: readonly Uint8Array[];
  readonly privateKey: SigningPrivateKey;
  readonly signal?: AbortSignal;
}

export interface ExchangeDown {
  readonly answer: ExchangeAnswer;
  readonly frames: readonly Uint8Array[];
  readonly moved: Moved;
}

/** Calls of a server over HTTP. Nothing here tries again; an answer that cannot be ours is a failure, never a throw. */
export interface ExchangeClient {
  look(address: string): Promise<Result<ServerView, ExchangeFailure>>;
  admit(to: ServerAddress, request: AdmissionRequest): Promise<Result<undefined, ExchangeFailure>>;
  exchange(up: ExchangeUp): Promise<Result<ExchangeDown, ExchangeFailure>>;
  /** Lets kept connections go. */
  close(): void;
}

export interface ExchangeClientDep {
  readonly monotonicMs: () => number;
  /** A connection on which no byte moves for so long has died. */
  readonly silenceMs?: number;
}

/** Longer than a slow hill link is silent while it is alive. */
const SILENCE_MS = 45_000;

export function createExchangeClient({ monotonicMs, silenceMs = SILENCE_MS }: ExchangeClientDep): ExchangeClient {
  const agents = { 'http:': new http.Agent({ keepAlive: true, maxSockets: 2 }), 'https:': new https.Agent({ keepAlive: true, maxSockets: 2, maxCachedSessions: 0 }) };
  const send = (question: Omit<Question, 'silenceMs' | 'agents'>) => ask({ ...question, silenceMs, agents });
  return {
    look: async (address) => {
      // Whose certificate it has to be is only told by the answer.
      const answered = await send({ address, path: SERVER_PATH, method: 'GET', headers: {}, body: null, isTrusted: () => true });
      const parsed = parsedJson(answered, serverViewSchema);
      return answered.ok && parsed.ok && !isPeerTrusted(answered.value.peer, parsed.value.publicKey) ? failure('untrusted', address, false) : parsed;
    },
    admit: async ({ address, publicKey }, request) => {
      const body = Buffer.from(JSON.stringify(request), 'utf8');
      const answered = await send({ address, path: ADMISSION_PATH, method: 'POST', headers: { 'content-type': 'application/json' }, body, isTrusted: (peer) => isPeerTrusted(peer, publicKey) });
      return answered.ok ? ok(undefined) : answered;
    },
    exchange: async ({ to, words, frames, privateKey, signal }) => {
      const body = writeEnvelope(words, frames);
      const signature = signText(privateKey, exchangeText(to.server, createHash('sha256').update(body).digest('hex')));
      const begunMs = monotonicMs();
      const headers = { 'content-type': ENVELOPE_TYPE, [SIGNATURE_HEADER]: signature };
      const answered = await send({ address: to.address, path: EXCHANGE_PATH, method: 'POST', headers, body, signal, isTrusted: (peer) => isPeerTrusted(peer, to.publicKey) });
      if (!answered.ok) return answered;
      const read = readAnswer(answered.value, to.server);
      return read.ok ? ok({ ...read.value, moved: { bytes: body.byteLength + answered.value.body.byteLength, ms: monotonicMs() - begunMs } }) : read;
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

interface Question {
  readonly address: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer | null;
  readonly signal?: AbortSignal | undefined;
  /** Asked before the first byte of a request goes over a new connection. */
  readonly isTrusted: (peer: Peer) => boolean;
  readonly silenceMs: number;
  readonly agents: Readonly<Record<'http:' | 'https:', http.Agent>>;
}

/** Who is at the other end; null without TLS, which is on loopback. */
type Peer = { readonly isVouchedFor: boolean; readonly key: string } | null;

interface Answered {
  readonly type: string;
  readonly body: Buffer;
  readonly peer: Peer;
}

function isPeerTrusted(peer: Peer, publicKey: string): boolean {
  return peer === null || peer.isVouchedFor || peer.key === publicKey;
}

/** By connection: one that is used again tells no certificate any more. */
const peers = new WeakMap<Socket, Peer>();

function peerOf(socket: Socket): Peer {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = readPeer(socket);
  peers.set(socket, peer);
  return peer;
}

function readPeer(socket: Socket): Peer {
  if (!(socket instanceof TLSSocket)) return null;
  // The last 32 bytes of an Ed25519 key's SPKI are the key itself.
  const spki = socket.getPeerX509Certificate()?.publicKey.export({ format: 'der', type: 'spki' });
  return { isVouchedFor: socket.authorized, key: spki?.subarray(-32).toString('base64url') ?? '' };
}

function ask(question: Question): Promise<Result<Answered, ExchangeFailure>> {
  const url = urlOf(question.address, question.path);
  if (!url) return Promise.resolve(failure('badAddress', question.address, false));
  const { method, body, headers, signal, silenceMs } = question;
  return new Promise((resolve) => {
    const module = url.protocol === 'https:' ? https : http;
    const request = module.request(url, {
      method,
      agent: question.agents[url.protocol as 'http:' | 'https:'],
      headers: { ...headers, ...(body && { 'content-length': body.byteLength }) },
      // Counted from the last byte either way, not from the start: a slow link that moves is alive.
      timeout: silenceMs,
      ...(signal && { signal }),
      // Judged by `isTrusted` instead, and before anything is sent.
      rejectUnauthorized: false,
    });
    let peer: Peer = null;
    const broken = (error: NodeJS.ErrnoException) => resolve(failure(error.code === SILENT ? 'timedOut' : error.code === UNTRUSTED ? 'untrusted' : 'unreachable', error.code ?? error.message, error.code !== UNTRUSTED));
    request.on('timeout', () => request.destroy(Object.assign(new Error('no byte moved'), { code: SILENT })));
    request.on('error', broken);
    request.on('response', (response) => void readBody(response).then((read) => resolve(read === undefined ? failure('malformedAnswer', 'too large', true) : answerOf(response, read, peer)), broken));
    request.on('socket', (socket) => {
      const send = () => {
        peer = peerOf(socket);
        if (question.isTrusted(peer)) request.end(body ?? undefined);
        else request.destroy(Object.assign(new Error('another certificate'), { code: UNTRUSTED }));
      };
      if ((socket as Partial<{ secureConnecting: boolean }>).secureConnecting === true) socket.once('secureConnect', send);
      else send();
    });
  });
}

const SILENT = 'SILENT';
const UNTRUSTED = 'UNTRUSTED';

/** Plain HTTP is for loopback alone: what goes over a network is read by nobody else. */
function urlOf(address: string, path: string): URL | undefined {
  if (!URL.canParse(path, address)) return undefined;
  const url = new URL(path, address);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : undefined;
}

/** Undefined where it is larger than any answer may be. Throws where the connection breaks off. */
async function readBody(response: http.IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > MESSAGE_BYTES_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function answerOf({ statusCode, headers }: http.IncomingMessage, body: Buffer, peer: Peer): Result<Answered, ExchangeFailure> {
  const type = headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (statusCode === 200) return ok({ type, body, peer });
  const code = refusalOf(body);
  if (code) return failure(code.code, code.detail, SYNC_ERRORS[code.code].retry);
  // A proxy on the way may say so of a server that is away for a moment.
  return failure((statusCode ?? 0) >= 500 ? 'unreachable' : 'notOurServer', `status ${statusCode}`, true);
}

function refusalOf(body: Buffer): { readonly code: SyncErrorCode; readonly detail: string } | undefined {
  const { code, detail } = ((parseJson(body) as { error?: { code?: unknown; detail?: unknown } } | null | undefined)?.error ?? {}) as { code?: unknown; detail?: unknown };
  return typeof code === 'string' && Object.hasOwn(SYNC_ERRORS, code) ? { code: code as SyncErrorCode, detail: String(detail ?? '').slice(0, 300) } : undefined;
}

function parsedJson<Schema extends z.ZodType>(answered: Result<Answered, ExchangeFailure>, schema: Schema): Result<z.output<Schema>, ExchangeFailure> {
  if (!answered.ok) return answered;
  const parsed = schema.safeParse(parseJson(answered.value.body));
  return parsed.success ? ok(parsed.data) : failure('notOurServer', answered.value.type, true);
}

function readAnswer({ type, body }: Answered, server: string): Result<Omit<ExchangeDown, 'moved'>, ExchangeFailure> {
  if (type !== ENVELOPE_TYPE) return failure('notOurServer', type, true);
  const envelope = readEnvelope(body);
  const parsed = exchangeAnswerSchema.safeParse(envelope?.words);
  if (!envelope || !parsed.success || parsed.data.frames !== envelope.frames.length) return failure('malformedAnswer', parsed.error?.issues[0]?.path.join('.') ?? 'envelope', true);
  return parsed.data.server === server ? ok({ answer: parsed.data, frames: envelope.frames }) : failure('notOurServer', parsed.data.server, false);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Not JSON: whoever looks into it finds nothing.
    return undefined;
  }
}

function failure(code: ExchangeFailure['code'], detail: string, retry: boolean): { readonly ok: false; readonly error: ExchangeFailure } {
  return err({ code, detail, retry });
}

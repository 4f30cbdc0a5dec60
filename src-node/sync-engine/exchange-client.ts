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
import { certificateOf, peerKeyOf, type KeyCertificate } from '../crypto/certificate.ts';
import type { SigningPrivateKey } from '../crypto/key-text.ts';
import { publicKeyOf, signText } from '../crypto/keys.ts';
import type { Moved } from './frame-bytes.ts';

/** Why there is no answer. `untrusted`: by TLS another key than the server's stands at the other end; `notOurServer`: somebody answered who does not speak this protocol, a captive portal for one. */
export type ExchangeFailure = { readonly code: 'unreachable' | 'timedOut' | 'untrusted' | 'malformedAnswer' | 'notOurServer' | 'badAddress' | SyncErrorCode; readonly detail: string; readonly retry: boolean };

export interface ServerAddress {
  /** `https://…`, or `http://` on loopback. */
  readonly address: string;
  /** The server's id. */
  readonly server: string;
  /** Its key, base64url: by TLS it must be this very one, and nobody else is asked. */
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
  const sessions: Sessions = new Map();
  const send = (question: Omit<Question, 'silenceMs' | 'agents' | 'sessions'>) => ask({ ...question, silenceMs, agents, sessions });
  return {
    look: async (address) => {
      // Whose certificate it has to be is only told by the answer.
      const answered = await send({ address, path: SERVER_PATH, method: 'GET', headers: {}, body: null, expects: null, as: null });
      const parsed = parsedJson(answered, serverViewSchema);
      return answered.ok && parsed.ok && !isPeer(answered.value.peer, parsed.value.publicKey) ? failure('untrusted', address, false) : parsed;
    },
    admit: async ({ address, publicKey }, request) => {
      const body = Buffer.from(JSON.stringify(request), 'utf8');
      const answered = await send({ address, path: ADMISSION_PATH, method: 'POST', headers: { 'content-type': 'application/json' }, body, expects: publicKey, as: null });
      return answered.ok ? ok(undefined) : answered;
    },
    exchange: async ({ to, words, frames, privateKey, signal }) => {
      const body = writeEnvelope(words, frames);
      const signature = signText(privateKey, exchangeText(to.server, createHash('sha256').update(body).digest('hex')));
      const begunMs = monotonicMs();
      const headers = { 'content-type': ENVELOPE_TYPE, [SIGNATURE_HEADER]: signature };
      const answered = await send({ address: to.address, path: EXCHANGE_PATH, method: 'POST', headers, body, signal, expects: to.publicKey, as: privateKey });
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
  /** Whose key has to stand at the other end before the first byte of a request goes over; null where only the answer tells. */
  readonly expects: string | null;
  /** The device that shows its certificate; null before anybody has agreed to the server. */
  readonly as: SigningPrivateKey | null;
  readonly silenceMs: number;
  readonly agents: Readonly<Record<'http:' | 'https:', http.Agent>>;
  readonly sessions: Sessions;
}

/** Whose key is at the other end, empty where it is none of ours; null without TLS, which is on loopback. */
type Peer = string | null;

/**
 * By host and expected key: what the last connection left for the next, which then needs no certificates. It is offered to nobody but
 * the key that it was made with, and whoever can take it up has been that one.
 */
type Sessions = Map<string, Buffer>;

interface Answered {
  readonly type: string;
  readonly body: Buffer;
  readonly peer: Peer;
}

function isPeer(peer: Peer, publicKey: string | null): boolean {
  return peer === null || publicKey === null || peer === publicKey;
}

/** By connection: one that was resumed tells no certificate, and one that is used again none any more. */
const peers = new WeakMap<Socket, Peer>();

function peerOf(socket: Socket, expects: string | null): Peer {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  const peer = socket instanceof TLSSocket ? (socket.isSessionReused() ? expects : peerKeyOf(socket)) ?? '' : null;
  peers.set(socket, peer);
  return peer;
}

/** What goes along with a question by TLS. */
function tlsWords({ expects, as, sessions }: Question, url: URL): https.RequestOptions {
  const session = expects === null ? undefined : sessions.get(sessionName(url, expects, as));
  return {
    minVersion: 'TLSv1.3',
    // One curve: the hybrid one that Node would offer costs 2.3 kB of each connection (docs/decisions/0027).
    ecdhCurve: 'X25519',
    // The key is compared instead, before anything is sent.
    rejectUnauthorized: false,
    ...(as !== null && certificateFor(as)),
    ...(session && { session }),
  };
}

function sessionName({ host }: URL, expects: string, as: SigningPrivateKey | null): string {
  return [host, expects, as === null ? '' : publicKeyOf(as)].join(' ');
}

/** Made once for each device that this process has been. */
const certificates = new Map<SigningPrivateKey, KeyCertificate>();

function certificateFor(privateKey: SigningPrivateKey): KeyCertificate {
  const made = certificates.get(privateKey) ?? certificateOf(privateKey);
  certificates.set(privateKey, made);
  return made;
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
      ...(url.protocol === 'https:' && tlsWords(question, url)),
    });
    let peer: Peer = null;
    const broken = (error: NodeJS.ErrnoException) => resolve(failure(error.code === SILENT ? 'timedOut' : error.code === UNTRUSTED ? 'untrusted' : 'unreachable', error.code ?? error.message, error.code !== UNTRUSTED));
    request.on('timeout', () => request.destroy(Object.assign(new Error('no byte moved'), { code: SILENT })));
    request.on('error', broken);
    request.on('response', (response) => void readBody(response).then((read) => resolve(read === undefined ? failure('malformedAnswer', 'too large', true) : answerOf(response, read, peer)), broken));
    request.on('socket', (socket) => {
      const { expects } = question;
      const send = () => {
        peer = peerOf(socket, expects);
        if (isPeer(peer, expects)) request.end(body ?? undefined);
        else request.destroy(Object.assign(new Error('another certificate'), { code: UNTRUSTED }));
      };
      if ((socket as Partial<{ secureConnecting: boolean }>).secureConnecting !== true) return send();
      socket.once('secureConnect', send);
      if (expects !== null) socket.on('session', (session: Buffer) => isPeer(peerOf(socket, expects), expects) && question.sessions.set(sessionName(url, expects, question.as), session));
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

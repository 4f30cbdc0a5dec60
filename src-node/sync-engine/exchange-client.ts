import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { err, ok, type Result } from '../../src-shared/lib/result.ts';
import { ADMISSION_PATH, SERVER_PATH, serverViewSchema, type AdmissionRequest, type ServerView } from '../../src-shared/sync-protocol/admission.ts';
import { ENVELOPE_TYPE, EXCHANGE_PATH, exchangeText, SIGNATURE_HEADER, type ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { STREAM_PATH, STREAM_TYPE } from '../../src-shared/sync-protocol/stream.ts';
import { SYNC_ERRORS } from '../../src-shared/sync-protocol/sync-errors.ts';
import { writeEnvelope } from '../codec/envelope.ts';
import type { SigningPrivateKey } from '../crypto/key-text.ts';
import { signText } from '../crypto/keys.ts';
import { openExchangeStream, type ExchangeStream } from './exchange-stream.ts';
import { answerOf, closeAgents, createAgents, failure, failureOf, isPeer, parseJson, readBody, startRequest, type Answered, type ExchangeFailure, type Question, type Sessions } from './http-request.ts';
import { readAnswer, type ReadAnswer } from './read-answer.ts';
import type { Moved } from './frame-bytes.ts';
import type { Traffic } from './traffic.ts';

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
  readonly traffic?: Traffic;
  /** By a connection of its own; once it was answered, later ones go by that and all others are let go, also where they are silent. */
  readonly isFresh?: boolean;
  /** Asked when a fresh one was answered. False: what it was to take the place of has come to life, so all stays as it was. */
  readonly isWanted?: () => boolean;
  /** What is asked next may go by this connection although it wants a fresh one: it was made a moment ago. */
  readonly isHandedOn?: boolean;
  /** Called when bytes come. */
  readonly onBytes?: () => void;
}

type Asked = Omit<Question, 'silenceMs' | 'agents' | 'sessions'>;

export interface ExchangeDown extends ReadAnswer {
  readonly moved: Moved;
}

export type StreamUp = Pick<ExchangeUp, 'to' | 'words' | 'privateKey' | 'signal' | 'traffic' | 'onBytes'>;

/** Calls of a server over HTTP. Nothing here tries again; an answer that cannot be ours is a failure, never a throw. */
export interface ExchangeClient {
  look(address: string): Promise<Result<ServerView, ExchangeFailure>>;
  admit(to: ServerAddress, request: AdmissionRequest): Promise<Result<undefined, ExchangeFailure>>;
  exchange(up: ExchangeUp): Promise<Result<ExchangeDown, ExchangeFailure>>;
  /** Many exchanges over one request. */
  stream(up: StreamUp): ExchangeStream;
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
/** A connection that was just answered is as good as a fresh one. */
const HANDED_ON_MS = 5_000;

export function createExchangeClient({ monotonicMs, silenceMs = SILENCE_MS }: ExchangeClientDep): ExchangeClient {
  let agents = createAgents();
  const sessions: Sessions = new Map();
  const send = (question: Asked) => ask({ ...question, silenceMs, agents, sessions });
  let handedOnMs = -Infinity;
  /** Whether the connection was handed on to this very exchange, which is the only one that it is handed on to. */
  const takesOver = () => {
    const isHandedOn = monotonicMs() - handedOnMs < HANDED_ON_MS;
    handedOnMs = -Infinity;
    return isHandedOn;
  };
  const sendFresh = async (question: Asked, isWanted: () => boolean) => {
    const own = createAgents();
    const answered = await ask({ ...question, silenceMs, agents: own, sessions });
    const over = isAnswered(answered) && isWanted() ? agents : own;
    if (over === agents) agents = own;
    closeAgents(over);
    return answered;
  };
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
    exchange: async ({ to, words, frames, privateKey, signal, traffic, isFresh = false, isWanted = () => true, isHandedOn = false, onBytes }) => {
      const body = writeEnvelope(words, frames);
      const signature = signText(privateKey, exchangeText(to.server, createHash('sha256').update(body).digest('hex')));
      const begunMs = monotonicMs();
      const isTaken = !isHandedOn && takesOver();
      const headers = { 'content-type': ENVELOPE_TYPE, [SIGNATURE_HEADER]: signature };
      const question = { address: to.address, path: EXCHANGE_PATH, method: 'POST', headers, body, signal, traffic, onBytes, expects: to.publicKey, as: privateKey } as const;
      const answered = await (isFresh && !isTaken ? sendFresh(question, isWanted) : send(question));
      if (isHandedOn && isAnswered(answered)) handedOnMs = monotonicMs();
      if (!answered.ok) return answered;
      const read = readAnswer(answered.value, to.server);
      return read.ok ? ok({ ...read.value, moved: { bytes: body.byteLength + answered.value.body.byteLength, ms: monotonicMs() - begunMs } }) : read;
    },
    stream: (up) => {
      const opening = writeEnvelope(up.words, []);
      const signature = signText(up.privateKey, exchangeText(up.to.server, createHash('sha256').update(opening).digest('hex')));
      const headers = { 'content-type': STREAM_TYPE, [SIGNATURE_HEADER]: signature };
      const start = { address: up.to.address, path: STREAM_PATH, method: 'POST', headers, signal: up.signal, traffic: up.traffic, expects: up.to.publicKey, as: up.privateKey, silenceMs, agents, sessions } as const;
      return openExchangeStream({ start: (handlers) => startRequest(start, handlers), opening, server: up.to.server, onBytes: up.onBytes });
    },
    close: () => closeAgents(agents),
  };
}

/** A refusal in the protocol's own words is an answer too: the connection carries. */
function isAnswered(answered: Result<unknown, ExchangeFailure>): boolean {
  return answered.ok || Object.hasOwn(SYNC_ERRORS, answered.error.code);
}

function ask(question: Question): Promise<Result<Answered, ExchangeFailure>> {
  const { body, onBytes } = question;
  return new Promise((resolve) => {
    const broken = (error: ExchangeFailure) => resolve(err(error));
    const headers = { ...question.headers, ...(body && { 'content-length': body.byteLength }) };
    startRequest({ ...question, headers }, {
      onReady: (request) => request.end(body ?? undefined),
      onResponse: (response, peer) => {
        void readBody(response, onBytes).then((read) => resolve(read === undefined ? failure('malformedAnswer', 'too large', true) : answerOf(response, read, peer)), (error: unknown) => broken(failureOf(error)));
      },
      onFailure: broken,
    });
  });
}

function parsedJson<Schema extends z.ZodType>(answered: Result<Answered, ExchangeFailure>, schema: Schema): Result<z.output<Schema>, ExchangeFailure> {
  if (!answered.ok) return answered;
  const parsed = schema.safeParse(parseJson(answered.value.body));
  return parsed.success ? ok(parsed.data) : failure('notOurServer', answered.value.type, true);
}

import { createHash } from 'node:crypto';
import { readEnvelope, writeEnvelope } from '../../../src-node/codec/envelope.ts';
import { signText, publicKeyOf } from '../../../src-node/crypto/keys.ts';
import type { ExchangeClient, ExchangeDown, ExchangeUp, StreamUp } from '../../../src-node/sync-engine/exchange-client.ts';
import type { ExchangeStream } from '../../../src-node/sync-engine/exchange-stream.ts';
import { failure, refusalFailure, type ExchangeFailure } from '../../../src-node/sync-engine/http-request.ts';
import { readAnswerRecord, type ReadAnswer } from '../../../src-node/sync-engine/read-answer.ts';
import type { Peer } from '../../../src-server/exchange/recognise-sender.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import { exchangeText, type ExchangeAnswer } from '../../../src-shared/sync-protocol/exchange.ts';
import type { Codec } from '../../../src-shared/sync-protocol/protocol-version.ts';
import { Connection, type Link } from './virtual-link.ts';
import type { Made, SimulatedServer } from './simulated-server.ts';
import type { World } from './world.ts';

/** How a desk's program writes its messages and understands answers. */
export interface Dialect {
  words<Words extends object>(words: Words): Words;
  frames(frames: readonly Uint8Array[]): readonly Uint8Array[];
  answer(answer: ExchangeAnswer): ExchangeAnswer;
  readonly codec: Codec;
}

export interface ClientDep {
  readonly world: World;
  readonly server: SimulatedServer;
  readonly no: number;
  readonly link: Link;
  readonly dialect: () => Dialect;
}

/** The calls of a server over a virtual network, as the product's client makes them over HTTP. */
export function createVirtualClient(dep: ClientDep): ExchangeClient {
  const { world, link } = dep;
  const never = () => Promise.resolve(failure('unreachable', 'not simulated', true));
  return {
    look: never,
    admit: never,
    exchange: async (up) => {
      const begunMs = world.time.nowMs;
      const connection = new Connection(world, link);
      const { body, signature, peer } = sealed(dep, up.words, up.frames, up);
      world.figures.exchanges += 1;
      const down = await new Promise<Result<ReadAnswer, ExchangeFailure>>((resolve) => {
        const broken = (error: ExchangeFailure) => {
          if (up.frames.length > 0) world.figures.bytesUnanswered += body.byteLength;
          resolve(failure(error.code, error.detail, error.retry));
        };
        connection.onBroken = broken;
        up.signal?.addEventListener('abort', () => connection.letGo());
        if (up.signal?.aborted) return connection.letGo();
        connection.up(body, () => void ask(dep, body, signature, peer).then((made) => deliver(dep, connection, made, up, resolve)));
      });
      connection.end();
      if (link.takesTwice()) world.time.after(world.chance.between(0, 40_000), () => void ask(dep, body, signature, peer));
      if (down.ok && up.isFresh && up.isWanted?.() !== false) link.letOthersGo(connection);
      return down.ok ? ok({ ...down.value, moved: { bytes: body.byteLength + connection.bytesDown, ms: world.time.nowMs - begunMs } } satisfies ExchangeDown) : down;
    },
    stream: (up) => openVirtualStream(dep, up),
    close: () => link.letOthersGo(undefined),
  };
}

function sealed({ dialect, no, world }: ClientDep, words: object, frames: readonly Uint8Array[], { privateKey, to }: Pick<ExchangeUp, 'privateKey' | 'to'>) {
  const own = dialect();
  const written = own.frames(frames);
  world.oracle.sawFramesUp(no, own.codec, written);
  const body = writeEnvelope(own.words(words), written);
  const signature = signText(privateKey, exchangeText(to.server, createHash('sha256').update(body).digest('hex')));
  return { body, signature, peer: { by: 'tls', key: publicKeyOf(privateKey) } as const satisfies Peer };
}

async function ask({ world, server, no }: ClientDep, body: Uint8Array, signature: string, peer: Peer): Promise<Made> {
  if (!server.isUp) return 'broken';
  const wasStopped = await world.oracle.isStopped(no, server.raw);
  const made = await server.exchange(body, signature, peer);
  noteMade(world, no, made, wasStopped);
  return made;
}

function noteMade(world: World, no: number, made: Made, wasStopped: boolean): void {
  if (made !== 'broken' && made.ok) world.oracle.sawAnswerMade(no, readEnvelope(made.value)!.words as ExchangeAnswer, wasStopped);
}

function deliver(dep: ClientDep, connection: Connection, made: Made, { to, onBytes }: Pick<ExchangeUp, 'to' | 'onBytes'>, resolve: (answer: Result<ReadAnswer, ExchangeFailure>) => void): void {
  if (made === 'broken') return connection.break('unreachable');
  const bytes = made.ok ? made.value : Buffer.from(JSON.stringify(made.error));
  connection.down(bytes, () => {
    onBytes?.();
    resolve(made.ok ? understood(dep, made.value, to.server) : refusalFailure(made.error));
  });
}

function understood({ world, no, dialect }: ClientDep, bytes: Uint8Array, server: string): Result<ReadAnswer, ExchangeFailure> {
  const read = readAnswerRecord(bytes, server);
  if (!read.ok) return read;
  world.oracle.sawAnswerDown(no, read.value.answer);
  return ok({ ...read.value, answer: dialect().answer(read.value.answer) });
}

const END = Symbol('end');

/** Things that come later, in their order. */
class Queue<T> implements AsyncIterable<T> {
  readonly #ready: (T | typeof END)[] = [];
  #wake: (() => void) | undefined;

  put(value: T | typeof END): void {
    this.#ready.push(value);
    this.#wake?.();
  }

  async next(): Promise<T | typeof END> {
    while (this.#ready.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#ready[0] === END ? END : this.#ready.shift()!;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, undefined> {
    for (let value = await this.next(); value !== END; value = await this.next()) yield value;
  }
}

type Down = Result<ReadAnswer & { readonly bytes: number }, ExchangeFailure>;

function openVirtualStream(dep: ClientDep, up: StreamUp): ExchangeStream {
  const { world, link, no } = dep;
  const connection = new Connection(world, link);
  const records = new Queue<Uint8Array>();
  const answers = new Queue<Down>();
  const { body, signature, peer } = sealed(dep, up.words, [], up);
  const isHeldBack = link.holdsStreamsBack();
  const kept: Uint8Array[] = [];
  /** Of frames that went up and are not answered yet. */
  const sizes = [0];
  let isOver = false;
  world.figures.streams += 1;
  const finish = () => {
    if (isOver) return;
    isOver = true;
    world.figures.bytesUnanswered += sizes.reduce((sum, bytes) => sum + bytes, 0);
    if (link.takesTwice()) replay(dep, kept, signature, peer);
  };
  connection.onBroken = (error) => {
    finish();
    answers.put(failure(error.code, error.detail, error.retry));
    answers.put(END);
    records.put(END);
  };
  up.signal?.addEventListener('abort', () => connection.letGo());
  if (up.signal?.aborted) connection.letGo();
  const send = (bytes: Uint8Array) => connection.up(bytes, () => {
    kept.push(bytes);
    if (!isHeldBack) records.put(bytes);
  });
  send(body);
  void serve(dep, connection, { records, signature, peer }, (made) => deliver(dep, connection, made, up, (answer) => {
    sizes.shift();
    answers.put(answer.ok ? ok({ ...answer.value, bytes: made !== 'broken' && made.ok ? made.value.byteLength : 0 }) : answer);
  }));
  return {
    send: (words, frames) => {
      const own = dep.dialect();
      const written = own.frames(frames);
      world.oracle.sawFramesUp(no, own.codec, written);
      const bytes = writeEnvelope(words, written);
      sizes.push(frames.length > 0 ? bytes.byteLength : 0);
      send(bytes);
      return bytes.byteLength + 4;
    },
    next: async () => {
      const next = await answers.next();
      return next === END ? failure('unreachable', 'the stream has ended', true) : next;
    },
    end: () => {
      connection.end();
      finish();
      records.put(END);
    },
    destroy: () => connection.letGo(),
  };
}

async function serve({ server, world, no }: ClientDep, connection: Connection, { records, signature, peer }: { readonly records: Queue<Uint8Array>; readonly signature: string; readonly peer: Peer }, pass: (made: Made) => void): Promise<void> {
  // Nobody is there until the first record has come.
  const first = await records.next();
  if (first === END) return;
  if (!server.isUp) return connection.break('unreachable');
  const stopped: boolean[] = [];
  const heard = async (record: Uint8Array) => {
    stopped.push(server.isUp && (await world.oracle.isStopped(no, server.raw)));
    return record;
  };
  const asked = (async function* () {
    yield await heard(first);
    for await (const record of records) yield await heard(record);
  })();
  for await (const made of server.stream(asked, signature, peer)) {
    noteMade(world, no, made, stopped.shift() ?? false);
    pass(made);
  }
}

/** Something on the way sends the whole body once more, to nobody's ears. */
function replay({ world, server }: ClientDep, kept: readonly Uint8Array[], signature: string, peer: Peer): void {
  world.time.after(world.chance.between(0, 40_000), () => {
    const again = (async function* () {
      yield* kept;
    })();
    void (async () => {
      for await (const made of server.stream(again, signature, peer)) if (made === 'broken') return;
    })();
  });
}

import path from 'node:path';
import { createProjectionJob, type ProjectionJob } from '../../../src-server/jobs/projection-job.ts';
import { DatabaseFailure, isDatabaseFailure, type ServerDb, type ServerWrites } from '../../../src-server/db/server-db.ts';
import { openSqliteServerDb } from '../../../src-server/db/sqlite-server-db.ts';
import { answerExchange } from '../../../src-server/exchange/answer-exchange.ts';
import { answerStream } from '../../../src-server/exchange/answer-stream.ts';
import type { Peer } from '../../../src-server/exchange/recognise-sender.ts';
import { beginEpoch, readIdentity, type ServerIdentity } from '../../../src-server/features/identity/server-identity.ts';
import type { Result } from '../../../src-shared/lib/result.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import type { SyncErrorCode } from '../../../src-shared/sync-protocol/sync-errors.ts';
import { valueOf } from '../../helpers/core-desk.ts';
import { readFiles, writeFiles, type Files } from './office-template.ts';
import type { World } from './world.ts';

/** An answer as it goes on its way, or how the connection ends. */
export type Made = Result<Uint8Array, { readonly code: SyncErrorCode; readonly detail: string }> | 'broken';

interface Life {
  readonly db: ServerDb;
  /** As the rows lie, without waiting for anybody. */
  readonly raw: ServerDb;
  readonly identity: ServerIdentity;
  readonly projection: ProjectionJob;
  readonly died: Promise<'broken'>;
  end(): void;
  isOver: boolean;
}

const FOLD_EACH_MS = 20_000;

/** The real server's parts on a real database, in a life that may end between any two of its turns. */
export class SimulatedServer {
  readonly #world: World;
  readonly #folder: string;
  #life: Life | undefined;
  readonly #copies: Files[] = [];
  /** What the next write meets. */
  meets: 'busy' | 'fault' | null = null;
  /** Ends the life when so many writes more have begun. */
  crashAfterWrites: { left: number; readonly run: () => void } | null = null;

  constructor(world: World) {
    this.#world = world;
    this.#folder = path.join(world.root, 'server');
    writeFiles(this.#folder, world.template.server);
  }

  get isUp(): boolean {
    return this.#life !== undefined;
  }

  get raw(): ServerDb {
    assert(this.#life, 'the server is up');
    return this.#life.raw;
  }

  async start(): Promise<void> {
    if (this.#life) return;
    const raw = valueOf(openSqliteServerDb(this.#folder));
    const { identity } = await readIdentity(raw, 'Tỉnh');
    let die: (how: 'broken') => void = () => undefined;
    const died = new Promise<'broken'>((resolve) => (die = resolve));
    const life: Life = {
      raw, identity, died, isOver: false,
      db: this.#patient(raw, () => life.isOver),
      projection: createProjectionJob({ db: this.#patient(raw, () => life.isOver), nowMs: () => this.#world.trueMs(), onFailure: () => undefined }),
      end: () => {
        life.isOver = true;
        die('broken');
      },
    };
    this.#life = life;
    this.#world.oracle.serverStarted(raw);
    this.#foldLater(life);
  }

  /** The process ends; what is not committed is gone. */
  async crash(): Promise<void> {
    const life = this.#life;
    if (!life) return;
    this.#life = undefined;
    const files = readFiles(this.#folder);
    life.end();
    await this.#endOf(life);
    writeFiles(this.#folder, files);
  }

  /** What is on disk now, for later. */
  keepCopy(): void {
    this.#copies.push(readFiles(this.#folder));
  }

  /** From a backup, in another life. False where there is none. */
  async restore(pick: number): Promise<boolean> {
    const copy = this.#copies[pick % Math.max(this.#copies.length, 1)];
    if (!copy) return false;
    await this.crash();
    const before = valueOf(openSqliteServerDb(this.#folder));
    await this.#world.oracle.serverSetBack(before, async () => {
      await before.close();
      writeFiles(this.#folder, copy);
      const restored = valueOf(openSqliteServerDb(this.#folder));
      await restored.transaction(beginEpoch);
      return restored;
    });
    await this.start();
    return true;
  }

  async exchange(body: Uint8Array, signature: string, peer: Peer): Promise<Made> {
    const life = this.#life;
    if (!life) return 'broken';
    try {
      const answered = await Promise.race([answerExchange(this.#dep(life), body, signature, peer), life.died]);
      if (answered === 'broken') return answered;
      return answered.ok ? { ok: true, value: answered.value.bytes } : answered;
    } catch (error) {
      if (life.isOver) return 'broken';
      return { ok: false, error: { code: isDatabaseFailure(error) ? 'sync.busy' : 'sync.unexpected', detail: '' } };
    }
  }

  /** Each answer in its turn; ends with the life. */
  async *stream(records: AsyncIterable<Uint8Array>, signature: string, peer: Peer): AsyncGenerator<Made, undefined> {
    const life = this.#life;
    if (!life) return void (yield 'broken');
    const answers = answerStream(this.#dep(life), records, signature, peer);
    for (let isFirst = true; ; isFirst = false) {
      try {
        const next = await Promise.race([answers.next(), life.died]);
        if (next === 'broken') return void (yield next);
        if (next.done === true) return;
        yield next.value;
      } catch (error) {
        // Said in HTTP while nothing was answered yet; later the stream breaks off.
        return void (yield life.isOver || !isFirst ? 'broken' : { ok: false, error: { code: isDatabaseFailure(error) ? 'sync.busy' : 'sync.unexpected', detail: '' } });
      }
    }
  }

  /** Folds all that was taken in. */
  async settle(): Promise<void> {
    await this.#life?.projection.settle();
  }

  async close(): Promise<void> {
    const life = this.#life;
    this.#life = undefined;
    if (!life) return;
    life.end();
    await this.#endOf(life);
  }

  async #endOf(life: Life): Promise<void> {
    const closed = life.raw.close();
    // What waits for its turn hears that its life is over.
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    await this.#world.time.runUntil(this.#world.time.nowMs + 60_000, () => isClosed);
    await closed;
  }

  #dep({ db, identity }: Life) {
    return { db, identity, nowMs: () => this.#world.trueMs() };
  }

  #foldLater(life: Life): void {
    this.#world.time.after(FOLD_EACH_MS, () => {
      if (life.isOver) return;
      void life.projection.settle().catch(() => undefined).then(() => this.#foldLater(life));
    });
  }

  /** A database that answers when the world's time has come, and nobody whose life is over. */
  #patient(raw: ServerDb, isOver: () => boolean): ServerDb {
    const { time, chance } = this.#world;
    const turn = async () => {
      await time.wait(chance.isHit(0.1) ? chance.between(20, 200) : chance.between(0, 4));
      if (isOver()) throw new Error('this life is over');
    };
    return {
      ...raw,
      transaction: async (work) => {
        await turn();
        this.#countWrite();
        return raw.transaction(async (writes) => {
          const value = await work(this.#meeting(writes));
          await turn();
          return value;
        });
      },
    };
  }

  #countWrite(): void {
    const crash = this.crashAfterWrites;
    if (!crash) return;
    crash.left -= 1;
    if (crash.left > 0) return;
    this.crashAfterWrites = null;
    crash.run();
  }

  /** Whatever locks an office is taking a frame in. */
  #meeting(writes: ServerWrites): ServerWrites {
    return {
      ...writes,
      returning: (sql, ...values) => {
        const met = this.meets;
        this.meets = null;
        if (met === 'busy') throw new DatabaseFailure('busy');
        if (met === 'fault') throw new Error('a fault of our own');
        return writes.returning(sql, ...values);
      },
    };
  }
}

/** Whole cores on folders and clocks of their own: set up, joined, killed, copied and restored as people do with machines. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallName, InputOf, OutputOf, ResultOf } from '../../src-shared/contract/contract.ts';
import type { Session } from '../../src-main/core/calls/sessions.ts';
import { composeCore, type Core } from '../../src-main/core/compose-core.ts';
import type { OpenDesk } from '../../src-main/core/desk/open-desk.ts';
import { createLogger } from '../../src-main/core/platform/logger.ts';
import type { Clock } from '../../src-shared/lib/clock.ts';
import { officeDate, officeInstant, type IsoDate } from '../../src-shared/lib/office-time.ts';
import type { Result } from '../../src-shared/lib/result.ts';
import { ATTRIBUTES, NUMBERING } from './build-operations.ts';
import { HandTimer } from './hand-timer.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';

/** A machine's clock: the true time plus how far it is off. It can be set wrong while the program runs or while it is off. */
export interface MachineClock extends Clock {
  offMs: number;
}

/** The one true time that all machines of a test live in. */
export interface TrueTime {
  ms: number;
}

export function machineClock(time: TrueTime): MachineClock {
  return {
    offMs: 0,
    wallMs() {
      return time.ms + this.offMs;
    },
    monotonicMs: () => time.ms,
  };
}

export const ADMIN_PASSWORD = 'nuoc-chay-da-mon';
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`unexpected refusal ${JSON.stringify(result.error)}`);
  return result.value;
}

export interface CoreDeskPlace {
  readonly dataDir: string;
  readonly stateDir: string;
}

/** One machine of an office. */
export class CoreDesk {
  readonly place: CoreDeskPlace;
  readonly clock: MachineClock;
  /** Runs what the sync worker waits for; real timers would fire when nobody expects it. */
  readonly timers = new HandTimer();
  #core: Core | undefined;
  #session: Session | undefined;

  constructor(place: CoreDeskPlace, clock: MachineClock) {
    this.place = place;
    this.clock = clock;
  }

  /** Starts the core on the folder, whatever is or is not in it. */
  boot(): void {
    const log = createLogger(() => undefined);
    this.#core = valueOf(composeCore({ ...this.place, demo: false, rendererDir: null, clock: this.clock, builtAtMs: 0, log, passwordParameters: QUICK_PASSWORDS, timer: this.timers.timer }));
  }

  /** Starts the core and signs the named officer in; without a name the first one listed. */
  async start(name?: string): Promise<void> {
    this.boot();
    await this.signIn(name);
  }

  async signIn(name?: string, password = ADMIN_PASSWORD): Promise<void> {
    const { signIn } = await this.must('office.get', {});
    const officer = name === undefined ? signIn[0] : signIn.find((one) => one.name === name);
    if (!officer) throw new Error(`nobody called ${name}`);
    const { token } = await this.must('session.open', { officer: officer.id, password });
    this.adopt(token);
  }

  adopt(token: string): void {
    this.#session = this.core.sessionOf(token);
  }

  get core(): Core {
    if (!this.#core) throw new Error('the core is not running');
    return this.#core;
  }

  get isRunning(): boolean {
    return this.#core !== undefined;
  }

  get desk(): OpenDesk {
    const desk = this.core.holder.desk();
    if (!desk) throw new Error('the desk is locked');
    return desk;
  }

  call<N extends CallName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
    return this.core.dispatch(name, input, this.#session) as Promise<ResultOf<N>>;
  }

  async must<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    const answer: Result<unknown, unknown> = await this.call(name, input);
    if (!answer.ok) throw new Error(`${name} refused: ${JSON.stringify(answer.error)}`);
    return answer.value as OutputOf<N>;
  }

  async office(): Promise<NonNullable<OutputOf<'office.get'>['office']>> {
    const { office } = await this.must('office.get', {});
    if (!office) throw new Error('the desk is locked');
    return office;
  }

  /** Ends as the officer ends it. */
  async stop(): Promise<void> {
    const core = this.core;
    this.#core = undefined;
    this.#session = undefined;
    await core.close();
  }

  /** Ends as at a power cut: the files stay as they are at this moment, nothing is signed or put away any more. */
  async crash(): Promise<void> {
    const kept = this.copyFiles();
    await this.stop();
    this.restore(kept);
    rmSync(kept, { recursive: true });
  }

  /** The files of the folder as they lie on the disk now; the core may be running. */
  copyFiles(): string {
    const copy = mkdtempSync(path.join(path.dirname(this.place.dataDir), 'copy-'));
    copyFolder(this.place.dataDir, copy);
    return copy;
  }

  /** Puts a copy's files into this folder, as a person restoring by hand does. The core must be off. */
  restore(copy: string): void {
    for (const name of readdirSync(this.place.dataDir)) rmSync(path.join(this.place.dataDir, name), { recursive: true });
    copyFolder(copy, this.place.dataDir);
  }

  /** Another machine with a copy of this folder; not started yet. */
  copyTo(place: CoreDeskPlace, clock: MachineClock): CoreDesk {
    mkdirSync(place.dataDir, { recursive: true });
    copyFolder(this.place.dataDir, place.dataDir);
    return new CoreDesk(place, clock);
  }
}

function copyFolder(from: string, to: string): void {
  for (const name of readdirSync(from)) if (!/\.lock$|-shm$|^branch-/.test(name)) cpSync(path.join(from, name), path.join(to, name));
}

export interface CoreOffice {
  readonly root: string;
  readonly time: TrueTime;
  readonly first: CoreDesk;
  readonly recoveryCode: string;
  /** A place for one more machine; nothing is in it. */
  newPlace(): CoreDeskPlace;
  newMachine(): CoreDesk;
  /** A further desk by a join file that `by` makes now. */
  join(by: CoreDesk, name: string): Promise<CoreDesk>;
  /** Closes what runs and deletes every folder. */
  end(): Promise<void>;
}

export interface CoreOfficeOptions {
  readonly startDate?: IsoDate;
  readonly tokenLength?: 1 | 2;
  /** A practice office. */
  readonly training?: boolean;
}

/** An office with one machine, whose administrator holds every role, set up through the calls alone. */
export async function setUpCoreOffice(options: CoreOfficeOptions = {}): Promise<CoreOffice> {
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-office-'));
  const time = { ms: officeInstant(options.startDate ?? '2026-11-23', 8 * 60) };
  const machines: CoreDesk[] = [];
  const newPlace = (): CoreDeskPlace => {
    const place = path.join(root, randomUUID().slice(0, 8));
    return { dataDir: path.join(place, 'data'), stateDir: path.join(place, 'state') };
  };
  const newMachine = () => {
    const machine = new CoreDesk(newPlace(), machineClock(time));
    machines.push(machine);
    return machine;
  };
  const first = newMachine();
  first.boot();
  const { session, recoveryCode } = await first.must('office.setup', {
    attributes: ATTRIBUTES as InputOf<'office.setup'>['attributes'],
    numbering: { ...(NUMBERING as InputOf<'office.setup'>['numbering']), tokenLength: options.tokenLength ?? 1 },
    deskName: 'Máy 1',
    training: options.training ?? false,
    confirmedDate: officeDate(time.ms),
    administrator: { name: 'Lò Thị Mẩy', title: 'Công chức', formOfAddress: 'chị', roles: ['admin', 'reception', 'processing', 'leader'], password: ADMIN_PASSWORD },
  });
  first.adopt(session.token);
  return {
    root, time, first, recoveryCode, newPlace, newMachine,
    join: async (by, name) => {
      const { file, code } = await by.must('desks.admit', { name });
      const machine = newMachine();
      machine.boot();
      await machine.must('office.join', { file, code, confirmedDate: officeDate(time.ms) });
      await machine.signIn();
      return machine;
    },
    end: async () => {
      for (const machine of machines) if (machine.isRunning) await machine.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The least that can be received: the term is known in the catalogue, nothing needs typing. */
export function receiveInput(time: TrueTime, change: Partial<InputOf<'dossiers.receive'>> = {}): InputOf<'dossiers.receive'> {
  return {
    idempotencyKey: randomUUID(),
    openedAt: time.ms,
    procedureCode: '2.002516',
    owner: { type: 'individual', name: 'Lý Tả Mẩy', address: 'Thôn Háng Tâu' },
    request: 'Xác nhận thông tin hộ tịch',
    receiptWanted: false,
    ...change,
  };
}

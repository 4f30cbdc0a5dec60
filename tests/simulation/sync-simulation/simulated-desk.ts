import path from 'node:path';
import { createBulkWork } from '../../../src-main/core/calls/bulk-work.ts';
import { openDesk, type OpenDesk } from '../../../src-main/core/desk/open-desk.ts';
import { createPackCarrier } from '../../../src-main/core/features/packs/carry-packs.ts';
import { createSyncWorker, type SyncWorker } from '../../../src-main/core/features/sync/sync-worker.ts';
import type { Logger } from '../../../src-main/core/platform/logger.ts';
import { assert } from '../../../src-shared/lib/assert.ts';
import { machineClock, valueOf, type MachineClock } from '../../helpers/core-desk.ts';
import { dialectOf } from './dialects.ts';
import { readFiles, writeFiles, type Files } from './office-template.ts';
import { logsOfDesk } from './oracle.ts';
import type { PlannedDesk, ProgramVersion } from './plan.ts';
import type { SimulatedServer } from './simulated-server.ts';
import { Link } from './virtual-link.ts';
import { createVirtualClient } from './virtual-network.ts';
import type { World } from './world.ts';

/** A folder as it was; of the whole machine, with what it remembers beside the folder. */
interface Copy {
  readonly device: string;
  readonly data: Files;
  readonly incarnations: Files;
}

/** One desk: the real open folder and the real worker, on a virtual network and clock. */
export class SimulatedDesk {
  readonly no: number;
  readonly version: ProgramVersion;
  readonly isThin: boolean;
  readonly clock: MachineClock;
  readonly link: Link;
  /** It goes on from an earlier state under the same name, as only a copied machine can. */
  isSetBack = false;
  readonly #world: World;
  readonly #server: SimulatedServer;
  readonly #dataDir: string;
  readonly #stateDir: string;
  readonly #databaseKey: Buffer;
  readonly #copies: Copy[] = [];
  #open: { readonly desk: OpenDesk; readonly worker: SyncWorker } | undefined;
  #lives = 0;

  constructor(world: World, server: SimulatedServer, no: number, { version, delayMs, bytesPerMs, isThin }: PlannedDesk) {
    this.no = no;
    this.version = version;
    this.isThin = isThin;
    this.#world = world;
    this.#server = server;
    this.link = new Link(world, { delayMs, bytesPerMs });
    const time = { get ms() { return world.trueMs(); } };
    this.clock = machineClock(time);
    this.#dataDir = path.join(world.root, `desk-${no}`, 'data');
    this.#stateDir = path.join(world.root, `desk-${no}`, 'state');
    const template = world.template.desks[no]!;
    this.#databaseKey = template.databaseKey;
    writeFiles(this.#dataDir, template.files);
  }

  get isUp(): boolean {
    return this.#open !== undefined;
  }

  get desk(): OpenDesk {
    assert(this.#open, 'the desk is up');
    return this.#open.desk;
  }

  get worker(): SyncWorker {
    assert(this.#open, 'the desk is up');
    return this.#open.worker;
  }

  /** Opens the folder as the program does at its start, whatever was put there. */
  start(): void {
    if (this.#open) return;
    const desk = valueOf(openDesk({ dataDir: this.#dataDir, stateDir: this.#stateDir, clock: this.clock, builtAtMs: 0 }, this.#databaseKey));
    if (desk.newIncarnation !== null) this.#world.figures.newIncarnations += 1;
    this.#lives += 1;
    const life = this.#lives;
    const worker = createSyncWorker({
      client: createVirtualClient({ world: this.#world, server: this.#server, no: this.no, link: this.link, dialect: () => dialectOf(this.version, this.#open?.desk) }),
      program: `simulated ${this.version}`, packs: createPackCarrier({ program: `simulated ${this.version}`, announce: () => undefined }), bulkWork: createBulkWork(), announce: () => undefined, refreshKeySlots: () => undefined,
      clock: this.clock, timer: (ms, run) => this.#world.time.after(ms, () => { if (this.#lives === life && this.#open) run(); }), seed: this.#world.chance.between(0, 2 ** 31), log: this.#logger(),
    });
    this.#open = { desk, worker };
    if (life === 1) this.#world.oracle.recordFolder(logsOfDesk(desk));
    this.record();
    worker.start(desk);
  }

  /** The machine loses its power: the files stay as they lie. */
  crash(): void {
    if (!this.#open) return;
    const files = readFiles(this.#dataDir);
    this.#end();
    writeFiles(this.#dataDir, files);
  }

  keepCopy(): void {
    if (this.#open) this.#copies.push({ device: this.desk.device, data: readFiles(this.#dataDir), incarnations: readFiles(this.#incarnations()) });
  }

  /** An earlier folder is put in place, as people do after a fault. False where nobody kept one. */
  restore(pick: number): boolean {
    return this.#putBack(this.#copies[pick % Math.max(this.#copies.length, 1)], false);
  }

  /** The whole machine goes back, with all that would tell. */
  setBack(pick: number): boolean {
    const copies = this.#copies.filter(({ device }) => this.#open && device === this.desk.device);
    return this.#putBack(copies[pick % Math.max(copies.length, 1)], true);
  }

  #putBack(copy: Copy | undefined, isMachine: boolean): boolean {
    if (!copy || !this.#open) return false;
    const { device } = this.desk;
    this.#end();
    writeFiles(this.#dataDir, copy.data);
    if (isMachine) {
      for (const [name, bytes] of copy.incarnations) if (name.startsWith(copy.device)) writeFiles(this.#incarnations(), new Map([...readFiles(this.#incarnations()), [name, bytes]]));
      this.isSetBack = true;
      this.#world.oracle.forgetRecorded(device);
    }
    this.start();
    return true;
  }

  /** The oracle hears of what was written here. */
  record(): void {
    this.#world.oracle.recordOwn(this.no, this.desk, this.#world.trueMs());
  }

  close(): void {
    if (this.#open) this.#end();
  }

  #end(): void {
    // Also what it wrote by itself since.
    this.record();
    const { desk, worker } = this.#open!;
    this.#open = undefined;
    worker.stop();
    desk.close();
  }

  #incarnations(): string {
    return path.join(this.#stateDir, 'incarnations');
  }

  /** Of what nobody foresaw; a desk that ends meanwhile is foreseen. */
  #logger(): Logger {
    const life = this.#lives;
    return {
      warn: () => undefined,
      error: (message, context) => {
        if (this.#lives === life && this.#open) this.#world.oracle.find(`desk ${this.no + 1}: ${message} ${String((context?.error as Error | undefined)?.stack ?? '')}`);
      },
    };
  }
}

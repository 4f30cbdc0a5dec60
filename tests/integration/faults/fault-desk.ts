/** A whole core in this process on a folder that things happen to: a disk of a few megabytes, damaged bytes, rights taken away. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InputOf, OutputOf } from '../../../src-shared/contract/contract.ts';
import { officeDate, officeInstant } from '../../../src-shared/lib/office-time.ts';
import { ADMIN_PASSWORD, CoreDesk, machineClock, receiveInput, type TrueTime } from '../../helpers/core-desk.ts';
import { ATTRIBUTES, NUMBERING } from '../../helpers/build-operations.ts';

export interface FaultDesk {
  readonly machine: CoreDesk;
  readonly time: TrueTime;
  /** Receives one more dossier and gives its code. */
  receive(change?: Partial<InputOf<'dossiers.receive'>>): Promise<string>;
  /** As a request whose answer matters, to be sent again as it is. */
  receiveInput(): InputOf<'dossiers.receive'>;
  /** Codes on this desk, the oldest first. */
  listCodes(): Promise<readonly string[]>;
  verify(): Promise<OutputOf<'system.verify'>>;
  end(): Promise<void>;
}

export const OFFICE_SETUP: Omit<InputOf<'office.setup'>, 'confirmedDate'> = {
  attributes: ATTRIBUTES as InputOf<'office.setup'>['attributes'],
  numbering: NUMBERING as InputOf<'office.setup'>['numbering'],
  deskName: 'Máy 1',
  training: false,
  administrator: { name: 'Lò Thị Mẩy', title: 'Công chức', formOfAddress: 'chị', roles: ['admin', 'reception', 'processing', 'leader'], password: ADMIN_PASSWORD },
};

/** A desk that is set up and signed in; on the given disk, or in a temporary folder. */
export async function openFaultDesk(disk?: SmallDisk): Promise<FaultDesk> {
  const desk = newFaultDesk(disk);
  desk.machine.boot();
  const { session } = await desk.machine.must('office.setup', { ...OFFICE_SETUP, confirmedDate: officeDate(desk.time.ms) });
  desk.machine.adopt(session.token);
  return desk;
}

/** A desk with nothing in it, not started. */
export function newFaultDesk(disk?: SmallDisk): FaultDesk {
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-fault-'));
  const time = { ms: officeInstant('2026-11-23', 8 * 60) };
  const dataDir = disk ? path.join(disk.dir, 'data') : path.join(root, 'data');
  const machine = new CoreDesk({ dataDir, stateDir: path.join(root, 'state') }, machineClock(time));
  const nextInput = (change = {}) => receiveInput(time, { request: `Yêu cầu ${randomUUID()}`, receiptWanted: true, ...change });
  return {
    machine, time,
    receiveInput: nextInput,
    receive: async (change) => (await machine.must('dossiers.receive', nextInput(change))).dossier.code,
    listCodes: async () => (await machine.must('dossiers.search', { limit: 200 })).dossiers.map(({ code }) => code).sort(),
    verify: () => machine.must('system.verify', {}),
    end: async () => {
      if (machine.isRunning) await machine.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A disk of its own in memory, so that it can really be full or read-only. */
export interface SmallDisk {
  readonly dir: string;
  /** Takes the last byte of room. */
  fill(): void;
  /** Leaves so much room, in bytes. */
  fillBut(bytes: number): void;
  free(): void;
  /** Nothing may hold a file of it open for writing. */
  setReadOnly(isReadOnly: boolean): void;
  remove(): void;
}

/** Tools of the system, not of a package. */
const TOOLS = { mount: 'mount', unmount: 'umount' } as const;

/** Undefined where this user may not make one (not root, or not Linux). */
export function makeSmallDisk(megabytes: number): SmallDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const dir = mkdtempSync(path.join(tmpdir(), 'motcua-disk-'));
  if (spawnSync(TOOLS.mount, ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]).status !== 0) {
    rmSync(dir, { recursive: true });
    return undefined;
  }
  const filler = path.join(dir, 'filler');
  const fill = () => {
    const descriptor = openSync(filler, 'a');
    const block = Buffer.alloc(4096);
    try {
      for (;;) writeSync(descriptor, block);
    } catch {
      // No room left: that is what was wanted.
    } finally {
      closeSync(descriptor);
    }
  };
  return {
    dir, fill,
    fillBut: (bytes) => {
      const reserve = path.join(dir, 'reserve');
      appendFileSync(reserve, Buffer.alloc(bytes));
      fill();
      rmSync(reserve);
    },
    free: () => rmSync(filler, { force: true }),
    setReadOnly: (isReadOnly) => {
      const { status, stderr } = spawnSync(TOOLS.mount, ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, dir]);
      if (status !== 0) throw new Error(stderr.toString());
    },
    remove: () => {
      spawnSync(TOOLS.unmount, ['-l', dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const CAN_MAKE_DISKS = (() => {
  const disk = makeSmallDisk(1);
  disk?.remove();
  return disk !== undefined;
})();

export function draftInput(revision: number, id: string): InputOf<'drafts.save'> {
  return { id, form: 'receive', formVersion: 1, revision, title: 'Lý Tả Mẩy', data: { filling: 'x'.repeat(2_000), revision } };
}

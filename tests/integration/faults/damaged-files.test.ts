import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeCore } from '../../../src-main/core/compose-core.ts';
import { explainStartFault } from '../../../src-main/core/start-fault.ts';
import { connectionOf } from '../../../src-node/db/sqlite.ts';
import { ERRORS } from '../../../src-shared/contract/errors.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { OFFICE_SETUP, openFaultDesk, type FaultDesk } from './fault-desk.ts';

let desk: FaultDesk;
let codes: readonly string[];
beforeEach(async () => {
  desk = await openFaultDesk();
  for (let count = 0; count < 12; count += 1) await desk.receive();
  codes = await desk.listCodes();
  await desk.machine.stop();
});
afterEach(() => desk.end());

const fileOf = (name: string) => path.join(desk.machine.place.dataDir, name);
const PAGE_BYTES = 4096;

/** Puts a copy aside, damages the file, and gives what brings the copy back: the cause taken away. */
function damaging(name: string, damage: (file: string) => void): () => void {
  const kept = `${desk.machine.place.stateDir}-${name}.kept`;
  copyFileSync(fileOf(name), kept);
  damage(fileOf(name));
  return () => copyFileSync(kept, fileOf(name));
}

function overwrite(file: string, from: number, bytes: number): void {
  const content = readFileSync(file);
  content.fill(0xa5, from, Math.min(content.length, from + bytes));
  writeFileSync(file, content);
}

async function signInCode(): Promise<string> {
  const { signIn } = await desk.machine.must('office.get', {});
  const answer = await desk.machine.call('session.open', { officer: signIn[0]!.id, password: 'nuoc-chay-da-mon' });
  return answer.ok ? 'opened' : answer.error.code;
}

/** Everything as before, and the next dossier takes the next number. */
async function expectWhole(): Promise<void> {
  expect(await desk.listCodes()).toEqual(codes);
  expect(await desk.verify()).toMatchObject({ ok: true });
  expect(await desk.receive()).toMatch(new RegExp(`${String(codes.length + 1).padStart(3, '0')}$`));
  expect((await desk.machine.office()).newIncarnation).toBeNull();
}

/** Files of the data folder and of the state folder that this process has open. */
function heldFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      return file.startsWith(path.dirname(desk.machine.place.dataDir)) ? [file] : [];
    } catch {
      // The handle of this very listing is gone by now.
      return [];
    }
  });
}

/** Codes of what was refused or found; whatever was answered must have been right. */
async function useDamaged(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await desk.machine.signIn();
  const listed = await desk.machine.call('dossiers.search', { limit: 200 });
  if (listed.ok) expect(listed.value.dossiers.map(({ code }) => code).sort()).toEqual(codes);
  else found.add(listed.error.code);
  const received = await desk.machine.call('dossiers.receive', desk.receiveInput());
  if (received.ok) expect(Number(received.value.dossier.code.slice(-3))).toBe(codes.length + 1);
  else found.add(received.error.code);
  const checked = await desk.machine.call('system.verify', {});
  if (!checked.ok) found.add(checked.error.code);
  else if (!checked.value.ok) found.add(checked.value.faults[0]!.code);
  return found;
}

/** No start: gives the sentence a person reads. */
function startFault(): string {
  const { dataDir, stateDir } = desk.machine.place;
  const core = composeCore({ dataDir, stateDir, demo: false, rendererDir: null });
  if (core.ok) throw new Error('the core started');
  return explainStartFault(core.error, dataDir);
}

describe('a damaged database', () => {
  it.each([
    ['its first page', (file: string) => overwrite(file, 0, PAGE_BYTES)],
    ['half of it cut off', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2 / PAGE_BYTES) * PAGE_BYTES)],
    ['a size that is no whole number of pages', (file: string) => truncateSync(file, statSync(file).size - 1_000)],
    ['nothing left in it', (file: string) => truncateSync(file, 0)],
    ['something else in its place', (file: string) => writeFileSync(file, 'Kính gửi Ủy ban nhân dân xã. '.repeat(2_000))],
  ])('with %s is said to be damaged or shown by verify, and is whole again once the file is back', async (_what, damage) => {
    const repair = damaging('desk.db', damage);
    desk.machine.boot();
    const code = await signInCode();
    if (code === 'opened') {
      await desk.machine.signIn();
      const checked = await desk.machine.call('system.verify', {});
      expect(checked.ok ? checked.value.faults.map((fault) => fault.code) : [checked.error.code]).toContain('storage.damaged');
    } else expect(code).toBe('storage.damaged');
    await desk.machine.stop();

    repair();
    await desk.machine.start();
    await expectWhole();
  });

  it('never shows a guess: with a page spoilt anywhere, each call answers rightly or says storage.damaged, and verify finds it', async () => {
    // The packs fill the first part of the file; what is behind them is dossiers, which a desk can be open without.
    await desk.machine.start();
    for (let count = 0; count < 30; count += 1) await desk.receive();
    codes = await desk.listCodes();
    await desk.machine.stop();
    const pages = statSync(fileOf('desk.db')).size / PAGE_BYTES;
    const marker = path.join(desk.machine.place.stateDir, 'incarnations');
    cpSync(marker, `${marker}.kept`, { recursive: true });
    const met: string[] = [];
    let opened = 0;
    for (const share of [0.01, 0.3, 0.7, 0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.999]) {
      const repair = damaging('desk.db', (file) => overwrite(file, Math.floor(pages * share) * PAGE_BYTES + 100, 64));
      desk.machine.boot();
      const signedIn = await signInCode();
      if (signedIn === 'opened') opened += 1;
      met.push([...(signedIn === 'opened' ? await useDamaged() : [signedIn])].join(' '));
      await desk.machine.stop();
      // What a damaged desk still took is given up here together with the pages that it lay in.
      for (const name of ['desk.db-wal', 'desk.db-shm']) rmSync(fileOf(name), { force: true });
      repair();
      rmSync(marker, { recursive: true });
      cpSync(`${marker}.kept`, marker, { recursive: true });
    }
    expect(met).toEqual(met.map(() => 'storage.damaged'));
    expect(opened).toBeGreaterThan(0);
    await desk.machine.start();
    await expectWhole();
  });

  it('is let go by a sign-in that could not open it, so that the good file opens in the same process', async () => {
    const repair = damaging('desk.db', (file) => overwrite(file, 60 * PAGE_BYTES, PAGE_BYTES));
    desk.machine.boot();
    expect(await signInCode()).toBe('storage.damaged');
    if (process.platform === 'linux') expect(heldFiles().filter((file) => !file.endsWith('desk.lock'))).toEqual([]);
    repair();
    await desk.machine.signIn();
    await expectWhole();
  });

  it('that is gone while its log lies there is no desk to be set up anew', () => {
    damaging('desk.db', (file) => {
      writeFileSync(`${file}-wal`, readFileSync(file).subarray(0, 8_192));
      rmSync(file);
    });
    expect(startFault()).toContain('(storage.missing)');
  });

  it('that is gone can be brought back with its keys even when somebody has set the desk up anew meanwhile', async () => {
    const repair = damaging('desk.db', (file) => rmSync(file));
    const marker = path.join(desk.machine.place.stateDir, 'incarnations');
    cpSync(marker, `${marker}.kept`, { recursive: true });
    desk.machine.boot();
    await desk.machine.must('office.setup', { ...OFFICE_SETUP, confirmedDate: officeDate(desk.time.ms) });
    await desk.machine.stop();
    repair();
    copyFileSync(fileOf('keys.kept-1.json'), fileOf('keys.json'));
    rmSync(fileOf('keys.backup.json'));
    await desk.machine.start();
    await expectWhole();
  });

  it('of a newer program is refused, untouched, and opens with the program that wrote it', async () => {
    await desk.machine.start();
    connectionOf(desk.machine.desk.db).pragma('user_version=99');
    await desk.machine.stop();
    const before = readFileSync(fileOf('desk.db'));
    desk.machine.boot();
    expect(await signInCode()).toBe('storage.newer');
    expect(ERRORS['storage.newer'].sentence).toContain('bản phần mềm mới hơn');
    await desk.machine.stop();
    expect(readFileSync(fileOf('desk.db')).equals(before)).toBe(true);
  });
});

describe('damaged key slots', () => {
  it.each(['keys.json', 'keys.backup.json'])('in %s are replaced by the other copy, and it is said', async (name) => {
    damaging(name, (file) => overwrite(file, 40, 30));
    desk.machine.boot();
    expect((await desk.machine.must('office.get', {})).keySlotsDamaged).toBe(true);
    await desk.machine.signIn();
    await expectWhole();
    expect(readFileSync(fileOf('keys.json'), 'utf8')).toBe(readFileSync(fileOf('keys.backup.json'), 'utf8'));
    await desk.machine.stop();
    desk.machine.boot();
    expect((await desk.machine.must('office.get', {})).keySlotsDamaged).toBe(false);
  });

  it('in both copies keep the desk shut with a sentence, delete nothing, and open again with one good copy', async () => {
    const repair = damaging('keys.json', (file) => overwrite(file, 40, 30));
    damaging('keys.backup.json', (file) => truncateSync(file, 100));
    expect(startFault()).toBe(`Tệp trong ${desk.machine.place.dataDir} không đọc được. Đừng xóa gì; báo quản trị. (storage.damaged)`);
    expect(existsSync(fileOf('keys.json')) && existsSync(fileOf('keys.backup.json'))).toBe(true);
    repair();
    await desk.machine.start();
    await expectWhole();
  });

  it('that are gone keep the desk shut, and never make it a desk to be set up', () => {
    rmSync(fileOf('keys.json'));
    rmSync(fileOf('keys.backup.json'));
    expect(startFault()).toContain('(storage.missing)');
    expect(existsSync(fileOf('desk.db'))).toBe(true);
  });
});

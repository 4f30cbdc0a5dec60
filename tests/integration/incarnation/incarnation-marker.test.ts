import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginIncarnation } from '../../../src-node/incarnation/incarnation-marker.ts';
import type { DeviceId } from '../../../src-shared/lib/ids.ts';
import { clearNonce, openDesk, runDesk, setUpDesk } from './desk-folder.ts';
import type { DeskPlace } from './desk-folder.ts';

let root: string;
let place: DeskPlace;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'motcua-incarnation-'));
  place = { stateFolder: path.join(root, 'state'), dataFolder: path.join(root, 'data') };
  mkdirSync(place.dataFolder);
  setUpDesk(place, 'device-1');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const markerFile = (): string => path.join(place.stateFolder, 'incarnations', 'device-1.marker');

function copyData(name: string): DeskPlace {
  const dataFolder = path.join(root, name);
  cpSync(place.dataFolder, dataFolder, { recursive: true });
  return { ...place, dataFolder };
}

/** Puts the files of a copy into the original folder, as a person restoring by hand does. */
function restoreInPlace(copy: DeskPlace): void {
  for (const name of readdirSync(place.dataFolder)) rmSync(path.join(place.dataFolder, name));
  cpSync(copy.dataFolder, place.dataFolder, { recursive: true });
}

function killedAt(step: string): void {
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, 'killed-desk-run.ts'), place.stateFolder, place.dataFolder, step]);
  if (child.signal !== 'SIGKILL') throw new Error(`not killed: ${child.stderr.toString()}`);
}

describe('the same folder', () => {
  test('goes on as the same device at every start', () => {
    expect([runDesk(place, 3), runDesk(place), runDesk(place, 2), runDesk(place)]).toEqual(Array(4).fill('same'));
  });

  test('goes on after it was renamed', () => {
    runDesk(place, 2);
    const dataFolder = path.join(root, 'renamed');
    renameSync(place.dataFolder, dataFolder);
    expect(runDesk({ ...place, dataFolder }, 1)).toBe('same');
  });

  test.each([
    'before the marker is written',
    'before the marker takes its name',
    'after the marker, before the database',
    'after the database',
    'after a commit, before its number is noted',
    'after a number is noted',
    'while open',
  ])('goes on after kill -9 %s, also several times in a row', (step) => {
    runDesk(place, 2);
    killedAt(step);
    killedAt(step);
    killedAt(step);
    expect(runDesk(place, 1)).toBe('same');
    expect(runDesk(place)).toBe('same');
  });
});

describe('another folder or another state', () => {
  test('a copy beside the original is recognised, and the original goes on', () => {
    runDesk(place, 2);
    const copy = copyData('copy');
    expect(runDesk(copy)).toBe('folderCopied');
    expect(runDesk(place, 1)).toBe('same');
    expect(runDesk(copy)).toBe('folderCopied');
  });

  test('a copy of an open desk is recognised too', () => {
    const desk = openDesk(place);
    desk.append();
    const copy = copyData('copy');
    desk.append();
    expect(runDesk(copy)).toBe('folderCopied');
    desk.close();
    expect(runDesk(place)).toBe('same');
  });

  test('a copy that took the place and the name of the original is recognised', () => {
    runDesk(place, 1);
    const copy = copyData('copy');
    renameSync(place.dataFolder, path.join(root, 'old'));
    renameSync(copy.dataFolder, place.dataFolder);
    expect(runDesk(place)).toBe('folderCopied');
  });

  test('an older copy put in place is recognised', () => {
    runDesk(place, 2);
    const copy = copyData('copy');
    runDesk(place, 1);
    runDesk(place);
    restoreInPlace(copy);
    expect(runDesk(place)).toBe('restoredOlder');
  });

  test('an older copy of the very same start is recognised by the sequence number alone', () => {
    const desk = openDesk(place);
    desk.append();
    const copy = copyData('copy');
    desk.append();
    desk.close();
    restoreInPlace(copy);
    expect(runDesk(place)).toBe('restoredOlder');
  });

  test('a copy from before several starts without new operations is recognised by its nonce', () => {
    runDesk(place, 2);
    const copy = copyData('copy');
    runDesk(place);
    runDesk(place);
    restoreInPlace(copy);
    expect(runDesk(place)).toBe('nonceMismatch');
  });

  test('a backup of our own making becomes a new incarnation even at its place', () => {
    runDesk(place, 2);
    clearNonce(place);
    expect(runDesk(place)).toBe('nonceMismatch');
  });

  test('on a machine that does not know the device it is a new incarnation', () => {
    runDesk(place, 2);
    expect(runDesk({ ...place, stateFolder: path.join(root, 'other machine') })).toBe('noMarker');
    expect(runDesk(place)).toBe('same');
  });

  test('a refused folder stays refused and its marker stays as it was', () => {
    runDesk(place, 2);
    const before = readFileSync(markerFile());
    const copy = copyData('copy');
    expect([runDesk(copy), runDesk(copy)]).toEqual(['folderCopied', 'folderCopied']);
    expect(readFileSync(markerFile()).equals(before)).toBe(true);
  });
});

describe('the marker', () => {
  const SLOT_BYTES = 34;

  function spoil(position: number, length: number): void {
    const bytes = readFileSync(markerFile());
    bytes.fill(0, position, position + length);
    writeFileSync(markerFile(), bytes);
  }

  test('that is lost makes a new incarnation', () => {
    rmSync(markerFile());
    expect(runDesk(place)).toBe('noMarker');
  });

  test.each([0, 1])('with slot %i torn is read by the other one', (slot) => {
    runDesk(place, 3);
    spoil(slot * SLOT_BYTES + 10, 12);
    expect(runDesk(place, 1)).toBe('same');
  });

  test('with the newer slot torn still refuses a copy older than the other one', () => {
    const desk = openDesk(place);
    const copy = copyData('copy');
    for (let operation = 0; operation < 3; operation++) desk.append();
    desk.close();
    // Slots take turns from slot 0: operations 1 and 3 are there, 2 is in slot 1.
    spoil(0, SLOT_BYTES);
    restoreInPlace(copy);
    expect(runDesk(place)).toBe('restoredOlder');
  });

  test.each<[string, () => void]>([
    ['both slots torn', () => spoil(0, 2 * SLOT_BYTES)],
    ['its line torn', () => spoil(2 * SLOT_BYTES + 40, 30)],
    ['nothing in it', () => writeFileSync(markerFile(), '')],
    ['another device’s content', () => cpSync(path.join(place.stateFolder, 'incarnations', 'device-2.marker'), markerFile())],
  ])('with %s is not believed', (_, damage) => {
    const other = beginIncarnation(place, 'device-2' as DeviceId);
    if (other.ok) other.value.marker.close();
    runDesk(place, 2);
    damage();
    expect(runDesk(place)).toBe('noMarker');
  });

  test('lies outside the data folder, readable by this user alone', () => {
    expect(existsSync(markerFile())).toBe(true);
    if (process.platform !== 'win32') expect(statSync(markerFile()).mode & 0o777).toBe(0o600);
    expect(() => beginIncarnation({ ...place, stateFolder: path.join(place.dataFolder, 'state') }, 'device-3' as DeviceId)).toThrow('outside');
  });

  test('follows each operation and never a step back', () => {
    const begun = beginIncarnation(place, 'device-4' as DeviceId);
    if (!begun.ok) throw new Error(begun.error.code);
    const { marker } = begun.value;
    for (let seq = 1; seq <= 2_000; seq++) expect(marker.noteSeq(seq).ok).toBe(true);
    expect(() => marker.noteSeq(2_000)).toThrow('only grows');
    marker.close();
  });

  test('in a state folder that cannot be made is a storage error, not a new incarnation', () => {
    writeFileSync(path.join(root, 'a file'), '');
    const answer = beginIncarnation({ ...place, stateFolder: path.join(root, 'a file', 'state') }, 'device-5' as DeviceId);
    expect(answer).toMatchObject({ ok: false, error: { code: 'storage.missing' } });
  });
});

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSameFolder } from '../../../src-node/incarnation/folder-identity.ts';
import { stateFolderOf } from '../../../src-shared/lib/state-folder.ts';

describe('the state folder', () => {
  const homeFolder = path.resolve('/people/lan');

  test('is where MOTCUA_STATE_DIR says', () => {
    const environment = { MOTCUA_STATE_DIR: path.resolve('/srv/state'), XDG_STATE_HOME: '/xdg', LOCALAPPDATA: '/local' };
    expect(stateFolderOf({ platform: 'linux', environment, homeFolder }, path)).toBe(path.resolve('/srv/state'));
    expect(stateFolderOf({ platform: 'win32', environment, homeFolder }, path)).toBe(path.resolve('/srv/state'));
  });

  test('else follows the platform', () => {
    const xdg = path.resolve('/xdg');
    expect(stateFolderOf({ platform: 'linux', environment: { XDG_STATE_HOME: xdg }, homeFolder }, path)).toBe(path.join(xdg, 'motcua'));
    expect(stateFolderOf({ platform: 'linux', environment: { XDG_STATE_HOME: 'relative' }, homeFolder }, path)).toBe(path.join(homeFolder, '.local', 'state', 'motcua'));
    expect(stateFolderOf({ platform: 'linux', environment: { MOTCUA_STATE_DIR: '' }, homeFolder }, path)).toBe(path.join(homeFolder, '.local', 'state', 'motcua'));
    expect(stateFolderOf({ platform: 'win32', environment: { LOCALAPPDATA: 'L' }, homeFolder }, path)).toBe(path.join('L', 'motcua', 'state'));
    expect(stateFolderOf({ platform: 'win32', environment: {}, homeFolder }, path)).toBe(path.join(homeFolder, 'AppData', 'Local', 'motcua', 'state'));
  });
});

describe('a folder', () => {
  const folder = { inode: '12', bornNs: '1700', device: '8' };

  test('is the same when the disk only got another number', () => {
    expect(isSameFolder(folder, { ...folder, device: '9' })).toBe(true);
  });

  test('is another with another inode or another time of birth', () => {
    expect(isSameFolder(folder, { ...folder, inode: '13' })).toBe(false);
    expect(isSameFolder(folder, { ...folder, bornNs: '1701' })).toBe(false);
  });

  test('is judged by the disk’s number where the time of birth is not kept', () => {
    const unknown = { ...folder, bornNs: '' };
    expect(isSameFolder(unknown, folder)).toBe(true);
    expect(isSameFolder(unknown, { ...folder, device: '9' })).toBe(false);
  });
});

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeCore } from '../../../src-main/core/compose-core.ts';
import { explainStartFault } from '../../../src-main/core/start-fault.ts';
import { parseCommandLine } from '../../../src-main/core/command-line.ts';
import { ADMIN_PASSWORD, setUpCoreOffice, type CoreOffice } from '../../helpers/core-desk.ts';

let office: CoreOffice;
beforeAll(async () => {
  office = await setUpCoreOffice();
});
afterAll(() => office.end());

describe('work that was cut off', () => {
  it('leaves no copy of a branch behind after the next start, and nothing of the officers is touched', async () => {
    const { first } = office;
    const { dataDir } = first.place;
    const left = path.join(dataDir, 'branch-AbCdEf');
    const ofOfficers = path.join(dataDir, 'branch-cũ');
    for (const dir of [left, ofOfficers]) {
      mkdirSync(dir);
      writeFileSync(path.join(dir, 'keys.json'), '{}');
    }
    writeFileSync(path.join(dataDir, 'keys.json.new'), '{');
    await first.stop();
    await first.start('Lò Thị Mẩy');
    expect([existsSync(left), existsSync(path.join(dataDir, 'keys.json.new')), existsSync(ofOfficers)]).toEqual([false, false, true]);
  });
});

describe('a branch', () => {
  it.each(['desk.db', 'keys.json'])('whose %s is a folder is unreadable, and no copy of it stays', async (name) => {
    const { first } = office;
    const kept = first.copyFiles();
    const source = path.join(kept, 'branch');
    mkdirSync(path.join(source, name), { recursive: true });
    if (name !== 'desk.db') writeFileSync(path.join(source, 'desk.db'), 'x');
    const answer = await first.call('desks.importBranch', { dataDir: source, password: ADMIN_PASSWORD });
    expect(answer.ok || answer.error.code).toBe('desks.branchUnreadable');
    expect(readdirSync(first.place.dataDir).filter((one) => /^branch-\w{6}$/.test(one))).toEqual([]);
  });
});

describe('a start', () => {
  it('says in words that the state of the machine lies inside the data folder', () => {
    const dataDir = path.join(office.root, 'elsewhere');
    const core = composeCore({ dataDir, stateDir: path.join(dataDir, 'state'), demo: false, rendererDir: null });
    expect(core.ok ? 'started' : explainStartFault(core.error, dataDir)).toMatch(/MOTCUA_STATE_DIR.*\(state\.insideData\)$/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it.each(['', ' ', '1e3', '0x10', '65536', '-1'])('takes no port %j', (port) => {
    expect(parseCommandLine([`--port=${port}`]).ok).toBe(false);
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { composeCore } from '../../../src-main/core/compose-core.ts';
import { DEMO_OFFICE, DEMO_LEADER } from '../../../src-main/core/demo/demo-accounts.ts';
import { markPracticeFolder, preparePracticeFolder } from '../../../src-main/core/demo/practice-folder.ts';
import { explainStartFault } from '../../../src-main/core/start-fault.ts';
import { officeDate } from '../../../src-shared/lib/office-time.ts';
import { ok, type Result } from '../../../src-shared/lib/result.ts';
import type { ResultOf } from '../../../src-shared/contract/contract.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';

let root: string;
let dataDir: string;
let stateDir: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'motcua-practice-'));
  dataDir = path.join(root, 'demo');
  stateDir = path.join(root, 'state');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const coreOn = (dir: string) => valueOf(composeCore({ dataDir: dir, stateDir, demo: true, rendererDir: null, passwordParameters: { memoryKib: 64, passes: 1, lanes: 1 } }));

/** An office in the folder, as the practice office is made, without its dossiers. */
async function setUp(dir: string, isPractice: boolean): Promise<Result<undefined, never>> {
  const core = coreOn(dir);
  if (isPractice) markPracticeFolder(dir);
  const { name, title, formOfAddress, roles, password } = DEMO_LEADER;
  const administrator = { name, title, formOfAddress, roles: [...roles], password };
  const made = await core.dispatch('office.setup', { ...DEMO_OFFICE, training: isPractice, confirmedDate: officeDate(Date.now()), administrator }, undefined);
  await core.close();
  valueOf(made);
  return ok(undefined);
}
const prepare = () => preparePracticeFolder(dataDir, (dir) => setUp(dir, true));
const codeOf = (result: Awaited<ReturnType<typeof prepare>>) => (result.ok ? 'made' : result.error.code);

describe('a practice office', () => {
  it.each(['missing', 'empty'])('is made in a folder that is %s, and its desk goes on there as the same device', async (state) => {
    if (state === 'empty') mkdirSync(dataDir);
    expect(codeOf(await prepare())).toBe('made');
    expect([existsSync(path.join(dataDir, 'desk.db')), existsSync(`${dataDir}.making`)]).toEqual([true, false]);
    const core = coreOn(dataDir);
    const { signIn } = valueOf((await core.dispatch('office.get', {}, undefined)) as ResultOf<'office.get'>);
    valueOf(await core.dispatch('session.open', { officer: signIn[0]!.id, password: DEMO_LEADER.password }, undefined));
    const { office } = valueOf((await core.dispatch('office.get', {}, undefined)) as ResultOf<'office.get'>);
    expect(office?.newIncarnation).toBeNull();
    await core.close();
  });

  it('is made anew when the start that made it was cut off', async () => {
    const cutOff = await preparePracticeFolder(dataDir, async (dir) => {
      await setUp(dir, true);
      // The process dies here: nothing moves in, the files stay.
      return { ok: false, error: { code: 'cut.off' } } as const;
    });
    expect(cutOff.ok).toBe(false);
    expect(existsSync(dataDir)).toBe(false);
    expect(readdirSync(`${dataDir}.making`)).toContain('desk.db');
    expect(codeOf(await prepare())).toBe('made');
    expect(existsSync(`${dataDir}.making`)).toBe(false);
  });

  it('is opened as it is the next time', async () => {
    await prepare();
    let isMadeAgain = false;
    expect((await preparePracticeFolder(dataDir, async () => ((isMadeAgain = true), ok(undefined)))).ok).toBe(true);
    expect(isMadeAgain).toBe(false);
  });

  it('is not made by two starts at a time', async () => {
    const other = coreOn(`${dataDir}.making`);
    markPracticeFolder(`${dataDir}.making`);
    expect(codeOf(await prepare())).toBe('desk.alreadyOpen');
    await other.close();
  });
});

describe('a folder that is no practice office', () => {
  it('is refused in words when a real office lies in it, and stays as it was', async () => {
    await setUp(dataDir, false);
    const before = readdirSync(dataDir);
    expect(codeOf(await prepare())).toBe('demo.realFolder');
    expect(readdirSync(dataDir)).toEqual(before);
    expect(explainStartFault({ code: 'demo.realFolder' }, dataDir)).toMatch(/cơ quan thật.*\(demo\.realFolder\)$/);
  });

  it.each(['', '.making'])('is refused when other files lie in DIR%s', async (suffix) => {
    mkdirSync(`${dataDir}${suffix}`);
    writeFileSync(path.join(`${dataDir}${suffix}`, 'thư.txt'), 'x');
    expect(codeOf(await prepare())).toBe('demo.realFolder');
    expect(readdirSync(`${dataDir}${suffix}`)).toEqual(['thư.txt']);
  });
});

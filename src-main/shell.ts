import { app, Menu, powerMonitor, protocol, session, type BrowserWindow } from 'electron';
import { homedir } from 'node:os';
import path from 'node:path';
import { coreArguments, parseShellCommandLine } from './shell/command-line.ts';
import { createCoreProcess } from './shell/core/core-process.ts';
import { coreProgram } from './shell/core/core-program.ts';
import { createRestartPolicy } from './shell/core/core-restarts.ts';
import { launchCore } from './shell/core/launch-core.ts';
import { answerShellCalls } from './shell/ipc-main.ts';
import { createAppProtocol } from './shell/page/app-protocol.ts';
import { fenceAllContents, fenceSession } from './shell/page/fence.ts';
import { APP_SCHEME, isOwnPage } from './shell/page/page-address.ts';
import { readScreenFile } from './shell/page/screen-files.ts';
import { createSessionCookie } from './shell/page/session-cookie.ts';
import { createShellPages, startingPage } from './shell/page/shell-pages.ts';
import { createPapers } from './shell/printing/print-papers.ts';
import { shellFolderOf } from './shell/shell-folder.ts';
import type { Fault } from './shell/window/fault-page.ts';
import { createFaultWindow } from './shell/window/fault-window.ts';
import { openMainWindow, type MainWindow } from './shell/window/main-window.ts';
import { windowPlaceFile } from './shell/window/window-place-file.ts';

/** Entry of the window (Electron): puts the shell together. The core is a process of its own. */
const commandLine = parseShellCommandLine(process.argv.slice(process.defaultApp ? 2 : 1), process.cwd());
const folder = shellFolderOf({ platform: process.platform, environment: process.env, homeFolder: homedir() }, commandLine);
app.setPath('userData', folder);
// A developer's root account cannot use Chromium's sandbox; a packaged application always does.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
Menu.setApplicationMenu(null);

const cookie = createSessionCookie();
const program = coreProgram({ isPackaged: app.isPackaged, platform: process.platform, environment: process.env, resourcesFolder: process.resourcesPath, applicationFolder: app.getAppPath() });
let main: MainWindow | undefined;
let fault: Fault | undefined;
let isChecked = false;
const window = (): BrowserWindow | undefined => (main === undefined || main.window.isDestroyed() ? undefined : main.window);

const core = createCoreProcess({
  launch: () => launchCore({ program, args: coreArguments(commandLine), environment: process.env, logFile: app.isPackaged ? path.join(folder, 'core.log') : null }),
  policy: createRestartPolicy(),
  nowMs: () => performance.now(),
  wait: (ms, then) => void setTimeout(then, ms).unref(),
  onLaunched: () => {
    isChecked = true;
    main?.load();
  },
  onServing: () => {
    fault = undefined;
    faultWindow.close();
    main?.load();
  },
  onFault: (found) => {
    fault = found;
    faultWindow.show();
  },
});
const faultWindow = createFaultWindow({ parent: window, onRetry: core.retry, onQuit: () => app.quit() });
const papers = createPapers(window);

function open(): void {
  fenceSession(session.defaultSession);
  protocol.handle(APP_SCHEME, createAppProtocol({
    core: core.serving,
    firstServing: core.firstServing,
    screenFile: (pathname) => (isChecked ? readScreenFile(program.screens, pathname) : undefined),
    cookie,
    shellPage: createShellPages(() => fault),
    startingPage,
  }));
  answerShellCalls({
    listPrinters: papers.listPrinters,
    printPaper: papers.print,
    savePaperAsPdf: papers.saveAsPdf,
    printTestPage: papers.printTestPage,
    about: () => {
      const serving = core.serving();
      return Promise.resolve({ version: serving?.version ?? '', electron: process.versions.electron, chrome: process.versions.chrome, coreNode: serving?.node ?? '', dataDir: serving?.dataDir ?? '' });
    },
  }, (frame) => frame !== null && frame === window()?.webContents.mainFrame && isOwnPage(frame.url), (error) => process.stderr.write(`${String(error)}\n`));
  main = openMainWindow({ place: windowPlaceFile(folder), isPackaged: app.isPackaged });
  main.load();
  main.window.on('closed', () => app.quit());
  // Windows says so to windows, other systems to whoever listens.
  main.window.on('session-end', () => void core.end());
  powerMonitor.on('shutdown', () => app.quit());
}

let isCoreGone = false;
app.on('will-quit', (event) => {
  if (isCoreGone) return;
  event.preventDefault();
  // Not within this event: Electron does not hear a wish to quit while it takes the last one back.
  void core.end().then(() => setImmediate(() => {
    isCoreGone = true;
    app.quit();
  }));
});
app.on('window-all-closed', () => app.quit());

if (app.requestSingleInstanceLock()) {
  fenceAllContents(app);
  app.on('second-instance', () => main?.focus());
  // The core takes longer than the window, so it goes first.
  core.start();
  void app.whenReady().then(open);
} else {
  isCoreGone = true;
  app.quit();
}

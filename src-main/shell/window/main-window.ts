import path from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { LOCKED_PREFERENCES } from '../page/locked-preferences.ts';
import { HOME_ADDRESS, isOwnPage } from '../page/page-address.ts';
import { placeToOpen, SIZE_MIN, zoomAfter, type Area, type WindowPlace } from './window-place.ts';
import type { WindowPlaceFile } from './window-place-file.ts';

export interface MainWindowDep {
  readonly place: WindowPlaceFile;
  readonly isPackaged: boolean;
}

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Loads the application unless its page is there: an officer's form is never loaded away. */
  load(): void;
  focus(): void;
}

const SAVE_QUIETLY_MS = 500;
const PAGE_CRASH_WAIT_MS = 500;

/** The one window of the desk. */
export function openMainWindow({ place, isPackaged }: MainWindowDep): MainWindow {
  const opening = placeToOpen(place.read(), workAreas());
  const { x, y, width, height } = opening;
  const window = new BrowserWindow({
    x, y, width, height,
    minWidth: SIZE_MIN.width, minHeight: SIZE_MIN.height,
    title: 'Một Cửa Vùng Cao',
    // The colour of the page's paper, so that nothing flashes before it is there.
    backgroundColor: '#f5f3ee',
    autoHideMenuBar: true,
    webPreferences: {
      ...LOCKED_PREFERENCES,
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      devTools: !isPackaged,
    },
  });
  if (opening.isMaximized) window.maximize();
  keepPlace(window, place, opening);
  let isLoaded = false;
  const { webContents } = window;
  const load = () => {
    if (isLoaded || window.isDestroyed()) return;
    // A core that is away again fails the load, and a later one overtakes it; the window is called when the next core serves.
    window.loadURL(HOME_ADDRESS).catch(() => undefined);
  };
  webContents.on('did-navigate', (_event, url, status) => {
    isLoaded = isOwnPage(url) && status === 200;
  });
  webContents.on('did-fail-load', (_event, _code, _description, _url, isMainFrame) => {
    if (isMainFrame) isLoaded = false;
  });
  webContents.on('render-process-gone', () => {
    isLoaded = false;
    setTimeout(load, PAGE_CRASH_WAIT_MS);
  });
  return {
    window, load,
    focus: () => {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

function workAreas(): [Area, ...Area[]] {
  const primary = screen.getPrimaryDisplay();
  return [primary.workArea, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id).map(({ workArea }) => workArea)];
}

/** Ctrl with +, - and 0 zooms; place and zoom are written down when the window has come to rest. */
function keepPlace(window: BrowserWindow, file: WindowPlaceFile, opening: WindowPlace): void {
  const { webContents } = window;
  let zoomLevel = opening.zoomLevel;
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    const isMaximized = window.isMaximized();
    file.write({ ...(isMaximized ? window.getNormalBounds() : window.getBounds()), isMaximized, zoomLevel });
  };
  const writeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(write, SAVE_QUIETLY_MS);
  };
  webContents.on('did-finish-load', () => webContents.setZoomLevel(zoomLevel));
  webContents.on('before-input-event', (event, input) => {
    const next = zoomAfter(zoomLevel, input);
    if (next === undefined) return;
    event.preventDefault();
    zoomLevel = next;
    webContents.setZoomLevel(zoomLevel);
    writeSoon();
  });
  window.on('resize', writeSoon);
  window.on('move', writeSoon);
  window.on('close', write);
  window.on('closed', () => clearTimeout(timer));
}

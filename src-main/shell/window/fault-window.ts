import { BrowserWindow } from 'electron';
import { LOCKED_PREFERENCES } from '../page/locked-preferences.ts';
import { FAULT_LINKS } from './fault-page.ts';

export interface FaultWindowDep {
  readonly parent: () => BrowserWindow | undefined;
  readonly onRetry: () => void;
  readonly onQuit: () => void;
}

export interface FaultWindow {
  show(): void;
  close(): void;
}

/** Lies over the desk's window, whose page stays as it is, until the core serves again. */
export function createFaultWindow({ parent, onRetry, onQuit }: FaultWindowDep): FaultWindow {
  let open: BrowserWindow | undefined;
  const close = () => {
    if (open !== undefined && !open.isDestroyed()) open.destroy();
    open = undefined;
  };
  return {
    close,
    show: () => {
      close();
      const above = parent();
      const window = new BrowserWindow({
        width: 720, height: 460, resizable: false, minimizable: false, maximizable: false, autoHideMenuBar: true,
        backgroundColor: '#f5f3ee',
        ...(above !== undefined && !above.isDestroyed() && { parent: above, modal: true }),
        webPreferences: { ...LOCKED_PREFERENCES, javascript: false, devTools: false },
      });
      open = window;
      // Its two links are words to the shell; as addresses the fence lets them lead nowhere.
      window.webContents.on('will-frame-navigate', (event) => {
        if (event.url === FAULT_LINKS.retry) {
          close();
          onRetry();
        } else if (event.url === FAULT_LINKS.quit) onQuit();
      });
      window.loadURL('app://shell/fault').catch(() => undefined);
    },
  };
}

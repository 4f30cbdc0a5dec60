import type { App, Session, WebContents } from 'electron';
import { isOwnPage, isOwnResource } from './page-address.ts';

/**
 * What no page in any window of ours may do, whatever runs in it: leave the application, open windows, hold other pages,
 * ask for the machine's devices, reach a network.
 */
export function fenceAllContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => fenceContents(contents));
}

function fenceContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
}

export function fenceSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwnResource(url) }));
  session.on('will-download', (event, item) => {
    // The page saves what it made itself (the file for another desk); nothing is fetched from anywhere.
    if (!item.getURL().startsWith('blob:app://motcua/')) event.preventDefault();
  });
}

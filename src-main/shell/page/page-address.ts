/** The one scheme of the window. `motcua` is the core's pages and calls, `shell` the few pages of the shell itself. */
export const APP_SCHEME = 'app';
export const HOME_ADDRESS = 'app://motcua/';

/** A page of the application: the only place where a window may go, and from where a call to the shell is heard. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url?.protocol === 'app:' && url.host === 'motcua' && url.username === '' && url.port === '';
}

/** What the window's session may ask for at all: nothing of it leaves this machine. */
export function isOwnResource(address: string): boolean {
  return ['app:', 'blob:', 'data:', 'devtools:'].includes(parse(address)?.protocol ?? '');
}

/** `URL.parse` is younger than the Node of some Electrons. */
function parse(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may call: a page of our own or a program without an Origin. A foreign site in the same browser can reach loopback,
 * so Host (against DNS rebinding) and Origin (against forged posts) are both held to a list (design §5).
 */
const HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;
const ORIGINS = /^(http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?|app:\/\/motcua)$/;

export function originFault(headers: IncomingHttpHeaders, method: string): 'request.forbiddenOrigin' | null {
  const { host, origin } = headers;
  // The shell's socket has no name to check; a name that is not ours has no business here.
  if (host !== undefined && host !== 'motcua' && !HOSTS.test(host)) return 'request.forbiddenOrigin';
  if (origin !== undefined) {
    if (!ORIGINS.test(origin)) return 'request.forbiddenOrigin';
    // Another program's page on another port of this machine is foreign too.
    if (origin.startsWith('http://') && host !== undefined && origin !== `http://${host}`) return 'request.forbiddenOrigin';
  }
  const site = headers['sec-fetch-site'];
  if (method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') return 'request.forbiddenOrigin';
  return null;
}

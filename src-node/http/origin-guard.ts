import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may call: a page of our own or a program without an Origin. A foreign site in the same browser can reach loopback,
 * so Host (against DNS rebinding) and Origin (against forged posts) are both held to a list (design §5).
 */
export interface AllowedCallers {
  readonly hosts: RegExp;
  readonly origins: RegExp;
}

export function originFault(headers: IncomingHttpHeaders, method: string, { hosts, origins }: AllowedCallers): 'request.forbiddenOrigin' | null {
  const { host, origin } = headers;
  if (host !== undefined && !hosts.test(host)) return 'request.forbiddenOrigin';
  if (origin !== undefined) {
    if (!origins.test(origin)) return 'request.forbiddenOrigin';
    // Another program's page on another port of this machine is foreign too.
    if (origin.startsWith('http://') && host !== undefined && origin !== `http://${host}`) return 'request.forbiddenOrigin';
  }
  const site = headers['sec-fetch-site'];
  if (method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') return 'request.forbiddenOrigin';
  return null;
}

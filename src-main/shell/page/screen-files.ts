import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ANSWER_HEADERS, SCREEN_SECURITY_POLICY } from '../../../src-shared/contract/screen-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The first page and what it loads, as the core serves them, read from the core's own folder: so that they are there by the time
 * the core is. Undefined for everything else, which only the core answers.
 */
export function readScreenFile(screensFolder: string, pathname: string): Response | undefined {
  const name = pathname === '/' ? 'desk.html' : /^\/(assets\/[\w.-]+)$/.exec(pathname)?.[1];
  const type = name === undefined ? undefined : TYPES[path.extname(name)];
  if (name === undefined || type === undefined) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path.join(screensFolder, name));
  } catch {
    return undefined;
  }
  return new Response(bytes, { headers: { 'content-type': type, 'content-security-policy': SCREEN_SECURITY_POLICY, ...ANSWER_HEADERS } });
}

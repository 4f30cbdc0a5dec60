import type { FastifyInstance } from 'fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer, type HttpServerDep } from '../../../src-main/core/http/http-server.ts';
import { readScreenFile } from '../../../src-main/shell/page/screen-files.ts';

/** While the core is on its way the page comes from the same files, and must be the page that the core would give. */
let folder: string;
let server: FastifyInstance;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'motcua-screens-'));
  mkdirSync(path.join(folder, 'screens/assets'), { recursive: true });
  for (const [name, text] of Object.entries({ 'desk.html': '<p>Một Cửa</p>', 'assets/desk-C8y8.js': 'run()', 'assets/desk.css': 'p{}', 'assets/mark.svg': '<svg/>', 'assets/inter-400.woff2': 'font', 'assets/notes.txt': 'x' })) writeFileSync(path.join(folder, 'screens', name), text);
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  // Nothing behind it is asked for.
  server = createHttpServer({ door: { callerOf: () => 'anybody' }, rendererDir: path.join(folder, 'screens') } as unknown as HttpServerDep);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const SAID = ['content-type', 'content-security-policy', 'cache-control', 'x-content-type-options', 'referrer-policy'];

test.each(['/', '/assets/desk-C8y8.js', '/assets/desk.css', '/assets/mark.svg', '/assets/inter-400.woff2'])('%s is what the core gives', async (pathname) => {
  const [ours, cores] = [readScreenFile(path.join(folder, 'screens'), pathname)!, await server.inject({ url: pathname, headers: { host: 'motcua' } })];
  expect([ours.status, Buffer.from(await ours.arrayBuffer())]).toEqual([cores.statusCode, cores.rawPayload]);
  for (const name of SAID) expect([name, ours.headers.get(name)]).toEqual([name, cores.headers[name] ?? null]);
});

test.each(['/api/office', '/assets/gone.js', '/assets/../../secret.js', '/assets/%2e%2e/%2e%2e/secret.js', '/../secret.js', '/assets/notes.txt', '/desk.html/', '/ho-so'])('%s is left to the core', (pathname) => {
  expect(readScreenFile(path.join(folder, 'screens'), pathname)).toBeUndefined();
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeCore, type Core } from '../../../src-main/core/compose-core.ts';
import { createLogger } from '../../../src-main/core/platform/logger.ts';
import { valueOf } from '../../helpers/open-test-desk.ts';

/** Addresses that lead out of the folder of screens, or nowhere. */
let core: Core;
let port: string;
const root = mkdtempSync(path.join(tmpdir(), 'motcua-addresses-'));
const logged: string[] = [];
beforeAll(async () => {
  const rendererDir = path.join(root, 'renderer');
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(path.join(rendererDir, 'desk.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'package.json'), '{}');
  core = valueOf(composeCore({ dataDir: path.join(root, 'data'), stateDir: path.join(root, 'state'), demo: false, rendererDir, log: createLogger((line) => logged.push(line)) }));
  port = new URL(valueOf(await core.listen(0))).port;
});
afterAll(async () => {
  await core.close();
  rmSync(root, { recursive: true, force: true });
});

/** Sent as it stands: fetch would tidy the address first. */
function get(address: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = rawRequest({ port, host: '127.0.0.1', path: address }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('an address that leads nowhere', () => {
  it.each(['/%00', '/assets/..%5c', '/assets/..%5c..%5cpackage.json', '/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/', '/%', '/%ff', '/api/dossiers/%', '/assets/%00.js', '/nothing', '/.git/config'])(
    '%s is answered with a code of ours, and nothing is logged',
    async (address) => {
      logged.length = 0;
      const { status, body } = await get(address);
      const { error } = JSON.parse(body) as { error: { code: string; sentence: string } };
      expect(logged).toEqual([]);
      expect([[404, 'request.unknownCall'], [400, 'request.malformed']]).toContainEqual([status, error.code]);
    },
  );

  it('is not the one of the screens', async () => {
    expect(await get('/')).toEqual({ status: 200, body: '<!doctype html>' });
    expect(await get('/ho-so/123')).toEqual({ status: 200, body: '<!doctype html>' });
  });
});

import { spawnSync } from 'node:child_process';
import { encodeFrame } from '../../src-node/codec/frame-codec.ts';
import { unpack } from '../../src-node/codec/packed-columns.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { headerToCanonical } from '../../src-shared/domain/operations/operation.ts';
import { BEST_CODEC } from '../../src-shared/sync-protocol/protocol-version.ts';
import { assert } from '../../src-shared/lib/assert.ts';

/** The same operations as one JSON text a line: headers as they are hashed, bodies as they are, and the keys that must travel as well. */
export function jsonLines({ operations, subjectKeys }: Branch): string {
  const keys = new Set<string>();
  return operations.map(({ header, body }) => {
    const key = keys.has(header.subject) ? undefined : subjectKeys.get(header.subject);
    keys.add(header.subject);
    return JSON.stringify({ ...headerToCanonical(header), body: JSON.parse(Buffer.from(body!).toString('utf8')) as unknown, key: key && Buffer.from(key).toString('base64url') });
  }).join('\n');
}

/** The whole branch as columns, before anything compresses them. */
export function columnsOf(branch: Branch): Uint8Array {
  const { columns, noise } = unpack(encodeFrame(BEST_CODEC, branch), []);
  return Buffer.concat([columns, noise]);
}

/** What `xz -9e` makes of it; undefined where this machine has none. */
export function xzBytes(input: string | Uint8Array): number | undefined {
  const { status, stdout, error } = spawnSync('xz', ['-9e', '-c'], { input, maxBuffer: 1e9 });
  if (error) return undefined;
  assert(status === 0, 'xz does its work');
  return stdout.byteLength;
}

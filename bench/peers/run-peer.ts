import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLink } from '../links/link.ts';
import type { LinkProfile } from '../links/link-profile.ts';
import { startProgram, type Program } from '../processes/program.ts';

export interface PeerRun {
  readonly profile: LinkProfile;
  readonly seed: number;
  /** Then it is stopped, and counts by what it has delivered. */
  readonly limitMs: number;
}

export interface PeerResult {
  /** Documents or records that lie at the server. */
  readonly delivered: number;
  readonly isWhole: boolean;
  readonly ms: number;
  /** Bytes of TCP's payload, without its headers and repetitions. */
  readonly upBytes: number;
  readonly upWireBytes: number;
  readonly doubled: number;
}

/** One document a dossier, in its last form; PouchDB sends that alone, and the names of the revisions before. */
export interface PeerDocument {
  readonly edits: number;
  readonly document: { readonly _id: string; readonly [field: string]: unknown };
}

export function runPouch(documents: readonly PeerDocument[], batch: number, run: PeerRun): Promise<PeerResult> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'documents.json');
    writeFileSync(file, JSON.stringify(documents));
    const server = startProgram({ file: 'bench/peers/pouch-server.ts', args: [folder] });
    const client = startProgram({ file: 'bench/peers/pouch-client.ts', args: [folder, file] });
    return measure(server, client, documents.length, run, ` ${batch}`);
  });
}

export function runNaive(lines: readonly string[], run: PeerRun): Promise<PeerResult> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'records.jsonl');
    writeFileSync(file, lines.join('\n'));
    const server = startProgram({ file: 'bench/peers/naive-server.ts', args: [folder] });
    const client = startProgram({ file: 'bench/peers/naive-client.ts', args: [file] });
    return measure(server, client, lines.length, run, '');
  });
}

async function measure(server: Program, client: Program, whole: number, { profile, seed, limitMs }: PeerRun, words: string): Promise<PeerResult> {
  try {
    const serverPort = Number((await server.line((line) => line.startsWith('port '))).split(' ')[1]);
    await client.line((line) => line === 'ready');
    const link = await openLink({ profile, serverPort, seed });
    const begunMs = performance.now();
    client.send(`go ${link.port}${words}`);
    const over = new AbortController();
    await Promise.race([client.line((line) => line === 'done'), pause(limitMs, undefined, { signal: over.signal }).catch(() => undefined)]);
    over.abort();
    const ms = performance.now() - begunMs;
    const upBytes = link.up.arrived;
    const upWireBytes = link.up.wire;
    client.kill();
    await link.close();
    server.send('count');
    const [, delivered = 0, doubled = 0] = (await server.line((line) => line.startsWith('count '))).split(' ').map(Number);
    return { delivered, isWhole: delivered === whole, ms, upBytes, upWireBytes, doubled };
  } finally {
    // Whoever still waits for a line of theirs is told that they ended; nobody does.
    client.kill();
    server.kill();
    await Promise.all([client.ended, server.ended]);
  }
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-peer-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

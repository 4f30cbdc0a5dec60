import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SigningPublicKey } from '../../src-node/crypto/key-text.ts';
import type { Branch } from '../../src-node/operations/ingest.ts';
import { readBranch } from '../../src-node/operations/read-branch.ts';
import { assert } from '../../src-shared/lib/assert.ts';
import { signIn } from '../office/core-calls.ts';
import { makeOffice, type MadeOffice } from '../office/make-office.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from '../office/set-up-office.ts';
import type { PeerDocument } from '../peers/run-peer.ts';

/** An office in its own folder, never copied: a copy would go on as another device, and its work would be another's. */
export interface SyncOffice extends MadeOffice {
  readonly folder: string;
  readonly branch: Branch;
  remove(): void;
}

const CACHE = path.join(import.meta.dirname, '../../out/bench');
let made = 0;

export async function makeSyncOffice(rows: number, tell: (line: string) => void): Promise<SyncOffice> {
  made += 1;
  const folder = path.join(CACHE, `sync-${process.pid}-${made}`);
  mkdirSync(folder, { recursive: true });
  const office = await makeOffice(folder, rows, tell);
  return { ...office, folder, branch: await readOwnLog(folder, office), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function readOwnLog(folder: string, { officer, endMs }: MadeOffice): Promise<Branch> {
  const core = openOffice(folder, createRunningClock(endMs));
  try {
    await signIn(core, officer, BENCH_PASSWORD);
    const desk = core.holder.desk();
    assert(desk, 'open after signing in');
    const signed = desk.checkpoint();
    assert(signed.ok, 'the log is signed');
    const branch = readBranch({ db: desk.db, names: desk.log.names, office: desk.office().id }, desk.device, desk.office().devices.get(desk.device)!.publicKey as SigningPublicKey, 0);
    assert(branch, 'it holds operations');
    return branch;
  } finally {
    await core.close();
  }
}

/** One document a dossier: what it was received as, with what became of it. */
export function documentsOf({ operations }: Branch, dossiersMax: number): PeerDocument[] {
  const bySubject = new Map<string, { edits: number; document: { _id: string } & Record<string, unknown> }>();
  for (const { header, body } of operations) {
    if (!header.kind.startsWith('dossier.')) continue;
    const fields = JSON.parse(Buffer.from(body!).toString('utf8')) as Record<string, unknown>;
    const known = bySubject.get(header.subject);
    if (known === undefined && bySubject.size === dossiersMax) continue;
    const document = { ...known?.document, ...(header.kind === 'dossier.received' ? fields : { [header.kind.slice('dossier.'.length)]: fields }), _id: header.subject };
    bySubject.set(header.subject, { edits: (known?.edits ?? 0) + 1, document });
  }
  return [...bySubject.values()];
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteServerDb } from '../src-server/db/sqlite-server-db.ts';
import { ingestFrame } from '../src-server/features/ingest/ingest-frame.ts';
import { createProjectionJob } from '../src-server/jobs/projection-job.ts';
import { insertOffice } from '../src-server/log/office-queries.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { officeDate } from '../src-shared/lib/office-time.ts';
import { BEST_CODEC } from '../src-shared/sync-protocol/protocol-version.ts';
import { gatherFrames, startPacking } from '../src-node/sync-engine/gather-frames.ts';
import { openLink, type Link } from './links/link.ts';
import { LINKS, isLinkName, type LinkName } from './links/link-profile.ts';
import type { BenchRun } from './measure/bench-run.ts';
import type { Figure } from './measure/figure.ts';
import { call, signIn } from './office/core-calls.ts';
import { makeOffice, type MadeOffice } from './office/make-office.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from './office/set-up-office.ts';
import { startCentralServer, type CentralServerProcess } from './processes/central-server.ts';
import { startDeskCore } from './processes/desk-core.ts';

/**
 * How soon can a new desk work? A joined desk, a process of its own, meets the server over a link for the first time; it is usable when the
 * snapshot's last page is in. Real programs, TLS on.
 */
const ROWS = 20_000;
const TARGET_S = 60;
const SEED = 7;
const LOOK_MS = 50;
const LIMIT_MS = 600_000;

export async function benchSnapshot({ rows = ROWS, link = 'edge', tell }: BenchRun): Promise<Figure[]> {
  assert(isLinkName(link), `no link ${link}`);
  const root = mkdtempSync(path.join(tmpdir(), 'motcua-snapshot-bench-'));
  try {
    const made = await makeOffice(path.join(root, 'office'), rows, tell);
    const serverDir = path.join(root, 'server');
    const begun = await startCentralServer({ dataDir: serverDir, port: 0, isTls: true, isFirst: true });
    await begun.program.stop();
    const join = await fillServer(root, serverDir, made, tell);
    const server = await startCentralServer({ dataDir: serverDir, port: 0, isTls: true, isFirst: false });
    try {
      const figures: Figure[] = [];
      for (const name of new Set<LinkName>(['loopback', link])) {
        const met = await meet(path.join(root, `desk-${name}`), server, name, join.next());
        tell(`${name}: ${JSON.stringify(met)}`);
        figures.push(...figuresOf(rows, name, met));
      }
      return figures;
    } finally {
      await server.program.stop();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

interface JoinFile {
  readonly file: string;
  readonly code: string;
  readonly officer: string;
}

/** The office's whole log in the server's database, as it lies there after years, and join files for new desks. */
async function fillServer(root: string, serverDir: string, { officer, endMs }: MadeOffice, tell: BenchRun['tell']): Promise<{ next(): JoinFile }> {
  const core = openOffice(path.join(root, 'office'), createRunningClock(endMs));
  const opened = openSqliteServerDb(serverDir);
  assert(opened.ok, 'the database of the server');
  const db = opened.value;
  try {
    const session = await signIn(core, officer, BENCH_PASSWORD);
    const files: JoinFile[] = [];
    for (const name of ['Máy 2', 'Máy 3']) files.push({ ...(await call(core, session, 'desks.admit', { name })), officer });
    const desk = core.holder.desk();
    assert(desk, 'open after signing in');
    const office = desk.office();
    const begun = performance.now();
    await db.transaction((writes) => insertOffice(writes, office.id, office.publicKey, { device: desk.device, publicKey: office.devices.get(desk.device)!.publicKey }, endMs));
    const source = { db: desk.db, names: desk.log.names, office: office.id, author: desk.log.author, leans: false, effort: 'quick', packing: startPacking(), isOpen: () => true } as const;
    const end = desk.log.head().seq;
    for (let after = 0; after < end;) {
      for await (const frame of gatherFrames(source, BEST_CODEC, [{ device: desk.device, after, held: after, end, isOwn: true }], 65_536)) {
        assert(!('tooLarge' in frame), 'frames of the own log are as small as need be');
        const taken = await ingestFrame(db, office.id, BEST_CODEC, frame.bytes, endMs);
        assert(taken.ok, 'the server takes it in');
        after = frame.seq;
      }
    }
    await createProjectionJob({ db, nowMs: () => endMs, onFailure: (error) => tell(String(error)) }).settle();
    tell(`${end} operations above and folded after ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
    return { next: () => files.shift()! };
  } finally {
    await core.close();
    await db.close();
  }
}

interface Met {
  readonly usableMs: number;
  readonly downBytes: number;
  readonly upBytes: number;
  readonly dossiers: number;
}

async function meet(folder: string, server: CentralServerProcess, name: LinkName, join: JoinFile): Promise<Met> {
  const core = await startDeskCore(folder);
  const { ask } = core;
  let link: Link | undefined;
  try {
    await core.askOpen('office.join', { file: join.file, code: join.code, confirmedDate: officeDate(Date.now()) });
    await core.signIn(join.officer);
    link = await openLink({ profile: LINKS[name], serverPort: server.port, seed: SEED });
    const begunMs = performance.now();
    await ask('sync.connect', { address: `${server.scheme}://127.0.0.1:${link.port}`, fingerprint: server.fingerprint, code: null });
    for (;;) {
      const { older } = await ask('sync.status', {});
      if (older?.part === 'older') break;
      assert(performance.now() - begunMs < LIMIT_MS, 'usable within minutes');
      await pause(LOOK_MS);
    }
    const usableMs = performance.now() - begunMs;
    const [downBytes, upBytes] = [link.down.arrived, link.up.arrived];
    const { open: dossiers, toHandOver } = await ask('dossiers.counts', {});
    return { usableMs, downBytes, upBytes, dossiers: dossiers + toHandOver };
  } finally {
    await core.end();
    await link?.close();
  }
}

function figuresOf(rows: number, name: LinkName, { usableMs, downBytes, dossiers }: Met): Figure[] {
  const figure = { bench: `snapshot.${name}`, rows, better: 'less' } as const;
  const { downKbit } = LINKS[name];
  return [
    { ...figure, metric: 'usableAfter', unit: 's', value: usableMs / 1_000, target: name === 'edge' ? TARGET_S : null },
    { ...figure, metric: 'bytesDown', unit: 'kB', value: downBytes / 1_000, target: null },
    { ...figure, metric: 'bytesDownPerOpenDossier', unit: 'bytes', value: downBytes / dossiers, target: null },
    ...(downKbit === null ? [] : [{ ...figure, metric: 'bytesDownAlone', unit: 's', value: (downBytes * 8) / downKbit / 1_000, target: null }]),
  ];
}

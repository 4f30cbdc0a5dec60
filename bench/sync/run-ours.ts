import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import type { OutputOf } from '../../src-shared/contract/contract.ts';
import { openLink, type Link } from '../links/link.ts';
import { cutsBefore, type LinkProfile } from '../links/link-profile.ts';
import { startCentralServer, type CentralServerProcess } from '../processes/central-server.ts';
import { startDeskCore, type DeskCore } from '../processes/desk-core.ts';
import type { SyncOffice } from './sync-office.ts';

export interface OurResult {
  readonly ms: number;
  /** Of these: until the server was agreed to, and until it had acknowledged anything. */
  readonly connectedMs: number;
  readonly firstMs: number;
  readonly isWhole: boolean;
  readonly upBytes: number;
  readonly upWireBytes: number;
  readonly downBytes: number;
  readonly connections: number;
  readonly cuts: number;
  /** What a handshake costs over this link; undefined over plain HTTP. */
  readonly handshake: { readonly bytes: number; readonly ms: number } | undefined;
}

export interface OurRun {
  readonly profile: LinkProfile;
  readonly seed: number;
  readonly limitMs: number;
  readonly tell: (line: string) => void;
}

const LOOK_MS = 100;
const TELL_MS = 15_000;

/** The real core hands its whole log up to the real server; from the wish to connect until all is acknowledged. */
export async function runOurs(office: SyncOffice, run: OurRun): Promise<OurResult> {
  const serverDir = mkdtempSync(path.join(tmpdir(), 'motcua-server-'));
  const server = await startCentralServer({ dataDir: serverDir, port: 0, isTls: true, isFirst: true });
  let core: DeskCore | undefined;
  try {
    core = await startDeskCore(office.folder);
    await core.signIn(office.officer);
    const { ask } = core;
    const handshake = server.scheme === 'https' ? await measureHandshake(server, run) : undefined;
    const link = await openLink({ profile: run.profile, serverPort: server.port, seed: run.seed });
    const begunMs = performance.now();
    await ask('sync.connect', { address: `${server.scheme}://127.0.0.1:${link.port}`, fingerprint: server.fingerprint, code: server.code });
    const connectedMs = performance.now() - begunMs;
    const { isWhole, firstMs } = await allAcknowledged(() => ask('sync.status', {}), begunMs, run);
    const ms = performance.now() - begunMs;
    const result = resultOf(link, run.profile, ms);
    await core.program.stop();
    await link.close();
    return { ...result, connectedMs, firstMs, isWhole, handshake };
  } finally {
    server.program.kill();
    await Promise.all([core?.end(), server.program.ended]);
    rmSync(serverDir, { recursive: true, force: true });
  }
}

async function allAcknowledged(look: () => Promise<OutputOf<'sync.status'>>, begunMs: number, { limitMs, tell }: OurRun): Promise<Pick<OurResult, 'isWhole' | 'firstMs'>> {
  let [toldMs, firstMs] = [0, 0];
  for (;;) {
    const { state, code, nextTryMs, quarantined, acknowledged: { operations, of } } = await look();
    const ms = performance.now() - begunMs;
    if (operations > 0) firstMs ||= ms;
    if (operations === of) return { isWhole: true, firstMs };
    if (ms > limitMs) return { isWhole: false, firstMs };
    if (ms - toldMs > TELL_MS) {
      toldMs = ms;
      tell(`${(ms / 1_000).toFixed(0)} s: ${operations} of ${of} operations acknowledged, ${state} ${code ?? ''} ${nextTryMs ?? ''} ${quarantined.map((one) => one.code).join(' ')}`);
    }
    await pause(LOOK_MS);
  }
}

function resultOf({ up, down, connections }: Link, profile: LinkProfile, ms: number): Omit<OurResult, 'isWhole' | 'handshake' | 'connectedMs' | 'firstMs'> {
  return { ms, upBytes: up.arrived, upWireBytes: up.wire, downBytes: down.arrived, connections: connections(), cuts: cutsBefore(profile, ms) };
}

/** One connection that carries nothing but its own making. */
async function measureHandshake({ port }: CentralServerProcess, { profile, seed }: OurRun): Promise<OurResult['handshake']> {
  const link = await openLink({ profile, serverPort: port, seed });
  const begunMs = performance.now();
  const socket = tls.connect({ host: '127.0.0.1', port: link.port, rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => void socket.once('secureConnect', resolve).once('error', reject));
  const measured = { bytes: link.up.arrived + link.down.arrived, ms: performance.now() - begunMs };
  socket.on('error', () => undefined).destroy();
  await link.close();
  return measured;
}

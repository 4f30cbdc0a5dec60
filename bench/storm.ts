import { createExchangeClient, type ExchangeClient } from '../src-node/sync-engine/exchange-client.ts';
import { signText } from '../src-node/crypto/keys.ts';
import { openPostgresServerDb } from '../src-server/db/postgres-server-db.ts';
import type { ServerDb } from '../src-server/db/server-db.ts';
import { makeAdmissionCode } from '../src-server/features/admissions/admit-office.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { officeAdmissionText, type ServerView } from '../src-shared/sync-protocol/admission.ts';
import { introductionText } from '../src-shared/sync-protocol/exchange.ts';
import { BEST_CODEC, CODECS, PROTOCOL_VERSION } from '../src-shared/sync-protocol/protocol-version.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { createChance, type Chance } from './office/seeded-chance.ts';
import { startCentralServer } from './processes/central-server.ts';
import { startPostgres } from './processes/postgres.ts';
import { makeSyncOffice } from './sync/sync-office.ts';
import { makeTwin, type TwinDesk } from './sync/twin-desk.ts';

/** A province is back after an outage: every desk comes at once with what it wrote meanwhile. Is nothing lost, and is nobody left waiting? */
const DESKS = 500;
const OPERATIONS = 2_000;
const OPERATIONS_PER_FRAME = 250;
const MOULD_ROWS = 500;
const TRIES_MAX = 100;
/** As a desk: two seconds, then twice as long each time, up to this. */
const WAIT_FIRST_MS = 2_000;
const WAIT_MAX_MS = 60_000;

export async function benchStorm({ desks = DESKS, tell }: BenchRun): Promise<Figure[]> {
  const office = await makeSyncOffice(MOULD_ROWS, tell);
  office.remove();
  const twins: TwinDesk[] = [];
  for (let count = 1; count <= desks; count += 1) {
    const twin = makeTwin(office.branch, OPERATIONS, OPERATIONS_PER_FRAME);
    // What was sent is compared by its count and its end; half a gigabyte of rows need not stay.
    twins.push({ ...twin, operations: twin.operations.slice(-1) });
    if (count % 50 === 0) tell(`${count} of ${desks} desks have written ${OPERATIONS} operations each`);
  }
  const postgres = await startPostgres();
  try {
    const databaseUrl = await postgres.newDatabase();
    const server = await startCentralServer({ dataDir: tmpdir(), port: 0, databaseUrl, isFirst: true, isTls: true });
    const db = await openPostgresServerDb(databaseUrl);
    try {
      return await storm(twins, `${server.scheme}://127.0.0.1:${server.port}`, db, tell);
    } finally {
      await db.close();
      await server.program.stop();
    }
  } finally {
    await postgres.stop();
  }
}

interface Arrival {
  readonly ms: number;
  readonly tries: number;
  readonly isWhole: boolean;
}

async function storm(twins: readonly TwinDesk[], address: string, db: ServerDb, tell: BenchRun['tell']): Promise<Figure[]> {
  const clients = twins.map(() => createExchangeClient({ monotonicMs: () => performance.now() }));
  const looked = await clients[0]!.look(address);
  assert(looked.ok, 'the server answers');
  const view = looked.value;
  for (const [index, twin] of twins.entries()) await admit(clients[index]!, address, view, twin, await makeAdmissionCode(db, Date.now()));
  tell(`${twins.length} offices admitted`);
  const begunMs = performance.now();
  const chance = createChance(twins.length);
  const arrivals = await Promise.all(twins.map((twin, index) => handUp(clients[index]!, { address, server: view.server, publicKey: view.publicKey }, { twin, chance, begunMs })));
  const tookMs = performance.now() - begunMs;
  for (const client of clients) client.close();
  const { rows } = (await db.get<{ rows: number }>('SELECT count(*) AS rows FROM operations'))!;
  const missing = await countMissing(db, twins);
  const times = arrivals.map(({ ms }) => ms);
  const figure = { bench: 'storm', better: 'less', rows: twins.length, target: null } as const;
  return [
    { ...figure, metric: 'operationsPerSecond', unit: 'operations/s', value: rows / (tookMs / 1_000), better: 'more' },
    { ...figure, metric: 'lost', unit: 'operations', value: twins.length * OPERATIONS - rows + missing, target: 0 },
    { ...figure, metric: 'errorsAfterRetries', unit: 'desks', value: arrivals.filter(({ isWhole }) => !isWhole).length, target: 0 },
    { ...figure, metric: 'retries', unit: 'tries', value: arrivals.reduce((sum, { tries }) => sum + tries, 0) },
    { ...figure, metric: 'medianMs', unit: 'ms', value: median(times) },
    { ...figure, metric: 'slowestVsMedian', unit: 'ratio', value: Math.max(...times) / median(times), target: 3 },
  ];
}

async function admit(client: ExchangeClient, address: string, { server, publicKey }: ServerView, { office, officeKeys, device, deviceKeys }: TwinDesk, code: string): Promise<void> {
  const about = { code, office, officePublicKey: officeKeys.publicKey, founder: { device, publicKey: deviceKeys.publicKey } };
  const admitted = await client.admit({ address, server, publicKey }, { protocol: PROTOCOL_VERSION, ...about, signature: signText(officeKeys.privateKey, officeAdmissionText(server, about)) });
  assert(admitted.ok, 'every office is admitted');
}

/** As a desk does: frame after frame, from where the server says that it holds; after a failure it waits and asks again. */
async function handUp(client: ExchangeClient, to: Parameters<ExchangeClient['exchange']>[0]['to'], { twin, chance, begunMs }: { readonly twin: TwinDesk; readonly chance: Chance; readonly begunMs: number }): Promise<Arrival> {
  const { office, device, frames, deviceKeys, officeKeys } = twin;
  const introduction = { publicKey: deviceKeys.publicKey, signature: signText(officeKeys.privateKey, introductionText(to.server, office, device, deviceKeys.publicKey)) };
  let next = 0;
  let tries = 0;
  let failures = 0;
  while (next < frames.length && tries < TRIES_MAX) {
    const words = { protocol: PROTOCOL_VERSION, program: 'storm', office, device, cursor: null, wantBytes: 0, codec: BEST_CODEC, codecs: [...CODECS], introduction, frames: 1 };
    const down = await client.exchange({ to, words, frames: [frames[next]!], privateKey: deviceKeys.privateKey });
    if (down.ok) {
      next = Math.floor((down.value.answer.held[device] ?? 0) / OPERATIONS_PER_FRAME);
      failures = 0;
      if (down.value.answer.refused.length === 0) continue;
    } else if (!down.error.retry) break;
    tries += 1;
    const waitMs = Math.min(WAIT_FIRST_MS * 2 ** failures, WAIT_MAX_MS);
    failures += 1;
    await pause(waitMs / 2 + chance.below(waitMs / 2));
  }
  return { ms: performance.now() - begunMs, tries, isWhole: next === frames.length };
}

/** Desks whose log does not end there as it ended at the desk. */
async function countMissing(db: ServerDb, twins: readonly TwinDesk[]): Promise<number> {
  const rows = await db.all<{ device: string; seq: number; hash: Uint8Array }>('SELECT device, seq, hash FROM devices');
  const ends = new Map(rows.map(({ device, seq, hash }) => [device, `${seq}:${Buffer.from(hash).toString('hex')}`]));
  return twins.filter(({ device, operations }) => ends.get(device) !== `${OPERATIONS}:${Buffer.from(operations[0]!.hash).toString('hex')}`).length;
}

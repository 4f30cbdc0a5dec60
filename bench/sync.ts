import { assert } from '../src-shared/lib/assert.ts';
import { isLinkName, LINKS, upShare, type LinkName } from './links/link-profile.ts';
import type { BenchRun } from './measure/bench-run.ts';
import type { Figure } from './measure/figure.ts';
import { columnsOf, jsonLines, xzBytes } from './measure/plain-forms.ts';
import { runNaive, runPouch, type PeerResult } from './peers/run-peer.ts';
import { runOurs, type OurResult } from './sync/run-ours.ts';
import { documentsOf, makeSyncOffice, type SyncOffice } from './sync/sync-office.ts';

/** How many bytes and how long does it take until all that a desk wrote is acknowledged, beside what others need and what the link allows? */
const SEED = 7;
const CUTS = ['edge-cuts-reset', 'edge-cuts-blackhole', 'edge-cuts-frozen'] as const satisfies readonly LinkName[];
const PEERS = ['pouchdb', 'naive', 'none'] as const;
type Peer = (typeof PEERS)[number];

/** By link: dossiers of ours, of the peers (the time is scaled), how PouchDB is best tuned, how long a peer may try. */
interface Measure {
  readonly rows: number;
  readonly peerRows: number;
  readonly pouchBatch: number;
  readonly peerLimitMs: number;
  readonly timeTarget: number | null;
  readonly pouchTarget: number | null;
}
const MEASURES: Readonly<Record<'loopback' | 'edge' | '3g' | 'cuts', Measure>> = {
  loopback: { rows: 1_000, peerRows: 1_000, pouchBatch: 100, peerLimitMs: 120_000, timeTarget: null, pouchTarget: null },
  edge: { rows: 1_000, peerRows: 120, pouchBatch: 500, peerLimitMs: 120_000, timeTarget: 1.5, pouchTarget: 12 },
  '3g': { rows: 3_000, peerRows: 400, pouchBatch: 500, peerLimitMs: 120_000, timeTarget: 1.45, pouchTarget: 14 },
  cuts: { rows: 1_000, peerRows: 120, pouchBatch: 10, peerLimitMs: 180_000, timeTarget: 2.1, pouchTarget: 30 },
};
const OUR_LIMIT_MS = 900_000;
/** What comes twice because of one cut. */
const RESENT_BYTES_MAX = 16_384;

export async function benchSync({ rows, link = 'loopback', peer = 'pouchdb', tell }: BenchRun): Promise<Figure[]> {
  assert(PEERS.includes(peer as Peer), `--peer is one of ${PEERS.join(', ')}`);
  const names = link === 'edge-cuts' ? CUTS : [link];
  const figures: Figure[] = [];
  let uncutBytes: number | undefined;
  for (const name of names) {
    assert(isLinkName(name), `--link is edge-cuts or one of ${Object.keys(LINKS).join(', ')}`);
    const { outage } = LINKS[name];
    if (outage !== null) uncutBytes ??= (await ours('loopback', rows ?? measureOf(name).rows, tell)).result.upBytes;
    figures.push(...(await benchLink(name, { rows, peer: peer as Peer, tell, uncutBytes })));
  }
  return figures;
}

function measureOf(name: LinkName): Measure {
  return name === 'loopback' || name === 'edge' || name === '3g' ? MEASURES[name] : MEASURES.cuts;
}

async function ours(name: LinkName, rows: number, tell: BenchRun['tell']): Promise<{ readonly office: SyncOffice; readonly result: OurResult }> {
  const office = await makeSyncOffice(rows, tell);
  try {
    const result = await runOurs(office, { profile: LINKS[name], seed: SEED, limitMs: OUR_LIMIT_MS, tell: (line) => tell(`${name}: ${line}`) });
    tell(`${name}, ours: ${JSON.stringify(result)}`);
    return { office, result };
  } finally {
    office.remove();
  }
}

interface LinkBench {
  readonly rows: number | undefined;
  readonly peer: Peer;
  readonly tell: BenchRun['tell'];
  readonly uncutBytes: number | undefined;
}

async function benchLink(name: LinkName, { rows: asked, peer, tell, uncutBytes }: LinkBench): Promise<Figure[]> {
  const measure = measureOf(name);
  const rows = asked ?? measure.rows;
  const { office, result } = await ours(name, rows, tell);
  assert(result.isWhole, `on ${name} not all was acknowledged in ${OUR_LIMIT_MS / 1_000} s`);
  const figure = { bench: `sync.${name}`, better: 'less', rows, target: null } as const;
  const msPerDossier = result.ms / rows;
  return [
    { ...figure, metric: 'bytesUpPerDossier', unit: 'bytes', value: result.upBytes / rows },
    { ...figure, metric: 'wireBytesUpPerDossier', unit: 'bytes', value: result.upWireBytes / rows },
    { ...figure, metric: 'msPerDossier', unit: 'ms', value: msPerDossier },
    { ...figure, metric: 'connectedMs', unit: 'ms', value: result.connectedMs },
    { ...figure, metric: 'firstAcknowledgedMs', unit: 'ms', value: result.firstMs },
    ...handshakeFigures(figure, result),
    ...limitFigures(name, figure, office, result),
    ...(uncutBytes === undefined || result.cuts === 0 ? [] : [{ ...figure, metric: 'resentPerCutMean', unit: 'bytes', value: Math.max(0, result.upBytes - uncutBytes) / result.cuts, target: RESENT_BYTES_MAX }]),
    ...(peer === 'none' ? [] : peerFigures(peer, figure, { measure, perDossier: { bytes: result.upBytes / rows, ms: msPerDossier }, one: await runPeer(peer, name, office, tell) })),
  ];
}

type Base = Pick<Figure, 'bench' | 'better' | 'rows' | 'target'>;

function handshakeFigures(figure: Base, { handshake }: OurResult): Figure[] {
  if (handshake === undefined) {
    process.stdout.write(`${JSON.stringify({ bench: figure.bench, metric: 'handshakeBytes', notMeasured: 'the server speaks plain HTTP' })}\n`);
    return [];
  }
  return [{ ...figure, metric: 'handshakeBytes', unit: 'bytes', value: handshake.bytes }, { ...figure, metric: 'handshakeMs', unit: 'ms', value: handshake.ms }];
}

/** Beside what `xz -9e` makes of the same, and what the link could carry of that. */
function limitFigures(name: LinkName, figure: Base, { branch }: SyncOffice, result: OurResult): Figure[] {
  const xzOfLines = xzBytes(jsonLines(branch));
  const xzOfColumns = xzBytes(columnsOf(branch));
  if (xzOfLines === undefined || xzOfColumns === undefined) {
    process.stdout.write(`${JSON.stringify({ bench: figure.bench, metric: 'wireBytesUpVsXz', notMeasured: 'xz is not installed' })}\n`);
    return [];
  }
  const { upKbit } = LINKS[name];
  const limitMs = upKbit === null ? undefined : (xzOfColumns * 8) / upKbit / upShare(LINKS[name]);
  return [
    { ...figure, metric: 'xzOfJsonLines', unit: 'bytes', value: xzOfLines },
    { ...figure, metric: 'xzOfColumns', unit: 'bytes', value: xzOfColumns },
    { ...figure, metric: 'wireBytesUpVsXz', unit: 'ratio', value: result.upWireBytes / xzOfLines, target: name === 'edge' ? 0.9 : null },
    ...(limitMs === undefined ? [] : [{ ...figure, metric: 'timeVsLimit', unit: 'ratio', value: result.ms / limitMs, target: measureOf(name).timeTarget }]),
  ];
}

async function runPeer(peer: Exclude<Peer, 'none'>, name: LinkName, { branch }: SyncOffice, tell: BenchRun['tell']): Promise<PeerResult & { readonly dossiers: number }> {
  const { peerRows, pouchBatch, peerLimitMs } = measureOf(name);
  const run = { profile: LINKS[name], seed: SEED, limitMs: peerLimitMs };
  const documents = documentsOf(branch, peerRows);
  const result = peer === 'pouchdb' ? await runPouch(documents, pouchBatch, run) : await runNaive(jsonLines(branch).split('\n'), run);
  tell(`${name}, ${peer}: ${JSON.stringify(result)}`);
  const operationsPerDossier = branch.operations.length / documentsOf(branch, Infinity).length;
  return { ...result, dossiers: peer === 'pouchdb' ? result.delivered : result.delivered / operationsPerDossier };
}

interface Beside {
  readonly measure: Measure;
  readonly perDossier: { readonly bytes: number; readonly ms: number };
  readonly one: PeerResult & { readonly dossiers: number };
}

function peerFigures(peer: Exclude<Peer, 'none'>, figure: Base, { measure, perDossier, one }: Beside): Figure[] {
  const isLoopback = figure.bench === 'sync.loopback';
  const name = peer === 'pouchdb' ? 'Pouch' : 'Naive';
  const delivered = { ...figure, metric: `${peer}Delivered`, unit: 'dossiers', value: one.dossiers };
  // One that delivers nothing in its time is beaten by any factor; a figure would say less than that.
  if (one.delivered === 0) return [delivered];
  return [
    delivered,
    { ...figure, metric: `${peer}BytesUpPerDossier`, unit: 'bytes', value: one.upBytes / one.dossiers },
    { ...figure, metric: `${peer}MsPerDossier`, unit: 'ms', value: one.ms / one.dossiers },
    ...(peer === 'naive' ? [{ ...figure, metric: 'naiveRowsTwice', unit: 'rows', value: one.doubled }] : []),
    { ...figure, metric: `bytesUpVs${name}`, unit: 'ratio', value: perDossier.bytes / (one.upBytes / one.dossiers), target: isLoopback ? (peer === 'pouchdb' ? 1 / 12 : 1 / 40) : null },
    { ...figure, metric: `fasterThan${name}`, unit: 'times', value: one.ms / one.dossiers / perDossier.ms, target: peer === 'pouchdb' ? measure.pouchTarget : null, better: 'more' },
  ];
}

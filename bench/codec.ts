import { gzipSync } from 'node:zlib';
import { encodeFrame } from '../src-node/codec/frame-codec.ts';
import { DICTIONARY_OPERATIONS_MAX } from '../src-shared/sync-protocol/limits.ts';
import type { SigningPublicKey } from '../src-node/crypto/key-text.ts';
import type { Branch } from '../src-node/operations/ingest.ts';
import { listSignedDevices, readBranch } from '../src-node/operations/read-branch.ts';
import { assert } from '../src-shared/lib/assert.ts';
import { BEST_CODEC } from '../src-shared/sync-protocol/protocol-version.ts';
import type { BenchRun } from './measure/bench-run.ts';
import { median, type Figure } from './measure/figure.ts';
import { jsonLines, xzBytes } from './measure/plain-forms.ts';
import { copyOffice, officeOf } from './office/cached-office.ts';
import { signIn } from './office/core-calls.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from './office/set-up-office.ts';

/** How many bytes do operations take on the wire, beside what everybody's tools make of the same text? */
const ROWS = 1_000;
/** The everyday case: what a desk wrote in some minutes. */
const EVERYDAY_OPERATIONS = 20;
/** A desk that was alone for a while. */
const BACKLOG_OPERATIONS = 1_000;
const FRAMES = 40;

export async function benchCodec({ rows = ROWS, tell }: BenchRun): Promise<Figure[]> {
  const branch = await readOffice(rows, tell);
  const everyday = framesOf(branch, EVERYDAY_OPERATIONS);
  const backlog = framesOf(branch, BACKLOG_OPERATIONS);
  const figure = { bench: 'codec', better: 'less', rows, target: null } as const;
  const gzipped = everyday.map((frame) => gzipSync(jsonLines(frame)).byteLength);
  const ours = everyday.map((frame) => encoded(branch, frame).byteLength);
  const packed = backlog.map((frame) => {
    const begun = performance.now();
    const { byteLength } = encoded(branch, frame);
    return { frame, bytes: byteLength, micros: ((performance.now() - begun) * 1_000) / frame.operations.length };
  });
  return [
    { ...figure, metric: 'everydayBytes', unit: 'bytes/operation', value: median(ours) / EVERYDAY_OPERATIONS },
    { ...figure, metric: 'everydayVsGzip', unit: 'ratio', value: median(ours.map((bytes, index) => bytes / gzipped[index]!)), target: 0.45 },
    { ...figure, metric: 'backlogBytes', unit: 'bytes/operation', value: median(packed.map(({ bytes }) => bytes)) / BACKLOG_OPERATIONS },
    ...vsXz(packed).map((value) => ({ ...figure, metric: 'backlogVsXz', unit: 'ratio', value, target: 0.9 })),
    { ...figure, metric: 'encodeMicros', unit: 'µs/operation', value: median(packed.map(({ micros }) => micros)) },
  ];
}

async function readOffice(rows: number, tell: BenchRun['tell']): Promise<Branch> {
  const copy = copyOffice(await officeOf(rows, tell));
  const core = openOffice(copy.folder, createRunningClock(copy.endMs));
  try {
    await signIn(core, copy.officer, BENCH_PASSWORD);
    const desk = core.holder.desk();
    assert(desk, 'open after signing in');
    const source = { db: desk.db, names: desk.log.names, office: desk.office().id };
    const [longest] = listSignedDevices(source).sort((one, other) => other.seq - one.seq);
    assert(longest, 'an office has a signed log');
    const branch = readBranch(source, longest.device, desk.office().devices.get(longest.device)!.publicKey as SigningPublicKey, 0);
    assert(branch, 'it holds operations');
    return branch;
  } finally {
    await core.close();
    copy.remove();
  }
}

/** Stretches from all over the log, behind its first catalogues. */
function framesOf(branch: Branch, size: number): readonly Branch[] {
  const first = DICTIONARY_OPERATIONS_MAX + 10;
  const step = Math.max(1, Math.floor((branch.operations.length - first - size) / FRAMES));
  return Array.from({ length: FRAMES }, (_, index) => branch.operations.slice(first + index * step, first + index * step + size))
    .filter((operations) => operations.length === size)
    .map((operations) => ({ ...branch, operations, head: { ...branch.head, seq: operations.at(-1)!.header.seq, hash: operations.at(-1)!.hash } }));
}

function encoded(branch: Branch, frame: Branch): Uint8Array {
  const from = frame.operations[0]!.header.seq - 1;
  return encodeFrame(BEST_CODEC, frame, branch.operations.slice(Math.max(0, from - DICTIONARY_OPERATIONS_MAX), from));
}

/** None where this machine has no xz; the line says so. */
function vsXz(packed: readonly { readonly frame: Branch; readonly bytes: number }[]): readonly number[] {
  const ratios: number[] = [];
  for (const { frame, bytes } of packed.slice(0, 5)) {
    const xz = xzBytes(jsonLines(frame));
    if (xz === undefined) {
      process.stdout.write(`${JSON.stringify({ bench: 'codec', metric: 'backlogVsXz', notMeasured: 'xz is not installed' })}\n`);
      return [];
    }
    ratios.push(bytes / xz);
  }
  return [median(ratios)];
}

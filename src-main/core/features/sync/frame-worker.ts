import type { DeviceId, OfficeId } from '../../../../src-shared/lib/ids.ts';
import type { Codec } from '../../../../src-shared/sync-protocol/protocol-version.ts';
import { decodeSnapshot } from '../../../../src-node/codec/snapshot-codec.ts';
import { openDatabase } from '../../../../src-node/db/open-database.ts';
import type { ReadableDb } from '../../../../src-node/db/sqlite.ts';
import type { StorageError } from '../../../../src-node/db/storage-error.ts';
import type { KeyedOperation } from '../../../../src-node/operations/ahead.ts';
import type { Stretch } from '../../../../src-node/operations/ingest.ts';
import { createNames } from '../../../../src-node/operations/names.ts';
import { readOffice } from '../../../../src-node/operations/office-projection.ts';
import type { NextStretch } from '../../../../src-node/sync-engine/exchange-plan.ts';
import { packWhole, type FrameUp, type TooLarge } from '../../../../src-node/sync-engine/gather-frames.ts';
import { readFrame, type FrameProblem } from '../../../../src-node/sync-engine/read-frame.ts';
import { databaseParts } from '../../platform/database-parts.ts';
import { serveParts } from '../../platform/worker-parts.ts';

/** Frames that take too long for the main thread are packed and checked by a process of its own, which only reads (design §4). */
export interface FrameTask {
  readonly own: { readonly file: string; readonly key: Uint8Array; readonly office: OfficeId; readonly device: DeviceId };
  readonly work: { readonly kind: 'read'; readonly codec: Codec; readonly bytes: Uint8Array } | { readonly kind: 'pack'; readonly codec: Codec; readonly stretch: NextStretch } | { readonly kind: 'page'; readonly bytes: Uint8Array };
}

export type FramePart =
  | { readonly kind: 'frame'; readonly device: DeviceId; readonly seq: number }
  | { readonly kind: 'stretch'; readonly stretch: Stretch }
  | { readonly kind: 'page'; readonly operations: readonly KeyedOperation[] }
  | { readonly kind: 'damagedPage'; readonly detail: string }
  | { readonly kind: 'packed'; readonly frame: FrameUp | TooLarge }
  | { readonly kind: 'problem'; readonly problem: FrameProblem }
  | { readonly kind: 'failed'; readonly error: StorageError };

serveParts(({ own, work }: FrameTask) =>
  databaseParts<ReadableDb, FramePart>(
    openDatabase({ file: own.file, key: own.key, mode: 'read' }),
    (db) => partsOf(db, own, work),
    (error) => ({ kind: 'failed', error }),
  ));

function partsOf(db: ReadableDb, own: FrameTask['own'], work: FrameTask['work']): Generator<FramePart, undefined> {
  switch (work.kind) {
    case 'read':
      return readPart(db, own, work);
    case 'pack':
      return packPart(db, own, work);
    case 'page':
      return pagePart(own, work.bytes);
  }
}

const OPERATIONS_PER_PART = 64;

function* pagePart({ office }: FrameTask['own'], bytes: Uint8Array): Generator<FramePart, undefined> {
  const read = decodeSnapshot(bytes, office);
  if (!read.ok) return void (yield { kind: 'damagedPage', detail: read.error });
  for (let at = 0; at < read.value.length; at += OPERATIONS_PER_PART) yield { kind: 'page', operations: read.value.slice(at, at + OPERATIONS_PER_PART) };
}

function* readPart(db: ReadableDb, own: FrameTask['own'], { codec, bytes }: Extract<FrameTask['work'], { kind: 'read' }>): Generator<FramePart, undefined> {
  const names = createNames(db);
  const read = readFrame({ known: { db, names }, office: readOffice(db, names, own.office), own: own.device }, codec, bytes);
  if (!read.ok) return void (yield { kind: 'problem', problem: read.error });
  yield { kind: 'frame', device: read.value.device, seq: read.value.seq };
  for (const stretch of read.value.stretches) yield { kind: 'stretch', stretch };
}

/** Of others only: their heads are signed already, and the own key stays where it is. */
function* packPart(db: ReadableDb, { office }: FrameTask['own'], { codec, stretch }: Extract<FrameTask['work'], { kind: 'pack' }>): Generator<FramePart, undefined> {
  const frame = packWhole({ db, names: createNames(db), office }, codec, stretch);
  if (frame) yield { kind: 'packed', frame };
}

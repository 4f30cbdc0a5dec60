import { randomBytes } from 'node:crypto';
import { decodeFrame } from '../../../src-node/codec/frame-codec.ts';
import { compressNow } from '../../../src-node/codec/packed-columns.ts';
import type { StoredOperation } from '../../../src-node/operations/operation-rows.ts';
import { DOSSIER_KINDS, type DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import type { FrameContent, FrameOperation } from '../../../src-shared/sync-protocol/frame.ts';
import { mutated } from '../../helpers/arbitrary-of-schema.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import type { Chance } from '../seeded-chance.ts';
import { laidOut, signedContent, type Draft, type WrittenFrame } from './build-frame.ts';
import type { FuzzOffice } from './fuzz-office.ts';
import { buildOfficeBody, OFFICE_KINDS_HERE } from './office-bodies.ts';

type Operation = { -readonly [K in keyof FrameOperation]: FrameOperation[K] };
type Change = (operation: Operation, chance: Chance, fuzz: FuzzOffice) => void;

const EXTREMES = [0, 1, 2 ** 31, 2 ** 48, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER, 253_402_300_800_000] as const;
const DAYS = ['0000-01-01', '0001-01-01', '1969-12-31', '2026-11-23', '9999-12-31', '2024-02-29'] as const;

/** What an admitted device could write with its key, however strange: each still is a frame, and reaches the fold. */
export const WRITTEN: Readonly<Record<string, Change>> = {
  body: (operation, chance) => void (operation.body = textOf(changed(parsed(operation.body), chance))),
  bodyText: (operation, chance) => void (operation.body = chance.pick(['', ' ', '{', 'null', '[]', '1.5', '-0', '"\\ud800"', '{"a":1,"a":2}', '{"__proto__":{"reason":"x"}}', 'NaN', `${'['.repeat(3_000)}${']'.repeat(3_000)}`, '{ "officer" : 1 }', '\u0000'])),
  kind: (operation, chance) => void (operation.kind = chance.pick([...DOSSIER_KINDS, ...OFFICE_KINDS_HERE, 'dossier.teleported', '__proto__', 'constructor', 'toString', 'reception.refused', '!', '~'.repeat(60)])),
  version: (operation, chance) => void (operation.version = chance.pick([1, 2, 3, 99, Number.MAX_SAFE_INTEGER])),
  after: (operation, chance, fuzz) => void (operation.after = referencesOf(chance, fuzz)),
  stamp: (operation, chance) => void (operation.at = [chance.pick(EXTREMES), chance.pick([0, 1, Number.MAX_SAFE_INTEGER])]),
  wall: (operation, chance) => void (operation.wall = chance.pick(EXTREMES) * (chance.isHit(0.3) ? -1 : 1)),
  day: (operation, chance) => void (operation.businessDate = chance.pick(DAYS)),
  actor: (operation, chance, { desk }) => void (operation.actor = chance.pick([null, ...Object.values(desk.officers), '00000000-0000-0000-0000-000000000000'])),
  office: (operation, chance, fuzz) => {
    operation.subject = fuzz.office;
    operation.kind = chance.pick(OFFICE_KINDS_HERE);
    operation.actor = fuzz.desk.officers.admin;
    operation.after = chance.isHit(0.7) ? [[fuzz.hostile.device, Math.max(1, fuzz.hostile.head.seq)]] : [];
    const body = buildOfficeBody(operation.kind, chance, fuzz);
    operation.body = textOf(chance.isHit(0.5) ? changed(body, chance) : body);
  },
  subject: (operation, chance, fuzz) => void (operation.subject = chance.pick([fuzz.office, ...fuzz.hostile.subjectKeys.keys()])),
  erased: (operation) => {
    operation.body = null;
    operation.commitment = Buffer.alloc(32, 3).toString('base64url');
  },
};

/** What no program of ours would send, though the same key vouches for it. */
export const BROKEN: Readonly<Record<string, (content: FrameContent, chance: Chance, fuzz: FuzzOffice) => unknown>> = {
  gap: (content, chance, fuzz) => resigned({ ...content, after: content.after + chance.pick([1, 7, 2 ** 40]) }, fuzz),
  overlap: (content, chance, fuzz) => resigned({ ...content, after: Math.max(0, content.after - chance.between(1, 3)) }, fuzz),
  keys: (content, chance) => ({ ...content, keys: chance.pick([{}, [], null, { ...content.keys, [content.operations[0]!.subject]: chance.pick(['', 'A'.repeat(22), 'A'.repeat(21), 5]) }, { ...content.keys, x: 'A'.repeat(22) }]) }),
  member: (content, chance) => changed(content, chance),
  operation: (content, chance) => ({ ...content, operations: content.operations.map((one) => changed(one, chance)) }),
  head: (content, chance) => ({ ...content, head: changed(content.head, chance) }),
  author: (content, _chance, fuzz) => resigned({ ...content, device: fuzz.desk.desk.device }, fuzz),
  otherOffice: (content, _chance, fuzz) => resigned({ ...content, office: 'aaaaaaaa-0000-4000-8000-000000000009' }, fuzz),
  doubled: (content) => ({ ...content, operations: [...content.operations, ...content.operations] }),
};

/** A frame as a device of ours might write it next: one to four operations of any kinds. */
export function draftOf(fuzz: FuzzOffice, chance: Chance): Draft {
  const { hostile, office } = fuzz;
  const keys: Record<string, string> = {};
  const last = new Map<string, number>();
  const operations = Array.from({ length: chance.pick([1, 1, 1, 2, 3, 4]) }, (_, index): FrameOperation => {
    const isNew = hostile.subjectKeys.size === 0 || chance.isHit(0.3);
    const subject = isNew ? newSubject(hostile.subjectKeys) : chance.pick([...hostile.subjectKeys.keys()].slice(-6));
    keys[subject] = hostile.subjectKeys.get(subject)!.toString('base64url');
    const kind: DossierKind = isNew ? 'dossier.received' : chance.pick(DOSSIER_KINDS);
    const before = last.get(subject);
    last.set(subject, hostile.head.seq + 1 + index);
    const at = 1_795_136_400_000 + hostile.head.seq * 1_000 + index;
    return { subject, kind, version: 1, actor: fuzz.desk.officers.all, at: [at, 0], wall: at, businessDate: '2026-11-23', after: before === undefined ? [] : [[hostile.device, before]], body: canonicalJson(buildBody(kind, chance.pick([0, 1] as const))) };
  });
  return { office, device: hostile.device, after: hostile.head.seq, keys, operations };
}

/** The keys of every subject that the operations name after they were changed. */
export function withKeys(draft: Draft, fuzz: FuzzOffice): Draft {
  const keys: Record<string, string> = {};
  for (const { subject, body } of draft.operations) {
    if (body === null) continue;
    if (!fuzz.hostile.subjectKeys.has(subject as SubjectId)) fuzz.hostile.subjectKeys.set(subject as SubjectId, randomBytes(16));
    keys[subject] = fuzz.hostile.subjectKeys.get(subject as SubjectId)!.toString('base64url');
  }
  return { ...draft, keys };
}

/** Bytes of columns changed where a length, a count, a tag or a value stands; what can still be read is signed anew by the caller. */
export function mutatedColumns(content: FrameContent, before: readonly StoredOperation[], chance: Chance): WrittenFrame & { readonly read: FrameContent | undefined } {
  const codec = chance.pick(['columns-zstd', 'columns-2-zstd', 'columns-2-zstd'] as const);
  const laid = laidOut(content, codec, before);
  const columns = Buffer.from(laid.columns);
  // Behind office, device, hash and signature, which are noise.
  const from = chance.between(Math.min(codec === 'columns-zstd' ? 120 : 24, columns.byteLength - 1), columns.byteLength - 1);
  for (let count = chance.between(1, 2); count > 0; count -= 1) columns[Math.min(columns.byteLength - 1, from + count)] = chance.pick([0, 1, 2, 0x7f, 0x80, 0xff, chance.between(0, 255), chance.between(13, 18)]);
  const noise = chance.isHit(0.1) ? laid.noise.subarray(0, chance.between(0, laid.noise.byteLength)) : laid.noise;
  const bytes = compressNow({ ...laid, noise, columns: chance.isHit(0.1) ? columns.subarray(0, from) : columns }, 'quick');
  const read = decodeFrame(codec, bytes, before);
  return { codec, bytes, read: read.ok ? read.value : undefined };
}

export function changed(value: unknown, chance: Chance): unknown {
  return mutated(value, { place: chance.between(0, 1_000), what: chance.between(0, 7), strange: chance.between(0, 1_000) });
}

function resigned(draft: Draft, { hostile }: FuzzOffice): FrameContent {
  return signedContent(draft, hostile.head, hostile.privateKey);
}

function newSubject(keys: Map<SubjectId, Buffer>): SubjectId {
  const hex = Buffer.concat([Buffer.from('0193', 'hex'), randomBytes(14)]).toString('hex');
  const subject = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}` as SubjectId;
  keys.set(subject, randomBytes(16));
  return subject;
}

function referencesOf(chance: Chance, { hostile, desk }: FuzzOffice): FrameOperation['after'] {
  const one = (): [string, number] => [chance.pick([hostile.device, desk.desk.device, 'unknown', '!']), chance.pick([1, hostile.head.seq || 1, hostile.head.seq + 1, hostile.head.seq + 2, 2 ** 40])];
  return Array.from({ length: chance.pick([0, 1, 2, 5, 1_000]) }, one);
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}') as unknown;
  } catch {
    // Another change made it no JSON already.
    return {};
  }
}

/** Canonical where it can be; otherwise what any JSON writer makes of it. */
function textOf(body: unknown): string {
  try {
    return canonicalJson(body);
  } catch {
    return JSON.stringify(body) ?? '';
  }
}

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readColumns, writeColumns } from '../../../src-node/codec/columnar-content.ts';
import { readFrameContent } from '../../../src-node/codec/read-frame-content.ts';
import { frameContentSchema } from '../../../src-shared/sync-protocol/frame.ts';
import { anyJson, arbitraryOf, mutated } from '../../helpers/arbitrary-of-schema.ts';

const ID = 'aaaaaaaa-0000-4000-8000-000000000001';
const OPERATION = { subject: ID, kind: 'dossier.taken', version: 1, actor: ID, at: [1, 0], wall: 5, businessDate: '2026-11-23', after: [['d1', 1]], body: '{}' };
const CONTENT = {
  office: ID, device: 'd1', after: 0, head: { seq: 2, hash: '0'.repeat(64), signature: 'A'.repeat(86) }, keys: { [ID]: 'A'.repeat(22) },
  operations: [OPERATION, { ...OPERATION, actor: null, body: null, commitment: 'A'.repeat(43) }],
};
const picks = fc.record({ place: fc.nat(), what: fc.nat(), strange: fc.nat() });

it('reads the content of a frame by hand exactly as its schema does', () => {
  const counts = { accepted: 0, refused: 0 };
  const start = fc.oneof({ weight: 6, arbitrary: fc.constant<unknown>(CONTENT) }, { weight: 1, arbitrary: arbitraryOf(frameContentSchema) }, { weight: 1, arbitrary: anyJson });
  fc.assert(fc.property(start, fc.array(picks, { maxLength: 2 }), (content, all) => {
    const given = all.reduce<unknown>((value, one) => mutated(value, one), content);
    const told = frameContentSchema.safeParse(given).data;
    counts[told === undefined ? 'refused' : 'accepted'] += 1;
    const read = readFrameContent(given);
    return isDeepStrictEqual(read, told) && JSON.stringify(read) === JSON.stringify(told);
  }), { numRuns: 2_000 });
  expect(counts.accepted).toBeGreaterThan(200);
  expect(counts.refused).toBeGreaterThan(200);
});

it('counts as the schema does', () => {
  const following = (count: number) => ({ ...OPERATION, after: Array.from({ length: count }, () => ['d1', 1]) });
  const frame = (operations: readonly unknown[]) => ({ ...CONTENT, operations });
  for (const [content, isRead] of [[frame([]), false], [frame([following(1_000)]), true], [frame([following(1_001)]), false], [frame(Array(20_000).fill(OPERATION)), true], [frame(Array(20_001).fill(OPERATION)), false]] as const) {
    expect(readFrameContent(content) !== undefined).toBe(isRead);
    expect(frameContentSchema.safeParse(content).success).toBe(isRead);
  }
});

it('refuses instants whose differences no number can hold: a frame that was read must be written again as columns', () => {
  for (const change of [{ at: [2 ** 52, 0] }, { wall: 2 ** 52 }, { wall: -(2 ** 52) }]) expect(readFrameContent({ ...CONTENT, operations: [{ ...OPERATION, ...change }, OPERATION] })).toBeUndefined();
  const operations = [{ ...OPERATION, at: [2 ** 52 - 1, 0], wall: -(2 ** 52 - 1) }, { ...OPERATION, at: [0, 0], wall: 2 ** 52 - 1 }];
  const content = readFrameContent({ ...CONTENT, keys: {}, operations })!;
  expect(readColumns({ columns: writeColumns(content), noise: new Uint8Array(0) })).toEqual(content);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderCausally } from '../../../src-shared/domain/operations/causal-order.ts';
import { compareConcurrent, operationId, parseOperationId, type Operation, type OperationHeader } from '../../../src-shared/domain/operations/operation.ts';
import type { DeviceId, OfficeId, SubjectId } from '../../../src-shared/lib/ids.ts';
import { shuffled } from '../../helpers/random-desks.ts';

function operation(id: string, after: readonly string[], ms: number, counter = 0): Operation {
  const { device, seq } = parseOperationId(id);
  const header: OperationHeader = {
    device, seq, at: { ms, counter }, after: after.map(parseOperationId), wall: ms, businessDate: '2026-07-01', actor: null,
    kind: 'x.y', version: 1, office: 'o' as OfficeId, subject: 's' as SubjectId,
  };
  return { header, body: {} };
}
const ids = (operations: readonly Operation[]) => operations.map((one) => operationId(one.header));

describe('causal order', () => {
  it('reads a chain in its order, also when stamps say otherwise and it arrives backwards', () => {
    const chain = [operation('a:1', [], 900), operation('b:1', ['a:1'], 500), operation('a:2', ['b:1'], 100)];
    for (const input of [chain, [...chain].reverse(), [...chain, ...chain]]) {
      const order = orderCausally(input);
      expect(ids(order.operations)).toEqual(['a:1', 'b:1', 'a:2']);
      expect(order.heads).toEqual(['a:2']);
      expect(order.areConcurrent(0, 2)).toBe(false);
    }
  });

  it('orders what did not know each other by stamp, then counter, then device, then sequence', () => {
    const root = operation('a:1', [], 1);
    const rivals = [operation('b:7', ['a:1'], 5, 1), operation('c:1', ['a:1'], 5), operation('b:2', ['a:1'], 5), operation('d:1', ['a:1'], 4)];
    expect(ids(orderCausally([root, ...rivals]).operations)).toEqual(['a:1', 'd:1', 'b:2', 'c:1', 'b:7']);
    expect(compareConcurrent(operation('b:2', [], 5).header, operation('b:10', [], 5).header)).toBeLessThan(0);
  });

  it('knows who is concurrent with whom, through any number of steps, symmetrically', () => {
    const order = orderCausally([operation('a:1', [], 1), operation('b:1', ['a:1'], 2), operation('c:1', ['a:1'], 3), operation('b:2', ['b:1'], 4), operation('c:2', ['c:1', 'b:1'], 5)]);
    const at = (id: string) => ids(order.operations).indexOf(id);
    const concurrent = (a: string, b: string) => [order.areConcurrent(at(a), at(b)), order.areConcurrent(at(b), at(a))];
    expect(concurrent('b:1', 'c:1')).toEqual([true, true]);
    expect(concurrent('b:2', 'c:2')).toEqual([true, true]);
    expect(concurrent('b:1', 'c:2')).toEqual([false, false]);
    expect(concurrent('a:1', 'c:2')).toEqual([false, false]);
    expect(concurrent('a:1', 'a:1')).toEqual([false, false]);
    expect(order.heads).toEqual(['b:2', 'c:2']);
  });

  it('lists references to what has not arrived and otherwise ignores them', () => {
    const order = orderCausally([operation('a:1', ['z:9', 'y:3'], 1), operation('a:2', ['a:1', 'z:9'], 2)]);
    expect(order.missing).toEqual(['y:3', 'z:9']);
    expect(ids(order.operations)).toEqual(['a:1', 'a:2']);
  });

  it('breaks a forged circle the same way everywhere, keeps later work after it, and still has a head', () => {
    const circle = [operation('a:1', ['c:1'], 1), operation('b:1', ['a:1'], 2), operation('c:1', ['b:1', 'c:1'], 3)];
    for (let seed = 0; seed < 20; seed += 1) {
      expect(ids(orderCausally(shuffled(circle, seed)).operations)).toEqual(['a:1', 'b:1', 'c:1']);
      expect(orderCausally(shuffled(circle, seed)).heads).toEqual(['c:1']);
    }
    expect(orderCausally([]).heads).toEqual([]);
  });

  it('gives one order for one set, and nothing comes before what it follows', () => {
    const nodes = fc.array(fc.record({ device: fc.constantFrom('a', 'b', 'c'), ms: fc.nat(5), parents: fc.array(fc.nat(30), { maxLength: 3 }) }), { maxLength: 15 });
    fc.assert(
      fc.property(nodes, fc.nat(), (list, seed) => {
        const names = list.map(({ device }, index) => `${device}:${index + 1}`);
        const operations = list.map(({ ms, parents }, index) => operation(names[index]!, index === 0 ? [] : parents.map((parent) => names[parent % index]!), ms));
        const order = orderCausally(operations);
        const again = orderCausally(shuffled(operations, seed));
        expect(ids(again.operations)).toEqual(ids(order.operations));
        expect(again.heads).toEqual(order.heads);
        const position = new Map(ids(order.operations).map((id, index) => [id, index]));
        expect(position.size).toBe(list.length);
        for (const { header } of operations) for (const ref of header.after) expect(position.get(operationId(ref))!).toBeLessThan(position.get(operationId(header))!);
        for (let i = 0; i < list.length; i += 1) for (let j = 0; j < list.length; j += 1) expect(again.areConcurrent(i, j)).toBe(order.areConcurrent(i, j));
      }),
      { seed: 20260704, numRuns: 500 },
    );
  });

  it('reads ids back, whatever the device is called', () => {
    expect(parseOperationId(operationId({ device: 'x:y' as DeviceId, seq: 12 }))).toEqual({ device: 'x:y', seq: 12 });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldDossier, whyNot, whyNotNext } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { DOSSIER_KINDS } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { foldOffice } from '../../../src-shared/domain/office/office-fold.ts';
import type { Operation, OperationId, OperationRef } from '../../../src-shared/domain/operations/operation.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { buildBody, correction } from '../../helpers/build-dossier-bodies.ts';
import { buildDossier, exchange, idOf, isFakeSigned, OFFICE_SUBJECT, OFFICERS, openConflicts, TestDesk } from '../../helpers/build-operations.ts';
import { allOperations, runSteps, shuffled, stepsArbitrary } from '../../helpers/random-desks.ts';

const runs = { seed: 20260703, numRuns: 300 };
const isOffice = (operation: Operation) => operation.header.subject === OFFICE_SUBJECT;

function foldAll(operations: readonly Operation[]): Dossier | undefined {
  return foldDossier(operations.filter((operation) => !isOffice(operation)), foldOffice(operations.filter(isOffice), isFakeSigned)!);
}

describe('any set of operations', () => {
  it('folds to the same dossier in any order, with duplicates, and on every desk once all have all', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), (steps, seed) => {
        const built = runSteps(steps);
        const all = allOperations(built);
        const expected = foldAll(all);
        const bytes = canonicalJson(expected);
        for (const other of [seed, seed + 1, seed + 2]) expect(canonicalJson(foldAll(shuffled(all, other)))).toBe(bytes);
        exchange(...built.desks);
        for (const desk of built.desks) expect(desk.dossier()).toEqual(expected);
      }),
      runs,
    );
  });

  it('may arrive in batches, folded after each', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), fc.integer({ min: 1, max: 7 }), (steps, seed, size) => {
        const built = runSteps(steps);
        const all = allOperations(built);
        const office = foldOffice(all.filter(isOffice), isFakeSigned)!;
        const arriving = shuffled(all.filter((operation) => !isOffice(operation)), seed);
        let dossier: Dossier | undefined;
        for (let end = size; end < arriving.length + size; end += size) dossier = foldDossier(arriving.slice(0, end), office);
        expect(dossier).toEqual(foldAll(all));
      }),
      runs,
    );
  });

  it('vanishes nowhere: all stand in the history, and what has no effect for a fault has a conflict that names it', () => {
    let faults = 0;
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const all = allOperations(runSteps(steps)).filter((operation) => !isOffice(operation));
        const dossier = foldAll(allOperations(runSteps(steps)))!;
        if (!dossier) return;
        expect(dossier.history.map((entry) => entry.id).sort()).toEqual(all.map(idOf).sort());
        expect(dossier.needsUpdate).toBe(dossier.history.some((entry) => entry.effect === 'unknown'));
        for (const entry of dossier.history) {
          const naming = dossier.conflicts.filter((conflict) => conflict.operations.includes(entry.id));
          if (entry.effect === 'illegal' || entry.effect === 'inConflict' || entry.effect === 'setAside') {
            faults += 1;
            expect(naming).not.toEqual([]);
          }
          if (entry.effect === 'inConflict') expect(naming.some((conflict) => conflict.settledBy === null)).toBe(true);
          if (entry.effect === 'setAside') expect(naming.some((conflict) => conflict.settledBy !== null)).toBe(true);
        }
        expect(new Set(dossier.conflicts.map((conflict) => conflict.id)).size).toBe(dossier.conflicts.length);
      }),
      runs,
    );
    expect(faults).toBeGreaterThan(300);
  });

  it('survives references to nowhere, to themselves and in circles', () => {
    const refs = fc.array(fc.record({ device: fc.constantFrom('d1', 'd2', 'd3', 'd9'), seq: fc.integer({ min: 8, max: 30 }) }), { maxLength: 3 });
    fc.assert(
      fc.property(stepsArbitrary, fc.array(refs, { minLength: 1, maxLength: 12 }), fc.nat(), (steps, forgeries, seed) => {
        const built = runSteps(steps);
        const forged = allOperations(built).map((operation, index) => {
          const after = isOffice(operation) || index % 2 ? undefined : forgeries[index % forgeries.length];
          return after ? ({ ...operation, header: { ...operation.header, after: after as unknown as OperationRef[] } } satisfies Operation) : operation;
        });
        const dossier = foldAll(forged);
        expect(canonicalJson(foldAll(shuffled(forged, seed)))).toBe(canonicalJson(dossier));
        if (dossier) expect(dossier.heads).not.toEqual([]);
      }),
      runs,
    );
  });

  it('survives the erasure of any bodies', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.nat(), fc.integer({ min: 1, max: 4 }), (steps, seed, every) => {
        const all = allOperations(runSteps(steps)).map((operation, index) => (!isOffice(operation) && index % every === 0 ? { ...operation, body: undefined } : operation));
        expect(foldAll(shuffled(all, seed))).toEqual(foldAll(all));
      }),
      runs,
    );
  });

  it('survives any body whatsoever', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.array(fc.oneof(fc.jsonValue(), fc.anything()), { minLength: 1, maxLength: 9 }), (steps, bodies) => {
        const all = allOperations(runSteps(steps)).map((operation, index) => (isOffice(operation) || index % 3 ? operation : { ...operation, body: bodies[index % bodies.length] }));
        expect(() => foldAll(all)).not.toThrow();
      }),
      runs,
    );
  });
});

describe('an act that comes next', () => {
  it('is judged on the folded dossier as in a whole new fold, and leaves it as it was', () => {
    const answers = new Set<string>();
    fc.assert(
      fc.property(stepsArbitrary, fc.constantFrom(OFFICERS.all, OFFICERS.leader, OFFICERS.reception, null), fc.constantFrom<0 | 1>(0, 1), (steps, actor, choice) => {
        for (const desk of runSteps(steps).desks) {
          const dossier = desk.dossier();
          if (!dossier) continue;
          const [office, known] = [desk.office(), [...desk.about()]];
          const bytes = canonicalJson(dossier);
          const target = dossier.history.at(-1)!.id;
          for (const kind of DOSSIER_KINDS) {
            const body = buildBody(kind, choice, { base: dossier.appointmentSetBy, target, despite: openConflicts(dossier).map(({ id }) => id).slice(0, 10) });
            const copy = new TestDesk(desk.device, { ms: desk.trustedMs() });
            copy.learn(desk);
            const candidate = copy.write(kind, body, { actor });
            const reason = whyNotNext(foldDossier(known, office)!, candidate, office);
            expect(reason, kind).toBe(whyNot(known, candidate, office));
            answers.add(reason ?? 'applied');
            whyNotNext(dossier, candidate, office);
          }
          expect(canonicalJson(dossier)).toBe(bytes);
        }
      }),
      { ...runs, numRuns: 60 },
    );
    expect([...answers].sort()).toEqual(expect.arrayContaining(['applied', 'notPermitted', 'wrongState']));
  });
});

describe('edits of fields', () => {
  const edit = fc.record({ desk: fc.nat(2), field: fc.constantFrom('request', 'note', 'sets'), value: fc.integer({ min: 1, max: 3 }), learnFrom: fc.option(fc.nat(2)), offset: fc.constantFrom(0, 0, 3_600_000, -3_600_000) });

  it('made knowing each other are no conflict; made blindly, of one field to other values, always', () => {
    let blind = 0;
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 9 }), (edits) => {
        const { desks, time } = buildDossier();
        const knownTo = new Map<OperationId, ReadonlySet<OperationId>>();
        const written = edits.map(({ desk: index, field, value, learnFrom, offset }) => {
          time.ms += 60_000;
          const desk = desks[index]!;
          desk.wallOffsetMs = offset;
          if (learnFrom !== null) desk.learn(desks[learnFrom]!);
          const known = new Set(desk.known.keys());
          const operation = desk.write('dossier.corrected', correction({ [field]: field === 'sets' ? value : `${value}` }));
          knownTo.set(idOf(operation), known);
          return { id: idOf(operation), field, value };
        });
        exchange(...desks);
        const dossier = desks[0]!.dossier()!;
        const together = (a: OperationId, b: OperationId) => openConflicts(dossier).some((conflict) => conflict.operations.includes(a) && conflict.operations.includes(b));
        const areBlind = (a: OperationId, b: OperationId) => !knownTo.get(a)!.has(b) && !knownTo.get(b)!.has(a);
        for (const one of written) {
          const rivals = written.filter((other) => other.field === one.field && other.value !== one.value && areBlind(one.id, other.id));
          blind += rivals.length;
          for (const rival of rivals) expect(together(one.id, rival.id)).toBe(true);
          const effect = dossier.history.find((entry) => entry.id === one.id)!.effect;
          expect(rivals.length > 0 ? ['inConflict'] : ['applied', 'sameFact', 'inConflict']).toContain(effect);
          if (rivals.length === 0 && written.every((other) => other.field !== one.field || other.value === one.value || !together(one.id, other.id))) expect(effect).not.toBe('inConflict');
        }
      }),
      runs,
    );
    expect(blind).toBeGreaterThan(300);
  });
});

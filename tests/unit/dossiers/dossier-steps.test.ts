import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeDeadline, defaultDeadlineSettings } from '../../../src-shared/domain/deadlines/deadline.ts';
import { isStepLate } from '../../../src-shared/domain/deadlines/step-deadline.ts';
import { currentStep, isForNextStep, runningStepDue, stepAlong } from '../../../src-shared/domain/dossiers/dossier-steps.ts';
import { flowStepSchema, hoursInWords, hoursOfSteps, type StepTerm } from '../../../src-shared/domain/procedures/flow-step.ts';
import { officeDate, officeInstant } from '../../../src-shared/lib/office-time.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import { buildDossier, effectOf, exchange, OFFICERS, openConflicts, START_MS, STEPS, type TestDesk } from '../../helpers/build-operations.ts';
import { allOperations, runSteps, stepsArbitrary } from '../../helpers/random-desks.ts';
import { officeCalendar as calendar } from '../deadlines/office-calendars.ts';

const HOUR_MS = 3_600_000;
const due = (dueAt: number) => ({
  dueAt,
  record: {
    how: 'begun', begunAt: START_MS, term: { unit: 'hour', value: 8 }, settings: defaultDeadlineSettings, calendarKey: 'office', packs: [],
    result: { dueAt, dueDate: officeDate(dueAt), dueMinute: Math.floor((dueAt / 60_000 + 420) % 1_440), calendarUnconfirmed: false },
  },
});
const move = (index: number, at = START_MS + index * HOUR_MS, dueAt?: number) => ({ step: { index, name: STEPS[index]!.name, at, ...(dueAt !== undefined && { due: due(dueAt) }) } });
const assign = (desk: TestDesk, officer: string, body: object) => desk.write('dossier.assigned', { officer, ...body });
const stepOf = (desk: TestDesk) => currentStep(desk.dossier()!);

describe('the steps of a dossier', () => {
  it('begin with its reception and go on with the acts that say so, each with who had it', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    expect(desk.dossier()!.stepVisits).toMatchObject([{ index: 0, begunAt: START_MS, endedAt: null, due: null }]);
    desk.write('dossier.taken', { officer: OFFICERS.processing, ...move(1, START_MS + HOUR_MS, START_MS + 9 * HOUR_MS) });
    assign(desk, OFFICERS.leader, move(2, START_MS + 2 * HOUR_MS));
    const receiver = desk.dossier()!.receivedBy;
    expect(desk.dossier()!.stepVisits).toMatchObject([
      { index: 0, endedAt: START_MS + HOUR_MS, officer: receiver },
      { index: 1, begunAt: START_MS + HOUR_MS, endedAt: START_MS + 2 * HOUR_MS, officer: OFFICERS.processing, due: { dueAt: START_MS + 9 * HOUR_MS } },
      { index: 2, endedAt: null, officer: null },
    ]);
    expect(desk.dossier()!.conflicts).toEqual([]);
  });

  it('end with the dossier, and never before they began', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    assign(desk, OFFICERS.processing, move(1, START_MS + 900 * HOUR_MS));
    desk.write('dossier.withdrawn', buildBody('dossier.withdrawn'));
    expect(desk.dossier()!.stepVisits.at(-1)).toMatchObject({ index: 1, begunAt: START_MS + 900 * HOUR_MS, endedAt: START_MS + 900 * HOUR_MS });
    expect(stepOf(desk)).toBeUndefined();
  });

  it('go back with an undo', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    const assigned = assign(desk, OFFICERS.processing, move(1));
    desk.write('dossier.undone', { operation: `${assigned.header.device}:${assigned.header.seq}`, reason: '' });
    expect(stepOf(desk)).toMatchObject({ index: 0, endedAt: null });
  });

  it('are none where the flow has none of that place, and nothing breaks', () => {
    const { desks } = buildDossier();
    const desk = desks[0]!;
    const far = assign(desk, OFFICERS.processing, { step: { index: 39, name: 'Không có', at: START_MS } });
    expect(effectOf(desk.dossier(), far)).toBe('applied');
    expect(stepOf(desk)?.index).toBe(0);
  });
});

describe('two desks that move a dossier apart', () => {
  const apart = (first: number, second: number, isSecondLater: boolean, officers = [OFFICERS.processing, OFFICERS.processing]) => {
    const { desks } = buildDossier();
    const [one, two] = [desks[0]!, desks[1]!];
    two.wallOffsetMs = isSecondLater ? 600_000 : -600_000;
    const acts = [assign(one, officers[0]!, move(first)), assign(two, officers[1]!, move(second))];
    exchange(one, two);
    expect(two.dossier()).toEqual(one.dossier());
    return { dossier: one.dossier()!, effects: acts.map((act) => effectOf(one.dossier(), act)) };
  };

  it.each([true, false])('to the same step said one thing: the earlier one counts (second later: %s)', (isLater) => {
    const { dossier, effects } = apart(1, 1, isLater);
    expect(openConflicts(dossier)).toEqual([]);
    expect([...effects].sort()).toEqual(['applied', 'sameFact']);
    expect(dossier.stepVisits.map(({ index }) => index)).toEqual([0, 1]);
  });

  it.each([true, false])('to other steps for the same officer: the one further on has it, whichever clock was ahead (%s)', (isLater) => {
    const { dossier } = apart(1, 2, isLater);
    expect(openConflicts(dossier)).toEqual([]);
    expect(currentStep(dossier)?.index).toBe(2);
  });

  it('for different officers somebody chooses, and until then it stays where it was', () => {
    const { dossier } = apart(1, 2, true, [OFFICERS.processing, OFFICERS.processing2]);
    expect(openConflicts(dossier)).toHaveLength(1);
    expect(currentStep(dossier)?.index).toBe(0);
  });

  it('while one waited for the citizen: the due time that knows nothing of the wait is marked', () => {
    const { desks } = buildDossier();
    const [one, two] = [desks[0]!, desks[1]!];
    one.write('dossier.taken', { officer: OFFICERS.processing, ...move(1, START_MS + HOUR_MS, START_MS + 9 * HOUR_MS) });
    two.learn(one);
    one.write('dossier.supplementRequested', buildBody('dossier.supplementRequested'));
    one.write('dossier.supplementReceived', { ...(buildBody('dossier.supplementReceived', 0, { base: one.dossier()!.appointmentSetBy }) as object), resumedStep: { index: 1, due: due(START_MS + 50 * HOUR_MS) } });
    expect(stepOf(one)).toMatchObject({ index: 1, due: { dueAt: START_MS + 50 * HOUR_MS }, dueNeedsReview: false });
    two.wallOffsetMs = -600_000;
    assign(two, OFFICERS.processing, move(2, START_MS + 2 * HOUR_MS, START_MS + 10 * HOUR_MS));
    exchange(one, two);
    expect(stepOf(one)).toMatchObject({ index: 2, due: { dueAt: START_MS + 10 * HOUR_MS }, dueNeedsReview: true });
  });
});

describe('any acts of any desks', () => {
  it('leave steps in order of time, each ended as the next begins, at most one going on', () => {
    let moved = 0;
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const built = runSteps(steps);
        expect(allOperations(built).length).toBeGreaterThan(0);
        for (const desk of built.desks) {
          const visits = desk.dossier()?.stepVisits ?? [];
          moved += Math.max(0, visits.length - 1);
          visits.forEach((visit, index) => {
            if (index < visits.length - 1) expect(visit.endedAt).not.toBeNull();
            if (visit.endedAt !== null) expect(visit.endedAt).toBeGreaterThanOrEqual(visit.begunAt);
            if (index > 0) expect([visit.begunAt, visit.index === visits[index - 1]!.index]).toEqual([visits[index - 1]!.endedAt, false]);
          });
          if (desk.dossier() && runningStepDue(desk.dossier()!) !== null) expect(['received', 'processing']).toContain(desk.dossier()!.status);
        }
      }),
      { seed: 20_261_127, numRuns: 500 },
    );
    expect(moved).toBeGreaterThan(50);
  });
});

describe('terms of steps', () => {
  const termArbitrary: fc.Arbitrary<StepTerm> = fc.oneof(
    fc.record({ unit: fc.constant('working_day' as const), value: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ unit: fc.constant('hour' as const), value: fc.integer({ min: 1, max: 12 }) }),
  );
  const dueOf = (term: StepTerm, receivedAt: number): number => {
    const deadline = computeDeadline({ receivedAt, term, calendar, settings: defaultDeadlineSettings });
    return deadline.known ? deadline.dueAt : Number.NaN;
  };

  const startArbitrary = fc.record({ minute: fc.integer({ min: 0, max: 1_439 }), day: fc.integer({ min: 0, max: 13 }) });
  const instantOf = ({ minute, day }: { readonly minute: number; readonly day: number }) => officeInstant('2026-03-02', minute) + day * 24 * HOUR_MS;
  const lastDueOf = (terms: readonly StepTerm[], receivedAt: number) => terms.reduce((at, term) => dueOf(term, at), receivedAt);

  it.each(['working_day', 'hour'] as const)('in %s, each used up to its last minute, end when the whole ends, however it is divided', (unit) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), startArbitrary, (values, start) => {
        const receivedAt = instantOf(start);
        const end = lastDueOf(values.map((value) => ({ unit, value })), receivedAt);
        expect(end).toBe(dueOf({ unit, value: values.reduce((sum, value) => sum + value, 0) }, receivedAt));
        const days = Math.ceil(hoursOfSteps(values.map((value) => ({ term: { unit, value } }))) / 8);
        expect(end).toBeLessThanOrEqual(dueOf({ unit: 'working_day', value: days }, receivedAt));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('follow one another, whatever they are counted in', () => {
    fc.assert(
      fc.property(fc.array(termArbitrary, { minLength: 1, maxLength: 6 }), startArbitrary, (terms, start) => {
        terms.reduce((at, term) => {
          expect(dueOf(term, at)).toBeGreaterThan(at);
          return dueOf(term, at);
        }, instantOf(start));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('are late from the minute after', () => {
    const dueAt = officeInstant('2026-03-02', 900);
    expect([isStepLate(dueAt, dueAt + 59_999), isStepLate(dueAt, dueAt + 60_000), isStepLate(null, dueAt)]).toEqual([false, true, false]);
  });

  it('add up in the words of the internal procedures', () => {
    expect([hoursInWords(4), hoursInWords(20), hoursInWords(16)]).toEqual(['4 giờ làm việc', '2 ngày 4 giờ làm việc', '2 ngày làm việc']);
  });

  it('that packs of before gave in office minutes are read as hours', () => {
    expect(flowStepSchema.parse({ name: 'Thẩm định', role: 'specialist', shareMinutes: 250 })).toEqual({ name: 'Thẩm định', role: 'specialist', term: { unit: 'hour', value: 5 } });
    expect(flowStepSchema.parse({ name: 'Thẩm định', role: 'specialist', shareMinutes: null })).toMatchObject({ term: null });
    expect(flowStepSchema.safeParse({ name: 'Thẩm định', role: 'specialist', shareMinutes: 'hai' }).success).toBe(false);
    expect(flowStepSchema.safeParse({ name: 'Thẩm định', role: 'specialist', term: { unit: 'calendar_day', value: 1 } }).success).toBe(false);
  });
});

describe('what an act means for the step', () => {
  const dossierAt = (index: number) => {
    const { desks } = buildDossier();
    if (index > 0) assign(desks[0]!, OFFICERS.processing, move(index));
    return desks[0]!.dossier()!;
  };

  it('taking up ends the reception only, a result goes to the counter, work that begins anew goes back to whoever examines', () => {
    expect([0, 1, 2].map((at) => stepAlong('dossier.taken', dossierAt(at)))).toEqual([1, undefined, undefined]);
    expect([0, 2, 3].map((at) => stepAlong('dossier.finished', dossierAt(at)))).toEqual([3, 3, undefined]);
    expect(stepAlong('dossier.reworked', dossierAt(3))).toBe(1);
    expect(stepAlong('dossier.forwarded', dossierAt(1))).toBeUndefined();
    expect(stepAlong('dossier.corrected', dossierAt(1))).toBeUndefined();
  });

  it('handing it to somebody who does the next step proposes that step', () => {
    expect(isForNextStep(STEPS[2], ['leader'])).toBe(true);
    expect(isForNextStep(STEPS[2], ['processing'])).toBe(false);
    expect(isForNextStep(undefined, ['leader'])).toBe(false);
  });
});

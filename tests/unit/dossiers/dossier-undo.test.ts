import { beforeEach, describe, expect, it } from 'vitest';
import type { DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { buildBody, type BodyContext, type Choice } from '../../helpers/build-dossier-bodies.ts';
import {
  buildDossier, effectOf, exchange, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, openConflicts, type TestDesk, type TestOffice, type WriteOptions,
} from '../../helpers/build-operations.ts';

let built: TestOffice;
let one: TestDesk;
let two: TestDesk;
let three: TestDesk;

beforeEach(() => {
  built = buildDossier();
  [one, two, three] = built.desks as [TestDesk, TestDesk, TestDesk];
});

function act(desk: TestDesk, kind: DossierKind, choice: Choice = 0, context: BodyContext = {}, options: WriteOptions = {}): Operation {
  built.time.ms += 60_000;
  return desk.write(kind, buildBody(kind, choice, context), options);
}
const undo = (desk: TestDesk, target: Operation, options: WriteOptions = {}) => act(desk, 'dossier.undone', 0, { target: idOf(target) }, options);

function meet() {
  exchange(one, two, three);
  const dossier = one.dossier()!;
  for (const desk of [two, three]) expect(desk.dossier()).toEqual(dossier);
  return dossier;
}
const effects = (...operations: Operation[]) => operations.map((operation) => effectOf(one.dossier(), operation));

describe('who may undo', () => {
  it('the author until the paper is out, the leader afterwards, nobody else', () => {
    const taken = act(one, 'dossier.taken', 0, {}, { actor: OFFICERS.processing });
    expect(effects(undo(one, taken, { actor: OFFICERS.processing2 }))).toEqual(['illegal']);
    const report = buildBody('dossier.paperReported', 0, { target: idOf(taken) }) as object;
    one.write('dossier.paperReported', { ...report, outcome: 'failed' });
    act(one, 'dossier.paperReported', 0, { target: idOf(taken) });
    const late = undo(one, taken, { actor: OFFICERS.processing });
    expect(effects(late)).toEqual(['illegal']);
    expect(openConflicts(one.dossier()).map((conflict) => conflict.reason)).toEqual(['badUndo', 'badUndo']);
    const byLeader = undo(one, taken, { actor: OFFICERS.leader });
    expect(effects(taken, byLeader)).toEqual(['undone', 'applied']);
    expect(meet().status).toBe('received');
  });

  it.each(['unknown', 'failed'] as const)('counts a sheet whose fate is %s as it lies', (outcome) => {
    const taken = act(one, 'dossier.taken');
    one.write('dossier.paperReported', { ...(buildBody('dossier.paperReported', 0, { target: idOf(taken) }) as object), outcome });
    expect(effects(undo(one, taken, { actor: OFFICERS.all }), taken)[1]).toBe('undone');
    const finished = act(two, 'dossier.taken', 0, {}, { actor: OFFICERS.processing });
    two.write('dossier.paperReported', { ...(buildBody('dossier.paperReported', 0, { target: idOf(finished) }) as object), outcome });
    undo(two, finished, { actor: OFFICERS.processing });
    expect(effectOf(two.dossier(), finished)).toBe(outcome === 'failed' ? 'undone' : 'applied');
  });

  it('an author who lost the role, or sits at a revoked desk, takes nothing back', () => {
    const taken = act(one, 'dossier.taken', 0, {}, { actor: OFFICERS.processing });
    one.write('officer.changed', officerChangedBody(OFFICERS.processing, ['admin']), { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
    const refused = undo(one, taken, { actor: OFFICERS.processing });
    expect(effects(taken, refused)).toEqual(['applied', 'illegal']);
    expect(meet().status).toBe('processing');
  });
});

describe('what may be undone', () => {
  it('the last act known, then the one before it; reception never', () => {
    const taken = act(one, 'dossier.taken');
    const supplement = act(one, 'dossier.supplementRequested');
    expect(effects(undo(one, taken))).toEqual(['illegal']);
    undo(one, supplement);
    undo(one, taken);
    expect(effects(taken, supplement)).toEqual(['undone', 'undone']);
    expect(one.dossier()!.status).toBe('received');
    expect(effects(undo(one, taken))).toEqual(['illegal']);
    expect(effects(undo(one, one.about()[0]!))).toEqual(['illegal']);
  });

  it('not blocked by what had no permission to be there', () => {
    const taken = act(one, 'dossier.taken');
    act(one, 'dossier.stopped', 0, {}, { actor: OFFICERS.reception });
    expect(effects(undo(one, taken), taken)).toEqual(['applied', 'undone']);
  });

  it('may be done again, and the second time counts', () => {
    const taken = act(one, 'dossier.taken');
    undo(one, taken);
    const again = act(one, 'dossier.taken', 1);
    expect(effects(again)).toEqual(['applied']);
    expect(meet()).toMatchObject({ status: 'processing', holder: OFFICERS.processing2 });
  });
});

describe('undoing against another desk', () => {
  it('is a conflict with what was built on the act, and settling decides both ways', () => {
    const taken = act(one, 'dossier.taken');
    exchange(one, two, three);
    const undone = undo(one, taken);
    const finished = act(two, 'dossier.finished');
    const handedOver = act(two, 'dossier.handedOver');
    const [conflict] = openConflicts(meet());
    expect(conflict!.operations).toEqual([undone, finished, handedOver].map(idOf).sort());
    expect(one.dossier()!.status).toBe('processing');
    act(three, 'dossier.conflictSettled', 0, { conflict: conflict!.id, keep: [idOf(undone)] });
    expect(meet()).toMatchObject({ status: 'received' });
    expect(effects(taken, finished)).toEqual(['undone', 'setAside']);
    act(three, 'dossier.conflictSettled', 0, { conflict: conflict!.id, keep: [idOf(finished), idOf(handedOver)] });
    expect(meet()).toMatchObject({ status: 'returned' });
    expect(effects(taken, undone)).toEqual(['applied', 'setAside']);
  });

  it('is a conflict also with what stands by a leader\'s approval alone', () => {
    const taken = act(one, 'dossier.taken');
    exchange(one, two, three);
    const undone = undo(one, taken);
    const finished = act(two, 'dossier.finished', 0, {}, { actor: OFFICERS.reception });
    const refusal = openConflicts(two.dossier())[0]!;
    act(two, 'dossier.conflictSettled', 0, { conflict: refusal.id, keep: [idOf(finished)] }, { actor: OFFICERS.leader });
    expect(openConflicts(meet()).map((conflict) => conflict.operations)).toEqual([[undone, finished].map(idOf).sort()]);
  });

  it.each([600_000, -600_000])('is no conflict with what the other desk took back itself (%d ms)', (offsetMs) => {
    two.wallOffsetMs = offsetMs;
    const taken = act(one, 'dossier.taken');
    exchange(one, two, three);
    const supplement = act(two, 'dossier.supplementRequested');
    undo(one, taken);
    undo(two, supplement);
    expect(meet()).toMatchObject({ status: 'received', conflicts: [] });
    expect(effects(taken, supplement)).toEqual(['undone', 'undone']);
  });

  it('is one fact when both undo it, and no conflict with what one of them does next', () => {
    const taken = act(one, 'dossier.taken');
    exchange(one, two, three);
    undo(one, taken);
    undo(two, taken);
    const next = act(two, 'dossier.supplementRequested');
    expect(meet()).toMatchObject({ status: 'waitingSupplement', conflicts: [] });
    expect(effects(next)).toEqual(['applied']);
  });
});

describe('undoing one side of a conflict', () => {
  function clash() {
    act(one, 'dossier.taken');
    meet();
    const finished = act(one, 'dossier.finished');
    const withdrawn = act(two, 'dossier.withdrawn');
    return { finished, withdrawn, conflict: openConflicts(meet())[0]! };
  }

  it('leaves the other side standing while nobody has decided', () => {
    const { finished, withdrawn } = clash();
    undo(one, finished);
    expect(meet()).toMatchObject({ status: 'withdrawn', conflicts: [] });
    expect(effects(finished, withdrawn)).toEqual(['undone', 'applied']);
  });

  it('does not bring back what was put aside in its favour', () => {
    const { finished, withdrawn, conflict } = clash();
    act(one, 'dossier.conflictSettled', 0, { conflict: conflict.id, keep: [idOf(finished)] });
    undo(one, finished);
    expect(effects(finished, withdrawn)).toEqual(['undone', 'setAside']);
    expect(meet()).toMatchObject({ status: 'processing', result: null });
    expect(openConflicts(one.dossier())).toEqual([]);
  });

  it('yields to a settlement in its favour that it did not know, and says so', () => {
    const { finished, withdrawn, conflict } = clash();
    const undone = undo(one, finished);
    act(three, 'dossier.conflictSettled', 0, { conflict: conflict.id, keep: [idOf(finished)] });
    const dossier = meet();
    expect(effects(finished, withdrawn, undone)).toEqual(['applied', 'setAside', 'illegal']);
    expect(openConflicts(dossier)).toMatchObject([{ reason: 'badUndo', operations: [idOf(undone)] }]);
  });

  it('removes the third of three and keeps the conflict of the other two', () => {
    act(one, 'dossier.taken');
    meet();
    const acts = [act(one, 'dossier.finished'), act(two, 'dossier.withdrawn'), act(three, 'dossier.stopped')];
    expect(openConflicts(meet())).toMatchObject([{ operations: acts.map(idOf).sort() }]);
    undo(one, acts[0]!);
    expect(openConflicts(meet())).toMatchObject([{ operations: acts.slice(1).map(idOf).sort() }]);
  });
});

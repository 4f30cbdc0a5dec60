import { beforeEach, describe, expect, it } from 'vitest';
import { conflictId } from '../../../src-shared/domain/conflicts/conflict.ts';
import type { Conflict } from '../../../src-shared/domain/conflicts/conflict.ts';
import type { DossierKind } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { buildBody, correction, type BodyContext, type Choice } from '../../helpers/build-dossier-bodies.ts';
import {
  buildDossier, effectOf, exchange, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, openConflicts, PAPER, deskUuid,
  type TestDesk, type TestOffice, type WriteOptions,
} from '../../helpers/build-operations.ts';
import { contextOf, whyNotKind } from '../../helpers/legal-bases.ts';

let built: TestOffice & { readonly received: Operation };
let one: TestDesk;
let two: TestDesk;
let three: TestDesk;

beforeEach(() => {
  built = buildDossier();
  [one, two, three] = built.desks as [TestDesk, TestDesk, TestDesk];
});

function act(desk: TestDesk, kind: DossierKind, choice: Choice = 0, context: BodyContext = {}, options: WriteOptions = {}): Operation {
  built.time.ms += 60_000;
  return desk.write(kind, buildBody(kind, choice, { ...contextOf(desk), ...context }), options);
}

function meet() {
  exchange(one, two, three);
  const dossier = one.dossier()!;
  expect(two.dossier()).toEqual(dossier);
  expect(three.dossier()).toEqual(dossier);
  return dossier;
}

const settle = (desk: TestDesk, conflict: Conflict, keep: readonly Operation[], actor = OFFICERS.all) =>
  act(desk, 'dossier.conflictSettled', 0, { conflict: conflict.id, keep: keep.map(idOf) }, { actor });
const correct = (desk: TestDesk, changes: Record<string, unknown>) => desk.write('dossier.corrected', correction(changes));
const effects = (...operations: Operation[]) => operations.map((operation) => effectOf(one.dossier(), operation));

function finishAgainstWithdrawal() {
  act(one, 'dossier.taken');
  meet();
  const finished = act(one, 'dossier.finished');
  const withdrawn = act(two, 'dossier.withdrawn');
  return { finished, withdrawn, conflict: openConflicts(meet())[0]! };
}

describe('a result against a withdrawal', () => {
  it('leaves the dossier in processing; nobody hands over without naming the conflict', () => {
    const { conflict } = finishAgainstWithdrawal();
    expect(one.dossier()).toMatchObject({ status: 'processing', result: null });
    expect(whyNotKind(one, 'dossier.handedOver')).toBe('wrongState');
    const silent = act(one, 'dossier.handedOver');
    expect(effects(silent)).toEqual(['illegal']);
    const told = act(one, 'dossier.handedOver', 0, { despite: [conflict.id] });
    expect(effects(told)).toEqual(['applied']);
    expect(meet()).toMatchObject({ status: 'returned' });
  });

  it('lets nobody hand over by naming a conflict that is not about a result', () => {
    act(one, 'dossier.supplementRequested');
    act(two, 'dossier.dutyRequested');
    const conflict = openConflicts(meet())[0]!;
    expect(effects(act(one, 'dossier.handedOver', 0, { despite: [conflict.id] }))).toEqual(['illegal']);
  });

  it('is no ground to hand over once the dossier is closed otherwise', () => {
    const { conflict } = finishAgainstWithdrawal();
    act(one, 'dossier.stopped');
    expect(effects(act(one, 'dossier.handedOver', 0, { despite: [conflict.id] }))).toEqual(['illegal']);
    expect(meet()).toMatchObject({ status: 'stopped' });
  });

  it('closes with a settlement and opens under another id when a third act arrives late', () => {
    const { finished, withdrawn, conflict } = finishAgainstWithdrawal();
    three.known.delete(idOf(finished));
    const settled = settle(one, conflict, [finished]);
    expect(one.dossier()).toMatchObject({ status: 'finished', conflicts: [{ id: conflict.id, settledBy: idOf(settled) }] });
    expect(effects(finished, withdrawn)).toEqual(['applied', 'setAside']);
    three.known.delete(idOf(withdrawn));
    const late = act(three, 'dossier.stopped');
    const [reopened, ...others] = openConflicts(meet());
    expect(others).toEqual([]);
    expect(reopened!.operations).toEqual([finished, withdrawn, late].map(idOf).sort());
    expect(reopened!.id).not.toBe(conflict.id);
    expect(effects(finished, withdrawn, late)).toEqual(['inConflict', 'inConflict', 'inConflict']);
  });

  it('stays open when two people settle it differently, until somebody who knows both decides', () => {
    const { finished, withdrawn, conflict } = finishAgainstWithdrawal();
    settle(one, conflict, [finished]);
    settle(two, conflict, [withdrawn]);
    expect(openConflicts(meet())).toMatchObject([{ id: conflict.id, reason: 'settledDifferently' }]);
    settle(three, conflict, [withdrawn]);
    expect(meet()).toMatchObject({ status: 'withdrawn' });
    expect(openConflicts(one.dossier())).toEqual([]);
  });

  it('is settled when a replaced settlement differs but the last ones agree', () => {
    const { finished, withdrawn, conflict } = finishAgainstWithdrawal();
    settle(one, conflict, [finished]);
    three.learn(one);
    settle(three, conflict, [withdrawn]);
    settle(two, conflict, [withdrawn]);
    expect(meet()).toMatchObject({ status: 'withdrawn' });
    expect(openConflicts(one.dossier())).toEqual([]);
  });

  it('is not closed by a choice that keeps both sides or something else', () => {
    const { finished, withdrawn, conflict } = finishAgainstWithdrawal();
    settle(one, conflict, [finished, withdrawn]);
    expect(openConflicts(meet())).toHaveLength(1);
    settle(one, conflict, [built.received]);
    expect(openConflicts(meet())).toHaveLength(1);
    settle(one, conflict, []);
    expect(openConflicts(meet())).toEqual([]);
    expect(effects(finished, withdrawn)).toEqual(['setAside', 'setAside']);
  });

  it('shows what no longer fits when the kept act meets a state that has moved on', () => {
    const { finished, withdrawn, conflict } = finishAgainstWithdrawal();
    const meanwhile = act(two, 'dossier.dutyRequested');
    expect(effects(meanwhile)).toEqual([undefined]);
    meet();
    expect(effects(meanwhile)).toEqual(['applied']);
    settle(one, conflict, [finished]);
    const dossier = meet();
    expect(dossier.status).toBe('finished');
    expect(effects(finished, withdrawn, meanwhile)).toEqual(['applied', 'setAside', 'illegal']);
    expect(openConflicts(dossier)).toMatchObject([{ reason: 'wrongState', operations: [idOf(meanwhile)] }]);
  });
});

describe('whole sides of a conflict', () => {
  it('keep finishing and handing over together against a supplement', () => {
    act(one, 'dossier.taken');
    meet();
    const finished = act(one, 'dossier.finished');
    const handedOver = act(one, 'dossier.handedOver');
    const supplement = act(two, 'dossier.supplementRequested');
    const [conflict] = openConflicts(meet());
    expect(conflict!.operations).toEqual([finished, handedOver, supplement].map(idOf).sort());
    expect([...conflict!.options].sort()).toEqual([[finished, handedOver].map(idOf).sort(), [idOf(supplement)]].sort());
    settle(three, conflict!, [finished, handedOver]);
    expect(meet()).toMatchObject({ status: 'returned', handOver: { how: 'counter' } });
  });

  it('do not grow from a result that two desks entered alike when one of them hands it over', () => {
    act(one, 'dossier.taken');
    meet();
    const finished = act(one, 'dossier.finished');
    const handedOver = act(one, 'dossier.handedOver');
    const again = act(two, 'dossier.finished');
    expect(openConflicts(meet())).toEqual([]);
    expect(effects(finished, again, handedOver)).toEqual(['applied', 'sameFact', 'applied']);
  });
});

describe('taking up at two desks', () => {
  it.each([600_000, -600_000])('gives it to the earlier one, and the other may still go on to finish (%d ms)', (offsetMs) => {
    two.wallOffsetMs = offsetMs;
    const first = act(one, 'dossier.taken', 0);
    const second = act(two, 'dossier.taken', 1);
    const finished = act(two, 'dossier.finished');
    const dossier = meet();
    expect(openConflicts(dossier)).toEqual([]);
    expect(effects(first, second, finished)).toEqual(offsetMs > 0 ? ['applied', 'superseded', 'applied'] : ['superseded', 'applied', 'applied']);
    expect(dossier).toMatchObject({ status: 'finished', holder: offsetMs > 0 ? OFFICERS.processing : OFFICERS.processing2 });
  });

  it.each([7_200_000, -600_000])('is weaker than an assignment, whichever stamp is earlier (%d ms)', (offsetMs) => {
    two.wallOffsetMs = offsetMs;
    act(one, 'dossier.assigned', 1);
    act(two, 'dossier.taken', 0);
    expect(meet()).toMatchObject({ status: 'processing', holder: OFFICERS.processing2, conflicts: [] });
  });

  it('is not made legal by what happens elsewhere when its author knew that it was in hand', () => {
    act(one, 'dossier.taken');
    meet();
    act(one, 'dossier.supplementRequested');
    two.wallOffsetMs = 7_200_000;
    expect([act(two, 'dossier.taken', 1)].map((forged) => effectOf((meet(), one.dossier()), forged))).toEqual(['illegal']);
  });

  it('names the same officer twice without a conflict', () => {
    act(one, 'dossier.assigned', 0);
    act(two, 'dossier.transferred', 0);
    expect(meet()).toMatchObject({ holder: OFFICERS.processing, conflicts: [] });
  });
});

describe('corrections', () => {
  it('of other fields both apply; overlapping with equal values too; with other values neither', () => {
    correct(one, { sets: 2, note: 'a' });
    correct(two, { sets: 2, request: 'Khác' });
    expect(meet()).toMatchObject({ amendments: 2, conflicts: [], content: { sets: 2, note: 'a', request: 'Khác' } });
    correct(one, { sets: 3, note: 'b' });
    correct(two, { sets: 4, request: 'Khác nữa' });
    const dossier = meet();
    expect(openConflicts(dossier)).toHaveLength(1);
    expect(dossier).toMatchObject({ amendments: 2, content: { sets: 2, note: 'a', request: 'Khác' } });
  });

  it('of the papers clash with a supplement that brings other papers', () => {
    act(one, 'dossier.supplementRequested');
    meet();
    const supplement = act(one, 'dossier.supplementReceived');
    const corrected = correct(two, { papers: [{ ...PAPER, certified: 2 }] });
    const note = correct(three, { note: 'x' });
    const dossier = meet();
    expect(effects(supplement, corrected, note)).toEqual(['inConflict', 'inConflict', 'applied']);
    expect(dossier.status).toBe('waitingSupplement');
  });

  it('that would leave the content without a required field are malformed', () => {
    expect(effects(correct(one, { owner: null }))).toEqual(['illegal']);
    expect(effects(correct(one, { note: null }))).toEqual(['applied']);
  });

  it('with values that canonical JSON cannot hold are malformed, also side by side', () => {
    const forged = [correct(one, { sets: 1.5 }), correct(two, { sets: 2.5 }), correct(three, { note: '\ud800' })];
    const dossier = meet();
    expect(effects(...forged)).toEqual(['illegal', 'illegal', 'illegal']);
    expect(openConflicts(dossier).map((conflict) => conflict.reason)).toEqual(['malformed', 'malformed', 'malformed']);
  });
});

describe('the date promised', () => {
  it('must be looked at again when the act it was computed from is taken back or set aside', () => {
    const apology = act(one, 'dossier.apologised');
    meet();
    act(one, 'dossier.supplementRequested');
    const supplement = act(one, 'dossier.supplementReceived');
    expect(meet()).toMatchObject({ appointmentSetBy: idOf(supplement), appointmentNeedsReview: false });
    three.known.clear();
    three.learn(one.about(OFFICE_SUBJECT));
    three.learn([built.received]);
    const other = act(three, 'dossier.apologised', 1);
    exchange(one, two, three);
    const conflict = openConflicts(one.dossier())[0]!;
    expect(conflict.operations).toContain(idOf(apology));
    expect(one.dossier()).toMatchObject({ appointmentSetBy: idOf(built.received), appointmentNeedsReview: false });
    settle(one, conflict, conflict.operations.filter((id) => id !== idOf(other) && id !== idOf(apology)).map((id) => one.known.get(id)!));
    expect(one.dossier()).toMatchObject({ appointmentSetBy: idOf(supplement), appointmentNeedsReview: true });
  });

  it('keeps its base when the same fact is counted from another desk', () => {
    act(one, 'dossier.apologised');
    const same = act(two, 'dossier.apologised');
    act(two, 'dossier.supplementRequested');
    const supplement = act(two, 'dossier.supplementReceived');
    expect(meet()).toMatchObject({ appointmentSetBy: idOf(supplement), appointmentNeedsReview: false, conflicts: [] });
    expect(effects(same)).toEqual(['sameFact']);
  });
});

describe('roles and desks that change behind an act', () => {
  it('a late removal of a role takes the later acts away and shows them', () => {
    const before = act(one, 'dossier.taken', 0, {}, { actor: OFFICERS.processing });
    built.time.ms += 60_000;
    two.write('officer.changed', officerChangedBody(OFFICERS.processing, ['reception']), { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
    const after = act(one, 'dossier.finished', 0, {}, { actor: OFFICERS.processing });
    expect(effects(before, after)).toEqual(['applied', 'applied']);
    const dossier = meet();
    expect(effects(before, after)).toEqual(['applied', 'illegal']);
    expect(openConflicts(dossier)).toMatchObject([{ reason: 'notPermitted', operations: [idOf(after)], options: [[], [idOf(after)]] }]);
  });

  it('a leader may approve an act without permission, others may only note it', () => {
    const unpermitted = act(one, 'dossier.taken', 0, {}, { actor: OFFICERS.reception });
    const conflict = openConflicts(meet())[0]!;
    settle(two, conflict, [unpermitted], OFFICERS.processing);
    expect(openConflicts(meet())).toHaveLength(1);
    const approval = settle(two, conflict, [unpermitted], OFFICERS.leader);
    expect(meet()).toMatchObject({ status: 'processing', conflicts: [{ id: conflict.id, reason: 'notPermitted', settledBy: idOf(approval) }] });
    const noted = settle(three, conflict, [], OFFICERS.reception);
    expect(meet()).toMatchObject({ status: 'received', conflicts: [{ id: conflict.id, settledBy: idOf(noted) }] });
  });

  it('a revoked desk is heard before its revocation only, and nobody can approve the rest', () => {
    const before = act(two, 'dossier.taken');
    built.time.ms += 60_000;
    one.write('desk.revoked', { desk: deskUuid(2), reason: 'Mất máy' }, { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
    three.learn([...one.known.values()].filter((operation) => operation.header.kind === 'desk.revoked'));
    three.learn([before]);
    const after = act(two, 'dossier.finished');
    const beside = act(three, 'dossier.stopped');
    meet();
    expect(effects(before, after, beside)).toEqual(['applied', 'illegal', 'applied']);
    settle(one, { id: conflictId([idOf(after)]) } as Conflict, [after], OFFICERS.leader);
    expect(openConflicts(meet())).toMatchObject([{ reason: 'revokedDevice', operations: [idOf(after)] }]);
    expect(effects(beside)).toEqual(['applied']);
  });
});

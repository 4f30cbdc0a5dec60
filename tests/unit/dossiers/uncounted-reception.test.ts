import { describe, expect, it } from 'vitest';
import type { Dossier } from '../../../src-shared/domain/dossiers/dossier.ts';
import { foldDossier, whyNot } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import type { Operation } from '../../../src-shared/domain/operations/operation.ts';
import { canonicalJson } from '../../../src-shared/lib/canonical-json.ts';
import { buildBody } from '../../helpers/build-dossier-bodies.ts';
import {
  buildOffice, deskUuid, effectOf, exchange, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, openConflicts, receivedBody, type TestDesk,
} from '../../helpers/build-operations.ts';
import { shuffled } from '../../helpers/random-desks.ts';

/**
 * A reception that does not count any more, because an act of the office from before it is heard of later: the citizen holds its
 * receipt all the same, and every desk must show one and the same dossier, whichever of the two it heard of first.
 */
const aboutOffice = { subject: OFFICE_SUBJECT, actor: OFFICERS.admin };

/** The first desk takes something away while the second, which does not know of it, receives. Nobody has heard of the other. */
function receivedMeanwhile(takeAway: (desk: TestDesk) => Operation) {
  const office = buildOffice();
  const [first, second] = office.desks as [TestDesk, TestDesk];
  const away = takeAway(first);
  office.time.ms += 60_000;
  const received = second.write('dossier.received', receivedBody(), { actor: OFFICERS.reception });
  office.time.ms += 60_000;
  return { ...office, first, second, away, received };
}
const retire = (desk: TestDesk) => desk.write('officer.changed', officerChangedBody(OFFICERS.reception, ['reception'], true), aboutOffice);
const stopDesk = (desk: TestDesk) => desk.write('desk.revoked', { desk: deskUuid(2), reason: 'Máy hỏng' }, aboutOffice);

const settle = (desk: TestDesk, received: Operation, keep: readonly Operation[], actor = OFFICERS.leader) =>
  desk.write('dossier.conflictSettled', { conflict: openConflicts(desk.dossier())[0]!.id, keep: keep.map(idOf), note: 'Chị ấy đã thôi việc' }, { actor });

describe.each([['its author was retired', retire, 'notPermitted'], ['its desk was stopped', stopDesk, 'revokedDevice']] as const)('when %s', (_what, takeAway, reason) => {
  it('is a dossier on every desk, with its number and a conflict that names it', () => {
    const { desks, first, second, received } = receivedMeanwhile(takeAway);
    const before = second.dossier()!;
    expect(before.conflicts).toEqual([]);
    exchange(...desks);
    expect(first.dossier()).toMatchObject({ status: 'received', number: before.number, register: before.register, codes: before.codes, content: before.content });
    expect(openConflicts(first.dossier())).toMatchObject([{ reason, operations: [idOf(received)] }]);
    expect(effectOf(first.dossier(), received)).toBe('illegal');
    for (const desk of desks) expect(desk.dossier()).toEqual(first.dossier());
  });

  it('goes on being worked on', () => {
    const { desks, first } = receivedMeanwhile(takeAway);
    exchange(...desks);
    const taken = first.write('dossier.taken', buildBody('dossier.taken'), { actor: OFFICERS.processing });
    exchange(...desks);
    expect(effectOf(first.dossier(), taken)).toBe('applied');
    expect(first.dossier()).toMatchObject({ status: 'processing', holder: OFFICERS.processing });
    expect(openConflicts(first.dossier())).toHaveLength(1);
  });

  it('is still refused at the door', () => {
    const { desks, first, received } = receivedMeanwhile(takeAway);
    exchange(...desks);
    expect(whyNot([], received, first.office())).toBe(reason);
  });

  it('gives way to a reception that counts', () => {
    const { desks, first, second, received } = receivedMeanwhile(takeAway);
    const counted = first.write('dossier.received', { ...receivedBody(), receivedAt: receivedBody().receivedAt + 1 }, { actor: OFFICERS.all });
    exchange(...desks);
    expect(first.dossier()!.receivedAt).toBe(receivedBody().receivedAt + 1);
    expect([received, counted].map((one) => effectOf(second.dossier(), one))).toEqual(['illegal', 'applied']);
  });
});

describe('the leader', () => {
  it('lets it count: then it is as any other', () => {
    const { desks, first, received } = receivedMeanwhile(retire);
    exchange(...desks);
    settle(first, received, [received]);
    expect(effectOf(first.dossier(), received)).toBe('applied');
    expect(openConflicts(first.dossier())).toEqual([]);
  });

  it('does not let it count: it is voided, its number stays issued, and what was done before stays in the history', () => {
    const { desks, first, received } = receivedMeanwhile(retire);
    exchange(...desks);
    const taken = first.write('dossier.taken', buildBody('dossier.taken'), { actor: OFFICERS.processing });
    settle(first, received, []);
    const dossier = first.dossier()!;
    expect(dossier).toMatchObject({ status: 'voided', closingReason: 'Chị ấy đã thôi việc', number: receivedBody().number });
    expect(effectOf(dossier, taken)).toBe('applied');
    expect(openConflicts(dossier)).toEqual([]);
  });

  it('alone says so: somebody else only notes that it was seen', () => {
    const { desks, first, received } = receivedMeanwhile(retire);
    exchange(...desks);
    settle(first, received, [], OFFICERS.processing);
    expect(first.dossier()).toMatchObject({ status: 'received' });
  });

  it('has nothing to decide about a desk that was stopped: that was seen, and the dossier stays as it is', () => {
    const { desks, first, received } = receivedMeanwhile(stopDesk);
    exchange(...desks);
    settle(first, received, []);
    expect(first.dossier()).toMatchObject({ status: 'received' });
    expect(openConflicts(first.dossier())).toEqual([]);
  });
});

it('folds to the same in any order, with everything that was done meanwhile', () => {
  const { desks, first, received } = receivedMeanwhile(retire);
  exchange(...desks);
  first.write('dossier.taken', buildBody('dossier.taken'), { actor: OFFICERS.processing });
  settle(first, received, []);
  const bytes = canonicalJson(first.dossier());
  for (const seed of [1, 2, 3, 4, 5]) {
    const folded: Dossier | undefined = foldDossier(shuffled(first.about(), seed), first.office());
    expect(canonicalJson(folded)).toBe(bytes);
  }
});

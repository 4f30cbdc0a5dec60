import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildDesk } from '../../../src-main/core/features/system/rebuild-desk.ts';
import { beginRebuild, endRebuild, foldNextSubjects, isRebuildUnfinished, rebuildSlices, writeFolded } from '../../../src-node/operations/rebuild.ts';
import { verifyDesk } from '../../../src-node/operations/verify.ts';
import { DOSSIER_KINDS } from '../../../src-shared/domain/dossiers/dossier-operations.ts';
import { operationId } from '../../../src-shared/domain/operations/operation.ts';
import type { SubjectId } from '../../../src-shared/lib/ids.ts';
import { appendAct, appendDossier } from '../../helpers/append-dossier.ts';
import { isFeeAct } from '../../../src-shared/domain/fees/fee-operations.ts';
import { foldDossier } from '../../../src-shared/domain/dossiers/dossier-fold.ts';
import { buildBody, correction, moneyOf } from '../../helpers/build-dossier-bodies.ts';
import { openConflicts, PERSON, receivedBody } from '../../helpers/build-operations.ts';
import { closeDesks, dossierOf, exchange, openFirstDesk, openNeighbour, receive, write, type NeighbourDesk, type NeighbourOfficer } from '../../helpers/neighbour-desks.ts';
import { openTestDesk, valueOf, type TestDesk } from '../../helpers/open-test-desk.ts';
import { dumpProjections } from '../../helpers/projection-dump.ts';

const rebuild = ({ desk }: Pick<NeighbourDesk, 'desk'>, perSlice?: number) => {
  for (const slice of rebuildSlices(desk.db, desk.log.names, desk.office(), perSlice)) valueOf(slice);
};

describe('projections written act by act', () => {
  let desks: readonly NeighbourDesk[];
  beforeAll(async () => {
    const first = await openFirstDesk();
    desks = [first, openNeighbour(first)];
  });
  afterAll(closeDesks);

  const ACTORS: readonly NeighbourOfficer[] = ['all', 'all', 'all', 'reception', 'processing', 'leader', 'admin'];
  const MONEY_KINDS = DOSSIER_KINDS.filter(isFeeAct);
  const stepArbitrary = fc.record({ desk: fc.nat(1), what: fc.nat(99), pick: fc.nat(9_999), choice: fc.constantFrom<0 | 1>(0, 1) });
  type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

  /** Anything anybody could write about a dossier, right, wrong, strange or twice. */
  function act(desk: NeighbourDesk, subject: SubjectId, { what, pick, choice }: Step): void {
    const actor = ACTORS[pick % ACTORS.length]!;
    const known = desk.desk.log.listSubject(subject);
    const kind = DOSSIER_KINDS[pick % DOSSIER_KINDS.length]!;
    const target = known.length > 0 ? operationId(known[pick % known.length]!.header) : 'x:1';
    if (what >= 80) {
      actOnMoney(desk, subject, { pick, choice }, pick % 4 === 0 ? actor : 'all');
    } else if (what < 10) write(desk, subject, 'dossier.corrected', correction({ owner: { ...PERSON, name: ['Sùng Thị Mai', 'Lầu A Chứ'][choice] }, request: `Yêu cầu ${pick}` }), actor);
    else if (what < 20) write(desk, subject, 'dossier.undone', { operation: target, reason: 'Bấm nhầm' }, actor);
    else if (what < 25) write(desk, subject, kind, { nonsense: pick }, actor);
    else if (what < 30) write(desk, subject, 'dossier.teleported', { to: pick }, actor);
    else if (what < 35) write(desk, subject, 'dossier.received', { ...receivedBody(), receivedAt: desk.clock.wallMs() - (pick % 3) * 86_400_000, number: { kind: 'dossier', token: '9', period: '2026-07-01', counter: 1 + (pick % 5) } });
    else if (what < 45) settle(desk, subject, pick, actor);
    else write(desk, subject, kind, buildBody(kind, choice, { target, ...moneyOf(known.length > 0 ? foldDossier(known, desk.desk.office()) : undefined) }), actor);
  }

  /** More often than its share of the kinds, and with something to be about: rows of money are judged by each other. */
  function actOnMoney(desk: NeighbourDesk, subject: SubjectId, { pick, choice }: Pick<Step, 'pick' | 'choice'>, actor: NeighbourOfficer): void {
    const money = () => moneyOf(foldDossier(desk.desk.log.listSubject(subject), desk.desk.office()));
    if (money().collection === undefined) write(desk, subject, 'dossier.feeCollected', buildBody('dossier.feeCollected', choice), 'all');
    const kind = MONEY_KINDS[(pick >> 2) % MONEY_KINDS.length]!;
    write(desk, subject, kind, buildBody(kind, choice, money()), actor);
  }

  /** Two desks receive one dossier and do not know it, the way no honest program does: which one counts is known only later. */
  function receiveTwice(days: number): SubjectId {
    const subject = randomUUID() as string as SubjectId;
    const bodyAt = (counter: number) => ({ ...receivedBody(), receivedAt: desks[0]!.clock.wallMs() - counter * 86_400_000, number: { kind: 'dossier', token: '9', period: '2026-07-01', counter } });
    write(desks[0]!, subject, 'dossier.received', bodyAt(days), 'all');
    write(desks[1]!, subject, 'dossier.received', bodyAt(days + 1), 'reception');
    return subject;
  }

  function settle(desk: NeighbourDesk, subject: SubjectId, pick: number, actor: NeighbourOfficer): void {
    const [conflict] = openConflicts(dossierOf(desk, subject));
    if (conflict) write(desk, subject, 'dossier.conflictSettled', { conflict: conflict.id, keep: conflict.options[pick % conflict.options.length]!, note: '' }, actor);
  }

  it('are what a rebuild makes of the log, whatever was written and in whatever order it arrived', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 24 }), (steps) => {
        const subjects = [receive(desks[0]!), receive(desks[1]!), receiveTwice(steps.length)];
        for (const step of steps) {
          const desk = desks[step.desk]!;
          const subject = subjects[step.pick % subjects.length]!;
          if (step.what > 70 && step.what < 80) exchange(...desks);
          else if (desk.desk.log.listSubject(subject).length > 0) act(desk, subject, step);
        }
        exchange(...desks);
        for (const desk of desks) {
          const incremental = dumpProjections(desk.desk.db);
          rebuild(desk);
          expect(incremental).toEqual(dumpProjections(desk.desk.db));
          expect(incremental['words']!.length).toBeGreaterThan(0);
          expect(verifyDesk(desk.desk.db, desk.desk.log.names, desk.desk.office()).faults.filter(({ code }) => code.startsWith('projection'))).toEqual([]);
        }
      }),
      // Both desks live on from run to run, so a failing run is not made smaller; its seed is printed.
      { seed: 20261122, numRuns: 30, endOnFailure: true },
    );
    for (const table of ['dossiers', 'fees', 'doubledReceipts'] as const) expect(dumpProjections(desks[0]!.desk.db)[table]).toEqual(dumpProjections(desks[1]!.desk.db)[table]);
    // Every sort of entry was in effect somewhere, and so were steps.
    const { fees, dossiers } = dumpProjections(desks[0]!.desk.db) as Record<string, readonly { what: string; counted: number; step_due_at: number | null; summary: string }[]>;
    expect(new Set(fees!.map(({ what, counted }) => `${what} ${counted}`)).size).toBeGreaterThan(4);
    expect(dossiers!.some(({ summary }) => (JSON.parse(summary) as { step: unknown }).step !== null)).toBe(true);
  });
});

describe('a rebuild', () => {
  let at: TestDesk;
  beforeEach(async () => {
    at = await openTestDesk({ handlers: () => ({}) });
  });
  afterEach(() => at.close());

  const receiveMany = (count: number) => Array.from({ length: count }, () => {
    at.clock.advance(60_000);
    return appendDossier(at);
  });

  it('goes on while dossiers are received and worked on: no number is given twice, no row is missing', () => {
    const before = receiveMany(40);
    let slices = 0;
    const codes = before.map(({ code }) => code);
    for (const slice of rebuildSlices(at.desk.db, at.desk.log.names, at.desk.office(), 3)) {
      valueOf(slice);
      codes.push(...receiveMany(1).map(({ code }) => code));
      appendAct(at, before[slices]!.id, 'processing', 'dossier.taken', { officer: at.officers.processing });
      slices += 1;
    }
    expect(slices).toBeGreaterThan(10);
    expect(new Set(codes).size).toBe(codes.length);
    const during = dumpProjections(at.desk.db);
    expect(during['dossiers']).toHaveLength(codes.length);
    expect(during['doubled']).toEqual([]);
    rebuild(at);
    expect(during).toEqual(dumpProjections(at.desk.db));
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office())).toMatchObject({ ok: true, faults: [] });
  });

  it('folded by another process gives the same lists, and the desk receives in between', async () => {
    receiveMany(120);
    const whole = dumpProjections(at.desk.db);
    expect(valueOf(await rebuildDesk(at.desk))).toEqual({ operations: expect.any(Number) as number, dossiers: 120 });
    expect(dumpProjections(at.desk.db)).toEqual(whole);

    const rebuilding = rebuildDesk(at.desk);
    // Appended while the other process starts and reads: whichever of the two projects it last, it stands in the lists once.
    const [received] = receiveMany(1);
    expect(isRebuildUnfinished(at.desk.db)).toBe(true);
    valueOf(await rebuilding);
    expect(at.desk.db.value('SELECT count(*) FROM dossiers')).toBe(121);
    appendAct(at, received!.id, 'processing', 'dossier.taken', { officer: at.officers.processing });
    expect(verifyDesk(at.desk.db, at.desk.log.names, at.desk.office())).toMatchObject({ ok: true, faults: [] });
  });

  it('covers nothing newer with what was folded before it', () => {
    const [dossier] = receiveMany(1);
    const { db, log } = at.desk;
    valueOf(beginRebuild(db));
    const folded = foldNextSubjects(db, log.names, at.desk.office(), null, 1_000)!;
    appendAct(at, dossier!.id, 'processing', 'dossier.taken', { officer: at.officers.processing });
    expect(folded.projections).toHaveLength(1);
    valueOf(writeFolded(db, log.names, at.desk.office(), folded.projections));
    valueOf(endRebuild(db, log.names, at.desk.office()));
    expect(db.value('SELECT status FROM dossiers')).toBe('processing');
    expect(verifyDesk(db, log.names, at.desk.office())).toMatchObject({ ok: true, faults: [] });
  });

  it('that was cut off is done to the end at the next start', () => {
    receiveMany(20);
    const whole = dumpProjections(at.desk.db);
    const slices = rebuildSlices(at.desk.db, at.desk.log.names, at.desk.office(), 3);
    for (let step = 0; step < 3; step += 1) valueOf(slices.next().value!);
    expect(isRebuildUnfinished(at.desk.db)).toBe(true);
    expect(dumpProjections(at.desk.db)['dossiers']!.length).toBeLessThan(whole['dossiers']!.length);
    at.restart();
    expect(isRebuildUnfinished(at.desk.db)).toBe(false);
    expect(dumpProjections(at.desk.db)).toEqual(whole);
  });

  it('leaves the search index merging as early as every day, also after one that was cut off', () => {
    const mergesFrom = () => at.desk.db.value<number>("SELECT v FROM dossier_words_config WHERE k = 'automerge'");
    receiveMany(2);
    valueOf(beginRebuild(at.desk.db));
    expect(mergesFrom()).toBe(11);
    at.restart();
    expect(mergesFrom()).toBe(4);
  });

  it('makes good what was damaged in the lists by hand', () => {
    receiveMany(5);
    const whole = dumpProjections(at.desk.db);
    at.desk.db.run('UPDATE dossier_counts SET count = 99');
    at.desk.db.run('DELETE FROM dossiers WHERE no = (SELECT min(no) FROM dossiers)');
    at.desk.db.run("UPDATE register_entries SET entry = '{}' WHERE no = (SELECT max(no) FROM register_entries)");
    at.desk.db.run('DELETE FROM issued_numbers WHERE counter = 1');
    at.desk.db.run("INSERT INTO issued_numbers VALUES ('dossier', '1', '2026-11-23', 77, 1, 4711)");
    const { faults } = verifyDesk(at.desk.db, at.desk.log.names, at.desk.office());
    expect(new Set(faults.map(({ code }) => code))).toEqual(new Set(['number.gap', 'projection.differs', 'projection.missing', 'projection.counts']));
    rebuild(at);
    expect(dumpProjections(at.desk.db)).toEqual(whole);
  });
});


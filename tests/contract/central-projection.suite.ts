import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldDossier } from '../../src-shared/domain/dossiers/dossier-fold.ts';
import { operationId, type Operation } from '../../src-shared/domain/operations/operation.ts';
import type { OfficeId, SubjectId } from '../../src-shared/lib/ids.ts';
import { toOperation } from '../../src-node/operations/operation-rows.ts';
import { rebuildProjection } from '../../src-server/commands/rebuild-projection.ts';
import type { ServerDb, ServerReads } from '../../src-server/db/server-db.ts';
import { listProjectionFaults, officesOverview } from '../../src-server/features/overview/offices-overview.ts';
import { OfficeCache, projectSlice, SUBJECT_OPERATIONS_MAX, type ProjectionDep } from '../../src-server/features/projection/project-slice.ts';
import { insertProjections, restartProjection } from '../../src-server/features/projection/projection-queries.ts';
import { createProjectionJob } from '../../src-server/jobs/projection-job.ts';
import { readOffice } from '../../src-server/log/office-queries.ts';
import { listDeviceOperations } from '../../src-server/log/operation-queries.ts';
import { buildBody } from '../helpers/build-dossier-bodies.ts';
import { buildOffice, exchange, idOf, OFFICE_SUBJECT, officerChangedBody, OFFICERS, receivedBody, type TestOffice } from '../helpers/build-operations.ts';
import { admitTestOffice, emptyCentral, placeStretch } from '../helpers/central-log.ts';
import { allOperations, runSteps, stepsArbitrary } from '../helpers/random-desks.ts';
import type { TestDatabase } from '../helpers/test-server.ts';

const OFFICE = OFFICE_SUBJECT as string as OfficeId;
const NOW_MS = Date.UTC(2026, 10, 27, 3);
const otherDossier = (n: number) => `dddddddd-0000-4000-8000-00000000010${n}` as SubjectId;

interface Row {
  readonly dossier: string;
  readonly status: string;
  readonly received_at: number;
  readonly due_at: number | null;
  readonly open_conflicts: number;
  readonly needs_review: number;
  readonly codes: string;
}

/** What happens beside the work of the desks. */
type Happening = 'project' | 'crash' | 'rebuild' | 'together' | 'nothing';
const happenings = fc.array(fc.record({ pick: fc.nat(9_999), size: fc.integer({ min: 1, max: 9 }), then: fc.constantFrom<Happening>('project', 'project', 'crash', 'rebuild', 'together', 'nothing') }), { minLength: 6, maxLength: 40 });

/** What the projection promises, whatever the server keeps its rows in. */
export function describeProjection(name: string, newDatabase: () => Promise<TestDatabase>, { hasManyWriters, runs }: { readonly hasManyWriters: boolean; readonly runs: number }): void {
  describe(`the projection on ${name}`, () => {
    let database: TestDatabase;
    let db: ServerDb;
    let second: ServerDb;

    beforeEach(async () => {
      database = await newDatabase();
      db = await database.open();
      second = hasManyWriters ? await database.open() : db;
    });
    afterEach(async () => {
      if (second !== db) await second.close();
      await db.close();
      await database.end();
    });

    const depOf = (one: ServerDb): ProjectionDep => ({ db: one, offices: new OfficeCache(), nowMs: () => NOW_MS });
    const settle = () => createProjectionJob({ db, nowMs: () => NOW_MS, onFailure: (error) => expect.fail(String(error)) }).settle();
    const rowsOf = (reads: ServerReads = db) => reads.all<Row>('SELECT dossier, status, received_at, due_at, open_conflicts, needs_review, codes FROM dossiers WHERE office = ? ORDER BY dossier', OFFICE);
    const lag = async () => (await officesOverview(db, NOW_MS)).find(({ office }) => office === OFFICE)!.lag;

    /** The same from nothing: every operation that is held, folded by the desk's own function. */
    async function foldedRows(): Promise<readonly Row[]> {
      const office = await readOffice(db, OFFICE, []);
      const devices = await db.all<{ device: string }>('SELECT DISTINCT device FROM operations WHERE office = ?', OFFICE);
      const all = (await Promise.all(devices.map(({ device }) => listDeviceOperations(db, OFFICE, device, 1, 1_000_000)))).flat().map(toOperation);
      const bySubject = Map.groupBy(all, ({ header }) => header.subject);
      return [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([subject, operations]) => {
        const dossier = office && subject !== OFFICE_SUBJECT && !office.erasures.has(subject) ? foldDossier(operations, office) : undefined;
        if (!dossier) return [];
        const runs = ['received', 'processing'].includes(dossier.status);
        return {
          dossier: subject, status: dossier.status, received_at: dossier.receivedAt, due_at: runs ? dossier.content.appointment.dueAt : null,
          open_conflicts: dossier.conflicts.filter(({ settledBy }) => settledBy === null).length,
          needs_review: dossier.appointmentNeedsReview || dossier.needsUpdate || dossier.missing.length > 0 ? 1 : 0, codes: JSON.stringify(dossier.codes),
        };
      });
    }

    /** Power is cut before the slice commits. */
    const cutOff = (one: ServerDb): ServerDb => ({
      ...one,
      transaction: (work) => one.transaction(async (writes) => {
        await work(writes);
        throw new Error('power cut');
      }),
    });
    const logsOf = (built: TestOffice) => [...Map.groupBy(allOperations(built), ({ header }) => header.device).values()].map((log) => log.sort((a, b) => a.header.seq - b.header.seq));

    it('equals a fold of the log from nothing, in whatever order logs come and slices end', async () => {
      await fc.assert(fc.asyncProperty(stepsArbitrary, happenings, async (steps, beside) => {
        await emptyCentral(db);
        await admitTestOffice(db, OFFICE);
        const built = runSteps(steps);
        for (let n = 0; n < 6; n += 1) built.desks[n % 3]!.write('dossier.received', receivedBody(), { subject: otherDossier(n), actor: n % 2 ? OFFICERS.all : OFFICERS.all2 });
        const logs = logsOf(built).map((log) => [...log]);
        const deps = [depOf(db), depOf(second)] as const;
        const projectOn = async (dep: ProjectionDep) => {
          await dep.db.transaction(insertProjections);
          return projectSlice(dep, OFFICE);
        };
        for (const { pick, size, then } of beside) {
          const open = logs.filter((log) => log.length > 0);
          if (open.length > 0) await placeStretch(db, open[pick % open.length]!.splice(0, size));
          if (then === 'project') await projectOn(deps[pick % 2]!);
          if (then === 'crash') await expect(projectSlice({ ...deps[0], db: cutOff(db) }, OFFICE)).rejects.toThrow('power cut');
          if (then === 'rebuild') await db.transaction((writes) => restartProjection(writes, OFFICE));
          if (then === 'together') await Promise.all(deps.map(projectOn));
        }
        for (const log of logs) if (log.length > 0) await placeStretch(db, log);
        await settle();
        expect(await rowsOf()).toEqual(await foldedRows());
        expect(await lag()).toEqual({ operations: 0, since: null, refolds: 0, isRebuilding: false });
      }), { numRuns: runs, seed: 20_261_127 });
    });

    async function place(built: TestOffice, known: ReadonlySet<string> = new Set()): Promise<Set<string>> {
      for (const log of logsOf(built)) {
        const fresh = log.filter((one) => !known.has(operationId(one.header)));
        if (fresh.length > 0) await placeStretch(db, fresh, NOW_MS);
      }
      return new Set(allOperations(built).map(idOf));
    }

    it('folds anew what an officer did once a late act of the office says that it was not allowed', async () => {
      const built = buildOffice();
      await admitTestOffice(db, OFFICE);
      const [first, other] = built.desks as [TestOffice['desks'][number], TestOffice['desks'][number]];
      const change = other.write('officer.changed', officerChangedBody(OFFICERS.processing, ['reception'], false), { subject: OFFICE_SUBJECT, actor: OFFICERS.admin });
      built.time.ms += 60_000;
      for (const [n, actor] of [[1, OFFICERS.processing], [2, OFFICERS.processing2]] as const) {
        first.write('dossier.received', receivedBody(), { subject: otherDossier(n), actor: OFFICERS.all });
        first.write('dossier.taken', buildBody('dossier.taken'), { subject: otherDossier(n), actor });
      }
      const withoutChange = { ...built, desks: [first] };
      const known = await place(withoutChange);
      await settle();
      const stands = async () => (await rowsOf()).map(({ dossier, status }) => [dossier, status]);
      expect(await stands()).toEqual([[otherDossier(1), 'processing'], [otherDossier(2), 'processing']]);
      known.delete(idOf(change));
      await place(built, known);
      await settle();
      expect(await stands()).toEqual([[otherDossier(1), 'received'], [otherDossier(2), 'processing']]);
    });

    it('goes on past a dossier that cannot be folded, and says which one that is', async () => {
      const built = buildOffice();
      await admitTestOffice(db, OFFICE);
      const [first] = built.desks as [TestOffice['desks'][number]];
      const received = first.write('dossier.received', receivedBody(), { subject: otherDossier(1) });
      const last = { ...received.header, seq: received.header.seq };
      const poison: Operation[] = Array.from({ length: SUBJECT_OPERATIONS_MAX }, (_, index) => ({ header: { ...last, seq: last.seq + index + 1, kind: 'dossier.taken', after: [] }, body: buildBody('dossier.taken', 0) }));
      await place(built);
      await placeStretch(db, poison);
      exchange(...built.desks);
      built.desks[1]!.write('dossier.received', receivedBody(), { subject: otherDossier(2) });
      await placeStretch(db, [built.desks[1]!.about(otherDossier(2))[0]!]);
      await settle();
      expect((await rowsOf()).map(({ dossier }) => dossier)).toEqual([otherDossier(1), otherDossier(2)]);
      expect(await listProjectionFaults(db, OFFICE)).toEqual([{ subject: otherDossier(1), why: `more than ${SUBJECT_OPERATIONS_MAX} operations`, atMs: NOW_MS }]);
      const [overview] = await officesOverview(db, NOW_MS);
      expect(overview).toMatchObject({ quarantined: 1, lag: { operations: 0 } });
    });

    it('says how much waits to be folded and since when', async () => {
      const built = buildOffice();
      await admitTestOffice(db, OFFICE);
      const known = await place(built);
      expect(await lag()).toEqual({ operations: known.size, since: NOW_MS, refolds: 0, isRebuilding: false });
      await settle();
      expect(await lag()).toEqual({ operations: 0, since: null, refolds: 0, isRebuilding: false });
    });

    it('is made anew from the log beside a running server; what nothing in the log makes goes, and rows are seen meanwhile', async () => {
      const built = buildOffice();
      await admitTestOffice(db, OFFICE);
      for (let n = 0; n < 4; n += 1) built.desks[0]!.write('dossier.received', receivedBody(), { subject: otherDossier(n) });
      await place(built);
      await settle();
      const right = await rowsOf();
      await db.transaction(async (writes) => {
        await writes.run("UPDATE dossiers SET status = 'voided' WHERE office = ? AND dossier = ?", OFFICE, otherDossier(1));
        await writes.run("INSERT INTO dossiers SELECT office, 'stray', status, received_at, due_at, finished_at, procedure_code, codes, open_conflicts, needs_review, generation FROM dossiers WHERE office = ? AND dossier = ?", OFFICE, otherDossier(2));
        await restartProjection(writes, OFFICE);
      });
      expect(await rowsOf()).toHaveLength(5);
      expect(await lag()).toMatchObject({ isRebuilding: true });
      const job = () => createProjectionJob({ db: second, nowMs: () => NOW_MS, onFailure: (error) => expect.fail(String(error)) });
      expect(await rebuildProjection(second, job(), OFFICE)).toEqual({ ok: true, value: 1 });
      expect(await rowsOf()).toEqual(right);
      expect(await rebuildProjection(second, job(), 'nobody' as OfficeId)).toEqual({ ok: false, error: 'unknownOffice' });
    });

    if (hasManyWriters) it('is folded by one process at a time, and no other waits for it', async () => {
      const built = buildOffice();
      await admitTestOffice(db, OFFICE);
      await place(built);
      await db.transaction(insertProjections);
      await db.transaction(async (writes) => {
        await writes.claim('SELECT position FROM projections WHERE office = ?', OFFICE);
        expect(await projectSlice(depOf(second), OFFICE)).toBe(false);
        // Taking in goes on all the while.
        await placeStretch(second, [built.desks[0]!.write('dossier.received', receivedBody(), { subject: otherDossier(1) })]);
      });
      expect(await projectSlice(depOf(second), OFFICE)).toBe(true);
    });
  });
}

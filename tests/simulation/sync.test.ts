import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUpCoreOffice, type CoreDesk } from '../helpers/core-desk.ts';
import { isLongRun } from '../helpers/long-run.ts';
import { dumpProjections } from '../helpers/projection-dump.ts';
import { SmallSyncServer, type Cut } from '../helpers/small-sync-server.ts';
import { connect, logsOf, receive, syncNow } from '../helpers/sync-office.ts';

/** Two desks and a server, as fast-check wills; a failure prints its seed. `npm run test:long` takes many more. */
const RUNS = isLongRun ? 300 : 6;

type Step =
  | { readonly do: 'receive' | 'sync' | 'timer' | 'crash' | 'pause' | 'resume' | 'rename'; readonly desk: 0 | 1 }
  | { readonly do: 'cut'; readonly cuts: readonly (Cut | null)[] }
  | { readonly do: 'restore'; readonly frames: number };

const deskStep = fc.record({ do: fc.constantFrom('receive', 'receive', 'sync', 'sync', 'timer', 'crash', 'pause', 'resume', 'rename'), desk: fc.constantFrom(0, 1) }) as fc.Arbitrary<Step>;
const cutStep = fc.record({ do: fc.constant('cut'), cuts: fc.array(fc.constantFrom<Cut | null>('request', 'answer', 'halfAnswer', null), { minLength: 1, maxLength: 5 }) }) as fc.Arbitrary<Step>;
const restoreStep = fc.record({ do: fc.constant('restore'), frames: fc.nat(8) }) as fc.Arbitrary<Step>;
const stepsArbitrary = fc.array(fc.oneof({ arbitrary: deskStep, weight: 8 }, { arbitrary: cutStep, weight: 3 }, { arbitrary: restoreStep, weight: 1 }), { minLength: 10, maxLength: 30 });

test('two desks and a server are equal in the end, whatever was cut, crashed, paused or restored', { timeout: isLongRun ? 3_600_000 : 300_000 }, async () => {
  await fc.assert(fc.asyncProperty(stepsArbitrary, run), { numRuns: RUNS, endOnFailure: true });
});

async function run(steps: readonly Step[]): Promise<void> {
  const office = await setUpCoreOffice();
  const server = new SmallSyncServer();
  try {
    const address = await server.listen();
    const desks = [office.first, await office.join(office.first, 'Máy 2')] as const;
    await connect(desks[0], address, server.code);
    await connect(desks[1], address, null);
    let isRestored = false;
    const dossiers: string[] = [];
    for (const step of steps) {
      if (step.do === 'cut') server.cuts = [...step.cuts];
      else if (step.do === 'restore') {
        server.restoreTo(step.frames);
        isRestored = true;
      } else if (step.do === 'receive') dossiers.push(await receive(desks[step.desk], office));
      else await doStep(desks[step.desk], step.do);
    }
    // Everything heals: no more cuts, and each desk hands up and asks until it is done.
    server.cuts = [];
    for (let round = 0; round < 3; round += 1) {
      for (const desk of desks) {
        await desk.call('sync.resume', {});
        await syncNow(desk);
      }
    }
    const logs = logsOf(desks[0]);
    expect(logsOf(desks[1])).toEqual(logs);
    expect(server.held(desks[0].desk.office().id)).toEqual(logs);
    expect(dumpProjections(desks[1].desk.db)).toEqual(dumpProjections(desks[0].desk.db));
    if (!isRestored) expect(server.resent).toBe(0);
    for (const desk of desks) {
      expect(await desk.must('sync.status', {})).toMatchObject({ state: 'resting', waiting: { operations: 0 }, quarantined: [] });
      expect(desk.desk.db.value('SELECT count(*) FROM dossiers')).toBe(dossiers.length);
    }
  } finally {
    await office.end();
    await server.close();
  }
}

async function doStep(desk: CoreDesk, what: 'sync' | 'timer' | 'crash' | 'pause' | 'resume' | 'rename'): Promise<void> {
  switch (what) {
    case 'sync':
      await nextTurn();
      await desk.call('sync.now', {});
      await desk.core.sync.settled();
      return;
    case 'timer':
      desk.timers.fire();
      await desk.core.sync.settled();
      return;
    case 'crash':
      // While an exchange is under way, if one is.
      await desk.call('sync.now', {});
      await desk.crash();
      desk.timers.waiting.clear();
      await desk.start();
      return;
    case 'pause':
    case 'resume':
      await desk.must(`sync.${what}`, {});
      return;
    case 'rename':
      await desk.must('desks.rename', { desk: desk.desk.deskId, name: `Máy ${desk.desk.log.head().seq}` });
  }
}

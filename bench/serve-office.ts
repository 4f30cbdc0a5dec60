/**
 * The core of a bench as a process of its own, so that client and core do not share a thread: the whole product on a made
 * office, its clock going on from that office's last evening. Orders come over IPC, calls over HTTP.
 */
import { assert } from '../src-shared/lib/assert.ts';
import { addDays, officeDate, officeInstant } from '../src-shared/lib/office-time.ts';
import { signIn } from './office/core-calls.ts';
import type { Reception } from './office/receptions.ts';
import { BENCH_PASSWORD, createRunningClock, openOffice } from './office/set-up-office.ts';

/** Asked by the bench, answered in this order. */
export type Order = { readonly order: 'receive'; readonly input: Reception } | { readonly order: 'memory' } | { readonly order: 'stop' };

export type Report =
  | { readonly report: 'ready'; readonly url: string; readonly token: string; readonly databaseFile: string; readonly nowMs: number }
  | { readonly report: 'received'; readonly tookMs: number }
  | { readonly report: 'memory'; readonly rssBytes: number };

const [folder = '', officer = '', endMs = '0', rendererDir] = process.argv.slice(2);
const clock = createRunningClock(officeInstant(addDays(officeDate(Number(endMs)), 1), 480));
const core = openOffice(folder, clock, rendererDir);
const session = await signIn(core, officer, BENCH_PASSWORD);
const url = await core.listen(0);
assert(url.ok, 'a free port on loopback');
const tell = (report: Report) => void process.send?.(report);

process.on('message', (order: Order) => void follow(order));
// Also when the bench has died: nobody else would end this process.
process.once('disconnect', () => void core.close().then(() => process.exit()));
const desk = core.holder.desk();
assert(desk, 'open after signing in');
// Another bench may have opened this office by the machine's own clock; somebody at the desk would say what day it is.
if (desk.clock.question()) desk.clock.confirm(officeDate(clock.wallMs()), true);
tell({ report: 'ready', url: url.value, token: session.token, databaseFile: `${desk.dataDir}/desk.db`, nowMs: clock.wallMs() });

async function follow(order: Order): Promise<void> {
  switch (order.order) {
    case 'receive': {
      const begun = performance.now();
      const answer = await core.dispatch('dossiers.receive', order.input, session);
      const tookMs = performance.now() - begun;
      assert(answer.ok, `a reception answers ${JSON.stringify(answer)}`);
      return tell({ report: 'received', tookMs });
    }
    case 'memory':
      return tell({ report: 'memory', rssBytes: process.memoryUsage.rss() });
    case 'stop':
      process.disconnect();
  }
}

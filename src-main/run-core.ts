import { existsSync } from 'node:fs';
import path from 'node:path';
import { composeCore } from './core/compose-core.ts';
import { createDemoClock, demoStartMs, makeDemo } from './core/demo/make-demo.ts';
import { markPracticeFolder, preparePracticeFolder } from './core/demo/practice-folder.ts';
import { parseCommandLine, USAGE } from './core/command-line.ts';
import { PROGRAM_DIR } from './core/platform/program-info.ts';
import { explainStartFault, type StartFault } from './core/start-fault.ts';
import { ok, type Result } from '../src-shared/lib/result.ts';

/** The headless core as a program: takes the data folder, serves on loopback, says where. Ends cleanly on a signal. */
export async function runCore(args: readonly string[]): Promise<number> {
  const parsed = parseCommandLine(args);
  if (!parsed.ok) return fail(`${parsed.error}\n${USAGE}`);
  const { dataDir, demo, port } = parsed.value;
  const rendererDir = path.join(PROGRAM_DIR, 'out', 'renderer');
  if (demo) {
    const prepared = await preparePracticeFolder<StartFault>(dataDir, makePracticeOffice);
    if (!prepared.ok) return fail(explainStartFault(prepared.error, dataDir));
  }
  const core = composeCore({ dataDir, demo, rendererDir: existsSync(path.join(rendererDir, 'desk.html')) ? rendererDir : null });
  if (!core.ok) return fail(explainStartFault(core.error, dataDir));
  const url = await core.value.listen(port);
  if (!url.ok) {
    await core.value.close();
    return fail(explainStartFault(url.error, dataDir));
  }
  const asked = untilAskedToEnd();
  process.stdout.write(`${JSON.stringify({ url: url.value, dataDir })}\n`);
  await asked;
  await core.value.close();
  // The line to the starter, who waits for this program to be gone, would keep it running for ever.
  if (process.connected) process.disconnect();
  return 0;
}

/** A practice office is made on the first start, by a core of its own whose clock begins some weeks ago. */
async function makePracticeOffice(dataDir: string): Promise<Result<undefined, StartFault>> {
  const nowMs = Date.now();
  const clock = createDemoClock(demoStartMs(nowMs));
  const core = composeCore({ dataDir, demo: true, rendererDir: null, clock, builtAtMs: 0 });
  if (!core.ok) return core;
  markPracticeFolder(dataDir);
  await makeDemo(core.value, clock, nowMs);
  await core.value.close();
  return ok(undefined);
}

function untilAskedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    // The starter that died takes its core along; work is durable at every moment anyway.
    process.once('disconnect', () => resolve());
  });
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

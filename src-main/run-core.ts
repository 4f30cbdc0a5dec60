import { existsSync } from 'node:fs';
import path from 'node:path';
import { composeCore, type Core, type CoreOptions } from './core/compose-core.ts';
import { createDemoClock, demoStartMs, makeDemo } from './core/demo/make-demo.ts';
import { markPracticeFolder, preparePracticeFolder } from './core/demo/practice-folder.ts';
import { parseCommandLine, USAGE, type CommandLine } from './core/command-line.ts';
import { PROGRAM_DIR, programVersion } from './core/platform/program-info.ts';
import { explainStartFault, type StartFault } from './core/start-fault.ts';
import { coreOrderSchema, type CoreReport } from '../src-shared/contract/core-process.ts';
import { ok, type Result } from '../src-shared/lib/result.ts';

/** What no command line may change: tests that are not about guessing passwords derive keys quickly, and some let days pass. */
type CoreTuning = Pick<CoreOptions, 'passwordParameters' | 'clock' | 'builtAtMs'>;

/** The headless core as a program: takes the data folder, serves, says where. Ends cleanly on a signal. */
export async function runCore(args: readonly string[], tuning: CoreTuning = {}): Promise<number> {
  const parsed = parseCommandLine(args);
  if (!parsed.ok) return fail(`${parsed.error}\n${USAGE}`);
  const { dataDir, socket } = parsed.value;
  if (socket && process.send === undefined) return fail('--socket is for the window, which starts the core with a channel');
  const secret = socket ? secretFromChannel() : undefined;
  const ended = untilAskedToEnd();
  const started = await startCore(parsed.value, secret, tuning);
  if (!started.ok) return failToStart(started.error, dataDir);
  await ended;
  await started.value.close();
  leaveChannel();
  return 0;
}

async function startCore(commandLine: CommandLine, secret: Promise<string> | undefined, tuning: CoreTuning): Promise<Result<Core, StartFault>> {
  const { dataDir, demo } = commandLine;
  const rendererDir = path.join(PROGRAM_DIR, 'out', 'renderer');
  if (demo) {
    const prepared = await preparePracticeFolder<StartFault>(dataDir, makePracticeOffice);
    if (!prepared.ok) return prepared;
  }
  const core = composeCore({ ...tuning, dataDir, demo, rendererDir: existsSync(path.join(rendererDir, 'desk.html')) ? rendererDir : null });
  if (!core.ok) return core;
  const listening = secret === undefined ? await listenOnPort(core.value, commandLine) : await listenForWindow(core.value, dataDir, await secret);
  if (listening.ok) return core;
  await core.value.close();
  return listening;
}

async function listenOnPort(core: Core, { port, dataDir }: CommandLine): Promise<Result<undefined, StartFault>> {
  const url = await core.listen(port);
  if (!url.ok) return url;
  process.stdout.write(`${JSON.stringify({ url: url.value, dataDir })}\n`);
  return ok(undefined);
}

async function listenForWindow(core: Core, dataDir: string, secret: string): Promise<Result<undefined, StartFault>> {
  const socket = await core.listenOnSocket(secret);
  if (!socket.ok) return socket;
  tellStarter({ type: 'serving', socket: socket.value, dataDir, version: programVersion(), node: process.versions.node });
  return ok(undefined);
}

function secretFromChannel(): Promise<string> {
  return new Promise((resolve) => {
    process.on('message', (message) => {
      const order = coreOrderSchema.safeParse(message);
      if (order.success) resolve(order.data.secret);
    });
  });
}

function tellStarter(report: CoreReport): void {
  process.send?.(report);
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

function failToStart(fault: StartFault, dataDir: string): number {
  const sentence = explainStartFault(fault, dataDir);
  tellStarter({ type: 'fault', code: fault.code, sentence });
  return fail(sentence);
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  leaveChannel();
  return 1;
}

/** The channel alone would keep a core alive that does not serve any more. */
function leaveChannel(): void {
  if (process.connected) process.disconnect();
}

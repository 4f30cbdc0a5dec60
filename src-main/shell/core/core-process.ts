import { randomBytes } from 'node:crypto';
import { coreReportSchema, type CoreOrder } from '../../../src-shared/contract/core-process.ts';
import type { Fault } from '../window/fault-page.ts';
import type { RestartPolicy } from './core-restarts.ts';

/** A core that answers, and what its door wants to hear. */
export interface ServingCore {
  readonly socket: string;
  readonly secret: string;
  readonly dataDir: string;
  readonly version: string;
  readonly node: string;
}

/** The part of Node's child process that is used, so that tests can play one. */
export interface CoreChild {
  send(order: CoreOrder, told: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'exit', listener: () => void): unknown;
  disconnect(): void;
  kill(signal: 'SIGKILL'): unknown;
  readonly connected: boolean;
}

export interface CoreProcessDep {
  /** Starts the program, or says why it must not be started. */
  readonly launch: () => Promise<{ readonly ok: true; readonly value: CoreChild } | { readonly ok: false; readonly error: Fault }>;
  readonly policy: RestartPolicy;
  readonly nowMs: () => number;
  readonly wait: (ms: number, then: () => void) => void;
  /** Its files are as they should be, and it is on its way. */
  readonly onLaunched: () => void;
  readonly onServing: () => void;
  /** It will not be started again before `retry`. */
  readonly onFault: (fault: Fault) => void;
}

export interface CoreProcess {
  start(): void;
  /** The core now; undefined while it is being started or is away. */
  serving(): ServingCore | undefined;
  /** Resolves when a core has served for the first time. */
  readonly firstServing: Promise<void>;
  /** After a fault: somebody wants another try. */
  retry(): void;
  /** Ends the core and resolves when it is gone. What it has acknowledged is durable, so one that hangs is killed in the end. */
  end(): Promise<void>;
}

const END_WITHIN_MS = 8_000;
const DIED: Fault = { code: 'core.died', sentence: 'Phần lưu trữ tự tắt nhiều lần liền.' };
const NOT_STARTED: Fault = { code: 'core.notStarted', sentence: 'Không khởi động được phần lưu trữ: tệp chương trình thiếu hoặc bị chặn. Cài lại phần mềm; dữ liệu không bị đụng tới.' };

/** Keeps one core running: starts it, starts it again when it dies, gives up aloud when that does not help. */
export function createCoreProcess(dep: CoreProcessDep): CoreProcess {
  let child: CoreChild | undefined;
  let core: ServingCore | undefined;
  let isEnding = false;
  let gone: () => void = () => undefined;
  let served: () => void = () => undefined;
  const firstServing = new Promise<void>((resolve) => { served = resolve; });

  async function launch(): Promise<void> {
    const launched = await dep.launch();
    if (isEnding && launched.ok) launched.value.disconnect();
    if (isEnding) return;
    if (!launched.ok) return dep.onFault(launched.error);
    follow(launched.value);
    dep.onLaunched();
  }

  function follow(started: CoreChild): void {
    child = started;
    followChild(started, {
      onServing: (serving) => {
        core = serving;
        served();
        dep.onServing();
      },
      onOver: (fault) => {
        child = undefined;
        core = undefined;
        gone();
        if (!isEnding) tryAgain(fault);
      },
    });
  }

  function tryAgain(fault: Fault): void {
    const waitMs = dep.policy.failed(dep.nowMs());
    if (waitMs === undefined) dep.onFault(fault);
    else dep.wait(waitMs, () => { if (!isEnding) void launch(); });
  }

  return {
    start: () => void launch(),
    serving: () => core,
    firstServing,
    retry: () => {
      if (child !== undefined || isEnding) return;
      dep.policy.reset();
      void launch();
    },
    end: () => {
      isEnding = true;
      if (child === undefined) return Promise.resolve();
      const leaving = child;
      const left = new Promise<void>((resolve) => { gone = resolve; });
      // The closed channel is the core's sign to end, on every system.
      if (leaving.connected) leaving.disconnect();
      dep.wait(END_WITHIN_MS, () => void leaving.kill('SIGKILL'));
      return left;
    },
  };
}

interface ChildFollower {
  readonly onServing: (core: ServingCore) => void;
  /** Once, with the core's own word for it where it had one. */
  readonly onOver: (fault: Fault) => void;
}

/** Gives a started core the secret of this start, and hears what it says until it is gone. */
function followChild(child: CoreChild, { onServing, onOver }: ChildFollower): void {
  const secret = randomBytes(32).toString('base64url');
  let fault = DIED;
  let isOver = false;
  const over = () => {
    if (isOver) return;
    isOver = true;
    onOver(fault);
  };
  child.on('message', (message) => {
    const report = coreReportSchema.safeParse(message);
    if (!report.success) return;
    if (report.data.type === 'serving') {
      const { socket, dataDir, version, node } = report.data;
      onServing({ socket, secret, dataDir, version, node });
    } else fault = { code: report.data.code, sentence: report.data.sentence };
  });
  child.once('error', () => {
    fault = NOT_STARTED;
    over();
  });
  child.once('exit', over);
  // A core that died before it could listen shows by its exit.
  child.send({ type: 'serve', secret }, () => undefined);
}

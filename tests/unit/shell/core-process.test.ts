import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { CoreOrder } from '../../../src-shared/contract/core-process.ts';
import { createCoreProcess, type CoreChild } from '../../../src-main/shell/core/core-process.ts';
import { createRestartPolicy } from '../../../src-main/shell/core/core-restarts.ts';
import type { Fault } from '../../../src-main/shell/window/fault-page.ts';

/** The core's process as the shell sees it, without a process. */
class PlayedChild extends EventEmitter implements CoreChild {
  readonly orders: CoreOrder[] = [];
  readonly signals: string[] = [];
  connected = true;

  send(order: CoreOrder): void {
    this.orders.push(order);
  }
  disconnect(): void {
    this.connected = false;
  }
  kill(signal: 'SIGKILL'): void {
    this.signals.push(signal);
  }
  serve(socket = '/run/core.sock'): void {
    this.emit('message', { type: 'serving', socket, dataDir: '/data', version: '1', node: '24' });
  }
}

function play(refusal?: Fault) {
  const children: PlayedChild[] = [];
  const waits: { readonly ms: number; readonly then: () => void }[] = [];
  const faults: Fault[] = [];
  let launches = 0;
  let servings = 0;
  let nowMs = 0;
  const process = createCoreProcess({
    launch: () => {
      if (refusal !== undefined) return Promise.resolve({ ok: false, error: refusal } as const);
      children.push(new PlayedChild());
      return Promise.resolve({ ok: true, value: children.at(-1)! } as const);
    },
    policy: createRestartPolicy(),
    nowMs: () => (nowMs += 1_000),
    wait: (ms, then) => void waits.push({ ms, then }),
    onLaunched: () => void (launches += 1),
    onServing: () => void (servings += 1),
    onFault: (fault) => void faults.push(fault),
  });
  return {
    process, children, waits, faults,
    launches: () => launches,
    servings: () => servings,
    async start() {
      process.start();
      await settled();
    },
    async pass() {
      for (const { then } of waits.splice(0)) then();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

describe('the process of the core', () => {
  it('gets a new secret at every start, over its channel', async () => {
    const desk = play();
    await desk.start();
    desk.children[0]!.serve();
    desk.children[0]!.emit('exit');
    await desk.pass();
    const [first, second] = desk.children.map(({ orders }) => orders[0]!.secret);
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(second).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe(second);
  });

  it('is known while it serves, and only then', async () => {
    const desk = play();
    await desk.start();
    expect(desk.process.serving()).toBeUndefined();
    desk.children[0]!.serve('/a.sock');
    expect(desk.process.serving()).toMatchObject({ socket: '/a.sock', secret: desk.children[0]!.orders[0]!.secret });
    desk.children[0]!.emit('exit');
    expect(desk.process.serving()).toBeUndefined();
    await desk.pass();
    desk.children[1]!.serve('/b.sock');
    expect(desk.process.serving()).toMatchObject({ socket: '/b.sock' });
    expect([desk.launches(), desk.servings()]).toEqual([2, 2]);
  });

  it('is a fault when it dies again and again, and gets another try when somebody asks', async () => {
    const desk = play();
    await desk.start();
    for (let death = 0; death < 5; death += 1) {
      desk.children.at(-1)!.emit('exit');
      await desk.pass();
    }
    expect(desk.children).toHaveLength(5);
    expect(desk.faults).toMatchObject([{ code: 'core.died' }]);
    expect(desk.process.serving()).toBeUndefined();
    desk.process.retry();
    await settled();
    expect(desk.children).toHaveLength(6);
    desk.process.retry();
    await settled();
    expect(desk.children).toHaveLength(6);
  });

  it('says in its own words why it does not start', async () => {
    const desk = play();
    await desk.start();
    for (let death = 0; death < 5; death += 1) {
      desk.children.at(-1)!.emit('message', { type: 'fault', code: 'storage.full', sentence: 'Ổ đĩa đã đầy.' });
      desk.children.at(-1)!.emit('exit');
      await desk.pass();
    }
    expect(desk.faults).toMatchObject([{ code: 'storage.full', sentence: 'Ổ đĩa đã đầy.' }]);
  });

  it('is a fault at once when its files are not the right ones', async () => {
    const desk = play({ code: 'core.filesChanged', sentence: 'Cài lại.' });
    await desk.start();
    expect(desk.faults).toMatchObject([{ code: 'core.filesChanged' }]);
    expect(desk.waits).toEqual([]);
    expect(desk.process.serving()).toBeUndefined();
    expect(desk.launches()).toBe(0);
  });

  it('counts a program that cannot be run as one death, not two', async () => {
    const desk = play();
    await desk.start();
    desk.children[0]!.emit('error', new Error('ENOENT'));
    desk.children[0]!.emit('exit');
    expect(desk.waits).toHaveLength(1);
  });

  it('ignores what it does not understand', async () => {
    const desk = play();
    await desk.start();
    desk.children[0]!.emit('message', { type: 'serving' });
    desk.children[0]!.emit('message', 'hello');
    expect(desk.servings()).toBe(0);
  });

  it('is ended by its closed channel, killed only if it hangs, and not started again', async () => {
    const desk = play();
    await desk.start();
    desk.children[0]!.serve();
    let isGone = false;
    const ended = desk.process.end().then(() => { isGone = true; });
    expect(desk.children[0]!.connected).toBe(false);
    await settled();
    expect([isGone, desk.children[0]!.signals]).toEqual([false, []]);
    await desk.pass();
    expect(desk.children[0]!.signals).toEqual(['SIGKILL']);
    desk.children[0]!.emit('exit');
    await ended;
    await desk.pass();
    expect(desk.children).toHaveLength(1);
    await desk.process.end();
  });
});

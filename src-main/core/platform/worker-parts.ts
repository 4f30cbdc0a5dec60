import { parentPort, Worker } from 'node:worker_threads';
import { nextAnswer } from './run-worker.ts';

/** Long work on a thread of its own that comes back in parts, each when it is asked for. */
type Answer<Part> = { readonly part: Part } | { readonly end: true };

/** In the worker: hands over one part a question. What it holds is let go when the last was given or nobody wants more. */
export function serveParts<Part>(parts: Generator<Part, undefined>): void {
  parentPort?.on('message', (question: 'next' | 'stop') => {
    const { value, done } = question === 'next' ? parts.next() : parts.return(undefined);
    parentPort?.postMessage((done === true ? { end: true } : { part: value }) satisfies Answer<Part | undefined>);
    if (done === true) parentPort?.close();
  });
}

export interface PartsOptions {
  /** The worker makes the next part while the caller is busy with the last; else it waits until that is done. */
  readonly ahead: boolean;
}

/** The worker's parts. It has ended when the loop over them ends, also when that is left early. */
export async function* readParts<Part>(file: string, task: unknown, { ahead }: PartsOptions): AsyncGenerator<Part, undefined> {
  const worker = new Worker(file, { workerData: task });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const ask = () => {
    const answered = nextAnswer<Answer<Part>>(worker);
    // It may fail while the caller is busy; the next turn of the loop hears of it.
    answered.catch(() => undefined);
    worker.postMessage('next');
    return answered;
  };
  try {
    for (let next = ask(); ; ) {
      const answer = await next;
      if ('end' in answer) return;
      if (ahead) next = ask();
      yield answer.part;
      if (!ahead) next = ask();
    }
  } finally {
    worker.postMessage('stop');
    await ended;
  }
}

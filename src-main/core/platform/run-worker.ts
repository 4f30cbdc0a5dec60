import type { ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a worker that answers once answers to its task. An error thrown there arrives without its class, so answers are Results. */
export function runWorker<Answer>(file: string, task: unknown): Promise<Answer> {
  return nextAnswer(new Worker(file, { workerData: task }));
}

/** The next message of a worker, be it a thread or a process. Rejected when it fails or ends without one. */
export function nextAnswer<Answer>(of: Worker | ChildProcess): Promise<Answer> {
  const worker: EventEmitter = of;
  return new Promise((resolve, reject) => {
    const onMessage = (answer: Answer) => {
      forget();
      resolve(answer);
    };
    const onError = (error: unknown) => {
      forget();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (code: number) => onError(new Error(`a worker ended with ${code} and no answer`));
    const forget = () => worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

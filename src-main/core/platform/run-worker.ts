import { Worker } from 'node:worker_threads';

/** What a worker that answers once answers to its task. An error thrown there arrives without its class, so answers are Results. */
export function runWorker<Answer>(file: string, task: unknown): Promise<Answer> {
  return nextAnswer(new Worker(file, { workerData: task }));
}

/** The worker's next message. Rejected when it fails or ends without one. */
export function nextAnswer<Answer>(worker: Worker): Promise<Answer> {
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

import { fork, type ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';

/**
 * Long work that comes back in parts, each when it is asked for. It runs as a process of its own: what reads another folder may
 * meet anything, and even a crash of native code there leaves the core standing.
 */
type Answer<Part> = { readonly part: Part } | { readonly end: true };
type Question<Task> = { readonly task: Task } | 'next' | 'stop';

/** In that process: hands over one part a question. What it holds is let go when the last was given or nobody wants more. */
export function serveParts<Task, Part>(make: (task: Task) => Generator<Part, undefined>): void {
  let parts: Generator<Part, undefined> | undefined;
  process.on('message', (question: Question<Task>) => {
    if (typeof question === 'object') {
      parts = make(question.task);
      return;
    }
    const { value, done } = (question === 'next' ? parts?.next() : parts?.return(undefined)) ?? { value: undefined, done: true };
    // Whoever asked may have left already: then nobody misses the answer.
    process.send?.((done === true ? { end: true } : { part: value }) satisfies Answer<Part | undefined>, () => undefined);
    if (done === true && process.connected) process.disconnect();
  });
}

export interface PartsOptions {
  /** The other process makes the next part while the caller is busy with the last; else it waits until that is done. */
  readonly ahead: boolean;
}

/** The parts of a task. The other process has ended when the loop over them ends, also when that is left early. */
export async function* readParts<Part>(file: string, task: object, { ahead }: PartsOptions): AsyncGenerator<Part, undefined> {
  const child = fork(file, { serialization: 'advanced', execArgv: [] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ask = () => {
    const answered = nextAnswer<Answer<Part>>(child);
    // It may fail while the caller is busy; the next turn of the loop hears of it.
    answered.catch(() => undefined);
    // One that has ended fails the answer that is waited for.
    child.send('next' satisfies Question<never>, () => undefined);
    return answered;
  };
  try {
    child.send({ task } satisfies Question<object>);
    for (let next = ask(); ; ) {
      const answer = await next;
      if ('end' in answer) return;
      if (ahead) next = ask();
      yield answer.part;
      if (!ahead) next = ask();
    }
  } finally {
    // After the last part it is on its way out already, and hears nothing any more.
    if (child.connected) child.send('stop' satisfies Question<never>, () => undefined);
    await ended;
  }
}

/** What a task answers that has one part. An error thrown there arrives without its class, so answers are Results. */
export async function readAnswer<Part>(file: string, task: object): Promise<Part> {
  for await (const part of readParts<Part>(file, task, { ahead: false })) return part;
  throw new Error('a process ended without an answer');
}

/** The next message of a process. Rejected when it fails or ends without one. */
function nextAnswer<Message>(child: ChildProcess): Promise<Message> {
  const events: EventEmitter = child;
  return new Promise((resolve, reject) => {
    const onMessage = (message: Message) => {
      forget();
      resolve(message);
    };
    const onError = (error: unknown) => {
      forget();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (code: number) => onError(new Error(`a process ended with ${code} and no answer`));
    const forget = () => events.off('message', onMessage).off('error', onError).off('exit', onExit);
    events.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

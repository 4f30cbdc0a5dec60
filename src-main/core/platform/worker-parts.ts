import { fork } from 'node:child_process';
import { nextAnswer } from './run-worker.ts';

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
    process.send?.((done === true ? { end: true } : { part: value }) satisfies Answer<Part | undefined>);
    if (done === true) process.disconnect();
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

/** A broken promise in our own code. Caught only at the edges (contract handler, job runner, process handlers). */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new AssertionError(why);
}

/** Ends a switch over a closed union: the compiler refuses a forgotten case. */
export function assertNever(value: never, why = 'unexpected value'): never {
  throw new AssertionError(`${why}: ${JSON.stringify(value)}`);
}

/**
 * Work of many slices that rewrites lists while the desk goes on serving. Two of them would cross out each other's notes of
 * what is still to be done, so a desk does one at a time.
 */
export interface BulkWork {
  /** Undefined when another one is under way. */
  begin<T>(work: () => Promise<T>): Promise<T> | undefined;
  /** As soon as nothing else is under way. */
  whenFree<T>(work: () => Promise<T>): Promise<T>;
}

export function createBulkWork(): BulkWork {
  let underWay: Promise<unknown> | undefined;
  const begin = <T>(work: () => Promise<T>): Promise<T> | undefined => {
    if (underWay) return undefined;
    const begun = work().finally(() => {
      underWay = undefined;
    });
    underWay = begun;
    return begun;
  };
  return {
    begin,
    whenFree: async (work) => {
      for (;;) {
        const begun = begin(work);
        if (begun) return begun;
        // How the other one ended is told to whoever asked for it.
        await underWay?.catch(() => undefined);
      }
    },
  };
}

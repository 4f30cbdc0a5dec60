/**
 * Work of many slices that rewrites lists while the desk goes on serving. Two of them would cross out each other's notes of
 * what is still to be done, so a desk does one at a time.
 */
export interface BulkWork {
  /** Undefined when another one is under way. */
  begin<T>(work: () => Promise<T>): Promise<T> | undefined;
}

export function createBulkWork(): BulkWork {
  let isUnderWay = false;
  return {
    begin: (work) => {
      if (isUnderWay) return undefined;
      isUnderWay = true;
      return work().finally(() => {
        isUnderWay = false;
      });
    },
  };
}

import type { OperationHeader } from '../operations/operation.ts';

/**
 * Operations of an office in the order in which they came, without any second establishment. An office is established once, and whoever
 * holds something of it holds that first: by the stamp alone, anybody could write an earlier one later and make it another office.
 */
export function establishedOnce<O extends { readonly header: OperationHeader }>(operations: readonly O[]): readonly O[] {
  const established = operations.find(({ header }) => header.kind === 'office.established');
  return operations.filter((one) => one.header.kind !== 'office.established' || one === established);
}

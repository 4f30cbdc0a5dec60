import type { StorageError } from '../../../../src-node/db/storage-error.ts';

/** Why an answer was not taken in, and whether asking again can help. */
export interface AnswerFault {
  readonly code: 'wrongKey' | 'malformedAnswer' | 'sync.busy' | StorageError['code'];
  readonly retry: boolean;
}

import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../../../src-shared/lib/assert.ts';
import type { OfficeId } from '../../../../src-shared/lib/ids.ts';
import { closeDatabase, openDatabase } from '../../../../src-node/db/open-database.ts';
import { createNames } from '../../../../src-node/operations/names.ts';
import { readOffice } from '../../../../src-node/operations/office-projection.ts';
import { verifyDesk } from '../../../../src-node/operations/verify.ts';

/** Minutes of reading on a big desk, so it runs on a thread of its own with a handle that cannot write (design §4). */
export interface VerifyTask {
  readonly file: string;
  readonly key: Uint8Array;
  readonly office: OfficeId;
}

const { file, key, office } = workerData as VerifyTask;
const opened = openDatabase({ file, key, mode: 'read' });
assert(opened.ok, 'the running desk has its database open');
const names = createNames(opened.value);
parentPort?.postMessage(verifyDesk(opened.value, names, readOffice(opened.value, names, office)));
closeDatabase(opened.value);

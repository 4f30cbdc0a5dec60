import { parentPort, workerData } from 'node:worker_threads';
import { hashCoreFiles } from './core-files.ts';

/** A thread of the window: hashes the files below the folder that it is given, says so once, and ends. */
parentPort!.postMessage(hashCoreFiles(workerData as string));

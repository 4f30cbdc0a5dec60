/**
 * A peer, as a process: PouchDB with the documents of a file, each edited offline as often as its dossier had operations. Says
 * `ready`; `go PORT BATCH` pushes, with a connection that is kept and one second between tries (both in its favour), then `done`.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import PouchDB, { type PouchDocument } from 'pouchdb';

const [folder, file] = [process.argv[2]!, process.argv[3]!];
const RETRY_MS = 1_000;
const Pouch = PouchDB.defaults({ prefix: `${folder}${path.sep}` });
const local = new Pouch('local');
const documents = JSON.parse(readFileSync(file, 'utf8')) as { readonly edits: number; readonly document: PouchDocument }[];

const revisions = new Map<string, string>();
for (let edit = 1; ; edit += 1) {
  const due = documents.filter(({ edits }) => edits >= edit);
  if (due.length === 0) break;
  const written = await local.bulkDocs(due.map(({ document }) => ({ ...document, ...(edit > 1 && { _rev: revisions.get(document._id)! }), edit })));
  for (const { id, rev } of written) revisions.set(id, rev);
}
process.stdout.write('ready\n');

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [, port, batch] = line.split(' ');
  void push(Number(port), Number(batch)).then(() => process.stdout.write('done\n'));
});

async function push(port: number, batch: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  const remote = new Pouch(`http://127.0.0.1:${port}/remote`, { fetch: (url, options) => PouchDB.fetch(url, { ...options, agent }), skip_setup: true });
  for (;;) {
    try {
      await local.replicate.to(remote, { batch_size: batch, batches_limit: 2 });
      return;
    } catch {
      // It gives up at the first connection that breaks; whoever uses it has to begin again.
      await pause(RETRY_MS);
    }
  }
}

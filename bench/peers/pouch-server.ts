/** A peer, as a process: express-pouchdb on LevelDB in the folder named. Says `port N`; answers `count` by `count N`. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import expressPouch from 'express-pouchdb';
import PouchDB from 'pouchdb';

const folder = process.argv[2]!;
const Pouch = PouchDB.defaults({ prefix: `${folder}${path.sep}` });
const database = new Pouch('remote');
const server = http.createServer(expressPouch(Pouch, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(folder, 'log.txt') }));
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => void process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'count') void database.info().then(({ doc_count }) => process.stdout.write(`count ${doc_count}\n`));
});

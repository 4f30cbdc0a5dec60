/** A peer, as a process: one row for each POST, durable before it is answered. Says `port N`; answers `count` by `count N DOUBLE`. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

const database = new DatabaseSync(path.join(process.argv[2]!, 'records.db'));
database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE records (id INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL)');
const insert = database.prepare('INSERT INTO records (key, body) VALUES (?, ?)');
const count = database.prepare('SELECT count(*) AS rows, count(DISTINCT key) AS keys FROM records');

const server = http.createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    const { device, seq } = JSON.parse(body) as { device: string; seq: number };
    const { lastInsertRowid } = insert.run(`${device}:${seq}`, body);
    response.writeHead(201, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ id: Number(lastInsertRowid), status: 'created' }));
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => void process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`));
readline.createInterface({ input: process.stdin }).on('line', () => {
  const { rows, keys } = count.get() as { rows: number; keys: number };
  process.stdout.write(`count ${keys} ${rows - keys}\n`);
});

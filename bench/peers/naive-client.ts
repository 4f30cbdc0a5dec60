/** A peer, as a process: one POST for each record, six at a time, with a browser's headers and a usual token. `go PORT`, then `done`. */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const records = readFileSync(process.argv[2]!, 'utf8').split('\n');
const AT_ONCE = 6;
const RETRY_MS = 1_000;
const SILENCE_MS = 30_000;
/** As long as a signed token of a usual provider. */
const TOKEN = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.'.padEnd(690, 'aB3xK9mQ7zR1');
const HEADERS = {
  accept: 'application/json, text/plain, */*', 'accept-encoding': 'gzip, deflate, br, zstd', 'accept-language': 'vi-VN,vi;q=0.9,en;q=0.6', authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json', origin: 'https://motcua.example', referer: 'https://motcua.example/', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
};
process.stdout.write('ready\n');

readline.createInterface({ input: process.stdin }).on('line', (line) => void pushAll(Number(line.split(' ')[1])).then(() => process.stdout.write('done\n')));

async function pushAll(port: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  const work = async () => {
    for (let record = records[next++]; record !== undefined; record = records[next++]) {
      while (!(await post(agent, port, record))) await pause(RETRY_MS);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
}

function post(agent: http.Agent, port: number, record: string): Promise<boolean> {
  return new Promise((resolve) => {
    const body = Buffer.from(record, 'utf8');
    const request = http.request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/api/records', headers: { ...HEADERS, 'content-length': body.byteLength }, timeout: SILENCE_MS }, (response) => {
      response.on('error', () => resolve(false));
      response.on('end', () => resolve(response.statusCode === 201)).resume();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.end(body);
  });
}

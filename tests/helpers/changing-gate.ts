/** A way to a server on which a test reads, changes or breaks off what is answered: as another version of the server would speak, or a broken one. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExchangeAnswer, ExchangeRequest } from '../../src-shared/sync-protocol/exchange.ts';
import { ENVELOPE_TYPE } from '../../src-shared/sync-protocol/exchange.ts';
import { readEnvelope, writeEnvelope } from '../../src-node/codec/envelope.ts';

export interface Passing {
  readonly asked: ExchangeRequest;
  readonly answer: ExchangeAnswer;
  readonly frames: readonly Uint8Array[];
}

type Changed = Pick<Passing, 'answer' | 'frames'> | null;

export class ChangingGate {
  /** What the desk is answered instead; null breaks the connection off. */
  change: (passing: Passing) => Changed | Promise<Changed> = (passing) => passing;
  /** What was asked and answered by single exchanges, the oldest first; what was broken off too. */
  readonly passed: Passing[] = [];
  readonly #target: URL;
  readonly #server = http.createServer((request, response) => void this.#carry(request, response));

  constructor(serverAddress: string) {
    this.#target = new URL(serverAddress);
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #carry(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    // A stream goes through as it is, record by record.
    if (request.headers['content-type'] !== ENVELOPE_TYPE) return void this.#pass(request, response);
    const body = await bytesOf(request);
    const onwards = http.request(new URL(request.url ?? '', this.#target), { method: 'POST', headers: { ...request.headers, host: this.#target.host } }, (answered) => {
      void bytesOf(answered).then((bytes) => this.#answer(response, answered, body, bytes), () => response.destroy());
    });
    onwards.on('error', () => response.destroy()).end(body);
  }

  async #answer(response: http.ServerResponse, { statusCode = 502, headers }: http.IncomingMessage, body: Buffer, bytes: Buffer): Promise<void> {
    const [asked, answered] = [readEnvelope(body), readEnvelope(bytes)];
    if (statusCode !== 200 || !asked || !answered) return void response.writeHead(statusCode, headers).end(bytes);
    const passing = { asked: asked.words as ExchangeRequest, answer: answered.words as ExchangeAnswer, frames: answered.frames };
    this.passed.push(passing);
    const changed = await this.change(passing);
    if (changed === null) return void response.destroy();
    const written = writeEnvelope(changed.answer, changed.frames);
    response.writeHead(200, { 'content-type': ENVELOPE_TYPE, 'content-length': written.byteLength }).end(written);
  }

  #pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const onwards = http.request(new URL(request.url ?? '', this.#target), { method: request.method, headers: { ...request.headers, host: this.#target.host } }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  }
}

async function bytesOf(message: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

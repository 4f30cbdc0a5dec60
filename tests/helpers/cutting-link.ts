/** A way between desks and a server over real sockets that breaks where a test says. */
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface LinkPlan {
  /** After so many bytes from the desk the connection breaks; Infinity: never. */
  readonly upBytes: number;
  readonly downBytes: number;
  /** `reset`: both ends hear of it; `silent`: nobody does, no byte moves any more. */
  readonly how: 'reset' | 'silent';
}

const WHOLE: LinkPlan = { upBytes: Infinity, downBytes: Infinity, how: 'reset' };

export class CuttingLink {
  /** For the connections to come, the first one first; whole ones behind them. */
  plans: LinkPlan[] = [];
  connections = 0;
  /** What the desk wrote on each connection, also what never went further. */
  readonly written: Buffer[][] = [];
  /** Keeps what comes from the desk until its request has ended, as proxies do that buffer. */
  isBuffering = false;
  /** Called when a connection broke by its plan. */
  onBroken: () => void = () => undefined;
  /** Called when a body was not passed on because it has not ended. */
  onKept: () => void = () => undefined;
  #sockets = new Set<Socket>();
  #target: number;
  #server = net.createServer((desk) => this.#carry(desk));

  constructor(serverAddress: string) {
    this.#target = Number(new URL(serverAddress).port);
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The server is another process now. */
  aim(serverAddress: string): void {
    this.#target = Number(new URL(serverAddress).port);
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(desk: Socket): void {
    this.connections += 1;
    const plan = this.plans.shift() ?? WHOLE;
    const written: Buffer[] = [];
    this.written.push(written);
    desk.on('data', (bytes) => written.push(bytes));
    const server = net.connect(this.#target, '127.0.0.1');
    const state = { isBroken: false };
    for (const socket of [desk, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    }
    const breakOff = () => {
      if (state.isBroken) return;
      state.isBroken = true;
      this.onBroken();
      if (plan.how === 'reset') for (const socket of [desk, server]) socket.resetAndDestroy();
    };
    const held: Buffer[] = [];
    this.#pass(desk, plan.upBytes, state, breakOff, (bytes) => {
      if (!this.isBuffering) return server.write(bytes);
      held.push(bytes);
      // A chunked body ends like this; a message of known length is one write of the desk's.
      const all = Buffer.concat(held);
      if (/transfer-encoding: chunked/i.test(all.subarray(0, 1_000).toString('latin1')) && !all.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return this.onKept();
      held.length = 0;
      return server.write(all);
    });
    this.#pass(server, plan.downBytes, state, breakOff, (bytes) => desk.write(bytes));
    desk.on('end', () => !state.isBroken && server.end());
    server.on('end', () => !state.isBroken && desk.end());
    desk.on('close', () => !state.isBroken && server.destroy());
    server.on('close', () => !state.isBroken && desk.destroy());
  }

  #pass(from: Socket, bytesMax: number, state: { readonly isBroken: boolean }, breakOff: () => void, write: (bytes: Buffer) => unknown): void {
    let left = bytesMax;
    from.on('data', (bytes) => {
      if (state.isBroken) return;
      write(bytes.subarray(0, left));
      left -= bytes.byteLength;
      // Behind what was passed on, so that it arrives.
      if (left <= 0) setImmediate(breakOff);
    });
  }
}

/** The lengths of what one stream wrote, one by one; each write of the desk's is one chunk, also where it was cut. */
export function streamChunks(written: readonly Buffer[]): readonly number[] {
  const all = Buffer.concat(written);
  const begin = all.indexOf('POST /sync/v1/stream');
  if (begin < 0) return [];
  const sizes: number[] = [];
  for (let at = all.indexOf('\r\n\r\n', begin) + 4; at < all.byteLength;) {
    const end = all.indexOf('\r\n', at);
    const size = end < 0 ? 0 : parseInt(all.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    sizes.push(size);
    at = end + 2 + size + 2;
  }
  return sizes;
}

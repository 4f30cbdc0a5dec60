/** A plain TCP balancer: connections go round the processes, bytes pass through as they are, TLS among them. */
import net, { type AddressInfo, type Socket } from 'node:net';

export class TcpBalancer {
  /** Ports of the processes, in their turn. One that does not take a connection is passed over. */
  readonly ports: number[];
  /** Which port each connection went to, in the order in which they came. */
  readonly sentTo: number[] = [];
  #next = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = net.createServer((desk) => void this.#carry(desk));

  constructor(ports: readonly number[]) {
    this.ports = [...ports];
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** All connections go; new ones are taken as before. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cutAll();
    await closed;
  }

  async #carry(desk: Socket): Promise<void> {
    this.#follow(desk);
    desk.pause();
    const server = await this.#connect();
    if (!server || desk.destroyed) {
      server?.destroy();
      return void desk.destroy();
    }
    this.#follow(server);
    for (const [from, to] of [[desk, server], [server, desk]] as const) {
      from.pipe(to);
      from.on('close', () => to.destroy());
    }
  }

  async #connect(): Promise<Socket | undefined> {
    for (let tried = 0; tried < this.ports.length; tried += 1) {
      const port = this.ports[this.#next % this.ports.length]!;
      this.#next += 1;
      const socket = net.connect(port, '127.0.0.1');
      const isTaken = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      });
      if (!isTaken) continue;
      this.sentTo.push(port);
      return socket;
    }
    return undefined;
  }

  #follow(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}

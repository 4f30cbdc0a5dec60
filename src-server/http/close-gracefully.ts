import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What a request under way may still take once the server is asked to stop; its desk sends again what was not answered. */
const GRACE_MS = 10_000;

/**
 * Follows the connections of a server that does not listen yet. The answer, once called, lets requests under way be answered and all
 * other connections go at once: those that rest, and those that never asked anything. `server.close` alone would wait for the latter.
 */
export function followConnections(server: Server, graceMs: number = GRACE_MS): () => void {
  const sockets = new Set<Socket>();
  const underWay = new Set<string>();
  let isClosing = false;
  const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    // A request comes on the encrypted side of a connection; both sides have one name.
    const name = nameOf(socket);
    underWay.add(name);
    response.once('close', () => {
      underWay.delete(name);
      if (isClosing) socket.destroy();
    });
  });
  return () => {
    isClosing = true;
    for (const socket of sockets) if (!underWay.has(nameOf(socket))) socket.destroy();
    setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, graceMs).unref();
  };
}

import type { Socket } from 'node:net';

/** What went over for one exchange, both ways, as its connections count: also what nobody answered. */
export interface Traffic {
  /** From now on what goes over this connection belongs to the exchange. */
  watch(socket: Socket): void;
  bytes(): number;
}

export function createTraffic(): Traffic {
  const watched = new Map<Socket, number>();
  return {
    watch: (socket) => {
      if (!watched.has(socket)) watched.set(socket, moved(socket));
    },
    bytes: () => [...watched].reduce((sum, [socket, before]) => sum + moved(socket) - before, 0),
  };
}

/** What still waits in this process has not gone over. */
function moved({ bytesRead, bytesWritten, writableLength }: Socket): number {
  return bytesRead + bytesWritten - writableLength;
}

import { chmodSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';

const DEFAULT_PORT = 4860;
/** Further ports tried when the default one is taken by another program. */
const PORTS_TRIED = 20;

export interface PortTaken {
  readonly code: 'port.taken';
  readonly port: number;
}

export interface SocketRefused {
  readonly code: 'socket.refused';
}

/** Listens on a Unix socket that only this user may open, or on a Windows pipe, and on nothing else. */
export async function listenOnSocket(server: FastifyInstance, address: string): Promise<Result<undefined, SocketRefused>> {
  try {
    await server.listen({ path: address });
    if (process.platform !== 'win32') chmodSync(address, 0o600);
    return ok(undefined);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return err({ code: 'socket.refused' });
  }
}

/** Listens on loopback only. A port that was asked for by name is not replaced by another. */
export async function listenOnLoopback(server: FastifyInstance, wanted: number | undefined): Promise<Result<string, PortTaken>> {
  const ports = wanted === undefined ? Array.from({ length: PORTS_TRIED }, (_, step) => DEFAULT_PORT + step) : [wanted];
  for (const port of ports) {
    try {
      return ok(await server.listen({ host: '127.0.0.1', port }));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))) throw error;
    }
  }
  return err({ code: 'port.taken', port: ports[0]! });
}

import type { FastifyInstance } from 'fastify';
import { err, ok, type Result } from '../../../src-shared/lib/result.ts';

const DEFAULT_PORT = 4860;
/** Further ports tried when the default one is taken by another program. */
const PORTS_TRIED = 20;

export interface PortTaken {
  readonly code: 'port.taken';
  readonly port: number;
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

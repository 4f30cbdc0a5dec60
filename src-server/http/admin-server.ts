import Fastify, { type FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.ts';
import type { ServerMetrics } from './server-metrics.ts';

export interface AdminServerDep {
  readonly metrics: ServerMetrics;
  readonly readiness: () => Promise<Readiness>;
}

/** For whoever runs the machine: listens on loopback alone (decisions/0028), where the watching programs of a machine ask. */
export function createAdminServer({ metrics, readiness }: AdminServerDep): FastifyInstance {
  const server = Fastify({ logger: false, forceCloseConnections: true });
  server.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  server.get('/health/live', () => ({ ok: true }));
  server.get('/health/ready', async (_request, reply) => {
    const state = await readiness();
    return reply.code(state === 'ready' ? 200 : 503).send({ ok: state === 'ready', state });
  });
  return server;
}

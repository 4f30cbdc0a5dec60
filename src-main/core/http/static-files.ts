import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { SCREEN_SECURITY_POLICY } from '../../../src-shared/contract/screen-policy.ts';

/** The built screens. Every address that is no file and no call opens the desk: the screen reads the address itself. */
export function serveRenderer(server: FastifyInstance, dir: string): void {
  void server.register(fastifyStatic, {
    root: dir,
    index: ['desk.html'],
    cacheControl: false,
    setHeaders: (response) => {
      response.header('content-security-policy', SCREEN_SECURITY_POLICY);
      response.header('cache-control', 'no-store');
    },
  });
  const screens = ['/tiep-nhan', '/ho-so', '/ho-so/:id', '/tra-ket-qua', '/cai-dat', '/cai-dat/:part'];
  for (const screen of screens) server.get(screen, (_request, reply) => reply.sendFile('desk.html'));
}

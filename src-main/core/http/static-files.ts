import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/**
 * Nothing from outside, nothing inline (design §4). Previews of papers are shown in a frame from a blob: their own styles
 * and fonts come with them, so that frame alone carries a policy of its own, in the paper's document.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self'",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The built screens. Every address that is no file and no call opens the desk: the screen reads the address itself. */
export function serveRenderer(server: FastifyInstance, dir: string): void {
  void server.register(fastifyStatic, {
    root: dir,
    index: ['desk.html'],
    cacheControl: false,
    setHeaders: (response) => {
      response.header('content-security-policy', CONTENT_SECURITY_POLICY);
      response.header('cache-control', 'no-store');
    },
  });
  const screens = ['/tiep-nhan', '/ho-so', '/ho-so/:id', '/tra-ket-qua', '/cai-dat', '/cai-dat/:part'];
  for (const screen of screens) server.get(screen, (_request, reply) => reply.sendFile('desk.html'));
}

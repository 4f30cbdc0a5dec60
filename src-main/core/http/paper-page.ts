import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/**
 * A paper as a document of its own, for the preview frame and the browser's print dialog. Its styles stand inside it, so its
 * policy names them by hash: still nothing inline that we did not write, nothing from outside, no script at all.
 */
export function sendPaper(reply: FastifyReply, html: string): FastifyReply {
  const hashes = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((match) => `'sha256-${createHash('sha256').update(match[1]!).digest('base64')}'`);
  const policy = ["default-src 'none'", `style-src ${hashes.join(' ') || "'none'"}`, 'font-src data:', 'img-src data:', "frame-ancestors 'self'"].join('; ');
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventHub } from './event-hub.ts';

/** A comment now and then keeps the connection and lets the browser notice when the core is gone. */
const KEEP_ALIVE_MS = 15_000;

/** Server-sent events. After a reconnect the screen asks anew for what it shows, so no history is kept. */
export function serveEvents(events: EventHub, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', connection: 'keep-alive' });
  raw.write('retry: 1000\n\n');
  const stop = events.listen((event) => raw.write(`data: ${JSON.stringify(event)}\n\n`));
  const keepAlive = setInterval(() => raw.write(': alive\n\n'), KEEP_ALIVE_MS);
  keepAlive.unref();
  request.raw.on('close', () => {
    clearInterval(keepAlive);
    stop();
    raw.end();
  });
  return reply;
}

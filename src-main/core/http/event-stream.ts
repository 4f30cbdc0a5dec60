import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CoreEvent } from '../../../src-shared/contract/contract.ts';
import type { Session, Sessions } from '../calls/sessions.ts';
import type { EventHub } from './event-hub.ts';

/** A comment now and then keeps the connection and lets the browser notice when the core is gone. */
const KEEP_ALIVE_MS = 15_000;

export interface EventStreamDep {
  readonly events: EventHub;
  readonly sessions: Sessions;
}

/**
 * Server-sent events. After a reconnect the screen asks anew for what it shows, so no history is kept. Ends when the session
 * is locked or closed, after telling so.
 */
export function serveEvents({ events, sessions }: EventStreamDep, session: Session, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', connection: 'keep-alive' });
  raw.write('retry: 1000\n\n');
  const tell = (event: CoreEvent) => raw.write(`data: ${JSON.stringify(event)}\n\n`);
  const stopListening = events.listen(tell);
  const keepAlive = setInterval(() => raw.write(': alive\n\n'), KEEP_ALIVE_MS);
  keepAlive.unref();
  const end = () => {
    clearInterval(keepAlive);
    stopListening();
    stopWatching();
    raw.end();
  };
  const stopWatching = sessions.onAway(session, () => {
    tell({ type: 'session' });
    end();
  });
  request.raw.on('close', end);
  return reply;
}

import type { FastifyReply } from 'fastify';
import { SYNC_ERRORS, type SyncErrorCode } from '../../src-shared/sync-protocol/sync-errors.ts';

export function refuse(reply: FastifyReply, code: SyncErrorCode, detail = ''): FastifyReply {
  return reply.code(SYNC_ERRORS[code].status).send({ error: { code, detail } });
}

/** Whether the process lives, and whether it can do its work. */
import { problem } from '@orgvet/contract';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { RequestRefused } from '../domain/problems.ts';
import type { Environment } from '../operations/context.ts';
import { checkDatabase } from '../operations/health.ts';

export function serveHealth(server: FastifyInstance, environment: Environment, log: Logger): void {
  server.get('/livez', async (_request, reply) => {
    reply.header('content-type', 'application/json').send(Buffer.from('{"status":"ok"}'));
    return reply;
  });
  server.get('/readyz', async (_request, reply) => {
    try {
      await checkDatabase(environment);
    } catch (error) {
      log.error({ err: error }, 'The database does not answer.');
      throw new RequestRefused([problem('service_unavailable')]);
    }
    reply.header('content-type', 'application/json').send(Buffer.from('{"status":"ready"}'));
    return reply;
  });
}

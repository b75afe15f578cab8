/**
 * The one place where whatever is thrown becomes an answer. A fault of the server says only its request
 * id; the cause goes to the log.
 */
import { type Problem, problem, statusOf } from '@orgvet/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RequestRefused } from '../domain/problems.ts';
import { StoreUnavailable } from '../operations/context.ts';
import { RequestLimitExceeded } from '../operations/rate-limits.ts';
import { SignInLocked } from '../operations/sign-in-guard.ts';

/** After how long a client may try again what could not be answered. */
const RETRY_AFTER_S = 1;
const UNAVAILABLE_STATUS = 503;

/** An answer that is an error: its status and its body. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: string;
}

/** Makes the server answer with the contract's error shape, whatever goes wrong. */
export function answerErrors(server: FastifyInstance, log: Logger): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    sendError(reply, error, request, log);
  });
}

/** Answers what no route is for. */
export function sendNotFound(reply: FastifyReply): void {
  sendProblems(reply, [problem('not_found|route')]);
}

/** Sends what an error says to the client. */
export function sendError(
  reply: FastifyReply,
  error: unknown,
  request: FastifyRequest,
  log: Logger,
): void {
  const problems = problemsOf(error, request);
  if (statusOf(problems[0]?.code ?? '') >= 500) {
    log.error({ err: error, request_id: request.id }, 'A request failed.');
  }
  if (error instanceof RequestLimitExceeded || error instanceof SignInLocked) {
    reply.header('retry-after', error.retry_after_s);
  }
  sendProblems(reply, problems);
}

/** The raw answer to what was never a request: no method, no path, no headers that could be read. */
export function renderMalformedRequest(): ErrorAnswer {
  return renderProblems([problem('bad_request_format', { reason: 'it is not valid HTTP' })]);
}

function sendProblems(reply: FastifyReply, problems: readonly Problem[]): void {
  const { status, body } = renderProblems(problems);
  if (status === UNAVAILABLE_STATUS) {
    reply.header('retry-after', RETRY_AFTER_S);
  }
  reply.code(status).header('content-type', 'application/json').send(Buffer.from(body));
}

/** All problems of a request stand in one answer; the first one's code gives the status. */
function renderProblems(problems: readonly Problem[]): ErrorAnswer {
  return {
    status: statusOf(problems[0]?.code ?? 'internal_error'),
    body: JSON.stringify({ errors: problems }),
  };
}

function problemsOf(error: unknown, request: FastifyRequest): readonly Problem[] {
  if (error instanceof RequestRefused) {
    return error.problems;
  }
  if (error instanceof StoreUnavailable) {
    return [problem('service_unavailable')];
  }
  if (error instanceof RequestLimitExceeded) {
    return [problem('request_limit_exceeded')];
  }
  switch ((error as Partial<FastifyError>).code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return [problem('request_too_large', { limit_bytes: request.routeOptions.bodyLimit })];
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return [problem('bad_request_format', { reason: 'the body is not as long as it says' })];
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return [problem('bad_request_format', { reason: 'the Content-Type is malformed' })];
    case 'FST_ERR_BAD_URL':
      return [problem('bad_request_format', { reason: 'the URL is malformed' })];
    default:
      return [problem('internal_error', { request_id: request.id })];
  }
}

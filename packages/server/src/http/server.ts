/** The HTTP server: its limits, its request ids, its headers, and what is bound to it. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Environment } from '../operations/context.ts';
import type { RateLimitSettings } from '../operations/rate-limits.ts';
import { serveConfirmationPages } from './confirmation-pages.ts';
import { serveConsole } from './console.ts';
import { answerErrors, renderMalformedRequest, sendError } from './errors.ts';
import { HEADERS } from './headers.ts';
import { serveHealth } from './health.ts';
import { serveMetrics } from './metrics.ts';
import { serveOpenId } from './openid.ts';
import { servePages } from './pages.ts';
import { parseQueryString } from './query-string.ts';
import { bindRoutes } from './wire.ts';

/** Of all bodies but files, for which their routes say so. */
const BODY_LIMIT_BYTES = 262_144;

/** A request that has not arrived whole by then is given up. */
const REQUEST_TIMEOUT_MS = 60_000;

/** A connection that is kept open without a request, longer than load balancers keep theirs. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** A request id that a client or proxy set, if it is one to keep. */
const REQUEST_ID_FORM = /^[\w.:-]{1,128}$/;

/** What an operator decides about all requests. */
export interface RequestSettings extends RateLimitSettings {
  /**
   * Addresses of proxies, and ranges of them, that are believed whom they speak for: where a request comes
   * from is the last address of `X-Forwarded-For` that is none of theirs. Anybody else's header is ignored.
   */
  readonly trusted_proxies: readonly string[];
}

/** Where nothing is said nobody is limited, and no proxy trusted. */
export interface HttpSettings extends Partial<RequestSettings> {
  readonly version: string;
  /** Told of faults, each with the id of its request; Fastify's own would cost more than a look-up. */
  readonly log: Logger;
}

/** Builds the server; it listens when told to. */
export async function buildHttpServer(
  environment: Environment,
  {
    version,
    log,
    rate_limits = [],
    rate_limit_test_accounts = false,
    trusted_proxies = [],
  }: HttpSettings,
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // What is here when the server stops is still answered, in the same shape as ever.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestIdHeader: false,
    trustProxy: trusted_proxies.length > 0 && [...trusted_proxies],
    genReqId: makeRequestIds(),
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // As long as a URL can be: an id that is none is refused by its name, however long.
      maxParamLength: 16_384,
      querystringParser: parseQueryString,
    },
    frameworkErrors: (error, request, reply) => sendError(reply, error, request, log),
    clientErrorHandler: answerMalformedRequest,
  });
  acceptAnyContentType(server);
  answerErrors(server, log);
  // Whatever Fastify sends. Answers of operations are written past it, and carry them too.
  server.addHook('onSend', (request, reply, payload, done) => {
    const cache_control = reply.getHeader('cache-control');
    reply.headers(HEADERS).header('x-request-id', request.id);
    if (cache_control !== undefined) {
      reply.header('cache-control', cache_control);
    }
    done(null, payload);
  });
  serveMetrics(server);
  serveHealth(server, environment, log);
  await servePages(server, version);
  await serveConsole(server);
  serveOpenId(server, environment, log);
  await serveConfirmationPages(server, environment, log);
  bindRoutes(server, environment, { rate_limits, rate_limit_test_accounts });
  return server;
}

/** Bodies are taken as bytes whatever their Content-Type says; the operation decides what they are. */
function acceptAnyContentType(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}

/** Ids that no other start of the server hands out again, without asking for randomness each time. */
function makeRequestIds(): (request: IncomingMessage) => string {
  const start = randomBytes(6).toString('hex');
  let count = 0;
  return ({ headers }) => {
    const given = headers['x-request-id'];
    if (typeof given === 'string' && REQUEST_ID_FORM.test(given)) {
      return given;
    }
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}

function answerMalformedRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = renderMalformedRequest();
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

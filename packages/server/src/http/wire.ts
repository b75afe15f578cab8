/** Binds the contract's route table to the operations, in one loop. */
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import {
  fullPathOf,
  type GuardedOperationName,
  type GuardedRoute,
  type OpenOperationName,
  type OpenRoute,
  type OperationName,
  problem,
  ROUTES,
  type Route,
  readParams,
} from '@orgvet/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import {
  type Context,
  clockOf,
  type Environment,
  type OpenContext,
  type Principal,
} from '../operations/context.ts';
import { FileContent } from '../operations/file-content.ts';
import { FileStream } from '../operations/file-stream.ts';
import { exportCsv, hasCsv, type OperationRequest, perform } from '../operations/index.ts';
import { JsonLines } from '../operations/json-lines.ts';
import { JsonText } from '../operations/json-text.ts';
import { createKeyRing } from '../operations/keys.ts';
import { performOpen } from '../operations/open-operations.ts';
import { createRequestCounter, type RateLimitSettings } from '../operations/rate-limits.ts';
import { SessionAnswer } from '../operations/session-answer.ts';
import { createSessionRing } from '../operations/sessions.ts';
import { prefersCsv } from './accept.ts';
import { authenticate, type Gate } from './authenticate.ts';
import { HEADERS } from './headers.ts';
import { refuseUnlessSameOrigin } from './same-origin.ts';
import { readSessionCookie, renderSessionCookie } from './session-cookie.ts';

/** Of what somebody sends whom nobody knows. */
const OPEN_BODY_LIMIT_BYTES = 16_384;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, where that was found out before the body was read. */
    principal: Principal | null;
  }
}

export function bindRoutes(
  server: FastifyInstance,
  environment: Environment,
  rateLimits: RateLimitSettings,
): void {
  const gate: Gate = {
    keys: createKeyRing(environment),
    sessions: createSessionRing(environment),
    countRequest: createRequestCounter(rateLimits, environment),
    clock: environment.clock,
    face: environment.face,
  };
  server.decorateRequest('principal', null);
  for (const [name, route] of Object.entries(ROUTES) as [OperationName, Route][]) {
    const binding =
      route.access === 'open'
        ? bindOpen({ name: name as OpenOperationName, route, environment })
        : bindGuarded({ name: name as GuardedOperationName, route, environment, gate });
    const paths = [route.path, ...(route.alias === undefined ? [] : [route.alias])];
    for (const path of paths.map((one) => fullPathOf({ ...route, path: one }))) {
      server.route({
        method: route.method,
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        ...binding,
      });
    }
  }
}

interface GuardedOperation {
  readonly name: GuardedOperationName;
  readonly route: GuardedRoute;
  readonly environment: Environment;
  readonly gate: Gate;
}

function bindGuarded(operation: GuardedOperation) {
  const { route, gate } = operation;
  return {
    handler: (request: FastifyRequest, reply: FastifyReply) => answer(operation, request, reply),
    ...(route.file_max_bytes !== undefined && { bodyLimit: route.file_max_bytes }),
    // Before any body: nobody without a key makes the server read one. A GET's is never read.
    ...(route.method !== 'GET' && {
      onRequest: async (request: FastifyRequest) => {
        request.principal = await authenticate(gate, request, route);
      },
    }),
  };
}

interface OpenOperation {
  readonly name: OpenOperationName;
  readonly route: OpenRoute;
  readonly environment: Environment;
}

function bindOpen(operation: OpenOperation) {
  const { route, environment } = operation;
  return {
    handler: (request: FastifyRequest, reply: FastifyReply) =>
      answerOpen(operation, request, reply),
    bodyLimit: OPEN_BODY_LIMIT_BYTES,
    ...(route.method !== 'GET' && {
      onRequest: async (request: FastifyRequest) =>
        refuseUnlessSameOrigin(request, environment.face),
    }),
  };
}

async function answerOpen(
  { name, route, environment }: OpenOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const context: OpenContext = {
    ...environment,
    request_id: request.id,
    ip_address: request.ip,
    user_agent: request.headers['user-agent'] ?? '',
    session_token: readSessionCookie(request.headers) ?? '',
  };
  const result = await performOpen(name, context, readRequest(route, request));
  sendResult(request, reply, route, setSession(reply, environment, result));
  return reply;
}

/** Sets or clears the cookie, where an answer says so. @returns the answer itself */
function setSession(reply: FastifyReply, { clock }: Environment, result: unknown): unknown {
  if (!(result instanceof SessionAnswer)) {
    return result;
  }
  reply.raw.setHeader('set-cookie', renderSessionCookie(result.session, clock.now_ms()));
  return result.answer;
}

async function answer(
  { name, route, environment, gate }: GuardedOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const principal = request.principal ?? (await authenticate(gate, request, route));
  const context: Context = {
    ...environment,
    clock: clockOf(environment.clock, principal),
    principal,
    request_id: request.id,
    ip_address: request.ip,
  };
  const operationRequest = readRequest(route, request);
  if (route.csv !== undefined && hasCsv(name) && prefersCsv(request.headers.accept)) {
    const lines = await exportCsv(name, context, operationRequest);
    sendFile(reply, lines, 'text/csv; charset=utf-8', route.csv);
  } else {
    const result = await perform(name, context, operationRequest);
    if (result instanceof JsonLines) {
      sendFile(reply, result.pieces, 'application/jsonl', route.json_lines);
    } else if (result instanceof FileStream) {
      sendFile(reply, result.pieces, result.media_type, result.file_name);
    } else {
      sendResult(request, reply, route, setSession(reply, environment, result));
    }
  }
  // Fastify's word for: the answer is on its way. A stream is not sent yet when this returns.
  return reply;
}

function readRequest(route: Route, request: FastifyRequest): OperationRequest {
  let params: unknown;
  if (route.params !== undefined) {
    const reading = readParams(route.params, request.params as Record<string, unknown>);
    refuseIfAny(reading.problems);
    params = reading.value;
  }
  return {
    params: params as never,
    query: request.query as Record<string, unknown>,
    body: readRequestBody(route, request.body),
  };
}

/** A file is taken as it is; where no body is asked for, whatever was sent is nothing. */
function readRequestBody(route: Route, body: unknown): unknown {
  if (route.file_max_bytes !== undefined) {
    return body;
  }
  return route.body === undefined ? undefined : parseJson(body);
}

/** A body is JSON whatever its Content-Type says: clients send all kinds. */
function parseJson(body: unknown): unknown {
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw malformed('the body is missing');
  }
  if (!isUtf8(body)) {
    throw malformed('the body is not UTF-8');
  }
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString());
  } catch {
    throw malformed('the body is not valid JSON');
  }
}

function malformed(reason: string): RequestRefused {
  return new RequestRefused([problem('bad_request_format', { reason })]);
}

/**
 * Writes an answer past Fastify, which would add a charset to the Content-Type: it must be exactly
 * `application/json`, a client drops bodies where more follows. It is also the cheapest way to write.
 */
function sendResult(
  { id }: FastifyRequest,
  reply: FastifyReply,
  { success }: Route,
  result: unknown,
): void {
  const { raw } = reply;
  if (result instanceof FileContent) {
    reply.hijack();
    raw.writeHead(success.status, { ...fileHeadersOf(result), 'x-request-id': id });
    raw.end(result.bytes);
    return;
  }
  if (success.schema === undefined) {
    reply.hijack();
    raw.writeHead(success.status, { ...HEADERS, 'x-request-id': id });
    raw.end();
    return;
  }
  const pieces = result instanceof JsonText ? result.pieces : [JSON.stringify(result)];
  const sizes_bytes = pieces.map((piece) => Buffer.byteLength(piece));
  reply.hijack();
  raw.writeHead(success.status, {
    ...HEADERS,
    'x-request-id': id,
    'content-type': 'application/json',
    'content-length': sizes_bytes.reduce((sum, size_bytes) => sum + size_bytes, 0),
  });
  // The pieces leave together, and nothing is copied to join them.
  for (const piece of pieces.slice(0, -1)) {
    raw.write(piece);
  }
  raw.end(pieces.at(-1));
}

/** A file is from whoever sent it: a browser saves it, and runs nothing that is in it. */
function fileHeadersOf({ bytes, media_type, file_name }: FileContent) {
  return {
    ...HEADERS,
    'content-type': media_type,
    'content-length': bytes.length,
    'content-disposition': `attachment; filename="${file_name}"`,
    'content-security-policy': 'sandbox',
  };
}

/** Sends an answer piece by piece, as it is made. */
function sendFile(
  reply: FastifyReply,
  pieces: AsyncIterable<string | Uint8Array>,
  media_type: string,
  file_name = '',
): void {
  reply
    .header('content-type', media_type)
    .header('content-disposition', `attachment; filename="${file_name}"`)
    .send(Readable.from(pieces));
}

/**
 * The way of a browser to an OpenID provider and back. These are no operations of the API: nobody but a
 * browser goes there, and what goes wrong is told by the console, to which it is sent back.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { RequestRefused } from '../domain/problems.ts';
import type { Environment } from '../operations/context.ts';
import {
  type OpenIdFlow,
  type OpenIdProvider,
  OpenIdRefused,
  OpenIdUnavailable,
} from '../operations/openid-provider.ts';
import { signInByIdentity } from '../operations/openid-sign-in.ts';
import { readCookie, renderCookie, renderSessionCookie } from './session-cookie.ts';

const START_PATH = '/access/openid/start';
const ANSWER_PATH = '/access/openid/callback';

/** Kept by the browser while it is away: who comes back without it was not sent by it. */
const FLOW_COOKIE = '__Host-orgvet_openid';
const FLOW_AGE_MAX_S = 600;

/** What the console has a text for. */
type SignInProblem = 'openid_refused' | 'openid_unknown_user' | 'openid_unavailable';

/** What stands in the cookie. */
interface Journey extends OpenIdFlow {
  /** Where the browser was on its way to. */
  readonly target: string;
}

export function serveOpenId(server: FastifyInstance, environment: Environment, log: Logger): void {
  const { openid } = environment;
  if (openid === undefined) {
    return;
  }
  server.get(START_PATH, (request, reply) =>
    orTellProblem(request, reply, log, () => begin(environment, openid, request, reply)),
  );
  server.get(ANSWER_PATH, (request, reply) =>
    orTellProblem(request, reply, log, () => finish(environment, openid, request, reply)),
  );
}

async function begin(
  { face }: Environment,
  openid: OpenIdProvider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { return: target } = request.query as { readonly return?: unknown };
  const { url, flow } = await openid.begin(`${face.findOrigin()}${ANSWER_PATH}`);
  const journey: Journey = { ...flow, target: readTarget(target) };
  const content = Buffer.from(JSON.stringify(journey)).toString('base64url');
  return reply
    .header('set-cookie', renderCookie(FLOW_COOKIE, content, FLOW_AGE_MAX_S))
    .redirect(url, 302);
}

async function finish(
  environment: Environment,
  openid: OpenIdProvider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const journey = readJourney(readCookie(request.headers, FLOW_COOKIE));
  const forget = renderCookie(FLOW_COOKIE, '', 0);
  reply.header('set-cookie', forget);
  if (journey === undefined) {
    throw new OpenIdRefused('The browser comes back without what it was sent with.');
  }
  const answer_url = new URL(request.url, environment.face.findOrigin());
  const identity = await openid.finish(journey, answer_url);
  const context = {
    ...environment,
    request_id: request.id,
    ip_address: request.ip,
    user_agent: request.headers['user-agent'] ?? '',
    session_token: '',
  };
  const started = await signInByIdentity(context, identity);
  if (started === undefined) {
    return sendBack(reply, 'openid_unknown_user');
  }
  return reply
    .header('set-cookie', [forget, renderSessionCookie(started, environment.clock.now_ms())])
    .redirect(journey.target, 303);
}

/** Whatever goes wrong on the way is told by the page that people sign in on. */
async function orTellProblem(
  { id }: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof OpenIdUnavailable) {
      log.error({ err: error, request_id: id }, 'The OpenID provider cannot be asked.');
      return sendBack(reply, 'openid_unavailable');
    }
    if (error instanceof OpenIdRefused || error instanceof RequestRefused) {
      log.info({ err: error, request_id: id }, 'Somebody was not signed in by OpenID.');
      return sendBack(reply, 'openid_refused');
    }
    throw error;
  }
}

function sendBack(reply: FastifyReply, problem: SignInProblem): FastifyReply {
  return reply.redirect(`/sign-in?problem=${problem}`, 303);
}

/** A page of this server, and of no other: whoever makes a link chooses what stands here. */
function readTarget(target: unknown): string {
  const isOwn =
    typeof target === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(target) && !/[\\]/.test(target);
  return isOwn ? target : '/';
}

function readJourney(content: string | undefined): Journey | undefined {
  try {
    const journey = JSON.parse(Buffer.from(content ?? '', 'base64url').toString()) as Journey;
    const texts = [journey.state, journey.nonce, journey.code_verifier];
    return texts.every((text) => typeof text === 'string')
      ? { ...journey, target: readTarget(journey.target) }
      : undefined;
  } catch {
    return undefined;
  }
}

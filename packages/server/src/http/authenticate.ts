/**
 * From the key in a request's header, or the session in its cookie, to whoever asks; the same refusal for
 * everything that is wrong with either. A key goes first: where there is one, no cookie counts. A wrong
 * key has no rate limit, a right one counts before it is asked what it may do.
 */
import { type GuardedRoute, problem } from '@orgvet/contract';
import type { FastifyRequest } from 'fastify';
import { RequestRefused } from '../domain/problems.ts';
import { refuseUnlessAllowed, refuseUnlessOffered } from '../operations/access.ts';
import { clockOf, type Environment, type Principal } from '../operations/context.ts';
import type { KeyRing } from '../operations/keys.ts';
import type { CountRequest } from '../operations/rate-limits.ts';
import type { SessionRing } from '../operations/sessions.ts';
import { refuseUnlessSameOrigin } from './same-origin.ts';
import { readSessionCookie } from './session-cookie.ts';

const KEY_HEADER = 'x-dc-devkey';

/** The stages of sessions that may do what is for people who are signed in. */
const ENROLLED = ['full'] as const;
const ENROLLED_OR_ENROLLING = ['full', 'enrolment'] as const;

/** What a request must pass. */
export interface Gate {
  readonly keys: KeyRing;
  readonly sessions: SessionRing;
  readonly countRequest: CountRequest;
  readonly clock: Environment['clock'];
  readonly face: Environment['face'];
}

/**
 * @throws RequestRefused for a missing, unknown or revoked key, for a session that is none any more, for
 *   who may not do what the route does, or not from where the request comes from
 * @throws RequestLimitExceeded for who has sent more requests than they may
 */
export async function authenticate(
  gate: Gate,
  request: FastifyRequest,
  route: GuardedRoute,
): Promise<Principal> {
  const key = request.headers[KEY_HEADER];
  const principal =
    key === undefined
      ? await findSignedIn(gate, request, route)
      : typeof key === 'string'
        ? await gate.keys.findPrincipal(key)
        : undefined;
  if (principal === undefined) {
    throw new RequestRefused([problem('access_denied|access_denied_invalid_key')]);
  }
  gate.countRequest(principal);
  refuseUnlessOffered(principal, route);
  refuseUnlessAllowed(principal, route, request.ip, clockOf(gate.clock, principal));
  return principal;
}

/** Of who is signed in other sites must not make use: they can send the cookie, but not read answers. */
async function findSignedIn(
  { sessions, face }: Gate,
  request: FastifyRequest,
  { access }: GuardedRoute,
): Promise<Principal | undefined> {
  const token = readSessionCookie(request.headers);
  const stages = access === 'enrolment' ? ENROLLED_OR_ENROLLING : ENROLLED;
  const principal = token === undefined ? undefined : await sessions.findPrincipal(token, stages);
  if (principal !== undefined && request.method !== 'GET') {
    refuseUnlessSameOrigin(request, face);
  }
  return principal;
}

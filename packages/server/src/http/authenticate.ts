/**
 * From the key in a request's header to whoever holds it; the same refusal for every wrong key. A wrong
 * key has no rate limit, a right one counts before it is asked what it may do.
 */
import { problem, type Route } from '@orgvet/contract';
import type { FastifyRequest } from 'fastify';
import { RequestRefused } from '../domain/problems.ts';
import { refuseUnlessAllowed, refuseUnlessOffered } from '../operations/access.ts';
import { clockOf, type Environment, type Principal } from '../operations/context.ts';
import type { KeyRing } from '../operations/keys.ts';
import type { CountRequest } from '../operations/rate-limits.ts';

const KEY_HEADER = 'x-dc-devkey';

/** What a request must pass. */
export interface Gate {
  readonly keys: KeyRing;
  readonly countRequest: CountRequest;
  readonly clock: Environment['clock'];
}

/**
 * @throws RequestRefused for a missing, unknown or revoked key, for a key that may not do what the route
 *   does, and for one that may not be used from where the request comes from
 * @throws RequestLimitExceeded for a key that has sent more requests than it may
 */
export async function authenticate(
  { keys, countRequest, clock }: Gate,
  request: FastifyRequest,
  route: Route,
): Promise<Principal> {
  const key = request.headers[KEY_HEADER];
  const principal = typeof key === 'string' ? await keys.findPrincipal(key) : undefined;
  if (principal === undefined) {
    throw new RequestRefused([problem('access_denied|access_denied_invalid_key')]);
  }
  countRequest(principal);
  refuseUnlessOffered(principal, route);
  refuseUnlessAllowed(principal, route.permission, request.ip, clockOf(clock, principal));
  return principal;
}

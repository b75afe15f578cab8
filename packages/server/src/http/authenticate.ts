/** From the key in a request's header to whoever holds it; the same refusal for every wrong key. */
import { problem, type Route } from '@orgvet/contract';
import type { FastifyRequest } from 'fastify';
import { RequestRefused } from '../domain/problems.ts';
import type { Principal } from '../operations/context.ts';
import { type KeyRing, mayChange } from '../operations/keys.ts';

const KEY_HEADER = 'x-dc-devkey';

/**
 * @throws RequestRefused for a missing, unknown or revoked key, and for a key that may not do what the
 *   route does
 */
export async function authenticate(
  keys: KeyRing,
  request: FastifyRequest,
  route: Route,
): Promise<Principal> {
  const key = request.headers[KEY_HEADER];
  const principal = typeof key === 'string' ? await keys.findPrincipal(key) : undefined;
  if (principal === undefined) {
    throw new RequestRefused([problem('access_denied|access_denied_invalid_key')]);
  }
  if (route.permission === 'change' && !mayChange(principal)) {
    throw new RequestRefused([problem('access_denied|missing_permission')]);
  }
  return principal;
}

/**
 * Refuses the requests of a key, or of a session, beyond what it may send. Every request of an accepted key counts,
 * whatever becomes of it, also one that the key is not permitted; what is refused here does not.
 *
 * The windows are this server's own: several servers each count for themselves, and a start begins anew.
 * Who has no key is not limited here; that is for a proxy, which sees connections.
 */
import { createRateLimiter, type RateLimit } from '../domain/rate-limit.ts';
import type { Environment, Principal } from './context.ts';

export interface RateLimitSettings {
  /** None for no limits. */
  readonly rate_limits: readonly RateLimit[];
  /** Whether they hold for test accounts as well. */
  readonly rate_limit_test_accounts: boolean;
}

/** A key has sent more requests than it may. */
export class RequestLimitExceeded extends Error {
  override readonly name = 'RequestLimitExceeded';
  /** After so long a request is taken. */
  readonly retry_after_s: number;

  constructor(wait_ms: number) {
    super('The key has sent more requests than it may.');
    this.retry_after_s = Math.ceil(wait_ms / 1000);
  }
}

/**
 * Counts a request of whoever holds a key or is signed in.
 *
 * @throws RequestLimitExceeded
 */
export type CountRequest = (principal: Principal) => void;

export function createRequestCounter(
  { rate_limits, rate_limit_test_accounts }: RateLimitSettings,
  { clock }: Pick<Environment, 'clock'>,
): CountRequest {
  if (rate_limits.length === 0) {
    return () => {};
  }
  const limiter = createRateLimiter<number>(rate_limits);
  return ({ api_key_id, session_id, mode }) => {
    if (mode === 'test' && !rate_limit_test_accounts) {
      return;
    }
    // No two accounts' keys have the same id, nor have their sessions; these count below zero.
    const wait_ms = limiter.take(api_key_id || -session_id, clock.now_ms());
    if (wait_ms > 0) {
      throw new RequestLimitExceeded(wait_ms);
    }
  };
}
